/**
 * Long items in parts, as far as the input goes: the text of a JSON string, and the heads of the chunks of data.
 */
import type { Cursor } from './cursor.ts';
import { control, escapedCharacters } from './jsontext.ts';
import { backslash, quote } from './tag.ts';

/** What there is of a JSON string from the cursor on; the cursor goes behind it, and behind the quote with the last part. */
export function stringPart(cursor: Cursor, ended: boolean): { value: string; last: boolean } {
  const { bytes, end } = cursor;
  let value = '';
  for (;;) {
    const from = cursor.at;
    let any = 0;
    let octet = -1;
    let to = from;
    for (; to < end; to++) {
      octet = bytes[to] as number;
      if (octet === quote || octet === backslash) break;
      if (octet < 0x20) control(cursor, octet, to);
      any |= octet;
    }
    if (to === end) {
      if (ended) cursor.fail('truncated', end);
      to -= unfinished(bytes, from, end);
      if (to > from) value += cursor.characters(from, to, any >= 0x80);
      cursor.at = to;
      return { value, last: false };
    }
    if (to > from) value += cursor.characters(from, to, any >= 0x80);
    cursor.at = to;
    if (octet === quote) {
      cursor.at++;
      return { value, last: true };
    }
    if (!ended && !hasEscape(bytes, to, end)) return { value, last: false };
    value += escapedCharacters(cursor);
  }
}

/** Whether an escape is all there, with its second half if it needs one. */
function hasEscape(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at + 1] !== 0x75) return end - at >= 2;
  if (end - at < 6) return false;
  // A surrogate is \uD8 to \uDF; a pair has twelve octets.
  const isSurrogate =
    ((bytes[at + 2] as number) | 0x20) === 0x64 && /[89a-f]/i.test(String.fromCharCode(bytes[at + 3] as number));
  return !isSurrogate || end - at >= 12;
}

/** Octets at the end that may begin a UTF-8 sequence which goes on: at most three. */
function unfinished(bytes: Uint8Array, from: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= from; back++) {
    const octet = bytes[end - back] as number;
    if (octet < 0x80) return 0;
    if (octet < 0xc0) continue;
    const length = octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
    return length > back ? back : 0;
  }
  return 0;
}

/** The next chunk of an item of data: octets that follow, and whether it is the last one; undefined when its head is not all there. */
export function dataHead(cursor: Cursor, ended: boolean): { length: number; terminal: boolean } | undefined {
  const { bytes, at, end } = cursor;
  if (at === end) return ended ? cursor.fail('truncated') : undefined;
  const octet = bytes[at] as number;
  if (octet >> 3 !== 17) cursor.fail('chunk-type');
  const content = at + 1 + (1 << (octet & 3));
  if (content > end) return ended ? cursor.fail('truncated', end) : undefined;
  let length = 0;
  for (let i = at + 1; i < content; i++) length = length * 256 + (bytes[i] as number);
  if (!Number.isSafeInteger(length)) cursor.fail(ended ? 'truncated' : 'limit');
  cursor.at = content;
  return { length, terminal: (octet & 4) === 0 };
}
