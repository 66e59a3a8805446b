/**
 * Key agreement of a recipient (DARE specification, section 6.2): on the curve that the key has, without conversion of Edwards keys to Montgomery form.
 * Every point from outside must be of prime order, and the result is never the neutral element. Not what is made of the shared octets.
 */
import { type MontgomeryECDH, montgomery } from '@noble/curves/abstract/montgomery.js';
import type { Provider } from '../backend/types.ts';
import { bytes, concat, copied, settle, wipe } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';
import { randomBytes } from '../random.ts';
import { isZero } from '../scalar448.ts';
import { type Group, type GroupName, groupOf } from '../threshold/group.ts';
import { edwards25519, pruned } from '../threshold/group25519.ts';

/** Octets of a secret key that is drawn. */
const secretLengths: Readonly<Record<GroupName, number>> = { Ed448: 57, X448: 56, Ed25519: 32, X25519: 32 };

/** The sign of an X key may be missing, and counts for nothing in an agreement. */
function signed(group: Group, octets: Uint8Array): Uint8Array {
  const unsigned = group.crv.startsWith('X') && octets.length === group.pointLength - 1;
  return unsigned ? concat(octets, Uint8Array.of(0)) : octets;
}

/**
 * A public key of prime order, with a sign where the curve has one.
 *
 * @throws MeshError `bad_public_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base`, `not_in_prime_order_subgroup`
 */
export function agreementPoint(p: Provider, crv: GroupName, publicKey: Uint8Array, name: string): Uint8Array {
  const group = groupOf(p, crv);
  return group.point(signed(group, publicKey), name).slice();
}

/** What stands in `Public`: Edwards keys and signed X448 ones as they are, X25519 without the sign. */
function carried(crv: GroupName, point: Uint8Array): Uint8Array {
  return crv === 'X25519' ? point.slice(0, 32) : point;
}

let made25519: MontgomeryECDH | undefined;

/**
 * The ladder of RFC 7748 for X25519, which needs no point: the group of threshold keys takes
 * several times as long. BigInt arithmetic, so not constant time; each bit costs the same steps. Made on first use.
 */
function x25519(): MontgomeryECDH {
  const { Fp } = edwards25519();
  return (made25519 ??= montgomery({
    P: Fp.ORDER,
    type: 'x25519',
    adjustScalarBytes: pruned,
    powPminus2: (x) => Fp.pow(x, Fp.ORDER - 2n),
  }));
}

/** The public key of a secret one, as carried. @throws MeshError `not_bytes`, `bad_private_length` */
export function publicKeyOf(p: Provider, crv: GroupName, secretKey: Uint8Array): Uint8Array {
  const group = groupOf(p, crv);
  const scalar = group.fromSecretKey(secretKey, 'secretKey');
  try {
    return carried(crv, group.base(scalar));
  } finally {
    wipe(scalar);
  }
}

/** The octets that enter the derivation; the point is {@link agreementPoint}. @throws MeshError for the neutral element */
function agreed(group: Group, secretKey: Uint8Array, point: Uint8Array): Uint8Array {
  const scalar = group.fromSecretKey(secretKey, 'secretKey');
  try {
    // The order of the point is known to be prime, so the pruned scalar and its residue give the same u.
    const product =
      group.crv === 'X25519'
        ? x25519().scalarMult(secretKey, point.subarray(0, group.agreementLength))
        : group.times(scalar, point);
    const shared = settle(copied(product.subarray(0, group.agreementLength)));
    wipe(product);
    return shared;
  } finally {
    wipe(scalar);
  }
}

/** A fresh ephemeral key and what it has in common with a recipient. */
export function ephemeral(p: Provider, crv: GroupName, point: Uint8Array): { public: Uint8Array; shared: Uint8Array } {
  const secret = randomBytes(secretLengths[crv]);
  try {
    return { public: publicKeyOf(p, crv, secret), shared: agreed(groupOf(p, crv), secret, point) };
  } finally {
    wipe(secret);
  }
}

/** A key that agrees: with its secret octets, or by a function where others hold it (overlay, threshold, recryption, hardware). */
export type AgreementKey =
  | { crv: GroupName; secretKey: Uint8Array }
  | { crv: GroupName; agree: (publicKey: Uint8Array) => Uint8Array };

/**
 * What a recipient has in common with an ephemeral key.
 *
 * @throws MeshError `key-type` for a point that is not of prime order on the curve, and for a result of another length or of zeros
 */
export function agree(p: Provider, key: AgreementKey, publicKey: Uint8Array): Uint8Array {
  const group = groupOf(p, key.crv);
  const point = refusedAs(() => agreementPoint(p, key.crv, publicKey, 'epk'));
  if ('agree' in key) {
    // As carried: a function may need the sign of an X448 point, or may not know what to do with it.
    const shared = bytes(key.agree(publicKey.slice()), 'the result of agree');
    if (shared.length !== group.agreementLength) fail('key-type');
    const held = settle(copied(shared));
    return isNeutral(key.crv, held) ? fail('key-type') : held;
  }
  return refusedAs(() => agreed(group, key.secretKey, point));
}

/** Whether shared octets are those of the neutral element. Constant time: yes, they are secret. */
function isNeutral(crv: GroupName, shared: Uint8Array): boolean {
  const difference = copied(shared);
  // On Edwards curves (0, 1).
  if (crv.startsWith('Ed')) difference[0] = (difference[0] as number) ^ 1;
  const neutral = isZero(difference);
  wipe(difference);
  return neutral;
}

/** What the key has no part in: a platform without randomness, which blinding needs, and memory that has changed by itself. */
const ofPlatform: ReadonlySet<string> = new Set(['random_failed', 'fault_detected']);

/** What is wrong with a key is one code. */
function refusedAs<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof MeshError && ofPlatform.has(error.code)) throw error;
    return fail('key-type');
  }
}
