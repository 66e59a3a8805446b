/**
 * The coefficients of a polynomial that shares a secret: every value below the prime equally likely, zero included. Were one left out,
 * whoever has too few shares of many sharings of one secret could tell what it is.
 */
import type { ShareField } from '../backend/types.ts';
import { wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';

/** Octets of a draw at least: enough to judge the generator, and too many for the heap whose collector leaves copies behind. */
const leastDraw = 128;

/** A draw has four candidates for each number wanted, and half of all candidates are below the prime: some other fault is at work. */
const mostDraws = 128;

/** Whether a number of `length` + 1 octets, the first of which is 0 or 1, is below 2^(8 length) + offset. One verdict, no early exit. */
function isBelow(number: Uint8Array, { length, offset }: ShareField): boolean {
  let high = 0;
  for (let i = 1; i < length - 1; i++) high |= number[i] as number;
  const second = length > 1 ? (number[length - 1] as number) : 0;
  const low = (second << 8) | (number[length] as number);
  const isOffset = ((high - 1) >>> 31) & ((low - offset) >>> 31);
  const isShort = ((number[0] as number) - 1) >>> 31;
  return (isShort | isOffset) === 1;
}

/**
 * Fills `out`, a multiple of `length` + 1 octets, with big-endian numbers drawn uniformly below the prime, by rejection.
 *
 * @throws MeshError `random_failed`
 */
export function drawCoefficients(out: Uint8Array, field: ShareField): void {
  const width = field.length + 1;
  for (let at = 0, draws = 0; at < out.length; draws++) {
    if (draws === mostDraws) fail('random_failed', 'no number below the prime');
    const drawn = randomBytes(Math.max(leastDraw, 4 * (out.length - at)));
    for (let from = 0; from + width <= drawn.length && at < out.length; from += width) {
      const number = drawn.subarray(from, from + width);
      number[0] = (number[0] as number) & 1;
      if (!isBelow(number, field)) continue;
      out.set(number, at);
      at += width;
    }
    wipe(drawn);
  }
}
