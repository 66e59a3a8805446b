import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  flipSign,
  mixedOrderEdwards,
  nonCanonicalEdwards,
  offCurveEdwards,
  primeOrderEdwards,
  smallOrderEdwards,
  smallOrderMontgomery,
  twistMontgomery,
} from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import { L, mod, power } from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { fromLittleEndian, hex, littleEndian, pattern, unhex, utf8 } from '../support/octets.ts';

const seeds = fc.uint8Array({ minLength: 56, maxLength: 56 });

// computed-composite-sign-ed448: the worked example of section 7, requirements 2 and 3.
const worked = {
  base: '7b7e885d07c4034af15878d119d957eff38be4a15fc8c4e451d4789afbc691f828a5615069f3103f3b056fea8696dfb95b0a08cc3bd07aea',
  contribution:
    '8a12efc87e2a3fe3449a7064c58376eb6a107dfa30b928ea03920eac671d33aad33c517922c204097b8e71bb01f4d18db81125b7c38f3cab',
  message:
    'fd20816ac4097986d35f126b3ce35862181cef79d14c5358abd5359cacb9313572c2e920ec34dafcfc92ca579f8c68a37979f7514b297f8dd2f4ba3c6ca0de22',
  publicKey:
    '95479fc55cdc9433ea7e25c8f73247003ea202fbe8c4d8ddb440efdf9fbf973ec7257e5d077ecb93a7b63d73c42d28440758824cad2b0e3a80',
  signature:
    'f2467d43f7be88a216893398c391f7c345ce7a04fcfdcd6ad431259a577e176048cd6c35b0d503bcbd90d371fa0ad346bc1dc7bafcdc893f80' +
    'd4d715a9a869e4ebb1a98f8f4ccf65d95842e4f65309c891cc45a7e2877df21bb7ace3089e1a4dce3c785f5998fe6bfa57398e1575dc9e2400',
};

describe.each(backends)('composite keys on $name', ({ mesh, backend }) => {
  const { overlay, ed448, group448, udf, x448 } = mesh;
  const [base, contribution, message] = [unhex(worked.base), unhex(worked.contribution), unhex(worked.message)];

  test('reproduces the worked example when asked to be deterministic (section 7)', () => {
    const key = overlay.composeKey(base, contribution);
    expect(key.crv).toBe('Ed448');
    expect(hex(key.publicKey)).toBe(worked.publicKey);
    expect(hex(key.sign(message, { deterministic: true }))).toBe(worked.signature);
    expect(hex(overlay.composeKey(contribution, base).sign(message, { deterministic: true }))).toBe(worked.signature);
  });

  test('the secret sum is the public sum, for seeds of both lengths (section 3)', () => {
    fc.assert(
      fc.property(seeds, fc.oneof(seeds, fc.uint8Array({ minLength: 57, maxLength: 57 })), (b, o) => {
        const [B, O] = [overlay.seedKey(b), overlay.seedKey(o)];
        const A = overlay.combinePublicKeys(B.publicKey, O.publicKey);
        expect(hex(overlay.composeKey(b, o).publicKey)).toBe(hex(A));
        const scalar = group448.scalarAdd(group448.scalarFromSeed(b), group448.scalarFromSeed(o));
        expect(hex(group448.baseMultiply(scalar))).toBe(hex(A));
      }),
      { numRuns: 6 },
    );
  });

  test('on X448 the secret sum is the public sum in the signed form, and u is that of RFC 7748', () => {
    fc.assert(
      fc.property(seeds, seeds, (b, o) => {
        const [B, O] = [b, o].map((seed) => overlay.seedKey(seed, { crv: 'X448' })) as [never, never] as unknown as [
          { publicKey: Uint8Array },
          { publicKey: Uint8Array },
        ];
        expect(hex(B.publicKey.subarray(0, 56))).toBe(hex(x448.getPublicKey(b)));
        const A = overlay.combinePublicKeys(B.publicKey, O.publicKey, { crv: 'X448' });
        expect(hex(overlay.composeKey(b, o, { crv: 'X448' }).publicKey)).toBe(hex(A));
      }),
      { numRuns: 6 },
    );
  });

  test('hedges by default: two signatures differ, both verify (section 7, requirement 3)', () => {
    const key = overlay.composeKey(base, contribution);
    const [one, two] = [key.sign(message), key.sign(message)];
    expect(hex(one.subarray(0, 57))).not.toBe(hex(two.subarray(0, 57)));
    for (const signature of [one, two]) {
      expect(ed448.verify(signature, message, key.publicKey)).toBe(true);
      expect(overlay.detectPublicNonce(signature, message, key.publicKey)).toBe(false);
    }
    const context = utf8('mesh');
    expect(ed448.verify(key.sign(message, { context }), message, key.publicKey, { context })).toBe(true);
    expect(ed448.verify(key.sign(message, { context }), message, key.publicKey)).toBe(false);
  });

  test('does not sign when hedging is impossible (random_failed), but deterministically', () => {
    const key = overlay.composeKey(base, contribution);
    vi.stubGlobal('crypto', { getRandomValues: (out: Uint8Array) => out.fill(9) });
    try {
      expect(codeOf(() => key.sign(message))).toBe('random_failed');
    } finally {
      vi.unstubAllGlobals();
    }
    expect(hex(key.sign(message, { deterministic: true }))).toBe(worked.signature);
  });

  test('never uses the prefix of the base key: R differs for one message (section 7, requirement 4)', () => {
    const own = overlay.seedKey(base).sign(message);
    const combined = overlay.composeKey(base, contribution).sign(message, { deterministic: true });
    expect(hex(own.subarray(0, 57))).not.toBe(hex(combined.subarray(0, 57)));
  });

  test('a reused prefix would give the base scalar away, which is why (section 7, requirement 4)', () => {
    const h = createHash('shake256', { outputLength: 114 }).update(base).digest();
    const [b, o] = [group448.scalarFromSeed(base), group448.scalarFromSeed(contribution)];
    const key = overlay.composeKey(base, contribution);
    const none = new Uint8Array(0);
    const prefix = h.subarray(57);
    const publicKey = overlay.seedKey(base).publicKey;
    const first = backend.ed448SignKey(message, { scalar: b, prefix, publicKey }, none, 0);
    const sum = { scalar: group448.scalarAdd(b, o), prefix, publicKey: key.publicKey };
    const second = backend.ed448SignKey(message, sum, none, 0);
    const challenge = (R: Uint8Array, A: Uint8Array) => {
      const hash = createHash('shake256', { outputLength: 114 });
      return fromLittleEndian(hash.update('SigEd448\0\0').update(R).update(A).update(message).digest()) % L;
    };
    const [k1, k2] = [overlay.seedKey(base).publicKey, key.publicKey].map((A) =>
      challenge(first.subarray(0, 57), A),
    ) as [bigint, bigint];
    const [S1, S2] = [first, second].map((signature) => fromLittleEndian(signature.subarray(57))) as [bigint, bigint];
    const found = mod((S2 - S1 - k2 * fromLittleEndian(o)) * power(mod(k2 - k1, L), L - 2n, L), L);
    expect(found).toBe(fromLittleEndian(b));
  });

  test('a key of one seed signs as RFC 8032 does, hedged only on request', () => {
    const seed = pattern(57);
    const key = overlay.seedKey(seed);
    expect(hex(key.publicKey)).toBe(hex(ed448.getPublicKey(seed)));
    expect(hex(key.sign(message))).toBe(hex(ed448.sign(message, seed)));
    const hedged = key.sign(message, { deterministic: false });
    expect(hex(hedged)).not.toBe(hex(key.sign(message)));
    expect(ed448.verify(hedged, message, key.publicKey)).toBe(true);
    expect(hex(overlay.seedKey(base).sign(message))).toBe(hex(backend.ed448Sign(message, base, new Uint8Array(0), 0)));
  });

  test('agreement is symmetric, and a E = b E + o E on both curves (section 8)', () => {
    const peer = overlay.seedKey(pattern(57, 5));
    const key = overlay.composeKey(base, contribution);
    const shared = key.agree(peer.publicKey);
    expect(shared.length).toBe(57);
    expect(hex(shared)).toBe(hex(peer.agree(key.publicKey)));
    const parts = [base, contribution].map((seed) => overlay.seedKey(seed).agree(peer.publicKey));
    expect(hex(group448.pointAdd(parts[0]!, parts[1]!))).toBe(hex(shared));

    const xPeer = overlay.seedKey(pattern(56, 6), { crv: 'X448' });
    const xKey = overlay.composeKey(base, contribution, { crv: 'X448' });
    const xShared = xKey.agree(xPeer.publicKey);
    expect(xShared.length).toBe(56);
    expect(hex(xShared)).toBe(hex(xPeer.agree(xKey.publicKey)));
    expect(hex(xShared)).toBe(hex(xKey.agree(xPeer.publicKey.subarray(0, 56))));
    expect(hex(xShared)).toBe(hex(xKey.agree(flipSign(xPeer.publicKey))));
    expect(hex(overlay.seedKey(base, { crv: 'X448' }).agree(xPeer.publicKey))).toBe(
      hex(x448.getSharedSecret(base, xPeer.publicKey.subarray(0, 56))),
    );
  });

  test('agreement refuses peers that fail section 6', () => {
    const key = overlay.composeKey(base, contribution);
    const xKey = overlay.composeKey(base, contribution, { crv: 'X448' });
    for (const [code, peer] of [
      ['noncanonical_encoding', nonCanonicalEdwards[0]!],
      ['not_on_curve', offCurveEdwards[0]!],
      ['small_order_base', smallOrderEdwards[0]!],
      ['small_order_base', smallOrderEdwards[2]!],
      ['not_in_prime_order_subgroup', mixedOrderEdwards[0]!],
      ['bad_public_length', new Uint8Array(56)],
      ['not_bytes', 'text' as never],
    ] as const) {
      expect(codeOf(() => key.agree(peer))).toBe(code);
    }
    expect(codeOf(() => xKey.agree(smallOrderMontgomery[0]!))).toBe('small_order_base');
    expect(codeOf(() => xKey.agree(new Uint8Array(56)))).toBe('small_order_base');
    expect(codeOf(() => xKey.agree(twistMontgomery[0]!))).toBe('not_on_curve');
    expect(codeOf(() => xKey.agree(new Uint8Array(55)))).toBe('bad_public_length');
    expect(hex(key.agree(primeOrderEdwards[0]!))).toBe(worked.publicKey);
  });

  test('an X448 key does not sign (unsupported_algorithm)', () => {
    const key = overlay.composeKey(base, contribution, { crv: 'X448' });
    expect(codeOf(() => key.sign(message))).toBe('unsupported_algorithm');
  });

  test('a destroyed key does nothing any more (destroyed)', () => {
    const key = overlay.composeKey(base, contribution);
    key.destroy();
    key.destroy();
    expect(codeOf(() => key.sign(message))).toBe('destroyed');
    expect(codeOf(() => key.agree(primeOrderEdwards[0]!))).toBe('destroyed');
    expect(hex(key.publicKey)).toBe(worked.publicKey);
  });

  test('direct scalars are taken as they are: no hash, no pruning (section 2)', () => {
    const [b, o] = [littleEndian(5n, 1), littleEndian(L - 2n, 56)];
    const key = overlay.composeKey({ crv: 'Ed448z', secretKey: b }, { crv: 'Ed448z', secretKey: o });
    expect(hex(key.publicKey)).toBe(hex(group448.baseMultiply(littleEndian(3n, 56))));
    const signature = key.sign(message, { deterministic: true });
    expect(ed448.verify(signature, message, key.publicKey)).toBe(true);
    expect(overlay.detectPublicNonce(signature, message, key.publicKey)).toBe(false);
    const share = overlay.seedKey({ crv: 'Ed448z', secretKey: littleEndian(3n, 57) });
    expect(hex(share.sign(message, { deterministic: true }))).toBe(hex(signature));
    expect(hex(share.sign(message))).not.toBe(hex(share.sign(message)));
    const x = overlay.seedKey({ crv: 'X448z', secretKey: littleEndian(1n, 56) });
    expect(hex(x.publicKey)).toBe(hex(littleEndian(5n, 57)));
  });

  test('direct scalars out of range are refused (section 2)', () => {
    const of = (n: bigint, length: number, crv: 'Ed448z' | 'X448z' = 'Ed448z') =>
      codeOf(() => overlay.seedKey({ crv, secretKey: littleEndian(n, length) }));
    expect(of(0n, 1)).toBe('zero_scalar');
    expect(of(L, 56)).toBe('scalar_out_of_range');
    expect(of(1n << 448n, 57)).toBe('scalar_out_of_range');
    expect(of(1n, 58)).toBe('bad_private_length');
    expect(of(0n, 0)).toBe('bad_private_length');
    expect(of(1n, 55, 'X448z')).toBe('bad_private_length');
    expect(of(0n, 56, 'X448z')).toBe('zero_scalar');
  });

  test('b + o = 0 is no key, and o = 0 no contribution (identity_result, zero_scalar)', () => {
    const b = { crv: 'Ed448z', secretKey: littleEndian(7n, 56) } as const;
    const minus = { crv: 'Ed448z', secretKey: littleEndian(L - 7n, 56) } as const;
    expect(codeOf(() => overlay.composeKey(b, minus))).toBe('identity_result');
    expect(codeOf(() => overlay.composeKey(b, { crv: 'Ed448z', secretKey: new Uint8Array(56) }))).toBe('zero_scalar');
  });

  test('a pruned X448 secret that is a multiple of L contributes nothing (null_contribution)', () => {
    const o = littleEndian(4n * L, 56);
    expect(codeOf(() => overlay.composeKey(base, o, { crv: 'X448' }))).toBe('null_contribution');
    expect(codeOf(() => overlay.seedKey(o, { crv: 'X448' }))).toBe('identity_result');
  });

  test('fingerprints and keys that were announced are checked (section 4.1)', () => {
    // mesh-schema-03 section 4: G2 fingerprints.
    const A = overlay.composeKey(base, contribution).publicKey;
    const B = overlay.seedKey(base).publicKey;
    for (const generation of ['G2', 'G3', 'G4'] as const) {
      const [udfA, udfB] = [A, B].map((publicKey) => udf.publicKey({ crv: 'Ed448', publicKey }, { generation })) as [
        string,
        string,
      ];
      const good = { publicKey: A, basePublicKey: B, udf: udfA, baseUdf: udfB, generation };
      expect(hex(overlay.composeKey(base, contribution, good).publicKey)).toBe(worked.publicKey);
      const compose = (changed: object) =>
        codeOf(() => overlay.composeKey(base, contribution, { ...good, ...changed }));
      expect(compose({ udf: udfB })).toBe('udf_mismatch');
      expect(compose({ baseUdf: udfA })).toBe('udf_mismatch');
      expect(compose({ udf: udfA.slice(0, 9) })).toBe('udf_mismatch');
      expect(compose({ publicKey: B })).toBe('combination_mismatch');
      expect(compose({ basePublicKey: A })).toBe('combination_mismatch');
      expect(compose({ publicKey: B, udf: udfB })).toBe('udf_mismatch');
      expect(compose({ publicKey: B.subarray(1) })).toBe('bad_public_length');
    }
  });

  test('a fingerprint of higher precision is compared whole', () => {
    const A = overlay.composeKey(base, contribution).publicKey;
    const long = udf.publicKey({ crv: 'Ed448', publicKey: A }, { bits: 280 });
    expect(codeOf(() => overlay.composeKey(base, contribution, { udf: long }))).toBe('returned');
    const changed = long.slice(0, -1) + (long.endsWith('A') ? 'B' : 'A');
    expect(codeOf(() => overlay.composeKey(base, contribution, { udf: changed }))).toBe('udf_mismatch');
  });

  test('malformed arguments are refused by code', () => {
    for (const length of [0, 32, 55, 58]) {
      const wrong = new Uint8Array(length);
      expect(codeOf(() => overlay.composeKey(wrong, contribution))).toBe('bad_private_length');
      expect(codeOf(() => overlay.composeKey(base, wrong))).toBe('bad_private_length');
      expect(codeOf(() => overlay.seedKey(wrong))).toBe('bad_private_length');
    }
    expect(codeOf(() => overlay.seedKey(new Uint8Array(57), { crv: 'X448' }))).toBe('bad_private_length');
    for (const bad of ['text', null, undefined, 7]) {
      expect(codeOf(() => overlay.composeKey(bad as never, contribution))).toBe('not_bytes');
      expect(codeOf(() => overlay.composeKey(base, bad as never))).toBe('not_bytes');
      expect(codeOf(() => overlay.seedKey(bad as never))).toBe('not_bytes');
    }
    const x = { crv: 'X448', secretKey: base } as const;
    expect(codeOf(() => overlay.composeKey(x, { crv: 'Ed448', secretKey: base }))).toBe('curve_mismatch');
    expect(codeOf(() => overlay.composeKey(x, contribution, { crv: 'Ed448' }))).toBe('curve_mismatch');
    expect(codeOf(() => overlay.composeKey(x, { crv: 'Ed448z', secretKey: base }))).toBe('curve_mismatch');
    expect(codeOf(() => overlay.seedKey(base, { crv: 'Ed25519' as never }))).toBe('unsupported_algorithm');
    expect(codeOf(() => overlay.seedKey({ secretKey: base } as never))).toBe('unsupported_algorithm');
    expect(codeOf(() => overlay.composeKey(base, contribution, 5 as never))).toBe('bad_option');
    const key = overlay.composeKey(base, contribution);
    expect(codeOf(() => key.sign('text' as never))).toBe('not_bytes');
    expect(codeOf(() => key.sign(message, { deterministic: 1 as never }))).toBe('bad_option');
    expect(codeOf(() => key.sign(message, { context: new Uint8Array(256) }))).toBe('context_too_long');
  });

  test('seeds stay as they are', () => {
    const [b, o] = [base.slice(), contribution.slice()];
    overlay.composeKey(b, o).destroy();
    overlay.seedKey(b, { crv: 'X448' }).destroy();
    expect([hex(b), hex(o)]).toEqual([worked.base, worked.contribution]);
  });
});
