/**
 * The words of a document, whichever of its two notations they are in. Not the nesting: see decode.ts, and reader.ts for input in pieces.
 */
import type { Cursor } from './cursor.ts';
import { jsonNumber, jsonString, literal } from './jsontext.ts';
import { valueCost } from './limits.ts';
import { colon, quote } from './tag.ts';
import { taggedName, taggedValue } from './tagged.ts';
import type { JsonbValue } from './value.ts';

/** A value that is no object and no array and begins with this octet. */
export function scalar(cursor: Cursor, octet: number): JsonbValue {
  cursor.spend(valueCost);
  if (octet >= 0x80) {
    cursor.bare = true;
    return taggedValue(cursor, octet);
  }
  cursor.bare = false;
  if (octet === quote) return jsonString(cursor, false);
  if (octet === 0x2d || (octet >= 0x30 && octet <= 0x39)) return jsonNumber(cursor, octet);
  if (octet === 0x74) return literal(cursor, 'true', true);
  if (octet === 0x66) return literal(cursor, 'false', false);
  if (octet === 0x6e) return literal(cursor, 'null', null);
  return cursor.fail('syntax');
}

/** A member name that begins with this octet, without its colon. */
export function memberName(cursor: Cursor, octet: number): string {
  cursor.spend(valueCost);
  if (octet >= 0x80) return taggedName(cursor, octet);
  return octet === quote ? jsonString(cursor, true) : cursor.fail('syntax');
}

/** The colon behind a name that is JSON. */
export function takeColon(cursor: Cursor): void {
  if (cursor.needed() !== colon) cursor.fail('syntax');
  cursor.at++;
}
