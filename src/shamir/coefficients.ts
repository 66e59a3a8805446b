/**
 * The coefficients of a polynomial that shares a secret: every value below the prime equally likely, zero included. Were one left out,
 * whoever has too few shares of many sharings of one secret could tell what it is.
 */
import type { ShareField } from '../backend/types.ts';
import { fail } from '../errors.ts';
import { fillRandom } from '../random.ts';

/** Octets to draw in at least: enough to judge the generator, and too many for the heap whose collector leaves copies behind. */
const leastRoom = 128;

/** How many octets {@link drawCoefficients} works in, for so many octets of numbers: of four candidates, two are below the prime on average. */
export function roomToDraw(size: number): number {
  return Math.max(leastRoom, 4 * size);
}

/** Half of all candidates are below the prime, and there are more of them than numbers wanted: some other fault is at work. */
const mostDraws = 128;

/** Whether a number of `length` + 1 octets, the first of which is 0 or 1, is below 2^(8 length) + offset. One verdict, no early exit. */
function isBelow(octets: Uint8Array, at: number, { length, offset }: ShareField): boolean {
  let high = 0;
  for (let i = 1; i < length - 1; i++) high |= octets[at + i] as number;
  const second = length > 1 ? (octets[at + length - 1] as number) : 0;
  const low = (second << 8) | (octets[at + length] as number);
  const isOffset = ((high - 1) >>> 31) & ((low - offset) >>> 31);
  const isShort = ((octets[at] as number) - 1) >>> 31;
  return (isShort | isOffset) === 1;
}

/**
 * Fills the first `size` octets of `room`, a multiple of `length` + 1, with big-endian numbers drawn uniformly below the prime, by rejection. What
 * is drawn in vain stays in the rest of the room, which the caller wipes.
 *
 * @throws MeshError `random_failed`
 */
export function drawCoefficients(room: Uint8Array<ArrayBuffer>, size: number, field: ShareField): void {
  const width = field.length + 1;
  for (let at = 0, draws = 0; at < size; draws++) {
    if (draws === mostDraws) fail('random_failed', 'no number below the prime');
    fillRandom(room.subarray(at));
    for (let from = at; from + width <= room.length && at < size; from += width) {
      room[from] = (room[from] as number) & 1;
      if (!isBelow(room, from, field)) continue;
      room.copyWithin(at, from, from + width);
      at += width;
    }
  }
}
