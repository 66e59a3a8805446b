/**
 * What is measured: contenders that do one operation, in rows, in families. Not how it is measured (measure.ts).
 */
import type * as package_ from 'mathmesh';
import type { internals } from './internals.ts';
import type { documentPeers } from './peers/documents.ts';
import type * as openssl from './peers/openssl.ts';
import type { sharingPeers } from './peers/sharing.ts';

/** One way to do the operation of a row. */
export interface Contender {
  /** `wasm` and `js` are ours; every other name is a peer and means the same in every row. */
  name: string;
  /** Does it once, or `per` times, and gives the result of the first time. */
  call(): unknown;
  /** Operations in one call; 1 by default. */
  per?: number;
}

/** One operation; all contenders must give the same result. */
export interface Row {
  /** Stable: floors refer to it. */
  id: string;
  title: string;
  contenders: Contender[];
  /** Results are random, so they are not compared. */
  random?: true;
}

/** Rows that belong together: one table, one chart. */
export interface Family {
  name: string;
  title: string;
  rows: Row[];
}

/** What the families use of this package. */
export type Library = Pick<
  typeof package_,
  'ed448' | 'x448' | 'sha512' | 'shake256' | 'hmacSha512' | 'hkdfSha512' | 'udf' | 'shamir' | 'threshold' | 'frost'
>;

/** Who takes part besides @noble and hash-wasm, which run everywhere. */
export interface Cast {
  /** This package on its WASM backend. */
  wasm: Library;
  /** This package on its JavaScript backend. */
  js: Library;
  /** node:crypto, where there is one. */
  native?: typeof openssl;
  /** The libraries of npm that share secrets, where there is Node. */
  sharing?: typeof sharingPeers;
  /** Other formats of documents, where there is Node. */
  documents?: typeof documentPeers;
  /** What is not public, where there is Node. */
  internals?: typeof internals;
}

/** A contender for each of our two backends. */
export function ours(cast: Cast, make: (library: Library) => () => unknown, per = 1): Contender[] {
  return [
    { name: 'wasm', call: make(cast.wasm), per },
    { name: 'js', call: make(cast.js), per },
  ];
}

/** A contender of node:crypto, or none. */
export function native(cast: Cast, name: string, make: (crypto: typeof openssl) => () => unknown): Contender[] {
  return cast.native === undefined ? [] : [{ name, call: make(cast.native) }];
}

/** Calls with one item after the other, so that nobody gains from having seen the last input. */
export function cycle<T>(items: readonly T[], call: (item: T) => unknown): () => unknown {
  let at = 0;
  return () => {
    const item = items[at] as T;
    at = at + 1 === items.length ? 0 : at + 1;
    return call(item);
  };
}
