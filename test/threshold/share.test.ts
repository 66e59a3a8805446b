/**
 * Shares of which a quorum is enough (threshold keys, section A3; Feldman's commitments).
 */

import { ed448_FROST } from '@noble/curves/ed448.js';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyShare } from '../../src/threshold/index.ts';
import { codeOf } from '../support/errors.ts';
import { direct, inverse, lagrange, mod, modelOf, numberOf } from '../support/groups.ts';
import { fromLittleEndian, hex, littleEndian, pattern } from '../support/octets.ts';
import { libraries, subjects } from '../support/subjects.ts';

const numberAt = ({ scalar }: KeyShare) => fromLittleEndian(scalar);
const pointsOf = (shares: readonly KeyShare[]) =>
  shares.map((share) => [BigInt(share.index), numberAt(share)] as const);

/** All subsets of a size. */
function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

describe.each(subjects)('shares of a key on $crv on $name', ({ threshold, crv, model, key, octets }) => {
  const { L } = model;
  const s = 0x123456789abcdef0fedcba9876543210n ** 2n % L;
  const secret = direct(model, s);
  const publicKey = model.base(s);
  const { shares, commitments } = threshold.share(secret, { shares: 4, quorum: 3 });

  test('lie on a polynomial of the degree quorum - 1 whose value at zero is the key', () => {
    expect(shares.map(({ index, quorum }) => [index, quorum])).toEqual([1, 2, 3, 4].map((i) => [i, 3]));
    expect(lagrange(L, pointsOf(shares.slice(0, 3)), 0n)).toBe(s);
    expect(lagrange(L, pointsOf(shares.slice(0, 3)), 4n)).toBe(numberAt(shares[3]!));
    expect(lagrange(L, pointsOf(shares.slice(0, 2)), 0n)).not.toBe(s);
    expect(hex(commitments[0]!)).toBe(hex(publicKey));
    expect(commitments).toHaveLength(3);
  });

  test('recover the key in any quorum and in any order, and all of them too', () => {
    for (const some of [...subsets(shares, 3), [...shares].reverse()]) {
      expect(threshold.recover(some)).toEqual(secret);
    }
    expect(threshold.recover(shares, { publicKey })).toEqual(secret);
  });

  test('of a key of the curve recover its scalar', () => {
    const sharing = threshold.share(key(1), { shares: 2, quorum: 2 });
    const recovered = threshold.recover(sharing.shares, { publicKey: threshold.publicKey(key(1)) });
    expect(hex(threshold.publicKey(recovered))).toBe(hex(threshold.publicKey(key(1))));
  });

  test('say nothing in smaller number: for every secret there is a polynomial through them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: L - 1n }), (other) => {
        const some = shares.slice(1, 3);
        // The polynomial through (0, other) and the two shares gives a third share, with which they recover `other`.
        const y = lagrange(L, [[0n, other], ...pointsOf(some)], 9n);
        const forged = { crv, index: 9, quorum: 3, scalar: octets(y) };
        expect(numberOf(threshold.recover([...some, forged]))).toBe(other);
      }),
      { numRuns: 5 },
    );
  });

  test('are confirmed by the commitments, and the commitments give their public keys', () => {
    for (const share of shares) {
      expect(threshold.verifyShare(share, commitments)).toBe(true);
      expect(hex(threshold.sharePublicKey(crv, share.index, commitments))).toBe(hex(model.base(numberAt(share))));
    }
  });

  test('that were tampered with are not confirmed, and are noticed among more than a quorum', () => {
    const [first, ...rest] = shares as [KeyShare, KeyShare, KeyShare, KeyShare];
    const wrong = { ...first, scalar: octets((numberAt(first) + 1n) % L) };
    expect(threshold.verifyShare(wrong, commitments)).toBe(false);
    expect(threshold.verifyShare({ ...first, index: 5 }, commitments)).toBe(false);
    expect(threshold.verifyShare({ ...first, quorum: 2 }, commitments)).toBe(false);
    expect(threshold.verifyShare(first, [publicKey, ...commitments.slice(0, 2)])).toBe(false);
    for (let i = 0; i < 4; i++) {
      const all = [...rest.slice(0, i), wrong, ...rest.slice(i)];
      expect(codeOf(() => threshold.recover(all))).toBe('inconsistent_shares');
    }
    expect(codeOf(() => threshold.recover([wrong, ...rest.slice(0, 2)], { publicKey }))).toBe('key_mismatch');
  });

  test('at a zero of the polynomial are confirmed too', () => {
    // f(x) = s - x (s / 7): zero at 7.
    const slope = mod(-s * inverse(7n, L), L);
    const points = [publicKey, model.base(slope)];
    const zero = { crv, index: 7, quorum: 2, scalar: octets(0n) };
    expect(threshold.verifyShare(zero, points)).toBe(true);
    expect(threshold.verifyShare({ ...zero, scalar: octets(1n) }, points)).toBe(false);
    expect(threshold.verifyShare({ ...zero, index: 8 }, points)).toBe(false);
    expect(codeOf(() => threshold.sharePublicKey(crv, 7, points))).toBe('identity_result');
    const other = { ...zero, index: 1, scalar: octets(mod(s + slope, L)) };
    expect(threshold.recover([zero, other])).toEqual(secret);
  });

  test('weigh what Lagrange says', () => {
    const set = [1, 3, 200n, L - 1n];
    set.forEach((x, i) => {
      const others = set.filter((_, j) => j !== i).map(BigInt);
      const expected = others.reduce((product, other) => product * other * inverse(other - BigInt(x), L), 1n);
      expect(fromLittleEndian(threshold.coefficient(crv, x, set))).toBe(mod(expected, L));
    });
  });

  test.each<[string, unknown, string]>([
    ['0', 0, 'share_index_zero'],
    ['-0', -0, 'share_index_zero'],
    ['0n', 0n, 'share_index_zero'],
    ['L', L, 'share_out_of_range'],
    ['2 L', 2n * L, 'share_out_of_range'],
    ['a number longer than a scalar', 2n ** 600n + 1n, 'share_out_of_range'],
    ['-1', -1, 'share_out_of_range'],
    ['1.5', 1.5, 'bad_option'],
    ['NaN', Number.NaN, 'bad_option'],
    ['2^53', 2 ** 53, 'bad_option'],
    ['a text', '1', 'bad_option'],
  ])('at the index %s are refused everywhere', (_what, index, code) => {
    const bad = { ...shares[0]!, index } as KeyShare;
    expect(codeOf(() => threshold.recover([bad, shares[1]!, shares[2]!]))).toBe(code);
    expect(codeOf(() => threshold.verifyShare(bad, commitments))).toBe(code);
    expect(codeOf(() => threshold.sharePublicKey(crv, bad.index, commitments))).toBe(code);
    expect(codeOf(() => threshold.coefficient(crv, bad.index, [1, 2]))).toBe(code);
    expect(codeOf(() => threshold.coefficient(crv, 1, [1, bad.index]))).toBe(code);
    expect(codeOf(() => threshold.contribute(bad, publicKey, { indexes: [1, 2, 3] }))).toBe(code);
  });

  test('with one index are refused (duplicate_index), the same share given twice too', () => {
    const [a, b, c] = shares as [KeyShare, KeyShare, KeyShare];
    expect(codeOf(() => threshold.recover([a, b, a]))).toBe('duplicate_index');
    expect(codeOf(() => threshold.recover([a, b, { ...c, index: 1n }]))).toBe('duplicate_index');
    expect(codeOf(() => threshold.coefficient(crv, 1, [1, 2, 2]))).toBe('duplicate_index');
  });

  test('that are too few, out of range or of different quorums are refused', () => {
    const [a, b, c] = shares as [KeyShare, KeyShare, KeyShare];
    expect(codeOf(() => threshold.recover([a, b]))).toBe('insufficient_shares');
    expect(codeOf(() => threshold.recover([]))).toBe('insufficient_shares');
    expect(codeOf(() => threshold.recover([a, b, { ...c, scalar: octets(L) }]))).toBe('share_out_of_range');
    expect(codeOf(() => threshold.verifyShare({ ...a, scalar: octets(L + 1n) }, commitments))).toBe(
      'share_out_of_range',
    );
    expect(codeOf(() => threshold.recover([a, b, { ...c, quorum: 2 }]))).toBe('inconsistent_shares');
    expect(codeOf(() => threshold.coefficient(crv, 5, [1, 2]))).toBe('inconsistent_shares');
    expect(codeOf(() => threshold.recover([a, b, { ...c, scalar: pattern(31) }]))).toBe('bad_private_length');
  });

  test('commitments are checked as public keys are', () => {
    const [a] = shares as [KeyShare];
    const mixed = model.add(publicKey, model.small);
    expect(codeOf(() => threshold.verifyShare(a, [publicKey, mixed, publicKey]))).toBe('not_in_prime_order_subgroup');
    expect(codeOf(() => threshold.verifyShare(a, [model.small, publicKey, publicKey]))).toBe('small_order_base');
    expect(codeOf(() => threshold.verifyShare(a, [publicKey]))).toBe('insufficient_shares');
  });
});

describe.each(libraries)('a sharing on $name', ({ threshold }) => {
  const key = { crv: 'X448', secretKey: pattern(56) } as const;

  test.each<[string, unknown, unknown]>([
    ['one share', 1, 1],
    ['a quorum of one', 3, 1],
    ['a quorum over the number of shares', 3, 4],
    ['256 shares', 256, 2],
    ['no quorum', 3, undefined],
    ['a quorum as text', 3, '2'],
  ])('of %s is refused (bad_quorum)', (_what, shares, quorum) => {
    expect(codeOf(() => threshold.share(key, { shares, quorum } as never))).toBe('bad_quorum');
  });

  test('of two curves does not mix (curve_mismatch)', () => {
    const [a] = threshold.share(key, { shares: 2, quorum: 2 }).shares;
    const [, b] = threshold.share({ crv: 'Ed448', secretKey: pattern(57) }, { shares: 2, quorum: 2 }).shares;
    expect(codeOf(() => threshold.recover([a!, b!]))).toBe('curve_mismatch');
  });

  test('of 255 shares recovers from any two', () => {
    const { shares } = threshold.share({ crv: 'X25519', secretKey: pattern(32) }, { shares: 255, quorum: 2 });
    const ends = threshold.recover([shares[0]!, shares[254]!]);
    expect(threshold.recover(shares.slice(100, 102))).toEqual(ends);
  });

  test('has fresh coefficients each time', () => {
    const sharings = [1, 2, 3].map(() => threshold.share(key, { shares: 2, quorum: 2 }));
    expect(new Set(sharings.map(({ shares }) => hex(shares[0]!.scalar))).size).toBe(3);
    expect(new Set(sharings.map(({ commitments }) => hex(commitments[0]!))).size).toBe(1);
  });

  test('of zero has no key (identity_result)', () => {
    const { scalarLength } = modelOf('X448');
    // f(x) = x: f(0) = 0.
    const shares = [1n, 2n].map(
      (x) => ({ crv: 'X448', index: x, quorum: 2, scalar: littleEndian(x, scalarLength) }) as const,
    );
    expect(codeOf(() => threshold.recover(shares))).toBe('identity_result');
  });

  test.each([
    ['Ed448', ed448_FROST, 57],
    ['Ed25519', ed25519_FROST, 32],
  ] as const)('on %s by the dealer of @noble/curves recovers here, and one of ours there', (crv, frost, length) => {
    const deal = frost.trustedDealer({ min: 2, max: 3 });
    const { scalarLength } = modelOf(crv);
    const shares = [1, 2, 3].map((index) => {
      const { signingShare } = deal.secretShares[frost.Identifier.fromNumber(index)]!;
      return { crv, index, quorum: 2, scalar: signingShare.slice(0, scalarLength) };
    });
    const publicKey = deal.public.commitments[0]!;
    const recovered = threshold.recover(shares, { publicKey });
    expect(hex(threshold.publicKey(recovered))).toBe(hex(publicKey));
    expect(shares.map((share) => threshold.verifyShare(share, deal.public.commitments))).toEqual([true, true, true]);

    const ours = threshold.share(recovered, { shares: 3, quorum: 2 }).shares.slice(1);
    const theirs = ours.map(({ index, scalar }) => {
      const signingShare = new Uint8Array(length);
      signingShare.set(scalar);
      return { identifier: frost.Identifier.fromNumber(Number(index)), signingShare };
    });
    const secret = frost.combineSecret(theirs, { min: 2, max: 3 });
    expect(hex(secret.slice(0, scalarLength))).toBe(hex(recovered.secretKey));
  });
});
