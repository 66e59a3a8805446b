/**
 * Ed25519 as envelopes use it (RFC 8032 section 5.1): with an empty context, which is not the plain form, and plain. On @noble/curves over the group
 * of threshold/group25519.ts. Not constant time: BigInt arithmetic. Verification has the policy of Ed448: canonical encodings, S < L, keys of small
 * order refused, the equation with the cofactor.
 */
import { type EdDSA, eddsa } from '@noble/curves/abstract/edwards.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, empty } from '../bytes.ts';
import { edwards25519, pruned } from '../threshold/group25519.ts';
import { fromUtf8 } from '../utf8.ts';

/** `ctx` is Ed25519ctx with an empty context, which RFC 8032 advises against and every envelope of the drafts uses. */
export type Ed25519Form = 'ctx' | 'plain';

/** dom2 for F = 0 and an empty context. */
const dom2 = /* @__PURE__ */ fromUtf8('SigEd25519 no Ed25519 collisions\0\0');

/** What precedes everything that is hashed. */
export function domain(form: Ed25519Form): Uint8Array {
  return form === 'ctx' ? dom2 : empty;
}

const made: Partial<Record<Ed25519Form, EdDSA>> = {};

function scheme(form: Ed25519Form): EdDSA {
  return (made[form] ??= eddsa(edwards25519(), sha512, {
    adjustScalarBytes: pruned,
    domain: (data: Uint8Array) => concat(domain(form), data),
  }));
}

/** A deterministic signature of 64 octets; the seed has 32. */
export function sign25519(form: Ed25519Form, message: Uint8Array, seed: Uint8Array): Uint8Array {
  return scheme(form).sign(message, seed);
}

/** Never throws for 64 and 32 octets. */
export function verify25519(
  form: Ed25519Form,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  return scheme(form).verify(signature, message, publicKey, { zip215: false });
}
