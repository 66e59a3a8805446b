/**
 * The families that measure themselves: envelopes and sequences are asynchronous, and start-up needs a process for each sample. Not for browsers.
 */
import type { FamilyResult } from './result.ts';

/** By name, each in so many rounds; loaded only when asked for. */
export const apart: Readonly<Record<string, (rounds: number) => Promise<FamilyResult>>> = {
  dare: async (rounds) => (await import('./dare.ts')).dareFamily(rounds),
  sequence: async (rounds) => (await import('./sequence.ts')).sequenceFamily(rounds),
  startup: async (rounds) => (await import('./startup/family.ts')).startup(rounds),
};
