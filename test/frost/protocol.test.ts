/**
 * What the protocol promises: any quorum signs and fewer cannot; whatever is tampered with is found, and attributed; nonces are used once.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrostCrv, FrostResponseError, type FrostShare, makeFrost } from '../../src/frost/index.ts';
import { backends } from '../support/backends.ts';
import * as curve from '../support/curve448.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { pattern, unhex, utf8 } from '../support/octets.ts';

const message = utf8('one message');
const crvs: FrostCrv[] = ['Ed448', 'Ed25519'];
const identity448 = curve.encodeEdwards({ x: 0n, y: 1n });

/** A copy with one bit changed. */
function flipped(octets: Uint8Array, bit = 0): Uint8Array {
  const copy = octets.slice();
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

describe.each(backends)('FROST on $name', ({ name, backend, mesh }) => {
  const frost = makeFrost(() => backend);

  /** Everything of a signature by these shares. */
  function run(shares: readonly FrostShare[], text = message) {
    const rounds = shares.map((share) => frost.commit(share));
    const commitments = rounds.map((round) => round.commitment);
    const responses = rounds.map((round) => round.sign(text, commitments));
    return { message: text, commitments, responses };
  }

  it('any quorum signs, in any company', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...crvs),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        (crv, quorum, more, text, choice) => {
          const { publicKey, verifyingShares, shares } = frost.deal(crv, { shares: quorum + more, quorum });
          const left = [...shares];
          while (left.length > quorum && ((choice.next().value as number) & 1) === 0) {
            left.splice((choice.next().value as number) % left.length, 1);
          }
          const signature = frost.aggregate({ publicKey, verifyingShares, ...run(left, text) });
          expect(signature.length).toBe(crv === 'Ed448' ? 114 : 64);
          if (crv === 'Ed448') expect(mesh.ed448.verify(signature, text, publicKey)).toBe(true);
        },
      ),
      { numRuns: name === 'wasm' ? 30 : 6 },
    );
  });

  it.runIf(name === 'wasm')('more signers than the module sums at once sign together', () => {
    const { publicKey, verifyingShares, shares } = frost.deal('Ed448', { shares: 70, quorum: 3 });
    const signature = frost.aggregate({ publicKey, verifyingShares, ...run(shares) });
    expect(mesh.ed448.verify(signature, message, publicKey)).toBe(true);
  });

  it.each(crvs)('%s: fewer than the quorum cannot sign, even when they lie about it', (crv) => {
    const { publicKey, verifyingShares, shares } = frost.deal(crv, { shares: 3, quorum: 3 });
    expectCode('insufficient_shares', () => run(shares.slice(0, 2)));
    const liars = shares.slice(0, 2).map((share) => frost.importShare({ ...frost.exportShare(share), quorum: 2 }));
    expectCode('signature_invalid', () => frost.aggregate({ publicKey, verifyingShares, ...run(liars) }));
  });

  it.each(crvs)('%s: a dealt secret key keeps its public key, and a share that was changed is refused', (crv) => {
    const secretKey = pattern(crv === 'Ed448' ? 57 : 32);
    const { publicKey, commitments, shares } = frost.deal(crv, { shares: 3, quorum: 2, secretKey });
    if (crv === 'Ed448') expect(publicKey).toEqual(mesh.ed448.getPublicKey(secretKey));
    const [share, other] = shares as [FrostShare, FrostShare];
    const octets = frost.exportShare(share);
    expect(frost.exportShare(frost.importShare({ ...octets, commitments }))).toEqual(octets);
    expect(frost.verifyingShare(crv, 1, commitments)).toEqual(share.verifyingShare);
    expectCode('share_invalid', () => frost.importShare({ ...octets, commitments, secret: flipped(octets.secret) }));
    expectCode('share_invalid', () => frost.importShare({ ...octets, commitments, index: 2 }));
    expectCode('share_invalid', () => frost.importShare({ ...octets, commitments, quorum: 3 }));
    expectCode('share_invalid', () => frost.importShare({ ...octets, commitments, publicKey: other.verifyingShare }));
    expect(frost.verifyShare(frost.importShare({ ...octets, index: 3 }), commitments)).toBe(false);
  });

  it.each(crvs)('%s: a wrong response is attributed to its signer', (crv) => {
    const { publicKey, verifyingShares, shares } = frost.deal(crv, { shares: 4, quorum: 3 });
    const session = run([0, 1, 3].map((i) => shares[i] as FrostShare));
    for (const culprits of [[1], [2], [4], [1, 4]]) {
      const responses = session.responses.map(({ index, response }) => ({
        index,
        // Not the same bit of all: two changes could cancel in the sum, and the signature be right.
        response: culprits.includes(index) ? flipped(response, index) : response,
      }));
      const call = () => frost.aggregate({ publicKey, verifyingShares, ...session, responses });
      expectCode('response_invalid', call);
      try {
        call();
      } catch (error) {
        expect((error as FrostResponseError).indexes).toEqual(culprits);
        expect(error).toBeInstanceOf(FrostResponseError);
      }
      responses.forEach((response) => {
        const verifyingShare = (shares[response.index - 1] as FrostShare).verifyingShare;
        const verdict = frost.verifyResponse({ publicKey, ...session, response, verifyingShare });
        expect(verdict).toBe(!culprits.includes(response.index));
      });
    }
    const zero = { index: 1, response: new Uint8Array(crv === 'Ed448' ? 57 : 32) };
    const { verifyingShare } = shares[0] as FrostShare;
    expect(frost.verifyResponse({ publicKey, ...session, response: zero, verifyingShare })).toBe(false);
  });

  it.each(crvs)('%s: the message and every commitment are bound by the responses', (crv) => {
    const { publicKey, verifyingShares, shares } = frost.deal(crv, { shares: 2, quorum: 2 });
    const session = run(shares);
    const other = run(shares);
    const complete = { publicKey, verifyingShares, ...session };
    expectCode('response_invalid', () => frost.aggregate({ ...complete, message: utf8('another message') }));
    const [first, second] = session.commitments as [(typeof session.commitments)[0], (typeof session.commitments)[0]];
    for (const replaced of [
      { ...first, hiding: second.hiding },
      { ...first, binding: second.binding },
      { ...first, hiding: first.binding, binding: first.hiding },
    ]) {
      expectCode('response_invalid', () => frost.aggregate({ ...complete, commitments: [replaced, second] }));
    }
    expectCode('response_invalid', () => frost.aggregate({ ...complete, responses: other.responses }));
    const exchanged = verifyingShares.map(({ index }, i) => ({
      index,
      verifyingShare: (verifyingShares[1 - i] as { verifyingShare: Uint8Array }).verifyingShare,
    }));
    // Those who only have the wrong public values for a right signature do not see it.
    expect(frost.aggregate({ ...complete, verifyingShares: exchanged }).length).toBeGreaterThan(0);
    expectCode('response_invalid', () =>
      frost.aggregate({ ...complete, responses: other.responses, verifyingShares: exchanged }),
    );
  });

  it.each(crvs)('%s: a signer refuses a list without its own commitment, or with another in its place', (crv) => {
    const { shares } = frost.deal(crv, { shares: 3, quorum: 2 });
    const [mine, ...others] = shares.map((share) => frost.commit(share)) as [ReturnType<typeof frost.commit>];
    const [own, second, third] = [mine, ...others].map(({ commitment }) => commitment) as [
      typeof mine.commitment,
      typeof mine.commitment,
      typeof mine.commitment,
    ];
    const codes = (list: (typeof mine.commitment)[]) => codeOf(() => mine.sign(message, list));
    expect(codes([second, third])).toBe('commitment_mismatch');
    expect(codes([{ ...own, hiding: second.hiding }, second])).toBe('commitment_mismatch');
    expect(codes([{ ...own, binding: second.binding }, second])).toBe('commitment_mismatch');
    expect(codes([{ ...second, index: 1 }, second])).toBe('commitment_mismatch');
    expect(codes([own])).toBe('insufficient_shares');
    expect(codes([])).toBe('insufficient_shares');
    expect(codes([own, { ...own }])).toBe('duplicate_index');
    expect(codes([second, own])).toBe('unsorted_indexes');
    expect(codes([{ ...second, index: 0 }, own])).toBe('share_index_zero');
    for (const index of [-1, 1.5, 65536, Number.NaN, '2' as unknown as number, undefined as unknown as number]) {
      expect(codes([own, { ...second, index }])).toBe('share_out_of_range');
    }
    expect(codes([own, { ...second, hiding: second.hiding.subarray(1) }])).toBe('bad_public_length');
    expect(codes([own, { ...second, hiding: 'x' as unknown as Uint8Array }])).toBe('not_bytes');
    expect(codes([own, undefined as never])).toBe('bad_option');
    expect(codes('no list' as never)).toBe('bad_option');
    // None of these was an answer, so the round is still good for one.
    expect(mine.sign(message, [own, second]).index).toBe(1);
    expectCode('nonce_used', () => mine.sign(message, [own, second]));
    expectCode('nonce_used', () => mine.sign(utf8('another message'), [own, third]));
  });

  it('commitments outside the prime-order subgroup are refused by signers and coordinator', () => {
    const torsion = curve.torsion.slice(1);
    const bad: [string, Uint8Array][] = [
      ['small_order_base', identity448],
      ...torsion.map((point): [string, Uint8Array] => ['small_order_base', curve.encodeEdwards(point)]),
      ...torsion.map((point): [string, Uint8Array] => [
        'not_in_prime_order_subgroup',
        curve.encodeEdwards(curve.edwardsAdd(curve.edwardsMultiply(12345n, curve.B), point)),
      ]),
      ['noncanonical_encoding', new Uint8Array(57).fill(0xff)],
      ['not_on_curve', curve.encodeEdwards({ x: 0n, y: 2n })],
    ];
    const { publicKey, verifyingShares, shares } = frost.deal('Ed448', { shares: 2, quorum: 2 });
    const session = run(shares);
    const [own, other] = session.commitments as [(typeof session.commitments)[0], (typeof session.commitments)[0]];
    for (const [code, point] of bad) {
      for (const replaced of [
        { ...other, hiding: point },
        { ...other, binding: point },
      ]) {
        const round = frost.commit(shares[0] as FrostShare);
        expect(codeOf(() => round.sign(message, [round.commitment, replaced]))).toBe(code);
        const call = () => frost.aggregate({ publicKey, verifyingShares, ...session, commitments: [own, replaced] });
        expect(codeOf(call)).toBe(code);
      }
      expect(codeOf(() => frost.importShare({ ...frost.exportShare(shares[0] as FrostShare), publicKey: point }))).toBe(
        code,
      );
    }
  });

  it('Ed25519 commitments outside the prime-order subgroup are refused', () => {
    const { shares } = frost.deal('Ed25519', { shares: 2, quorum: 2 });
    const order8 = unhex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
    const identity = unhex(`01${'00'.repeat(31)}`);
    for (const point of [order8, identity]) {
      const round = frost.commit(shares[0] as FrostShare);
      const bad = { index: 2, hiding: round.commitment.binding, binding: point };
      expectCode('small_order_base', () => round.sign(message, [round.commitment, bad]));
    }
  });

  it('a group commitment that is the identity is refused', () => {
    // R = D1 + D2 + rho1 E1 + rho2 E2 cannot be steered to the identity without breaking the hash: the points are checked on their own.
    const one = new Uint8Array(56);
    one[0] = 1;
    const minus = backend.scalarNegate(one);
    const B = backend.edwardsBaseMultiply(one);
    expect(backend.edwardsCombination([one, minus], [B, B])).toEqual(identity448);
    expect(backend.edwardsCombination([], [])).toEqual(identity448);
  });
});
