/**
 * The secret state of shares and rounds: used once, never copied, wiped; and the arguments of the functions that make it.
 */
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FrostCommitment, type FrostShare, makeFrost } from '../../src/frost/index.ts';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';
import { hex, pattern, utf8 } from '../support/octets.ts';

const message = utf8('message');

describe.each(backends)('the state of FROST on $name', ({ backend }) => {
  const frost = makeFrost(() => backend);
  const dealt = () => frost.deal('Ed448', { shares: 2, quorum: 2 });

  afterEach(() => vi.restoreAllMocks());

  it('a round cannot be written, cloned or read', () => {
    const { shares } = dealt();
    const round = frost.commit(shares[0] as FrostShare);
    expectCode('not_serializable', () => JSON.stringify({ round }));
    expectCode('not_serializable', () => JSON.stringify(shares));
    expect(structuredClone(round)).toEqual({});
    expect(Object.keys(round)).toEqual([]);
    const secret = hex(frost.exportShare(shares[0] as FrostShare).secret).slice(0, 32);
    const clone = structuredClone(shares[0]) as FrostShare;
    expect(Object.keys(clone).sort()).toEqual(['crv', 'index', 'quorum']);
    expect(inspect([round, shares[0], clone], { showHidden: true, depth: 9 })).not.toContain(secret);
    expectCode('bad_option', () => frost.commit(clone));
    expectCode('bad_option', () => frost.exportShare(Object.create(shares[0] as FrostShare)));
  });

  it('a round signs once, also when its commitments call it again while they are read', () => {
    const { shares } = dealt();
    const [one, two] = shares.map((share) => frost.commit(share)) as [
      ReturnType<typeof frost.commit>,
      ReturnType<typeof frost.commit>,
    ];
    const list = [one.commitment, two.commitment];
    const sneaky = [
      one.commitment,
      {
        index: 2,
        binding: two.commitment.binding,
        get hiding() {
          one.sign(message, list);
          return two.commitment.hiding;
        },
      },
    ];
    expectCode('nonce_used', () => one.sign(message, sneaky));
    expectCode('nonce_used', () => one.sign(message, list));
    one.destroy();
    expectCode('nonce_used', () => one.sign(message, list));
    two.destroy();
    expectCode('destroyed', () => two.sign(message, list));
    expect(two.commitment.index).toBe(2);
  });

  it('what the caller does to octets it was given changes nothing inside', () => {
    const { publicKey, verifyingShares, commitments: feldman, shares } = dealt();
    const rounds = shares.map((share) => frost.commit(share));
    const commitments = rounds.map((round) => round.commitment);
    const spoilt = rounds.map((round) => round.commitment);
    for (const { hiding, binding } of spoilt) for (const octets of [hiding, binding]) octets.fill(0);
    for (const share of shares) for (const octets of [share.publicKey, share.verifyingShare]) octets.fill(0);
    const exported = frost.exportShare(shares[0] as FrostShare);
    exported.secret.fill(0);
    exported.publicKey.fill(0);
    const responses = rounds.map((round) => round.sign(message, commitments));
    expect(frost.aggregate({ publicKey, message, commitments, responses, verifyingShares }).length).toBe(114);
    expect(frost.verifyShare(shares[0] as FrostShare, feldman)).toBe(true);
  });

  it('a destroyed share is of no more use, nor are its open rounds', () => {
    const { shares } = dealt();
    const [share, other] = shares as [FrostShare, FrostShare];
    const round = frost.commit(share);
    const list = [round.commitment, frost.commit(other).commitment];
    share.destroy();
    expectCode('destroyed', () => round.sign(message, list));
    expectCode('destroyed', () => frost.commit(share));
    expectCode('destroyed', () => frost.exportShare(share));
    expectCode('destroyed', () => frost.verifyShare(share, []));
    expect(share.publicKey.length).toBe(57);
  });

  it('nonces and what is made of them are wiped once they have answered', () => {
    const { shares } = dealt();
    const scalars: Uint8Array[] = [];
    const spied = { ...backend };
    for (const name of ['scalarAdd', 'scalarMul', 'scalarReduce'] as const) {
      spied[name] = ((...args: Uint8Array[]) => {
        const result = (backend[name] as (...args: Uint8Array[]) => Uint8Array)(...args);
        scalars.push(...args, result);
        return result;
      }) as never;
    }
    const own = makeFrost(() => spied);
    const [first, second] = shares.map((share) => own.importShare(frost.exportShare(share))) as [
      FrostShare,
      FrostShare,
    ];
    const rounds = [first, second].map((share) => own.commit(share));
    const commitments = rounds.map((round) => round.commitment);
    scalars.length = 0;
    const { response } = (rounds[0] as (typeof rounds)[0]).sign(message, commitments);
    first.destroy();
    const z = hex(response.subarray(0, 56));
    const left = scalars.filter((scalar) => scalar.some((octet) => octet !== 0)).map(hex);
    // The response is public; what is left beside it are public values: digests, binding factors, challenge, weight.
    expect(left).not.toContain(z);
    const publicScalars = new Set(left).size;
    expect(publicScalars).toBeLessThanOrEqual(10);
  });

  it('a round is hedged: the same random octets make other nonces of another share', () => {
    const { shares } = dealt();
    const [hiding, binding] = [pattern(32, 1), pattern(32, 2)];
    const commitments = shares.map((share) => frost.testing.commitWithRandomness(share, hiding, binding).commitment);
    const [one, two] = commitments as [FrostCommitment, FrostCommitment];
    expect(one.hiding).not.toEqual(two.hiding);
    expect(one.hiding).not.toEqual(one.binding);
    expectCode('bad_length', () => frost.testing.commitWithRandomness(shares[0] as FrostShare, hiding, pattern(31)));
  });

  it('a broken random source makes no share and no round', () => {
    const { shares } = dealt();
    vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => array);
    expectCode('random_failed', () => frost.commit(shares[0] as FrostShare));
    expectCode('random_failed', dealt);
  });

  it.each([
    [{ shares: 3, quorum: 1 }, 'share_out_of_range'],
    [{ shares: 1, quorum: 1 }, 'share_out_of_range'],
    [{ shares: 2, quorum: 3 }, 'insufficient_shares'],
    [{ shares: 65536, quorum: 2 }, 'share_out_of_range'],
    [{ shares: 2.5, quorum: 2 }, 'share_out_of_range'],
    [{ shares: '3', quorum: 2 }, 'share_out_of_range'],
    [{ shares: 3 }, 'share_out_of_range'],
    [{ shares: 3, quorum: 2, secretKey: new Uint8Array(5) }, 'bad_private_length'],
    [{ shares: 3, quorum: 2, secretKey: 'x' }, 'not_bytes'],
    [undefined, 'share_out_of_range'],
    [[], 'bad_option'],
  ] as const)('dealing with %o is refused as %s', (options, code) => {
    expectCode(code, () => frost.deal('Ed448', options as never));
  });

  it('curves that do not sign are refused', () => {
    for (const crv of ['X448', 'X25519', 'P-256', undefined]) {
      expectCode('unsupported_algorithm', () => frost.deal(crv as never, { shares: 2, quorum: 2 }));
      expectCode('unsupported_algorithm', () => frost.verifyingShare(crv as never, 1, []));
    }
  });

  it('a stored share that is malformed is refused', () => {
    for (const crv of ['Ed448', 'Ed25519'] as const) {
      const { shares } = frost.deal(crv, { shares: 2, quorum: 2 });
      const octets = frost.exportShare(shares[0] as FrostShare);
      const refused = (code: Parameters<typeof expectCode>[0], change: object) =>
        expectCode(code, () => frost.importShare({ ...octets, ...change }));
      const length = octets.secret.length;
      refused('identity_result', { secret: new Uint8Array(length) });
      refused('scalar_out_of_range', { secret: new Uint8Array(length).fill(0xff) });
      refused('bad_private_length', { secret: new Uint8Array(length - 1) });
      refused('bad_public_length', { publicKey: new Uint8Array(length - 1) });
      refused('share_index_zero', { index: 0 });
      refused('share_out_of_range', { index: 65536 });
      refused('share_out_of_range', { quorum: 1 });
      refused('bad_option', { commitments: 'x' });
      refused('not_bytes', { commitments: ['x'] });
      if (crv === 'Ed448') {
        const top = octets.secret.slice();
        top[56] = 1;
        refused('scalar_out_of_range', { secret: top });
      }
    }
  });

  it('a coordinator refuses lists that do not belong together', () => {
    const { publicKey, verifyingShares, shares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
    const rounds = shares.slice(0, 2).map((share) => frost.commit(share));
    const commitments = rounds.map((round) => round.commitment);
    const responses = rounds.map((round) => round.sign(message, commitments));
    const complete = { publicKey, message, commitments, responses, verifyingShares };
    const refused = (code: Parameters<typeof expectCode>[0], change: object) =>
      expectCode(code, () => frost.aggregate({ ...complete, ...change }));
    refused('index_mismatch', { responses: responses.slice(1) });
    refused('index_mismatch', { responses: [] });
    refused('index_mismatch', { responses: [responses[0], { ...responses[1], index: 3 }] });
    refused('index_mismatch', { verifyingShares: verifyingShares.slice(1) });
    refused('unsorted_indexes', { responses: [...responses].reverse() });
    refused('duplicate_index', { responses: [responses[0], responses[0]] });
    refused('insufficient_shares', { commitments: [], responses: [] });
    refused('bad_public_length', { publicKey: new Uint8Array(56) });
    refused('not_bytes', { message: 'text' });
    refused('bad_private_length', {
      responses: responses.map(({ index }) => ({ index, response: new Uint8Array(56) })),
    });
    // The signer is named, as for any wrong response.
    refused('response_invalid', {
      responses: responses.map(({ index }) => ({ index, response: new Uint8Array(57).fill(255) })),
    });
    const response = { index: 3, response: responses[0]?.response as Uint8Array };
    const verifyingShare = (shares[0] as FrostShare).verifyingShare;
    expectCode('index_mismatch', () =>
      frost.verifyResponse({ publicKey, message, commitments, response, verifyingShare }),
    );
  });
});
