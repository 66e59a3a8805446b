/**
 * Published threshold examples that are wrong, and how each came about.
 */
import type { Proof, Proofs } from '../check.ts';
import { baseAffine25519, order25519, toInteger, toOctets } from '../curve25519.ts';
import { respond, subtract } from '../eddsa.ts';
import type { Provided } from '../implementation.ts';
import { commit, complete, directInputs, shamir, shamirInputs } from './threshold.ts';

/** The weight of a share in a response. */
type Weight = (api: Provided, nonce: Uint8Array, share: Uint8Array, lagrange: Uint8Array) => Uint8Array;

/** The verdicts are on the side of what is true: no document prints one. */
function comparison<T extends { verified: boolean }>({ verified: printedVerified, ...printed }: T, right: T) {
  return { printed, right: { ...right, printedVerified } };
}

const rightWeight: Weight = (api, _nonce, share, lagrange) => api.scalarMultiply(share, lagrange);

/** Signatures with two of three shares, as printed and as they should be. */
function shamirProof(wrong: Weight): Proof {
  return (api, inputs) => {
    const { message, nonceA, nonceC, coefficient, scalar, publicKey } = shamirInputs(api, inputs);
    const { shareA, shareC, lagrangeA, lagrangeC } = shamir(api, scalar, coefficient);
    const { R, k } = commit(api, nonceA, nonceC, publicKey, message);
    const signature = (weight: Weight) => {
      const responseA = respond(api, nonceA, k, weight(api, nonceA, shareA, lagrangeA));
      const responseC = respond(api, nonceC, k, weight(api, nonceC, shareC, lagrangeC));
      const { S, verified } = complete(api, R, [responseA, responseC], message, publicKey);
      return { responseA, responseC, S, verified };
    };
    return comparison(signature(wrong), signature(rightWeight));
  };
}

/** Kinds of errata about shared keys and threshold signatures. */
export const thresholdProofs: Proofs = {
  'erratum-scalar-sum'(api, inputs) {
    const [s, s1] = [api.scalarFromWide(inputs.bytes('scalar')), api.scalarFromWide(inputs.bytes('share1'))];
    return { printed: { share2: api.scalarAdd(s, s1) }, right: { share2: subtract(api, s, s1) } };
  },

  'erratum-doubled-peer'(api, inputs) {
    const [seed, peer] = [inputs.bytes('seed'), inputs.bytes('peer')];
    return {
      printed: { agreement: api.combinePublicKeys('X448', peer, peer).slice(0, 56) },
      right: { agreement: api.agree('X448', [seed], peer) },
    };
  },

  'erratum-peer-for-contribution'(api, inputs) {
    const [seed, peer] = [inputs.bytes('seed'), inputs.bytes('peer')];
    return { printed: { contribution: peer.slice(0, 56) }, right: { contribution: api.agree('X448', [seed], peer) } };
  },

  /** (S mod 2^256) times the base point of edwards25519 in place of S B. */
  'erratum-wrong-curve'(api, inputs) {
    const S = inputs.bytes('S');
    const { x, y } = baseAffine25519(toInteger(S.slice(0, 32)));
    const point = api.baseMultiply(S);
    return { printed: { x: toOctets(x, 32), y: toOctets(y, 32) }, right: { y: point.slice(0, 56), point } };
  },

  'erratum-nonce-as-share-direct'(api, inputs) {
    const { message, nonceA, nonceB, scalarA, scalarB, publicKey } = directInputs(api, inputs);
    const { R, k } = commit(api, nonceA, nonceB, publicKey, message);
    const signature = (a: Uint8Array, b: Uint8Array) => {
      const [responseA, responseB] = [respond(api, nonceA, k, a), respond(api, nonceB, k, b)];
      const { S, verified } = complete(api, R, [responseA, responseB], message, publicKey);
      return { responseA, responseB, S, verified };
    };
    return comparison(signature(nonceA, nonceB), signature(scalarA, scalarB));
  },

  'erratum-nonce-as-share-shamir': shamirProof((api, nonce, _share, lagrange) => api.scalarMultiply(nonce, lagrange)),

  'erratum-wrong-order-shamir': shamirProof((_api, _nonce, share, lagrange) =>
    toOctets((toInteger(share) * toInteger(lagrange)) % order25519, 56),
  ),
};
