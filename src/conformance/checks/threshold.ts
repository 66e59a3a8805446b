/**
 * The arithmetic of shared keys and threshold signatures: draft-hallambaker-threshold, draft-hallambaker-threshold-sigs.
 * Not a threshold protocol: nonces are given.
 */
import { agrees, type Checks } from '../check.ts';
import { challenge, respond, signatureOf, subtract } from '../eddsa.ts';
import type { Inputs } from '../fields.ts';
import type { Provided, PublicCurve } from '../implementation.ts';

/** A small number as a scalar. */
function small(api: Provided, n: number): Uint8Array {
  return api.scalarFromWide(Uint8Array.of(n));
}

/** Shares of f(x) = s + a x at 1, 2, 3 and the Lagrange coefficients of the shares at 1 and 3. */
export function shamir(api: Provided, s: Uint8Array, a: Uint8Array) {
  const share = (x: number) => api.scalarAdd(s, api.scalarMultiply(small(api, x), a));
  const [one, three] = [small(api, 1), small(api, 3)];
  const coefficient = (x: Uint8Array, other: Uint8Array) =>
    api.scalarMultiply(other, api.scalarInvert(subtract(api, other, x)));
  return {
    shareA: share(1),
    shareB: share(2),
    shareC: share(3),
    lagrangeA: coefficient(one, three),
    lagrangeC: coefficient(three, one),
  };
}

/** R = r_1 B + r_2 B, and the challenge for it. */
export function commit(api: Provided, r1: Uint8Array, r2: Uint8Array, publicKey: Uint8Array, message: Uint8Array) {
  const [R1, R2] = [api.baseMultiply(r1), api.baseMultiply(r2)];
  const R = agrees('the sum of the nonces', api.pointAdd(R1, R2), api.baseMultiply(api.scalarAdd(r1, r2)));
  return { R1, R2, R, k: challenge(api, R, publicKey, message) };
}

/** The sum of two responses as a signature, and its verdict. */
export function complete(
  api: Provided,
  R: Uint8Array,
  responses: readonly [Uint8Array, Uint8Array],
  message: Uint8Array,
  publicKey: Uint8Array,
) {
  const S = api.scalarAdd(...responses);
  const signature = signatureOf(R, S);
  return { S, signature, verified: api.ed448Verify(signature, message, publicKey, new Uint8Array(0)) };
}

/** The common inputs of a two-party signature: keys of two signers. */
export function directInputs(api: Provided, inputs: Inputs) {
  const [message, nonceA, nonceB] = [inputs.bytes('message'), inputs.bytes('nonceA'), inputs.bytes('nonceB')];
  const [scalarA, scalarB] = [api.scalarFromSeed(inputs.bytes('seedA')), api.scalarFromSeed(inputs.bytes('seedB'))];
  const scalar = api.scalarAdd(scalarA, scalarB);
  return { message, nonceA, nonceB, scalarA, scalarB, scalar, publicKey: api.baseMultiply(scalar) };
}

/** The common inputs of a signature with two of three shares. */
export function shamirInputs(api: Provided, inputs: Inputs) {
  const [message, nonceA, nonceC] = [inputs.bytes('message'), inputs.bytes('nonceA'), inputs.bytes('nonceC')];
  const [seed, coefficient] = [inputs.bytes('seed'), inputs.bytes('coefficient')];
  const scalar = api.scalarFromSeed(seed);
  return { message, nonceA, nonceC, coefficient, scalar, publicKey: api.baseMultiply(scalar) };
}

/** Kinds of threshold vectors. */
export const thresholdChecks: Checks = {
  aggregate(api, inputs) {
    const crv = inputs.text<PublicCurve>('crv');
    const [s1, s2] = [api.scalarFromWide(inputs.bytes('scalar1')), api.scalarFromWide(inputs.bytes('scalar2'))];
    const [P1, P2] = [inputs.bytes('public1'), inputs.bytes('public2')];
    const scalar = api.scalarAdd(s1, s2);
    const publicKey = agrees(
      'scalars and points',
      api.combinePublicKeys(crv, P1, P2),
      api.meshPublicKey(`${crv}z`, scalar),
    );
    return { scalar, publicKey };
  },

  split(api, inputs) {
    const crv = inputs.text<'X448'>('crv');
    const [s, s1] = [inputs.bytes('scalar'), api.scalarFromWide(inputs.bytes('share1'))];
    const [peer, C1, C2] = [inputs.bytes('peer'), inputs.bytes('contribution1'), inputs.bytes('contribution2')];
    const share2 = subtract(api, api.scalarFromWide(s), s1);
    const z = `${crv}z` as const;
    return {
      share2,
      agreement: api.agree(z, [api.scalarFromWide(s)], peer),
      contribution1U: api.agree(z, [s1], peer),
      contribution2U: api.agree(z, [share2], peer),
      sum: api.combinePublicKeys(crv, C1, C2),
    };
  },

  'threshold-direct'(api, inputs) {
    const { message, nonceA, nonceB, scalarA, scalarB, scalar, publicKey } = directInputs(api, inputs);
    const { R1, R2, R, k } = commit(api, nonceA, nonceB, publicKey, message);
    const [responseA, responseB] = [respond(api, nonceA, k, scalarA), respond(api, nonceB, k, scalarB)];
    const { signature, verified } = complete(api, R, [responseA, responseB], message, publicKey);
    const key = { scalarA, scalarB, scalar, publicKey };
    return { ...key, RA: R1, RB: R2, R, challenge: k, responseA, responseB, signature, verified };
  },

  'threshold-shamir'(api, inputs) {
    const { message, nonceA, nonceC, coefficient, scalar, publicKey } = shamirInputs(api, inputs);
    const constant = inputs.maybeBytes('constantTerm') ?? scalar;
    const shares = shamir(api, constant, coefficient);
    const { R1, R2, R, k } = commit(api, nonceA, nonceC, publicKey, message);
    const weightedA = api.scalarMultiply(shares.lagrangeA, shares.shareA);
    const weightedC = api.scalarMultiply(shares.lagrangeC, shares.shareC);
    const [responseA, responseC] = [respond(api, nonceA, k, weightedA), respond(api, nonceC, k, weightedC)];
    const { signature, verified } = complete(api, R, [responseA, responseC], message, publicKey);
    const round = { RA: R1, RC: R2, R, challenge: k, weightedA, weightedC, responseA, responseC };
    return { scalar, publicKey, ...shares, ...round, signature, verified };
  },

  'threshold-blinded'(api, inputs) {
    const [message, blind] = [inputs.bytes('message'), inputs.bytes('blind')];
    const [a, b] = [inputs.bytes('shareA'), inputs.bytes('shareB')];
    const [nonceA, nonceB] = [inputs.bytes('nonceA'), inputs.bytes('nonceB')];
    const publicKey = api.baseMultiply(api.scalarAdd(a, b));
    const { R, k } = commit(api, nonceA, nonceB, publicKey, message);
    const responseA = respond(api, nonceA, k, subtract(api, a, blind));
    const responseB = respond(api, nonceB, k, api.scalarAdd(b, blind));
    const { signature, verified } = complete(api, R, [responseA, responseB], message, publicKey);
    return { publicKey, R, challenge: k, responseA, responseB, signature, verified };
  },
};
