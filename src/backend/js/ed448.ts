/**
 * Ed448 (RFC 8032 section 5.2) from seeds of 56 and 57 octets and from bare scalars, with contexts and the prehash flag, and
 * the project's one verification policy. Not for prehashing itself.
 */
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { shake256 } from '@noble/hashes/sha3.js';
import { concat, wipe } from '../../bytes.ts';
import { fail, MeshError } from '../../errors.ts';
import { fromUtf8 } from '../../utf8.ts';
import type { Phflag, PreparedKey, SignedItem, SigningKey } from '../types.ts';
import { clamped } from './clamp.ts';
import { type EdwardsPoint, edwards448, order } from './curves.ts';
import { decodeEdwards } from './edwards.ts';
import { multiplyBase } from './multiply.ts';
import { encodeScalar, reduce } from './scalar.ts';

/** SHAKE256(dom4(F, C) || parts, 114) modulo L (section 5.2.6, steps 2 and 4). */
function hashToScalar(context: Uint8Array, phflag: Phflag, ...parts: Uint8Array[]): bigint {
  const hash = shake256.create({ dkLen: 114 });
  hash.update(fromUtf8('SigEd448')).update(Uint8Array.of(phflag, context.length)).update(context);
  for (const part of parts) hash.update(part);
  const digest = hash.digest();
  const scalar = reduce(digest);
  wipe(digest);
  return scalar;
}

/** Section 5.2.5, steps 1 to 3: the secret scalar modulo L and the prefix of the nonce. */
function expand(seed: Uint8Array): { scalar: bigint; prefix: Uint8Array } {
  const digest = shake256(seed, { dkLen: 114 });
  const pruned = clamped(digest);
  const expanded = { scalar: reduce(pruned), prefix: digest.slice(57) };
  wipe(digest, pruned);
  return expanded;
}

/** Section 5.2.6. */
function sign(message: Uint8Array, key: SigningKey, context: Uint8Array, phflag: Phflag): Uint8Array {
  // Before the random source runs, which could call destroy(): r + k 0 would disclose the nonce.
  const s = reduce(key.scalar);
  const r = hashToScalar(context, phflag, key.prefix, message);
  const R = multiplyBase(edwards448().BASE, r).toBytes();
  const k = hashToScalar(context, phflag, R, key.publicKey, message);
  return concat(R, encodeScalar((r + k * s) % order), Uint8Array.of(0));
}

/** A public key that may verify. @throws as the contract's `ed448Prepare` */
function decodePublicKey(publicKey: Uint8Array): EdwardsPoint {
  const A = decodeEdwards(publicKey);
  if (A.isSmallOrder()) fail('small_order_base');
  return A;
}

/** What the function gives, or undefined when it refuses its argument. */
function attempt<T>(decode: (encoding: Uint8Array) => T, encoding: Uint8Array): T | undefined {
  try {
    return decode(encoding);
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}

class VerificationKey implements PreparedKey {
  readonly #encoding: Uint8Array;
  readonly #A: EdwardsPoint;
  constructor(publicKey: Uint8Array) {
    this.#encoding = publicKey.slice();
    this.#A = decodePublicKey(publicKey);
  }

  /** Section 5.2.7 with the cofactor: [4][S]B = [4]R + [4][k]A. */
  verify(signature: Uint8Array, message: Uint8Array, context: Uint8Array, phflag: Phflag): boolean {
    const encodedR = signature.subarray(0, 57);
    const R = attempt(decodeEdwards, encodedR);
    const S = bytesToNumberLE(signature.subarray(57));
    if (R === undefined || S >= order) return false;
    const k = hashToScalar(context, phflag, encodedR, this.#encoding, message);
    const difference = edwards448().BASE.multiplyUnsafe(S).subtract(R).subtract(this.#A.multiplyUnsafe(k));
    return difference.clearCofactor().is0();
  }
}

export const signatures = {
  ed448PublicKey(seed: Uint8Array): Uint8Array {
    const { scalar, prefix } = expand(seed);
    wipe(prefix);
    return multiplyBase(edwards448().BASE, scalar).toBytes();
  },
  ed448Sign(message: Uint8Array, seed: Uint8Array, context: Uint8Array, phflag: Phflag): Uint8Array {
    const { scalar, prefix } = expand(seed);
    const octets = encodeScalar(scalar);
    try {
      const publicKey = multiplyBase(edwards448().BASE, scalar).toBytes();
      return sign(message, { scalar: octets, prefix, publicKey }, context, phflag);
    } finally {
      wipe(prefix, octets);
    }
  },
  ed448SignKey: sign,
  ed448Verify: (
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    context: Uint8Array,
    phflag: Phflag,
  ): boolean =>
    attempt((key) => new VerificationKey(key), publicKey)?.verify(signature, message, context, phflag) ?? false,
  ed448VerifyBatch: (items: readonly SignedItem[], phflag: Phflag): boolean[] =>
    items.map(({ signature, message, publicKey, context }) =>
      signatures.ed448Verify(signature, message, publicKey, context, phflag),
    ),
  ed448Prepare: (publicKey: Uint8Array): PreparedKey => new VerificationKey(publicKey),
};
