/**
 * Strings, numbers and literals of JSON text (RFC 8259), at the cursor.
 */
import type { Cursor } from './cursor.ts';
import { decimalOf, exactDigits, floatOfText, integerOfText } from './number.ts';
import { backslash, carriageReturn, lineFeed, quote, tab } from './tag.ts';
import { fromLatin1, isAscii } from './text.ts';

const escapes: Readonly<Record<number, string>> = {
  34: '"',
  92: '\\',
  47: '/',
  98: '\b',
  102: '\f',
  110: '\n',
  114: '\r',
  116: '\t',
};

/** Octets inside a JSON string: 0 for plain ones, 1 for those of longer UTF-8 sequences, 2 for those that end it, escape or are controls. */
const inString: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(2, 0, 0x20).fill(1, 0x80);
  table[quote] = 2;
  table[backslash] = 2;
  return table;
})();

/** Takes a word that has no other form. */
export function literal<T>(cursor: Cursor, word: string, value: T): T {
  for (let i = 0; i < word.length; i++) {
    if (cursor.at + i >= cursor.end) cursor.fail('truncated', cursor.end);
    if (cursor.bytes[cursor.at + i] !== word.charCodeAt(i)) cursor.fail('syntax', cursor.at + i);
  }
  cursor.at += word.length;
  return value;
}

function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}

/** Passes decimal digits, of which there must be one. */
function digits(cursor: Cursor): void {
  const { bytes, at: start, end } = cursor;
  let at = start;
  while (at < end && isDigit(bytes[at] as number)) at++;
  cursor.at = at;
  if (at === start) cursor.fail(at === end ? 'truncated' : 'syntax');
}

/** Passes a fraction and an exponent, and says whether there is one. */
function hasTail(cursor: Cursor): boolean {
  const start = cursor.at;
  const { bytes, end } = cursor;
  if (cursor.at < end && bytes[cursor.at] === 0x2e) {
    cursor.at++;
    digits(cursor);
  }
  if (cursor.at < end && ((bytes[cursor.at] as number) | 0x20) === 0x65) {
    cursor.at++;
    const sign = cursor.at < end ? bytes[cursor.at] : 0;
    if (sign === 0x2b || sign === 0x2d) cursor.at++;
    digits(cursor);
  }
  return cursor.at > start;
}

/** A number that begins with this octet. */
export function jsonNumber(cursor: Cursor, first: number): number | bigint {
  const start = cursor.at;
  if (first === 0x2d) cursor.at++;
  const leading = cursor.at;
  digits(cursor);
  const count = cursor.at - leading;
  if (count > 1 && cursor.bytes[leading] === 0x30) cursor.fail('syntax', leading + 1);
  cursor.integral = !hasTail(cursor);
  if (cursor.at - start > cursor.limits.length) cursor.fail('limit', start);
  if (!cursor.integral) return floatOfText(cursor.ascii(start, cursor.at), cursor.base + start);
  if (count <= exactDigits) return decimalOf(cursor.bytes, leading, cursor.at, first === 0x2d);
  // An octet of magnitude is some 2.41 digits.
  if (count > cursor.limits.integer * 2.41 + 1) cursor.fail('limit', start);
  return integerOfText(fromLatin1(cursor.bytes, start, cursor.at));
}

/** A string whose quote is at the cursor. */
export function jsonString(cursor: Cursor, isName: boolean): string {
  const { bytes, end } = cursor;
  const start = cursor.at + 1;
  let foreign = 0;
  for (let i = start; i < end; i++) {
    const octet = bytes[i] as number;
    const kind = inString[octet] as number;
    if (kind <= 1) {
      foreign |= kind;
    } else if (octet === quote) {
      cursor.at = i + 1;
      return cursor.string(start, i, foreign !== 0, isName);
    } else if (octet === backslash) {
      return escapedString(cursor, start, i);
    } else {
      control(cursor, octet, i);
    }
  }
  return cursor.fail('truncated', end);
}

/** Judges a control character inside a string. */
export function control(cursor: Cursor, octet: number, at: number): void {
  if (!cursor.lenient || (octet !== lineFeed && octet !== carriageReturn && octet !== tab)) cursor.fail('control', at);
}

/** A string whose first escape is at `first`. */
function escapedString(cursor: Cursor, start: number, first: number): string {
  const { bytes, end } = cursor;
  let text = cursor.string(start, first, !isAscii(bytes, start, first), false);
  cursor.at = first;
  for (;;) {
    text += escapedCharacters(cursor);
    const from = cursor.at;
    let foreign = 0;
    let at = from;
    for (; at < end; at++) {
      const octet = bytes[at] as number;
      if (octet === quote || octet === backslash) break;
      const kind = inString[octet] as number;
      if (kind > 1) control(cursor, octet, at);
      foreign |= kind;
    }
    if (at === end) cursor.fail('truncated', end);
    if (at - start > cursor.limits.length) cursor.fail('limit', start);
    if (at > from) text += cursor.string(from, at, (foreign & 1) !== 0, false);
    cursor.at = at;
    if (bytes[at] === quote) {
      cursor.at++;
      return text;
    }
  }
}

/** The characters of the escape at the cursor: two units for a pair of surrogates. */
export function escapedCharacters(cursor: Cursor): string {
  const start = cursor.at;
  if (start + 1 >= cursor.end) cursor.fail('truncated', cursor.end);
  const kind = cursor.bytes[start + 1] as number;
  if (kind !== 0x75) {
    cursor.at += 2;
    return escapes[kind] ?? cursor.fail('escape', start);
  }
  const unit = codeUnit(cursor);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  if (unit > 0xdbff) cursor.fail('escape', start);
  for (let i = 0; i < 2; i++) {
    if (cursor.at + i >= cursor.end) cursor.fail('truncated', cursor.end);
    if (cursor.bytes[cursor.at + i] !== (i === 0 ? backslash : 0x75)) cursor.fail('escape', start);
  }
  const low = codeUnit(cursor);
  if (low < 0xdc00 || low > 0xdfff) cursor.fail('escape', start);
  return String.fromCharCode(unit, low);
}

/** The unit of the \u escape at the cursor. */
function codeUnit(cursor: Cursor): number {
  const start = cursor.at;
  let unit = 0;
  for (let i = start + 2; i < start + 6; i++) {
    if (i >= cursor.end) cursor.fail('truncated', cursor.end);
    const digit = hexDigit(cursor.bytes[i] as number);
    if (digit < 0) cursor.fail('escape', start);
    unit = unit * 16 + digit;
  }
  cursor.at += 6;
  return unit;
}

function hexDigit(octet: number): number {
  if (isDigit(octet)) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
