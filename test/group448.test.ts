import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  edwardsEncodings,
  flipSign,
  mixedOrderEdwards,
  nonCanonicalEdwards,
  offCurveEdwards,
  primeOrderEdwards,
  scalarNumbers,
  scalars,
  smallOrderEdwards,
  wideScalars,
} from './arbitraries.ts';
import { backends } from './support/backends.ts';
import { decodeEdwards, edwardsAdd, edwardsMultiply, encodeEdwards, L, mod, power } from './support/curve448.ts';
import { codeOf } from './support/errors.ts';
import { fromLittleEndian, hex, littleEndian, pattern } from './support/octets.ts';

const identity = littleEndian(1n, 57);
const point = fc.constantFrom(...primeOrderEdwards);

describe.each(backends)('group448 on $name', ({ mesh }) => {
  const { group448 } = mesh;
  const number = (octets: Uint8Array) => fromLittleEndian(octets);

  test('scalars compute modulo L as BigInt does', () => {
    fc.assert(
      fc.property(scalarNumbers, scalarNumbers, (a, b) => {
        const [x, y] = [littleEndian(a, 56), littleEndian(b, 56)];
        expect(number(group448.scalarAdd(x, y))).toBe(mod(a + b, L));
        expect(number(group448.scalarMul(x, y))).toBe(mod(a * b, L));
        expect(number(group448.scalarNegate(x))).toBe(mod(-a, L));
      }),
      { numRuns: 200 },
    );
  });

  test('inverses are inverses, and zero has none (zero_scalar)', () => {
    fc.assert(
      fc.property(scalarNumbers, (a) => {
        const x = littleEndian(a, 56);
        if (a === 0n) expect(codeOf(() => group448.scalarInvert(x))).toBe('zero_scalar');
        else expect(number(group448.scalarInvert(x))).toBe(power(a, L - 2n, L));
      }),
      { numRuns: 40 },
    );
  });

  test('wide scalars of 1 to 114 octets are reduced (RFC 8032 section 5.2.6 step 2)', () => {
    fc.assert(
      fc.property(wideScalars, (wide) => {
        expect(number(group448.scalarFromWide(wide))).toBe(number(wide) % L);
      }),
      { numRuns: 200 },
    );
    for (const length of [0, 115, 200]) {
      expect(codeOf(() => group448.scalarFromWide(new Uint8Array(length)))).toBe('bad_length');
    }
  });

  test('scalarFromSeed hashes 56 and 57 octets exactly as given (RFC 8032 section 5.2.5)', () => {
    for (const length of [56, 57]) {
      const seed = pattern(length);
      const h = createHash('shake256', { outputLength: 114 }).update(seed).digest();
      h[0] = h[0]! & 0xfc;
      h[55] = h[55]! | 0x80;
      const scalar = group448.scalarFromSeed(seed);
      expect(number(scalar)).toBe(number(h.subarray(0, 56)) % L);
    }
    expect(hex(group448.baseMultiply(group448.scalarFromSeed(pattern(57))))).toBe(
      hex(mesh.ed448.getPublicKey(pattern(57))),
    );
    for (const length of [0, 55, 58]) {
      expect(codeOf(() => group448.scalarFromSeed(new Uint8Array(length)))).toBe('bad_private_length');
    }
  });

  test('pointAdd equals the affine law for any two points, also equal, opposite and of small order', () => {
    const all = [...primeOrderEdwards, ...smallOrderEdwards, ...mixedOrderEdwards, flipSign(primeOrderEdwards[2]!)];
    const decoded = all.map((encoding) => decodeEdwards(encoding)!);
    all.forEach((a, i) => {
      all.forEach((b, j) => {
        expect(hex(group448.pointAdd(a, b))).toBe(hex(encodeEdwards(edwardsAdd(decoded[i]!, decoded[j]!))));
      });
    });
  });

  test('pointMultiply and baseMultiply equal double-and-add', () => {
    fc.assert(
      fc.property(scalarNumbers, point, (s, encoding) => {
        const scalar = littleEndian(s, 56);
        const model = encodeEdwards(edwardsMultiply(s, decodeEdwards(encoding)!));
        expect(hex(group448.pointMultiply(scalar, encoding))).toBe(hex(model));
        expect(hex(group448.baseMultiply(scalar))).toBe(hex(group448.pointMultiply(scalar, primeOrderEdwards[0]!)));
      }),
      { numRuns: 12 },
    );
  });

  test('the group laws hold: (a + b) P = a P + b P, (a b) P = a (b P), -a P = -(a P)', () => {
    fc.assert(
      fc.property(scalars, scalars, point, (a, b, P) => {
        const { scalarAdd, scalarMul, scalarNegate, pointAdd, pointMultiply } = group448;
        const [aP, bP] = [pointMultiply(a, P), pointMultiply(b, P)];
        expect(hex(pointMultiply(scalarAdd(a, b), P))).toBe(hex(pointAdd(aP, bP)));
        expect(hex(pointAdd(aP, pointMultiply(scalarNegate(a), P)))).toBe(hex(identity));
        if (hex(bP) !== hex(identity)) {
          expect(hex(pointMultiply(scalarMul(a, b), P))).toBe(hex(pointMultiply(a, bP)));
        }
      }),
      { numRuns: 8 },
    );
  });

  test('addition is commutative and associative and has the identity', () => {
    const valid = fc.constantFrom(...primeOrderEdwards, ...smallOrderEdwards, ...mixedOrderEdwards);
    fc.assert(
      fc.property(valid, valid, valid, (a, b, c) => {
        const add = group448.pointAdd;
        expect(hex(add(a, b))).toBe(hex(add(b, a)));
        expect(hex(add(add(a, b), c))).toBe(hex(add(a, add(b, c))));
        expect(hex(add(a, identity))).toBe(hex(a));
      }),
      { numRuns: 60 },
    );
  });

  test('points are refused with the first code that applies (RFC 8032 section 5.2.3, Mesh key combination section 6)', () => {
    const one = littleEndian(1n, 56);
    const cases = [
      ['noncanonical_encoding', nonCanonicalEdwards],
      ['not_on_curve', offCurveEdwards],
      ['small_order_base', smallOrderEdwards],
      ['not_in_prime_order_subgroup', mixedOrderEdwards],
      ['returned', primeOrderEdwards],
    ] as const;
    for (const [code, encodings] of cases) {
      for (const encoding of encodings) {
        expect(codeOf(() => group448.validatePoint(encoding))).toBe(code);
        expect(codeOf(() => group448.pointMultiply(one, encoding))).toBe(code);
        const isPoint = code !== 'noncanonical_encoding' && code !== 'not_on_curve';
        expect(codeOf(() => group448.pointAdd(encoding, identity))).toBe(isPoint ? 'returned' : code);
        expect(codeOf(() => group448.pointAdd(identity, encoding))).toBe(isPoint ? 'returned' : code);
      }
    }
  });

  test('any 57 octets are a point or refused as such, never anything else', () => {
    fc.assert(
      fc.property(edwardsEncodings, (encoding) => {
        const code = codeOf(() => group448.pointAdd(encoding, identity));
        const isPoint = decodeEdwards(encoding) !== undefined;
        expect(code === 'returned').toBe(isPoint);
        expect(['returned', 'noncanonical_encoding', 'not_on_curve']).toContain(code);
      }),
      { numRuns: 60 },
    );
  });

  test('scalars are refused unless they have 56 octets below L (scalar_out_of_range)', () => {
    const P = primeOrderEdwards[1]!;
    const one = littleEndian(1n, 56);
    for (const n of [L, L + 1n, 2n ** 446n, 2n ** 448n - 1n]) {
      const big = littleEndian(n, 56);
      for (const call of [
        () => group448.scalarAdd(big, one),
        () => group448.scalarAdd(one, big),
        () => group448.scalarMul(big, one),
        () => group448.scalarMul(one, big),
        () => group448.scalarNegate(big),
        () => group448.scalarInvert(big),
        () => group448.pointMultiply(big, P),
        () => group448.baseMultiply(big),
      ]) {
        expect(codeOf(call)).toBe('scalar_out_of_range');
      }
    }
    expect(number(group448.scalarAdd(littleEndian(L - 1n, 56), one))).toBe(0n);
    for (const length of [0, 55, 57]) {
      expect(codeOf(() => group448.scalarAdd(new Uint8Array(length), one))).toBe('bad_private_length');
      expect(codeOf(() => group448.baseMultiply(new Uint8Array(length)))).toBe('bad_private_length');
    }
  });

  test('zero times a point is the identity', () => {
    const zero = new Uint8Array(56);
    expect(hex(group448.pointMultiply(zero, primeOrderEdwards[1]!))).toBe(hex(identity));
    expect(hex(group448.baseMultiply(zero))).toBe(hex(identity));
    expect(hex(group448.scalarNegate(zero))).toBe(hex(zero));
  });

  test('wrong lengths and types throw by code', () => {
    const one = littleEndian(1n, 56);
    const P = primeOrderEdwards[1]!;
    for (const length of [0, 56, 58]) {
      const wrong = new Uint8Array(length);
      expect(codeOf(() => group448.pointAdd(wrong, P))).toBe('bad_public_length');
      expect(codeOf(() => group448.pointAdd(P, wrong))).toBe('bad_public_length');
      expect(codeOf(() => group448.pointMultiply(one, wrong))).toBe('bad_public_length');
      expect(codeOf(() => group448.validatePoint(wrong))).toBe('bad_public_length');
    }
    for (const bad of ['text', null, undefined, 5n]) {
      expect(codeOf(() => group448.scalarAdd(bad as never, one))).toBe('not_bytes');
      expect(codeOf(() => group448.scalarFromWide(bad as never))).toBe('not_bytes');
      expect(codeOf(() => group448.scalarFromSeed(bad as never))).toBe('not_bytes');
      expect(codeOf(() => group448.pointAdd(bad as never, P))).toBe('not_bytes');
      expect(codeOf(() => group448.pointMultiply(one, bad as never))).toBe('not_bytes');
      expect(codeOf(() => group448.validatePoint(bad as never))).toBe('not_bytes');
    }
  });

  test('inputs stay as they are, may be one and the same, and outputs are fresh', () => {
    const a = littleEndian(L - 5n, 56);
    const P = primeOrderEdwards[3]!.slice();
    group448.scalarAdd(a, a).fill(0);
    group448.pointAdd(P, P).fill(0);
    group448.pointMultiply(a, P).fill(0);
    expect(number(a)).toBe(L - 5n);
    expect(hex(P)).toBe(hex(primeOrderEdwards[3]!));
    expect(number(group448.scalarAdd(a, a))).toBe(L - 10n);
    expect(hex(group448.pointAdd(P, P))).toBe(hex(group448.pointMultiply(littleEndian(2n, 56), P)));
  });
});
