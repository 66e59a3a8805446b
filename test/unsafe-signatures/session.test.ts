/**
 * What the scheme of the drafts is kept to here: one session of a share at a time, nonces used once, everything checked, blinding.
 */
import { ed25519, ed25519ctx } from '@noble/curves/ed25519.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FrostResponseError } from '../../src/frost/index.ts';
import { groupOf } from '../../src/threshold/group.ts';
import { makeUnsafeThresholdSignatures, type UnsafeShare } from '../../src/unsafe-signatures/index.ts';
import { backends } from '../support/backends.ts';
import { encodeEdwards } from '../support/curve448.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { pattern, utf8 } from '../support/octets.ts';

const message = utf8('message');

describe.each(backends)('sessions of the drafts on $name', ({ backend, mesh }) => {
  const unsafe = makeUnsafeThresholdSignatures(() => backend);

  afterEach(() => vi.restoreAllMocks());

  /** Two shares of a sum, or shares 1, 2, 4 of a line. */
  function dealt(crv: 'Ed448' | 'Ed25519', indexes?: number[]) {
    const group = groupOf(() => backend, crv);
    const length = crv === 'Ed448' ? 57 : 32;
    const scalar = (seed: number) => group.reduce(pattern(group.wideLength, seed));
    const [a, b] = [scalar(1), scalar(2)];
    const scalars =
      indexes === undefined
        ? [a, b]
        : indexes.map((x) => group.add(a, group.multiply(b, group.reduce(Uint8Array.of(x)))));
    const publicKey = group.base(indexes === undefined ? group.add(a, b) : a);
    const verifyingShares = scalars.map((s) => group.base(s));
    const shares = scalars.map((s, i) => {
      const encoded = new Uint8Array(length);
      encoded.set(s);
      const index = indexes?.[i];
      return unsafe.share({ crv, publicKey, scalar: encoded, ...(index === undefined ? {} : { index }) });
    });
    return { publicKey, verifyingShares, shares };
  }

  function sign(shares: readonly UnsafeShare[], options: object = {}) {
    const sessions = shares.map((share) => unsafe.open(share));
    const noncePoints = sessions.map((session) => session.noncePoint);
    const responses = sessions.map((session) => session.sign(message, { noncePoints, ...options }));
    return { message, noncePoints, responses, ...options };
  }

  it('shares of a sum and Shamir shares sign, with any context, as ordinary verifiers see it', () => {
    const context = utf8('context');
    for (const indexes of [undefined, [1, 4]]) {
      const own = indexes === undefined ? {} : { indexes };
      const { publicKey, shares } = dealt('Ed448', indexes);
      for (const options of [own, { ...own, context }]) {
        const signature = unsafe.combine({ publicKey, ...sign(shares, options) });
        expect(mesh.ed448.verify(signature, message, publicKey, 'context' in options ? { context } : {})).toBe(true);
      }
      const other = dealt('Ed25519', indexes);
      const pure = unsafe.combine({ publicKey: other.publicKey, ...sign(other.shares, own) });
      expect(ed25519.verify(pure, message, other.publicKey, { zip215: false })).toBe(true);
      const bound = unsafe.combine({ publicKey: other.publicKey, ...sign(other.shares, { ...own, context }) });
      expect(ed25519ctx.verify(bound, message, other.publicKey, { context })).toBe(true);
    }
  });

  it('a share has one open session, which its use or its end closes', () => {
    const { shares } = dealt('Ed448');
    const [share, other] = shares as [UnsafeShare, UnsafeShare];
    const session = unsafe.open(share);
    expectCode('session_open', () => unsafe.open(share));
    expectCode('session_open', () => unsafe.testing.openWithNonce(share, new Uint8Array(57).fill(1, 0, 1)));
    const noncePoints = [session.noncePoint, unsafe.open(other).noncePoint];
    session.sign(message, { noncePoints });
    expectCode('nonce_used', () => session.sign(message, { noncePoints }));
    const second = unsafe.open(share);
    session.destroy();
    expectCode('session_open', () => unsafe.open(share));
    second.destroy();
    expectCode('destroyed', () => second.sign(message, { noncePoints }));
    const third = unsafe.open(share);
    share.destroy();
    expectCode('destroyed', () => third.sign(message, { noncePoints: [third.noncePoint, third.noncePoint] }));
    expectCode('destroyed', () => unsafe.open(share));
  });

  it('a session that could not begin leaves the share free', () => {
    const [share] = dealt('Ed448').shares as [UnsafeShare];
    const random = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => array);
    expectCode('random_failed', () => unsafe.open(share));
    random.mockRestore();
    expectCode('identity_result', () => unsafe.testing.openWithNonce(share, new Uint8Array(57)));
    expect(unsafe.open(share).noncePoint.length).toBe(57);
  });

  it('a session cannot be written or cloned, and signs once even from inside a getter', () => {
    const { shares } = dealt('Ed448');
    const [session, other] = shares.map((share) => unsafe.open(share)) as [
      ReturnType<typeof unsafe.open>,
      ReturnType<typeof unsafe.open>,
    ];
    expectCode('not_serializable', () => JSON.stringify([session]));
    expectCode('not_serializable', () => JSON.stringify(shares));
    expect(structuredClone(session)).toEqual({});
    expectCode('bad_option', () => unsafe.open(structuredClone(shares[0]) as UnsafeShare));
    const noncePoints = [session.noncePoint, other.noncePoint];
    const sneaky = {
      get noncePoints() {
        session.sign(message, { noncePoints });
        return noncePoints;
      },
    };
    expectCode('nonce_used', () => session.sign(message, sneaky));
  });

  it('two signers who blind make the same kind of signature, and other responses', () => {
    for (const crv of ['Ed448', 'Ed25519'] as const) {
      for (const indexes of [undefined, [2, 5]]) {
        const { publicKey, shares } = dealt(crv, indexes);
        const scalar = unsafe.blind(crv, pattern(32, 5), pattern(32, 6));
        const own = indexes === undefined ? {} : { indexes };
        const sessions = shares.map((share) => unsafe.open(share));
        const noncePoints = sessions.map((session) => session.noncePoint);
        const responses = sessions.map((session, i) =>
          session.sign(message, { noncePoints, ...own, blind: { scalar, add: i === 1 } }),
        );
        expect(unsafe.combine({ publicKey, message, noncePoints, responses, ...own }).length).toBe(
          crv === 'Ed448' ? 114 : 64,
        );
      }
    }
    expectCode('bad_length', () => unsafe.blind('Ed448', pattern(31), pattern(32)));
    expectCode('unsupported_algorithm', () => unsafe.blind('X448' as never, pattern(32), pattern(32)));
    const [share] = dealt('Ed448').shares as [UnsafeShare];
    const session = unsafe.open(share);
    const noncePoints = [session.noncePoint, session.noncePoint, session.noncePoint];
    const blind = { scalar: new Uint8Array(57), add: true };
    expectCode('bad_option', () => session.sign(message, { noncePoints, blind }));
    expectCode('bad_option', () => session.sign(message, { noncePoints, blind: { ...blind, add: 1 as never } }));
  });

  it('a signer refuses what does not fit its share, and stays open', () => {
    const [share, second] = dealt('Ed448', [1, 2]).shares as [UnsafeShare, UnsafeShare];
    const session = unsafe.open(share);
    const other = unsafe.open(second).noncePoint;
    const own = session.noncePoint;
    const codes = (options: object) => codeOf(() => session.sign(message, options as never));
    expect(codes({ noncePoints: [own, other] })).toBe('index_mismatch');
    expect(codes({ noncePoints: [own, other], indexes: [2, 3] })).toBe('index_mismatch');
    expect(codes({ noncePoints: [own, other], indexes: [1] })).toBe('index_mismatch');
    expect(codes({ noncePoints: [own, other], indexes: [1, 1] })).toBe('duplicate_index');
    expect(codes({ noncePoints: [own, other], indexes: [1, 0] })).toBe('share_index_zero');
    expect(codes({ noncePoints: [own, other], indexes: [1, 70000] })).toBe('share_out_of_range');
    expect(codes({ noncePoints: [other, own], indexes: [1, 2] })).toBe('commitment_mismatch');
    expect(codes({ noncePoints: [own], indexes: [1] })).toBe('insufficient_shares');
    expect(codes({ noncePoints: 'x', indexes: [1] })).toBe('bad_option');
    expect(codes({ noncePoints: [own, 'x'], indexes: [1, 2] })).toBe('not_bytes');
    expect(codes({ noncePoints: [own, own.subarray(1)], indexes: [1, 2] })).toBe('bad_public_length');
    expect(codes({ noncePoints: [own, encodeEdwards({ x: 0n, y: 1n })], indexes: [1, 2] })).toBe('small_order_base');
    expect(codes({ noncePoints: [own, other], indexes: [1, 2], context: new Uint8Array(256) })).toBe(
      'context_too_long',
    );
    expect(session.sign(message, { noncePoints: [own, other], indexes: [1, 2] }).length).toBe(57);
  });

  it('a share that is malformed is refused', () => {
    const { publicKey } = dealt('Ed448');
    const scalar = new Uint8Array(57).fill(1, 0, 1);
    const refused = (code: Parameters<typeof expectCode>[0], change: object) =>
      expectCode(code, () => unsafe.share({ crv: 'Ed448', publicKey, scalar, ...change }));
    refused('unsupported_algorithm', { crv: 'X448' });
    refused('zero_scalar', { scalar: new Uint8Array(57) });
    refused('scalar_out_of_range', { scalar: new Uint8Array(57).fill(0xff) });
    refused('bad_private_length', { scalar: new Uint8Array(56) });
    refused('bad_public_length', { publicKey: new Uint8Array(56) });
    refused('share_index_zero', { index: 0 });
  });

  it('a wrong response is attributed when the keys of shares are known', () => {
    for (const crv of ['Ed448', 'Ed25519'] as const) {
      for (const indexes of [undefined, [2, 5]]) {
        const { publicKey, verifyingShares, shares } = dealt(crv, indexes);
        const session = sign(shares, indexes === undefined ? {} : { indexes });
        const responses = session.responses.map((response) => response.slice());
        (responses[1] as Uint8Array)[3] = ((responses[1] as Uint8Array)[3] as number) ^ 1;
        const call = () => unsafe.combine({ publicKey, ...session, responses, verifyingShares });
        expectCode('response_invalid', call);
        try {
          call();
        } catch (error) {
          expect((error as FrostResponseError).indexes).toEqual([indexes?.[1] ?? 2]);
        }
        expectCode('signature_invalid', () => unsafe.combine({ publicKey, ...session, responses }));
        expectCode('signature_invalid', () => unsafe.combine({ publicKey, ...session, message: utf8('another') }));
        expectCode('index_mismatch', () => unsafe.combine({ publicKey, ...session, responses: responses.slice(1) }));
        expectCode('bad_option', () => unsafe.combine({ publicKey, ...session, responses: 'x' as never }));
      }
    }
  });
});
