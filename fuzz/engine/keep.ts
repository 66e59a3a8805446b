/**
 * Which inputs of a run are worth a place in the repository: those that reach what the vectors do not, each as small as it still does, few all in all.
 */
import { performance } from 'node:perf_hooks';
import { execute, type Place } from './execute.ts';
import { minimise } from './minimise.ts';

/** Octets that the inputs of a target may have together, and milliseconds that looking for them may take. */
const room = 3072;
const patience = 20_000;

async function hitsOf(place: Place, input: Uint8Array): Promise<number[]> {
  const finding = await execute(place, input);
  return finding === undefined ? place.coverage.hits() : [];
}

/** The inputs to keep, smallest first. */
export async function worthKeeping(
  place: Place,
  vectors: readonly Uint8Array[],
  found: readonly Uint8Array[],
): Promise<Uint8Array[]> {
  const known = new Set<number>();
  const kept: Uint8Array[] = [];
  for (const input of vectors) for (const hit of await hitsOf(place, input)) known.add(hit);
  let left = room;
  const until = performance.now() + patience;
  for (const input of [...found].sort((a, b) => a.length - b.length)) {
    if (input.length === 0) continue;
    const fresh = (await hitsOf(place, input)).filter((hit) => !known.has(hit));
    if (fresh.length === 0 || input.length > 4 * room) continue;
    const still = async (candidate: Uint8Array) => {
      const hits = new Set(await hitsOf(place, candidate));
      return fresh.every((hit) => hits.has(hit));
    };
    const small = await minimise(input, still, performance.now() < until ? 200 : 0);
    if (small.length > left) continue;
    left -= small.length;
    kept.push(small);
    for (const hit of await hitsOf(place, small)) known.add(hit);
  }
  return kept;
}
