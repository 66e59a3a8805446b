/**
 * Every kind of vector with its check, every kind of erratum with its proof.
 */
import type { Checks, Proofs } from '../check.ts';
import { assertionChecks } from './assertions.ts';
import { curve448Checks } from './curve448.ts';
import { dareChecks, dareProofs } from './dare.ts';
import { deriveChecks } from './derive.ts';
import { keyProofs } from './errata-keys.ts';
import { shamirProofs } from './errata-shamir.ts';
import { thresholdProofs } from './errata-threshold.ts';
import { frameChecks } from './frames.ts';
import { frostChecks } from './frost.ts';
import { hashChecks } from './hash.ts';
import { jsonbChecks, jsonbProofs } from './jsonb.ts';
import { overlayChecks } from './overlay.ts';
import { overlay25519Checks } from './overlay25519.ts';
import { sequenceChecks, sequenceProofs } from './sequence.ts';
import { shamirChecks } from './shamir.ts';
import { sharedKeyChecks, sharedKeyProofs } from './shared-keys.ts';
import { thresholdChecks } from './threshold.ts';
import { threshold25519Checks } from './threshold25519.ts';
import { udfChecks } from './udf.ts';

/** Checks by kind. */
export const checks: Checks = {
  ...hashChecks,
  ...curve448Checks,
  ...overlayChecks,
  ...overlay25519Checks,
  ...udfChecks,
  ...deriveChecks,
  ...assertionChecks,
  ...thresholdChecks,
  ...sharedKeyChecks,
  ...shamirChecks,
  ...threshold25519Checks,
  ...frostChecks,
  ...jsonbChecks,
  ...dareChecks,
  ...frameChecks,
  ...sequenceChecks,
};

/** Proofs by kind. */
export const proofs: Proofs = {
  ...keyProofs,
  ...thresholdProofs,
  ...sharedKeyProofs,
  ...shamirProofs,
  ...jsonbProofs,
  ...dareProofs,
  ...sequenceProofs,
};
