/**
 * One document at a time, with or without a dictionary that outlives it.
 */
import { bytes } from '../bytes.ts';
import { Cursor, type CursorOptions, type Reading } from './cursor.ts';
import { decodeDocument } from './decode.ts';
import type { Dictionary } from './dictionary.ts';
import { Encoder } from './encode.ts';
import { defaults, readLimits } from './limits.ts';
import type { JsonbValue } from './value.ts';

/** How a document is read. */
export type DecodeOptions = CursorOptions;

/** A document's value; its definitions stay in the dictionary unless it is refused. */
export function decodeWith(document: Uint8Array, reading: Reading, dictionary?: Dictionary): JsonbValue {
  const cursor = new Cursor(bytes(document, 'document'), reading, dictionary);
  if (dictionary === undefined) return decodeDocument(cursor);
  dictionary.forget();
  try {
    const value = decodeDocument(cursor);
    dictionary.settle();
    return value;
  } finally {
    dictionary.forget();
  }
}

/** A value's document; its definitions stay in the dictionary unless the value is refused. */
export function encodeWith(
  value: JsonbValue,
  level: number,
  depth: number | undefined,
  dictionary?: Dictionary,
): Uint8Array {
  const most = depth === undefined ? defaults.depth : readLimits({ depth }).depth;
  dictionary?.forget();
  const encoder = new Encoder(level, most, dictionary);
  try {
    encoder.value(value);
    const document = encoder.writer.finish();
    dictionary?.settle();
    return document;
  } catch (error) {
    encoder.writer.abandon();
    dictionary?.forget();
    throw error;
  }
}
