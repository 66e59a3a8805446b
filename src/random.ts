/**
 * Random octets from the platform's generator (Web Crypto), or a refusal: never a weaker source.
 */
import { copied, room, wipe } from './bytes.ts';
import { fail } from './errors.ts';

const windowLength = 16;

/** 1 when the octets of a window are all the same, else 0. Constant time: yes, they are secret when the generator works. */
function repeats(octets: Uint8Array, at: number): number {
  let difference = 0;
  for (let i = 1; i < windowLength; i++) difference |= (octets[at] as number) ^ (octets[at + i] as number);
  return (difference - 1) >>> 31;
}

/** Whether a window of 16 octets repeats one octet; by chance this happens once in 2^120 windows. Fewer octets are not judged. */
function hasFailed(octets: Uint8Array): boolean {
  const { length } = octets;
  if (length < windowLength) return false;
  let failed = repeats(octets, length - windowLength);
  for (let at = 0; at + windowLength <= length; at += windowLength) failed |= repeats(octets, at);
  return failed !== 0;
}

/**
 * Fills an array of up to 65,536 octets with fresh random ones, and gives it.
 *
 * @throws MeshError `random_failed` when there is no generator, or it throws, or it leaves 16 octets the same: the last 16, or 16 from
 * a multiple of 16 on, as one that fills only a part does
 */
export function fillRandom(out: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { length } = out;
  const source = globalThis.crypto;
  if (typeof source?.getRandomValues !== 'function') fail('random_failed', 'crypto.getRandomValues is missing');
  wipe(out); // what was there before would hide that only a part is filled
  try {
    source.getRandomValues(out);
  } catch (cause) {
    fail('random_failed', cause instanceof Error ? cause.message : undefined);
  }
  if (out.length !== length) fail('random_failed', 'the generator took the memory away');
  return judged(out);
}

function judged(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!hasFailed(octets)) return octets;
  wipe(octets);
  return fail('random_failed', 'the generator repeats one octet');
}

/** Fewer are drawn with others that are thrown away: of 16 octets, eight that were never filled could not be told from chance. */
const leastDrawn = 2 * windowLength;

/** `length` fresh random octets, 0 to 65,536. @throws MeshError `random_failed` as {@link fillRandom} */
export function randomBytes(length: number): Uint8Array {
  if (length >= leastDrawn) return fillRandom(room(length));
  const drawn = fillRandom(room(leastDrawn));
  const taken = copied(drawn.subarray(0, length));
  wipe(drawn);
  return judged(taken);
}
