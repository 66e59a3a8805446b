/**
 * Items behind tags, at the cursor: strings and data in one piece or in chunks, numbers, literals, dictionary codes.
 */
import type { Cursor } from './cursor.ts';
import { type Entry, mostCodes } from './dictionary.ts';
import { jsonString } from './jsontext.ts';
import { floatOf, integerOf } from './number.ts';
import { levelOf, quote } from './tag.ts';
import { isAscii } from './text.ts';
import { type JsonbValue, RawFloat, type RawFormat } from './value.ts';

const rawFormats: Readonly<Record<number, readonly [RawFormat, number]>> = {
  148: ['binary128', 16],
  149: ['intel80', 10],
  150: ['decimal32', 4],
  151: ['decimal64', 8],
  152: ['decimal128', 16],
};

/** Whether a tag begins a definition, which produces no value. */
export function isDefinition(octet: number): boolean {
  return (octet >= 0xc4 && octet <= 0xc6) || octet === 0xd0;
}

/** A value behind this tag. */
export function taggedValue(cursor: Cursor, octet: number): JsonbValue {
  cursor.require(octet);
  if (octet <= 0x8f) return item(cursor, octet, false);
  if (octet <= 0x98) return float(cursor, octet);
  if (octet <= 0xaf) return integer(cursor, octet);
  if (octet <= 0xb2) {
    cursor.at++;
    return octet === 0xb0 ? true : octet === 0xb1 ? false : null;
  }
  if (octet <= 0xb7) cursor.fail('unknown-tag');
  const entry = coded(cursor, octet);
  return typeof entry === 'string' ? entry : entry.slice();
}

/** A member name behind this tag. */
export function taggedName(cursor: Cursor, octet: number): string {
  cursor.require(octet);
  if (octet <= 0x87) return item(cursor, octet, true) as string;
  if (octet >= 0xb4 && octet <= 0xb7) return text(cursor, cursor.advance(cursor.field(octet & 3)), true);
  if (octet < 0xc0 || isDefinition(octet)) return cursor.fail('tag');
  const start = cursor.at;
  const entry = coded(cursor, octet);
  return typeof entry === 'string' ? entry : cursor.fail('tag', start);
}

/** The text from a place to the cursor. */
function text(cursor: Cursor, start: number, isName: boolean): string {
  return cursor.string(start, cursor.at, !isAscii(cursor.bytes, start, cursor.at), isName);
}

/** A string or data item. */
function item(cursor: Cursor, octet: number, isName: boolean): Entry {
  const first = cursor.at;
  const length = cursor.field(octet & 3);
  const start = cursor.advance(length);
  if ((octet & 4) !== 0) return chunkedItem(cursor, first, octet >> 3);
  if (octet <= 0x87) return text(cursor, start, isName);
  if (length > cursor.limits.length) cursor.fail('limit', first);
  cursor.spend(length);
  return cursor.views ? cursor.bytes.subarray(start, cursor.at) : cursor.bytes.slice(start, cursor.at);
}

/** An item whose first chunk is not its last one: measured, then joined, then read, since a character can be split between chunks. */
function chunkedItem(cursor: Cursor, first: number, kind: number): Entry {
  const { bytes } = cursor;
  let total = 0;
  let octet: number;
  cursor.at = first;
  do {
    if (cursor.at >= cursor.end) cursor.fail('truncated');
    octet = bytes[cursor.at] as number;
    if (octet >> 3 !== kind) cursor.fail('chunk-type');
    const length = cursor.field(octet & 3);
    cursor.advance(length);
    total += length;
    if (total > cursor.limits.length) cursor.fail('limit', first);
  } while ((octet & 4) !== 0);
  cursor.spend(total);
  const joined = new Uint8Array(total);
  const end = cursor.at;
  cursor.at = first;
  for (let filled = 0; cursor.at < end; ) {
    const length = cursor.field((bytes[cursor.at] as number) & 3);
    const start = cursor.advance(length);
    for (let i = 0; i < length && length <= 16; i++) joined[filled + i] = bytes[start + i] as number;
    if (length > 16) joined.set(bytes.subarray(start, cursor.at), filled);
    filled += length;
  }
  return kind === 0x88 >> 3 ? joined : cursor.joined(joined, first);
}

function integer(cursor: Cursor, octet: number): number | bigint {
  const first = cursor.at++;
  const negative = (octet & 8) !== 0;
  const k = octet & 7;
  cursor.integral = true;
  if (k <= 4) return integerOf(cursor.bytes, cursor.advance(1 << k), 1 << k, negative);
  const count = cursor.advance(2);
  const length = (cursor.bytes[count] as number) * 256 + (cursor.bytes[count + 1] as number);
  const start = cursor.advance(length);
  if (length > cursor.limits.integer) cursor.fail('limit', first);
  cursor.spend(length);
  return integerOf(cursor.bytes, start, length, negative);
}

function float(cursor: Cursor, octet: number): number | RawFloat {
  cursor.at++;
  cursor.integral = false;
  if (octet <= 0x92) {
    const length = 2 << (octet & 3);
    return floatOf(cursor.bytes, cursor.advance(length), length);
  }
  const [format, length] = rawFormats[octet] as readonly [RawFormat, number];
  const start = cursor.advance(length);
  return new RawFloat(format, cursor.bytes.slice(start, cursor.at));
}

/** What a tag that uses a code stands for. */
function coded(cursor: Cursor, octet: number): Entry {
  const first = cursor.at;
  if (octet >= 0xc8) return defined(cursor, octet);
  const entry = cursor.dictionary.get(cursor.field(octet & 3));
  if (entry === undefined) return cursor.fail('undefined-code', first);
  cursor.spend(entry.length);
  return entry;
}

/** A definition that produces no value. */
export function definition(cursor: Cursor, octet: number): void {
  cursor.require(octet);
  if (octet === 0xd0) knownDictionary(cursor);
  else defined(cursor, octet);
}

/** Definitions up to the end of the input. */
export function definitionsAlone(cursor: Cursor): void {
  for (let octet = cursor.significant(); octet >= 0; octet = cursor.significant()) {
    if (!isDefinition(octet)) cursor.fail('syntax');
    definition(cursor, octet);
  }
}

/** The entry of a tag that defines a code. */
function defined(cursor: Cursor, octet: number): Entry {
  const code = cursor.field(octet & 3);
  if (cursor.at >= cursor.end) cursor.fail('truncated');
  const next = cursor.bytes[cursor.at] as number;
  let entry: Entry;
  if (next === quote) entry = jsonString(cursor, false);
  else if (next >= 0x80 && next <= 0x8f) entry = item(cursor, next, false);
  else return cursor.fail((levelOf[next] as number) > cursor.level ? 'unknown-tag' : 'syntax');
  enter(cursor, code, cursor.views && typeof entry !== 'string' ? entry.slice() : entry);
  return entry;
}

function enter(cursor: Cursor, code: number, entry: Entry): void {
  const { dictionary, limits } = cursor;
  dictionary.define(code, entry);
  if (dictionary.size > limits.members || dictionary.held > limits.total) cursor.fail('limit');
}

/** D0: the entries of a dictionary that both sides have. */
function knownDictionary(cursor: Cursor): void {
  const first = cursor.at;
  const offset = cursor.field(2);
  const length = cursor.bytes[cursor.advance(1)] as number;
  const start = cursor.advance(length);
  const entries = cursor.dictionary.find(cursor.bytes.subarray(start, cursor.at));
  for (const [code, entry] of entries ?? cursor.fail('unknown-dictionary', first)) {
    if (code + offset >= mostCodes) cursor.fail('limit', first);
    enter(cursor, code + offset, entry);
  }
}
