/**
 * What a sharing is given besides the secret: how many shares, how many of them recover it, and by the rules of which years.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';

/**
 * `S3`, of August 2020 on: the prime follows from the octets of the secret. `S2`, February 2019 to July 2020: from its words of 32 bits,
 * so that leading zero octets are put before it. `S1`, 2015 to 2018: 16 octets only, texts without a type.
 */
export type ShareGeneration = 'S1' | 'S2' | 'S3';

/** How to share. */
export interface SplitOptions {
  /** Shares to make: 1 to 15, for `S1` 2 to 15. */
  shares: number;
  /** Shares that recover the secret: 1 to `shares`, for `S1` at least 2. With 1 every share is the secret. */
  quorum: number;
  /** The rules; `S3` by default. */
  generation?: ShareGeneration;
}

/** The nibble of a share could name 16, but the reference implementation stops at 15, and `S1` gave that nibble another meaning. */
const mostShares = 15;

const generations: readonly unknown[] = ['S1', 'S2', 'S3'];

/** The generation named, or the present one. @throws MeshError `bad_option` */
export function shareGeneration(value: unknown = 'S3'): ShareGeneration {
  if (!generations.includes(value)) fail('bad_option', `generation is one of ${generations.join(', ')}`);
  return value as ShareGeneration;
}

/** Parameters in their bounds. @throws MeshError `bad_option`, `bad_parameters` */
export function splitParameters(given: SplitOptions | undefined): Required<SplitOptions> {
  const { shares, quorum, generation } = options(given);
  const rules = shareGeneration(generation);
  const least = rules === 'S1' ? 2 : 1;
  for (const value of [shares, quorum]) {
    if (typeof value !== 'number') fail('bad_option', 'shares and quorum must be numbers');
    if (!Number.isInteger(value)) fail('bad_parameters', 'shares and quorum must be integers');
  }
  const [m, k] = [shares as number, quorum as number];
  if (k < least || k > m || m > mostShares) {
    fail('bad_parameters', `${least} <= quorum <= shares <= ${mostShares} does not hold`);
  }
  return { shares: m, quorum: k, generation: rules };
}
