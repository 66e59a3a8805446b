/**
 * The parts of an Ed448 signature, put together from group operations: what a threshold scheme or an attack needs to see.
 * RFC 8032 section 5.2. Not for signing.
 */
import { concat } from '../bytes.ts';
import { fromUtf8 } from '../utf8.ts';
import type { Provided } from './implementation.ts';

/** dom4 for pure Ed448 with an empty context. */
const dom4 = /* @__PURE__ */ concat(fromUtf8('SigEd448'), Uint8Array.of(0, 0));

/** k = SHAKE256(dom4 || R || A || M, 114) mod L. */
export function challenge(api: Provided, R: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  return api.scalarFromWide(api.shake256(concat(dom4, R, publicKey, message), 114));
}

/** r = SHAKE256(dom4 || M, 114) mod L: the nonce of the reference implementation's combined keys, computable by anyone. */
export function publicNonce(api: Provided, message: Uint8Array): Uint8Array {
  return api.scalarFromWide(api.shake256(concat(dom4, message), 114));
}

/** R. */
export const noncePoint = (signature: Uint8Array): Uint8Array => signature.slice(0, 57);
/** S as a scalar. */
export const response = (signature: Uint8Array): Uint8Array => signature.slice(57, 113);
/** R || S. */
export const signatureOf = (R: Uint8Array, S: Uint8Array): Uint8Array => concat(R, S, Uint8Array.of(0));

/** a - b mod L. */
export function subtract(api: Provided, a: Uint8Array, b: Uint8Array): Uint8Array {
  return api.scalarAdd(a, api.scalarNegate(b));
}

/** r + k s mod L. */
export function respond(api: Provided, r: Uint8Array, k: Uint8Array, s: Uint8Array): Uint8Array {
  return api.scalarAdd(r, api.scalarMultiply(k, s));
}

/** The secret scalar of a signature whose nonce is known: s = (S - r) / k mod L. */
export function secretScalar(
  api: Provided,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
  r: Uint8Array,
): Uint8Array {
  const k = challenge(api, noncePoint(signature), publicKey, message);
  return api.scalarMultiply(subtract(api, response(signature), r), api.scalarInvert(k));
}
