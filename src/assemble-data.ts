/**
 * Data at rest over one backend: envelopes, their streams, and sequences of them. Apart from the rest (assemble.ts), because keys of Ed25519 and X25519
 * need @noble/curves on every backend, which `mathmesh/wasm` does without.
 */
import type { Provider } from './backend/types.ts';
import { type Dare as Envelopes, makeDare } from './dare/index.ts';
import { type DareStreams, makeDareStreams } from './dare/stream/index.ts';
import { makeSequences, type Sequences } from './sequence/index.ts';

/** DARE: data at rest encryption. */
export interface Dare extends Envelopes, DareStreams {
  /** Append-only files of envelopes. */
  readonly sequence: Sequences;
}

/** Envelopes and sequences over the backend that the provider gives. */
export function assembleData(p: Provider): Dare {
  return { ...makeDare(p), ...makeDareStreams(p), sequence: makeSequences(p) };
}
