/**
 * Secret scalars of edwards448 and curve448 as octets: range checks without branches on the value, and the ways from a secret
 * key to a scalar. Not for arithmetic, which backends do.
 */
import type { Provider } from './backend/types.ts';
import { confirmed, copied, sized, wipe } from './bytes.ts';
import { fail } from './errors.ts';

/** L, the prime order of both groups, little-endian, 56 octets (RFC 8032 section 5.2, RFC 7748 section 4.2). */
const order: Uint8Array = /* @__PURE__ */ (() => {
  const low = 'f34458ab92c27823558fc58d72c26c219036d6ae49db4ec4e923ca7c';
  const octets = new Uint8Array(56).fill(0xff);
  for (let i = 0; i < 28; i++) octets[i] = Number.parseInt(low.slice(2 * i, 2 * i + 2), 16);
  octets[55] = 0x3f;
  return octets;
})();

/** Whether 56 octets are below L. Constant time: yes, the borrow of a subtraction over all octets. */
function isReduced(scalar: Uint8Array): boolean {
  let borrow = 0;
  for (let i = 0; i < 56; i++) borrow = ((scalar[i] as number) - (order[i] as number) - borrow) >>> 31;
  return borrow === 1;
}

/** Whether all octets are zero. Constant time: yes, one test after all octets. */
export function isZero(octets: Uint8Array): boolean {
  let any = 0;
  for (const octet of octets) any |= octet;
  return any === 0;
}

/** A scalar given by the caller. @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range` */
export function reduced(value: unknown, name: string): Uint8Array {
  const scalar = sized(value, name, 'bad_private_length', 56);
  if (!isReduced(scalar)) fail('scalar_out_of_range', name);
  return scalar;
}

/** As {@link reduced}, and not zero. @throws MeshError `zero_scalar` */
export function reducedNonZero(value: unknown, name: string): Uint8Array {
  const scalar = reduced(value, name);
  if (isZero(scalar)) fail('zero_scalar', name);
  return scalar;
}

/** Pruning of RFC 7748 section 5 and RFC 8032 section 5.2.5 step 2, in place, on the first 56 octets. */
function prune(octets: Uint8Array): void {
  octets[0] = (octets[0] as number) & 0xfc;
  octets[55] = (octets[55] as number) | 0x80;
}

/** The secret parts of an Ed448 key. */
export interface ExpandedSeed {
  /** The pruned scalar modulo L, 56 octets. */
  scalar: Uint8Array;
  /** The secret that nonces are made from, 57 octets. */
  prefix: Uint8Array;
}

/**
 * Ed448: a seed of 57 octets (RFC 8032 section 5.2.5) or 56 (Mesh), hashed exactly as given.
 *
 * @throws MeshError `not_bytes`, `bad_private_length`, `fault_detected`
 */
export function expandSeed(p: Provider, seed: unknown, name: string): ExpandedSeed {
  const octets = sized(seed, name, 'bad_private_length', 57, 56);
  const digest = confirmed(() => p().shake256(octets, 114));
  try {
    prune(digest);
    return { scalar: p().scalarReduce(digest.subarray(0, 56)), prefix: copied(digest.subarray(57)) };
  } finally {
    wipe(digest);
  }
}

/**
 * X448: a secret key of 56 octets, pruned and reduced modulo L.
 *
 * @throws MeshError `not_bytes`, `bad_private_length`
 */
export function clampSecret(p: Provider, secretKey: unknown, name: string): Uint8Array {
  const octets = copied(sized(secretKey, name, 'bad_private_length', 56));
  try {
    prune(octets);
    return p().scalarReduce(octets);
  } finally {
    wipe(octets);
  }
}
