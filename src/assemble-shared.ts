/**
 * Keys held by many over one backend. Apart from the rest (assemble.ts), because the groups of Ed25519 and X25519 need @noble/curves on every backend,
 * which `mathmesh/wasm` does without.
 */
import type { Provider } from './backend/types.ts';
import { makeFrost } from './frost/index.ts';
import { makeRecryption } from './recryption/index.ts';
import { makeThreshold } from './threshold/index.ts';
import { makeUnsafeThresholdSignatures } from './unsafe-signatures/index.ts';

/** Threshold keys, recryption and signatures by a quorum over the backend that the provider gives. */
export function assembleShared(p: Provider) {
  return {
    threshold: makeThreshold(p),
    recryption: makeRecryption(p),
    frost: makeFrost(p),
    unsafeThresholdSignatures: makeUnsafeThresholdSignatures(p),
  };
}

/** Keys held by many over some backend. */
export type SharedKeys = ReturnType<typeof assembleShared>;
