/**
 * What the two sides of a mutation run say to each other.
 */

/** A test as the supervisor knows it. */
export interface Known {
  /** Its place in the list of all. */
  test: number;
  name: string;
  /** Milliseconds on the sound module. */
  time: number;
  /** Numbers of the functions that it runs. */
  functions: number[];
}

/** To the thread. */
export type Order =
  | { type: 'load'; octets: Uint8Array; exports: string[] }
  | { type: 'measure'; octets: Uint8Array; functions: number }
  | { type: 'mutant'; octets: Uint8Array; tests: number[] };

/** From the thread. */
export type Answer =
  | { type: 'ready' }
  | { type: 'measured'; tests: Known[]; broken: string[] }
  | { type: 'begin'; test: number }
  | { type: 'verdict'; killer?: number; reason?: string };
