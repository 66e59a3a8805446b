/**
 * Keys held by many over one backend. Apart from the rest (assemble.ts), because the groups of Ed25519 and X25519 need @noble/curves on every backend,
 * which `mathmesh/wasm` does without.
 */
import type { Provider } from './backend/types.ts';
import { type Frost, makeFrost } from './frost/index.ts';
import { makeRecryption, type Recryption } from './recryption/index.ts';
import { makeThreshold, type Threshold } from './threshold/index.ts';
import { makeUnsafeThresholdSignatures, type UnsafeThresholdSignatures } from './unsafe-signatures/index.ts';

/** Keys held by many over some backend. */
export interface SharedKeys {
  readonly threshold: Threshold;
  readonly recryption: Recryption;
  readonly frost: Frost;
  readonly unsafeThresholdSignatures: UnsafeThresholdSignatures;
}

/** Threshold keys, recryption and signatures by a quorum over the backend that the provider gives. */
export function assembleShared(p: Provider): SharedKeys {
  return {
    threshold: makeThreshold(p),
    recryption: makeRecryption(p),
    frost: makeFrost(p),
    unsafeThresholdSignatures: makeUnsafeThresholdSignatures(p),
  };
}
