/**
 * Minimising: the smallest input with a property that can be reached by leaving octets out and making others plain. Not the smallest there is.
 */
import { splice } from './mutate.ts';

/** As small as `still` allows, within a number of trials. */
export async function minimise(
  input: Uint8Array,
  still: (input: Uint8Array) => Promise<boolean>,
  trials = 2000,
): Promise<Uint8Array> {
  let best = input;
  let left = trials;
  const attempt = async (candidate: Uint8Array) => {
    if (left-- <= 0 || !(await still(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = 1 << Math.floor(Math.log2(best.length + 1)); size >= 1; size >>= 1) {
    for (let at = 0; at < best.length && left > 0; ) {
      const shorter = splice(best, at, Math.min(best.length, at + size), new Uint8Array(0));
      if (!(await attempt(shorter))) at += size;
    }
  }
  for (let at = 0; at < best.length && left > 0; at++) {
    if (best[at] === 48 || best[at] === 0) continue;
    for (const plain of [0, 48]) if (await attempt(splice(best, at, at + 1, Uint8Array.of(plain)))) break;
  }
  return best;
}
