/**
 * Scalars of shared keys: at random, secret keys in their forms, indexes. Not for arithmetic, which is the group's.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied, room } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';
import { randomBytes } from '../random.ts';
import { isZero } from '../scalar448.ts';
import type { Group, GroupName } from './group.ts';
import { commonGroup, objectOf } from './read.ts';
import { scoped } from './scope.ts';

/** How secret octets become a scalar: by the rule of the curve, or directly (`z`), as shares and sums do. */
export type SharedSecretForm = GroupName | `${GroupName}z`;

/** A secret key, or a secret scalar (`z`). */
export interface SharedSecret {
  readonly crv: SharedSecretForm;
  readonly secretKey: Uint8Array;
}

/** A secret that has been read; the octets have not been checked. */
export interface ReadSecret {
  readonly group: Group;
  /** Whether the octets are the scalar itself. */
  readonly direct: boolean;
  readonly octets: unknown;
}

/** @throws MeshError `bad_option` for what is no object, `unsupported_algorithm` */
export function readSecret(p: Provider, secret: SharedSecret, name: string): ReadSecret {
  const { crv, secretKey } = objectOf(secret, name);
  const text: unknown = crv;
  const direct = typeof text === 'string' && text.endsWith('z');
  return { group: commonGroup(p, [direct ? text.slice(0, -1) : text]), direct, octets: secretKey };
}

/** A scalar as a secret that every function of shared keys takes. */
export function directSecret(group: Group, scalar: Uint8Array): SharedSecret {
  return { crv: `${group.crv}z`, secretKey: scalar };
}

/**
 * The scalar of a secret, in fresh octets.
 *
 * @throws MeshError `not_bytes`, `bad_private_length`; for direct scalars also `scalar_out_of_range`, `zero_scalar`
 */
export function secretScalar({ group, direct, octets }: ReadSecret, name: string): Uint8Array {
  if (!direct) return group.fromSecretKey(octets, name);
  const { scalarLength: length, crv } = group;
  const given = bytes(octets, name);
  // Ed scalars are written as the shortest two's complement: any length, and one zero octet to keep the number positive.
  const [least, most] = crv.startsWith('Ed') ? [1, length + 1] : [length, length];
  if (given.length < least || given.length > most) fail('bad_private_length', `${name} has ${given.length} octets`);
  return scoped((secret) => {
    const padded = secret(room(length + 1));
    padded.set(given);
    if (padded[length] !== 0) fail('scalar_out_of_range', name);
    const scalar = group.scalar(padded.subarray(0, length), name);
    return isZero(scalar) ? fail('zero_scalar', name) : copied(scalar);
  });
}

/** A uniform scalar from 1 to L - 1. @throws MeshError `random_failed` */
export function randomScalar(group: Group): Uint8Array {
  for (;;) {
    const scalar = scoped((secret) => group.reduce(secret(randomBytes(group.wideLength))));
    if (!isZero(scalar)) return scalar;
  }
}

/** a - b modulo L. */
export function subtract(group: Group, a: Uint8Array, b: Uint8Array): Uint8Array {
  return scoped((secret) => group.add(a, secret(group.negate(b))));
}

/** Where a share lies: a number from 1 to L - 1. */
export type ShareIndex = number | bigint;

/** A public number below L as a scalar. */
export function scalarOf(group: Group, value: bigint): Uint8Array {
  const out = room(group.scalarLength);
  const view = new DataView(out.buffer);
  for (let at = 0; at < out.length; at += 8) view.setBigUint64(at, BigInt.asUintN(64, value >> BigInt(8 * at)), true);
  return out;
}

const orders = /* @__PURE__ */ new Map<GroupName, bigint>();

/** L, which no group carries as a number. */
export function orderOf(group: Group): bigint {
  const known = orders.get(group.crv);
  if (known !== undefined) return known;
  const last = group.negate(scalarOf(group, 1n));
  const order = last.reduceRight((number, octet) => (number << 8n) | BigInt(octet), 0n) + 1n;
  orders.set(group.crv, order);
  return order;
}

/** The number of an index, which is public. @throws MeshError `bad_option` for what is no whole number, `share_index_zero`, `share_out_of_range` */
export function indexOf(group: Group, index: unknown): bigint {
  if (typeof index !== 'bigint' && !Number.isSafeInteger(index)) fail('bad_option', 'an index must be a whole number');
  const number = BigInt(index as ShareIndex);
  if (number === 0n) fail('share_index_zero');
  return number > 0n && number < orderOf(group) ? number : fail('share_out_of_range', 'index');
}

/** The scalar of a share from outside. @throws MeshError `not_bytes`, `bad_private_length`, `share_out_of_range` */
export function shareScalar(group: Group, scalar: unknown, name: string): Uint8Array {
  try {
    return group.scalar(scalar, name);
  } catch (error) {
    if (error instanceof MeshError && error.code === 'scalar_out_of_range') fail('share_out_of_range', name);
    throw error;
  }
}
