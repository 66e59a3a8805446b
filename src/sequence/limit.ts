/**
 * How much of a sequence is taken at once: the limits of envelopes, with a bound on payloads that are read as a whole. Source: DARE, limits.
 */
import { type DareLimits, limitsOf } from '../dare/limits.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';

/** All limits, with their values. */
export type Limits = Required<DareLimits>;

/** The limits given, or the defaults; 256 MiB for a payload, verification aside, which reads payloads of any size. @throws MeshError `bad_option` */
export function sequenceLimits(given: DareLimits | undefined): Limits {
  return limitsOf({ payload: 2 ** 28, ...options(given) });
}

/** A length within a limit. @throws MeshError `limit` */
export function within(length: number, most: number, what: string): number {
  return length <= most ? length : fail('limit', `${what} of ${length} octets`);
}
