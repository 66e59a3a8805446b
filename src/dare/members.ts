/**
 * Members of headers and trailers as they come from a parser: what type they have, and binary values in either form.
 * Not what the members mean.
 */
import { fromBase64url } from '../base64url.ts';
import { isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';

/** A JSON object as parsed. Member names are whatever somebody wrote: read them with {@link own} only. */
export type Members = Record<string, unknown>;

/** An object without prototype and members, to be filled with names from outside. */
export function noMembers(): Members {
  return Object.create(null);
}

/** @throws MeshError `structure` */
export function objectOf(value: unknown, name: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isBytes(value))
    fail('structure', `${name} must be an object`);
  return value as Members;
}

/** @throws MeshError `structure`, `limit` */
export function listOf(value: unknown, name: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) fail('structure', `${name} must be an array`);
  if (value.length > most) fail('limit', `${name}: ${most} at most`);
  return value;
}

/** @throws MeshError `structure` */
export function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') fail('structure', `${name} must be a string`);
  return value;
}

/** The reference writer folds long texts; the white space means nothing. */
const folds = /[\t\n\r ]+/g;

/**
 * A binary value: base64url in a string, folded or not, or octets (of JSON-B).
 *
 * @throws MeshError `structure`, `base64`
 */
export function binaryOf(value: unknown, name: string): Uint8Array {
  if (isBytes(value)) return value;
  if (typeof value !== 'string') fail('structure', `${name} must be binary`);
  return fromBase64url(value.replace(folds, ''), 'base64');
}

/** An own member as `read` makes of it; `undefined` when it is missing or null. */
export function optional<T>(members: Members, name: string, read: (value: unknown, name: string) => T): T | undefined {
  const value = own(members, name);
  return value === undefined || value === null ? undefined : read(value, name);
}

/**
 * The members given, without those that are undefined; no prototype, so that nothing written to `Object.prototype` stands in for one that an envelope
 * does not have.
 */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  const defined = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.assign(Object.create(null), Object.fromEntries(defined));
}
