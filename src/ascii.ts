/**
 * ASCII text as octets and back, for encodings whose text carries secrets. Not for text in general: see `fromUtf8`.
 * Neither direction looks a character up in a table: a one-character `String.fromCharCode` would, so it never happens alone.
 */
import { type ErrorCode, fail } from './errors.ts';

const chunk = 4096;

/**
 * The octets of an ASCII text. Constant time: yes for ASCII input, one test after the loop.
 *
 * @throws MeshError `code` when a character is not ASCII: folding would turn look-alikes such as U+212A into letters
 */
export function fromAscii(text: string, code: ErrorCode): Uint8Array {
  const out = new Uint8Array(text.length);
  let high = 0;
  for (let i = 0; i < out.length; i++) {
    const unit = text.charCodeAt(i);
    high |= unit >> 7;
    out[i] = unit;
  }
  if (high !== 0) fail(code, 'not ASCII');
  return out;
}

/** The text of ASCII octets. Constant time: yes from two octets on, which are copied into the string as they are. */
export function toAscii(octets: Uint8Array): string {
  let text = '';
  for (let at = 0, end: number; at < octets.length; at = end) {
    // The last piece takes the rest, so that it is never one character long.
    end = octets.length - at < 2 * chunk ? octets.length : at + chunk;
    // Five times faster than spreading the octets, which would go through their iterator.
    text += String.fromCharCode.apply(null, octets.subarray(at, end) as unknown as number[]);
  }
  return text;
}
