/**
 * The primes of secret sharing: the smallest above 2^(8 n) for a value of n octets (draft-hallambaker-mesh-udf-12 and -13, table of primes).
 * Not that of 2015 to 2018: see first.ts.
 */
import type { ShareField } from '../backend/types.ts';
import { fail } from '../errors.ts';

/** Each prime less its power of two, for 1 to 64 octets. */
const offsets = [
  1, 1, 43, 15, 15, 21, 81, 13, 15, 13, 7, 61, 111, 25, 451, 51, 85, 175, 253, 7, 87, 427, 27, 133, 235, 375, 423, 735,
  357, 115, 81, 297, 175, 57, 45, 127, 61, 37, 91, 27, 15, 241, 231, 55, 105, 127, 115, 231, 207, 181, 37, 235, 163,
  1093, 187, 211, 21, 841, 445, 165, 777, 583, 133, 75,
] as const;

/** The field of values of so many octets. @throws MeshError `unsupported_secret_length` */
export function fieldOf(length: number): ShareField {
  const offset = offsets[length - 1];
  if (offset === undefined) {
    fail('unsupported_secret_length', `${length} octets, not 1 to ${offsets.length}`);
  }
  return { length, offset };
}
