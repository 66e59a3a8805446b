import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  flipSign,
  mixedOrderEdwards,
  mixedOrderMontgomery,
  nonCanonicalEdwards,
  nonCanonicalMontgomery,
  offCurveEdwards,
  primeOrderEdwards,
  primeOrderMontgomery,
  smallOrderEdwards,
  smallOrderMontgomery,
  twistMontgomery,
} from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import {
  decodeEdwards,
  edwardsAdd,
  encodeEdwards,
  encodeMontgomery,
  montgomeryAdd,
  montgomeryPoint,
} from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { fromLittleEndian, hex, littleEndian, unhex } from '../support/octets.ts';

const identity = littleEndian(1n, 57);
const decodeMontgomery = (encoding: Uint8Array) =>
  montgomeryPoint(fromLittleEndian(encoding.subarray(0, 56)), BigInt(encoding[56]! >> 7))!;

describe.each(backends)('combinePublicKeys on $name', ({ mesh }) => {
  const { combinePublicKeys } = mesh.overlay;

  test('reproduces the device signature key (mesh-schema-03 section 4.1.2)', () => {
    const base = unhex(
      'f45a2dd1ceb3b54447902634a4b7b0e7ef5c8c6bcfef6133b424b1d31c21d08b2d0be2246fb7ddcf0bffbdc100e9fe9ec891781c3fa6192780',
    );
    const contribution = unhex(
      '36a6a8ec11ce5ce9515b058813de41ef9a48026928f1e61a013176d721d5126a59a6b8fe2f6a9466d4853a452711b9fee4e2163be95a665880',
    );
    const result =
      '087537bf210944c0ee1e7cd97afe46a8efb488afa5381c68c01114b0e51a58df8a51ed116476b977e6b7c41110b46fb4a34aeae4bc0abc9c00';
    expect(hex(combinePublicKeys(base, contribution))).toBe(result);
    expect(hex(combinePublicKeys(contribution, base))).toBe(result);
    expect(hex(combinePublicKeys({ crv: 'Ed448', publicKey: base }, contribution, { crv: 'Ed448' }))).toBe(result);
  });

  test('reproduces the device encryption key (mesh-schema-06 section 4)', () => {
    const base = unhex(
      'a52cdf1f1c5dac5e82eb1b70afb1e0c03aaee4255f361de8d8b152f6deabea81974cd309ca2ca4d27e3327f214c3d2fd9758bc1899cffc8c80',
    );
    const contribution = unhex(
      'efdcc804b72110bd313aeafc1b110b9da3060aadab7435153caf8d99407ac7ba6d244577010139c7d7e6c08741aa79d2af922be34b622d0700',
    );
    const result =
      'b7dc5f22e41573d2db313f00d26a6c9434bc75ddc8d1375de1b8063df001c18a80216b3794581a9bcecd05c06b8a1338d966563874cba7c000';
    expect(hex(combinePublicKeys(base, contribution, { crv: 'X448' }))).toBe(result);
    expect(hex(combinePublicKeys({ crv: 'X448', publicKey: base }, { crv: 'X448', publicKey: contribution }))).toBe(
      result,
    );
  });

  test('equals the affine laws of both curves, doubling included (Mesh key combination, section 3)', () => {
    for (const a of primeOrderEdwards.slice(0, 3)) {
      for (const b of primeOrderEdwards.slice(0, 4)) {
        const sum = encodeEdwards(edwardsAdd(decodeEdwards(a)!, decodeEdwards(b)!));
        expect(hex(combinePublicKeys(a, b))).toBe(hex(sum));
      }
    }
    for (const a of primeOrderMontgomery.slice(0, 3)) {
      for (const b of primeOrderMontgomery.slice(0, 4)) {
        const sum = encodeMontgomery(montgomeryAdd(decodeMontgomery(a), decodeMontgomery(b))!);
        expect(hex(combinePublicKeys(a, b, { crv: 'X448' }))).toBe(hex(sum));
      }
    }
  });

  test('refuses operands on different curves before anything else (curve_mismatch)', () => {
    const ed = { crv: 'Ed448', publicKey: new Uint8Array(3) } as const;
    const x = { crv: 'X448', publicKey: new Uint8Array(3) } as const;
    expect(codeOf(() => combinePublicKeys(ed, x))).toBe('curve_mismatch');
    expect(codeOf(() => combinePublicKeys(x, ed))).toBe('curve_mismatch');
    expect(codeOf(() => combinePublicKeys(ed, new Uint8Array(3), { crv: 'X448' }))).toBe('curve_mismatch');
    expect(codeOf(() => combinePublicKeys(ed, ed))).toBe('bad_public_length');
    expect(codeOf(() => combinePublicKeys({ crv: 'P-256', publicKey: identity } as never, identity))).toBe(
      'unsupported_algorithm',
    );
    expect(codeOf(() => combinePublicKeys(identity, identity, { crv: 'toString' } as never))).toBe(
      'unsupported_algorithm',
    );
  });

  test('refuses wrong lengths and what is not bytes', () => {
    const B = primeOrderEdwards[1]!;
    for (const length of [0, 32, 56, 58]) {
      expect(codeOf(() => combinePublicKeys(new Uint8Array(length), B))).toBe('bad_public_length');
      expect(codeOf(() => combinePublicKeys(B, new Uint8Array(length)))).toBe('bad_public_length');
    }
    for (const bad of ['text', null, undefined, 7]) {
      expect(codeOf(() => combinePublicKeys(bad as never, B))).toBe('not_bytes');
      expect(codeOf(() => combinePublicKeys(B, bad as never))).toBe('not_bytes');
      expect(codeOf(() => combinePublicKeys(B, { crv: 'Ed448', publicKey: bad as never }))).toBe('not_bytes');
    }
    expect(codeOf(() => combinePublicKeys(B, B, 'X448' as never))).toBe('bad_option');
  });

  const faults = {
    Ed448: {
      good: primeOrderEdwards,
      rows: [
        ['noncanonical_encoding', nonCanonicalEdwards],
        ['not_on_curve', offCurveEdwards.slice(0, 6)],
        ['small_order_base', smallOrderEdwards.slice(1)],
        ['not_in_prime_order_subgroup', mixedOrderEdwards],
      ],
    },
    X448: {
      good: primeOrderMontgomery,
      rows: [
        ['noncanonical_encoding', nonCanonicalMontgomery],
        ['not_on_curve', twistMontgomery.slice(0, 6)],
        ['sign_missing', [primeOrderMontgomery[2]!.subarray(0, 56), smallOrderMontgomery[0]!.subarray(0, 56)]],
        ['small_order_base', smallOrderMontgomery],
        ['not_in_prime_order_subgroup', mixedOrderMontgomery],
      ],
    },
  } as const;

  test.each(['Ed448', 'X448'] as const)('%s: either operand is refused with its code (section 6)', (crv) => {
    const { good, rows } = faults[crv];
    for (const [code, keys] of rows) {
      for (const key of keys) {
        expect(codeOf(() => combinePublicKeys(key, good[1]!, { crv }))).toBe(code);
        expect(codeOf(() => combinePublicKeys(good[1]!, key, { crv }))).toBe(code);
      }
    }
  });

  test.each(['Ed448', 'X448'] as const)('%s: of two faults the one listed first is reported (section 6)', (crv) => {
    const { rows } = faults[crv];
    rows.forEach(([first, keys], i) => {
      for (const [, others] of rows.slice(i)) {
        expect(codeOf(() => combinePublicKeys(keys[0]!, others[0]!, { crv }))).toBe(first);
        expect(codeOf(() => combinePublicKeys(others[0]!, keys[0]!, { crv }))).toBe(first);
      }
    });
  });

  test('an unsigned X448 key with a fault of its own is refused for that first (section 6)', () => {
    const good = primeOrderMontgomery[1]!;
    const nonCanonical = nonCanonicalMontgomery[0]!.subarray(0, 56);
    const twist = twistMontgomery[0]!.subarray(0, 56);
    expect(codeOf(() => combinePublicKeys(nonCanonical, good, { crv: 'X448' }))).toBe('noncanonical_encoding');
    expect(codeOf(() => combinePublicKeys(good, twist, { crv: 'X448' }))).toBe('not_on_curve');
  });

  test('O = -B gives no key (identity_result)', () => {
    const [B, P] = [primeOrderEdwards[3]!, primeOrderMontgomery[3]!];
    expect(codeOf(() => combinePublicKeys(B, flipSign(B)))).toBe('identity_result');
    expect(codeOf(() => combinePublicKeys(P, flipSign(P), { crv: 'X448' }))).toBe('identity_result');
  });

  test('the identity contributes nothing, and is no base (null_contribution, small_order_base)', () => {
    expect(codeOf(() => combinePublicKeys(primeOrderEdwards[2]!, identity))).toBe('null_contribution');
    expect(codeOf(() => combinePublicKeys(identity, primeOrderEdwards[2]!))).toBe('small_order_base');
    expect(codeOf(() => combinePublicKeys(identity, identity))).toBe('small_order_base');
    expect(codeOf(() => combinePublicKeys(mixedOrderEdwards[0]!, identity))).toBe('not_in_prime_order_subgroup');
  });

  test('is commutative and associative, and leaves its inputs as they are', () => {
    for (const [crv, keys] of [
      ['Ed448', primeOrderEdwards],
      ['X448', primeOrderMontgomery],
    ] as const) {
      const key = fc.constantFrom(...keys.slice(0, 4));
      const add = (a: Uint8Array, b: Uint8Array) => combinePublicKeys(a, b, { crv });
      fc.assert(
        fc.property(key, key, key, (a, b, c) => {
          const before = hex(a) + hex(b);
          expect(hex(add(a, b))).toBe(hex(add(b, a)));
          expect(hex(add(add(a, b), c))).toBe(hex(add(a, add(b, c))));
          expect(hex(a) + hex(b)).toBe(before);
        }),
        { numRuns: 5 },
      );
    }
  });
});
