/**
 * A stream of documents of level C in one direction: what one document defines, the following ones use.
 */
import { bytes, isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { type DecodeOptions, decodeWith, encodeWith } from './codec.ts';
import { Cursor, readReading } from './cursor.ts';
import { Dictionary, type Entry, type KnownDictionary, readCode } from './dictionary.ts';
import type { Limits } from './limits.ts';
import { JsonbReader, type ReaderOptions } from './reader.ts';
import { levels } from './tag.ts';
import { definitionsAlone } from './tagged.ts';
import type { JsonbValue } from './value.ts';
import { requireWellFormed } from './wellformed.ts';

/** What a session begins with. */
export interface SessionOptions {
  /** Dictionaries that documents may name by their digest. */
  dictionaries?: readonly KnownDictionary[];
}

/** How a document of a session is written. */
export interface SessionEncodeOptions extends Pick<Limits, 'depth'> {
  /** `'C'` by default. */
  level?: 'C' | 'D';
}

/** A stream of documents that share a dictionary. A document that is refused leaves the dictionary as it was. */
export interface JsonbSession {
  /** The number of codes defined. */
  readonly size: number;
  /** What a code stands for; data is a copy. */
  get(code: number): Entry | undefined;
  /** Defines a code on this side alone; the other side must do the same. */
  define(code: number, entry: Entry): void;
  /** Writes a document. Member names of three octets and more get a code when they are used first. */
  encode(value: JsonbValue, options?: SessionEncodeOptions): Uint8Array;
  /** Reads a document. */
  decode(document: Uint8Array, options?: DecodeOptions): JsonbValue;
  /** Reads definitions that stand alone, without a value. */
  learn(definitions: Uint8Array, options?: DecodeOptions): void;
  /** A {@link JsonbReader} of the next document. */
  reader(options?: ReaderOptions): JsonbReader;
}

function readEntry(entry: unknown): Entry {
  if (isBytes(entry)) return bytes(entry, 'entry').slice();
  if (typeof entry !== 'string') fail('bad_option', 'a dictionary entry is a string or octets');
  requireWellFormed(entry);
  return entry;
}

/** Copies of dictionaries known beforehand. */
function readKnown(given: unknown): KnownDictionary[] {
  if (!Array.isArray(given)) fail('bad_option', 'dictionaries must be an array');
  return given.map((dictionary: KnownDictionary) => {
    const { hash, entries } = options(dictionary);
    if (!(entries instanceof Map)) fail('bad_option', 'entries must be a Map');
    return {
      hash: bytes(hash, 'hash').slice(),
      entries: new Map([...entries].map(([code, entry]) => [readCode(code), readEntry(entry)])),
    };
  });
}

/** A session without codes. */
export function makeSession(given?: SessionOptions): JsonbSession {
  const { dictionaries = [] } = options(given);
  const dictionary = new Dictionary(readKnown(dictionaries));
  return {
    get size() {
      return dictionary.size;
    },
    get(code) {
      const entry = dictionary.get(readCode(code));
      return isBytes(entry) ? entry.slice() : entry;
    },
    define(code, entry) {
      dictionary.forget();
      dictionary.define(readCode(code), readEntry(entry));
      dictionary.settle();
    },
    encode(value, encodeOptions) {
      const { level = 'C', depth } = options(encodeOptions);
      if (level !== 'C' && level !== 'D') fail('bad_option', 'level');
      return encodeWith(value, levels[level], depth, dictionary);
    },
    decode: (document, decodeOptions) => decodeWith(document, readReading(decodeOptions), dictionary),
    learn(definitions, decodeOptions) {
      const cursor = new Cursor(bytes(definitions, 'definitions'), readReading(decodeOptions), dictionary);
      dictionary.forget();
      try {
        definitionsAlone(cursor);
        dictionary.settle();
      } finally {
        dictionary.forget();
      }
    },
    reader: (readerOptions) => new JsonbReader(options(readerOptions), dictionary),
  };
}
