/**
 * Lists and counts as callers of shared keys write them. Every member is read once, and before any octets are checked: getters of the caller
 * could change what has been. Not for the meaning of what was read.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { type Group, groupOf } from './group.ts';

/** No list and no number of shares is longer: work grows with its square. */
export const mostShares = 255;

/** The items of a list, each read once. @throws MeshError `bad_option` for what is no array, `insufficient_shares`, `bad_quorum` for a longer one */
export function readList<T, R>(list: readonly T[], name: string, least: number, read: (item: T) => R): R[] {
  if (!Array.isArray(list)) fail('bad_option', `${name} must be an array`);
  const { length } = list;
  if (length < least) fail('insufficient_shares', `${length} ${name}, not ${least} or more`);
  if (length > mostShares) fail('bad_quorum', `${length} ${name}, not ${mostShares} or fewer`);
  return Array.from({ length }, (_, i) => read(list[i] as T));
}

/** The members of an object. @throws MeshError `bad_option` */
export function objectOf<T extends object>(value: T, name: string): T {
  if (typeof value !== 'object' || value === null) fail('bad_option', `${name} must be an object`);
  return value;
}

/** A number of shares. @throws MeshError `bad_quorum` */
export function shareCount(value: unknown, name: string, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 2 || value > most) {
    fail('bad_quorum', `${name} must be an integer from 2 to ${most}`);
  }
  return value;
}

/** The one group of all the names. @throws MeshError `unsupported_algorithm`, `curve_mismatch` */
export function commonGroup(p: Provider, names: readonly unknown[]): Group {
  const group = groupOf(p, names[0]);
  for (const name of names) {
    const { crv } = groupOf(p, name);
    if (crv !== group.crv) fail('curve_mismatch', `${group.crv} and ${crv}`);
  }
  return group;
}

/** The octets of a point, fresh, not checked: multiplication does that. @throws MeshError `not_bytes`, `sign_missing`, `bad_public_length` */
export function pointOctets(group: Group, value: unknown, name: string): Uint8Array {
  const octets = bytes(value, name);
  if (octets.length === group.agreementLength && octets.length !== group.pointLength) fail('sign_missing', name);
  return sized(octets, name, 'bad_public_length', group.pointLength).slice();
}

/** A point of order L in fresh octets; on X curves with its sign. @throws MeshError `sign_missing`, and as {@link Group.point} */
export function pointOf(group: Group, value: unknown, name: string): Uint8Array {
  return group.point(pointOctets(group, value, name), name);
}
