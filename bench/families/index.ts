/**
 * The families that are measured by measure.ts. Those that measure themselves are in ../apart.ts.
 */
import type { Cast, Family } from '../contender.ts';
import { batchFamily } from './batch.ts';
import { ed448Family } from './ed448.ts';
import { framesFamily } from './frames.ts';
import { frostFamily } from './frost.ts';
import { hashFamily } from './hash.ts';
import { jsonbFamily } from './jsonb.ts';
import { shamirFamily } from './shamir.ts';
import { thresholdFamily } from './threshold.ts';
import { udfFamily } from './udf.ts';
import { x448Family } from './x448.ts';

/** By name; made only when asked for, since making signs and hashes. */
export const families: Readonly<Record<string, (cast: Cast) => Family | Promise<Family>>> = {
  ed448: ed448Family,
  batch: batchFamily,
  x448: x448Family,
  hash: hashFamily,
  udf: udfFamily,
  shamir: shamirFamily,
  threshold: thresholdFamily,
  frost: frostFamily,
  jsonb: jsonbFamily,
  frames: framesFamily,
};
