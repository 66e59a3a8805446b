/**
 * Agreement with a key that stays in parts, proofs of contributions, and the split of a secret for one multiplication (threshold keys, sections A4
 * and A7).
 */
import { shake256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupOf } from '../../src/threshold/group.ts';
import { type Contribution, type KeyShare, makeThreshold } from '../../src/threshold/index.ts';
import { splitTimes } from '../../src/threshold/sum.ts';
import { codeOf } from '../support/errors.ts';
import { direct, inverse, mod } from '../support/groups.ts';
import { fromLittleEndian, hex, pattern, unhex, utf8 } from '../support/octets.ts';
import { libraries, subjects } from '../support/subjects.ts';

describe.each(subjects)('contributions on $crv on $name', ({ backend, threshold, crv, model, octets }) => {
  const { L, agreementLength } = model;
  const scalar = fc.bigInt({ min: 1n, max: L - 1n });
  const s = L / 3n;
  const secret = direct(model, s);
  const peer = model.base(0xfedcba9876543210n ** 5n % L);
  const agreed = hex(model.multiply(s, peer).slice(0, agreementLength));
  const { shares, commitments } = threshold.share(secret, { shares: 3, quorum: 2 });
  const [a, b, c] = shares as [KeyShare, KeyShare, KeyShare];

  test('of one part are the whole multiplication', () => {
    expect(threshold.contribute(secret, peer)).toEqual({ crv, point: model.multiply(s, peer) });
  });

  test('of a sum of parts complete to what the sum gives', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 2, maxLength: 3 }), (parts) => {
        const sum = parts.reduce((x, y) => x + y, 0n) % L;
        fc.pre(sum !== 0n);
        const given = parts.map((part) => threshold.contribute(direct(model, part), peer));
        expect(hex(threshold.complete(given))).toBe(hex(model.multiply(sum, peer).slice(0, agreementLength)));
      }),
      { numRuns: 3 },
    );
  });

  test('of any quorum of shares, and of more, complete to what the key gives', () => {
    for (const some of [
      [a, b],
      [c, a],
      [b, c],
      [c, b, a],
    ]) {
      const indexes = some.map(({ index }) => index);
      const given = some.map((share) => threshold.contribute(share, peer, { indexes }));
      expect(hex(threshold.complete(given))).toBe(agreed);
      expect(hex(threshold.complete([...given].reverse()))).toBe(agreed);
    }
  });

  test('are the same with a secret that is split for the multiplication', () => {
    const plain = threshold.contribute(secret, peer);
    expect(threshold.contribute(secret, peer, { blind: true })).toEqual(plain);
    expect(hex(threshold.contribute(a, peer, { indexes: [1, 2], blind: true }).point)).toBe(
      hex(threshold.contribute(a, peer, { indexes: [1, 2] }).point),
    );
    const group = groupOf(() => backend, crv);
    // The second part is zero, or the sum is the identity: neither comes up at random.
    expect(hex(splitTimes(group, octets(s), octets(s), peer)!)).toBe(hex(plain.point));
    expect(splitTimes(group, octets(0n), octets(s), peer)).toBe(undefined);
  });

  test('with a proof are confirmed for their part, and for no other', () => {
    const given = threshold.contribute(secret, peer, { prove: true });
    expect(given.proof).toHaveLength(2 * model.scalarLength);
    expect(threshold.verifyContribution(given, peer, model.base(s))).toBe(true);
    expect(threshold.verifyContribution(given, peer, model.base(s + 1n))).toBe(false);
    expect(threshold.verifyContribution(given, model.base(5n), model.base(s))).toBe(false);
    expect(threshold.verifyContribution({ ...given, point: model.base(5n) }, peer, model.base(s))).toBe(false);
  });

  test('of shares name who gave a wrong one', () => {
    const indexes = [1, 3];
    const keys = indexes.map((index) => threshold.sharePublicKey(crv, index, commitments));
    const given = [a, c].map((share) => threshold.contribute(share, peer, { indexes, prove: true }));
    const verdicts = (list: readonly Contribution[]) =>
      list.map((item, i) => threshold.verifyContribution(item, peer, keys[i]!));
    expect(verdicts(given)).toEqual([true, true]);
    const [first, second] = given as [Contribution, Contribution];
    const shifted = { ...second, point: model.add(second.point, peer) };
    expect(hex(threshold.complete([first, shifted]))).not.toBe(agreed);
    expect(verdicts([first, shifted])).toEqual([true, false]);
    // A right contribution for another set, index or holder is a wrong one.
    expect(verdicts([first, threshold.contribute(c, peer, { indexes: [2, 3], prove: true })])).toEqual([true, true]);
    expect(
      verdicts([
        { ...first, indexes: [1, 2] },
        { ...second, index: 1 },
      ]),
    ).toEqual([false, false]);
    expect(verdicts([second, first])).toEqual([false, false]);
    const { proof: _, ...unproven } = first;
    expect(verdicts([unproven, second])).toEqual([false, true]);
  });

  test('prove what anybody can verify: e = H(statement, z B - e W, z E - e C) with W = weight S', () => {
    const indexes = [1, 3];
    const { point, proof } = threshold.contribute(c, peer, { indexes, prove: true }) as Required<Contribution>;
    const S = threshold.sharePublicKey(crv, 3, commitments);
    // The weight of 3 beside 1 is 1 / (1 - 3).
    const weight = mod(-inverse(2n, L), L);
    const [e, z] = [0, 1].map((i) =>
      fromLittleEndian(proof.slice(i * model.scalarLength, (i + 1) * model.scalarLength)),
    );
    const minus = (s: bigint) => mod(-s, L);
    const first = model.add(model.base(z!), model.multiply(minus(e! * weight), S));
    const second = model.add(model.multiply(z!, peer), model.multiply(minus(e!), point));
    const statement = [S, octets(weight), peer, point, first, second].flatMap((part) => [...part]);
    const hashed = Uint8Array.from([...utf8(`MathMesh threshold contribution 1 ${crv}\0`), ...statement]);
    const digest = shake256(hashed, { dkLen: model.scalarLength === 56 ? 114 : 64 });
    expect(fromLittleEndian(digest) % L).toBe(e);
  });

  test('whose proof has any octet changed are not confirmed', () => {
    const given = threshold.contribute(secret, peer, { prove: true }) as Required<Contribution>;
    for (const at of [0, model.scalarLength - 2, model.scalarLength, 2 * model.scalarLength - 2]) {
      const proof = given.proof.slice();
      proof[at]! ^= 1;
      expect(threshold.verifyContribution({ ...given, proof }, peer, model.base(s))).toBe(false);
    }
    const zero = new Uint8Array(given.proof.length);
    expect(threshold.verifyContribution({ ...given, proof: zero }, peer, model.base(s))).toBe(false);
    const second = threshold.contribute(secret, peer, { prove: true });
    expect(hex(second.proof!)).not.toBe(hex(given.proof));
  });

  test('whose proof has another length, or a scalar of L or more, are refused', () => {
    const given = threshold.contribute(secret, peer, { prove: true }) as Required<Contribution>;
    const { proof } = given;
    const verify = (wrong: Uint8Array) =>
      codeOf(() => threshold.verifyContribution({ ...given, proof: wrong }, peer, model.base(s)));
    const n = model.scalarLength;
    expect(verify(proof.slice(1))).toBe('bad_length');
    expect(verify(Uint8Array.of(...octets(L), ...proof.subarray(n)))).toBe('scalar_out_of_range');
    expect(verify(Uint8Array.of(...proof.subarray(0, n), ...octets(L)))).toBe('scalar_out_of_range');
  });

  test('to a peer of small or mixed order are refused, whoever gives them', () => {
    const mixed = model.add(peer, model.small);
    for (const [bad, code] of [
      [model.small, 'small_order_base'],
      [mixed, 'not_in_prime_order_subgroup'],
    ] as const) {
      expect(codeOf(() => threshold.contribute(secret, bad))).toBe(code);
      expect(codeOf(() => threshold.contribute(secret, bad, { blind: true, prove: true }))).toBe(code);
      expect(codeOf(() => threshold.contribute(a, bad, { indexes: [1, 2] }))).toBe(code);
    }
  });

  test('of small or mixed order are refused, as are wrong encodings', () => {
    const good = threshold.contribute(secret, peer);
    for (const [point, code] of [
      [model.small, 'small_order_base'],
      [model.add(good.point, model.small), 'not_in_prime_order_subgroup'],
      [good.point.slice(1), crv.startsWith('X') ? 'sign_missing' : 'bad_public_length'],
      [new Uint8Array(good.point.length).fill(255), 'noncanonical_encoding'],
    ] as const) {
      expect(codeOf(() => threshold.complete([good, { crv, point }]))).toBe(code);
      expect(
        codeOf(() =>
          threshold.verifyContribution({ ...good, point, proof: new Uint8Array(2 * model.scalarLength) }, peer, peer),
        ),
      ).toBe(code);
    }
  });

  test('whose sum is the identity give no agreement (point_at_infinity)', () => {
    const given = [s, L - s].map((part) => threshold.contribute(direct(model, part), peer));
    expect(codeOf(() => threshold.complete(given))).toBe('point_at_infinity');
    const zero = { ...a, scalar: octets(0n) };
    expect(codeOf(() => threshold.contribute(zero, peer, { indexes: [1, 2] }))).toBe('point_at_infinity');
  });

  test('of different sets, of too few or from outside the set do not complete', () => {
    const of = (share: KeyShare, indexes: number[]) => threshold.contribute(share, peer, { indexes });
    const part = threshold.contribute(secret, peer);
    for (const [given, code] of [
      [[of(a, [1, 2]), of(b, [2, 3])], 'inconsistent_shares'],
      [[of(a, [1, 2, 3]), of(b, [1, 2])], 'inconsistent_shares'],
      [[of(a, [1, 2]), { ...of(c, [1, 3]), indexes: [1, 2] }], 'inconsistent_shares'],
      [[of(a, [1, 2]), part], 'inconsistent_shares'],
      [[part, of(a, [1, 2])], 'inconsistent_shares'],
      [[of(a, [1, 2, 3]), of(b, [1, 2, 3])], 'insufficient_shares'],
      [[of(a, [1, 2]), of(a, [1, 2])], 'duplicate_index'],
      [[part], 'insufficient_shares'],
      [[{ ...of(a, [1, 2]), indexes: [1, 1] }, of(b, [1, 2])], 'duplicate_index'],
      [[of(a, [1, 2]), { ...of(b, [1, 2]), index: 0 }], 'share_index_zero'],
      [[of(a, [1, 2]), { crv, point: part.point, index: 2 }], 'bad_option'],
    ] as [Contribution[], string][]) {
      expect(codeOf(() => threshold.complete(given))).toBe(code);
    }
  });

  test('of a share need a set with the quorum and the share in it', () => {
    expect(codeOf(() => threshold.contribute(a, peer))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(secret, peer, { indexes: [1, 2] }))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(a, peer, { indexes: [1] }))).toBe('insufficient_shares');
    expect(codeOf(() => threshold.contribute({ ...a, quorum: 3 }, peer, { indexes: [1, 2] }))).toBe(
      'insufficient_shares',
    );
    expect(codeOf(() => threshold.contribute(a, peer, { indexes: [2, 3] }))).toBe('inconsistent_shares');
    expect(codeOf(() => threshold.contribute(a, peer, { indexes: [1, 1] }))).toBe('duplicate_index');
    expect(codeOf(() => threshold.contribute({ ...a, scalar: octets(L) }, peer, { indexes: [1, 2] }))).toBe(
      'share_out_of_range',
    );
  });

  test('neither keep nor change what they were given, and the result is fresh', () => {
    const own = peer.slice();
    const key = { crv: secret.crv, secretKey: secret.secretKey.slice() };
    const given = [secret, key].map((part) => threshold.contribute(part, own, { prove: true }));
    const before = given.map(({ point }) => hex(point));
    threshold.complete(given).fill(0);
    threshold.verifyContribution(given[0]!, own, model.base(s));
    expect([hex(own), hex(key.secretKey)]).toEqual([hex(peer), hex(secret.secretKey)]);
    expect(given.map(({ point }) => hex(point))).toEqual(before);
    // P - P + Q is Q, but not its memory.
    const minus = threshold.contribute(direct(model, L - s), peer);
    const last = { crv, point: model.base(3n) };
    threshold.complete([given[0]!, minus, last]).fill(0);
    expect(hex(last.point)).toBe(hex(model.base(3n)));
  });
});

describe.each(libraries)('published edge cases on $name', ({ threshold }) => {
  // draft-hallambaker-threshold, computed: an E with a component of small order gives other values for the key than for its shares.
  test.each([
    ['X25519', '9c0a432336c709238ea59871cb97de0b0ac8b2647577d975167b99eaa090d71480', 'not_in_prime_order_subgroup'],
    ['X25519', '020000000000000000000000000000000000000000000000000000000000000000', 'not_on_curve'],
    ['X25519', '9a6c4efdf1bfa549b66e4e801ee267738facdfc2b58a07d332e859c9a6ddac6001', 'noncanonical_encoding'],
    ['X25519', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f00', 'noncanonical_encoding'],
  ] as const)('%s: the peer %s is refused (%s)', (crv, peer, code) => {
    const part = { crv, secretKey: pattern(32) };
    expect(codeOf(() => threshold.contribute(part, unhex(peer)))).toBe(code);
  });

  test('options that are not true or false are refused', () => {
    const part = { crv: 'X25519', secretKey: pattern(32) } as const;
    const peer = threshold.publicKey(part);
    expect(codeOf(() => threshold.contribute(part, peer, { prove: 1 as never }))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(part, peer, { blind: 'yes' as never }))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(part, peer, { blind: null as never }))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(part, peer, { indexes: 3 as never }))).toBe('bad_option');
    expect(codeOf(() => threshold.contribute(part, 'peer' as never))).toBe('not_bytes');
  });
});

test.each(['Ed448', 'X448'] as const)('on %s no multiplication sees a blinded secret, also with a proof', (crv) => {
  const [{ backend }] = libraries as [(typeof libraries)[number]];
  const seen: string[] = [];
  const spied = new Proxy(backend, {
    get(target, name: keyof typeof backend) {
      const value = target[name] as (...args: unknown[]) => unknown;
      if (!/Multiply$/.test(name)) return value;
      return (scalar: Uint8Array, ...rest: unknown[]) => {
        seen.push(hex(scalar));
        return value(scalar, ...rest);
      };
    },
  });
  const threshold = makeThreshold(() => spied);
  const own = pattern(55, 3);
  const secret = { crv: `${crv}z`, secretKey: Uint8Array.of(...own, 0) } as const;
  const peer = threshold.publicKey({ crv, secretKey: pattern(56, 4) });
  const publicKey = threshold.publicKey(secret);
  expect(seen).toContain(hex(secret.secretKey));
  seen.length = 0;
  const contribution = threshold.contribute(secret, peer, { blind: true, prove: true });
  expect(seen.length).toBeGreaterThan(4);
  expect(seen).not.toContain(hex(secret.secretKey));
  expect(threshold.verifyContribution(contribution, peer, publicKey)).toBe(true);
});
