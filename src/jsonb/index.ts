/**
 * JSON-B, with its subset JSON (level A) and its supersets JSON-C and JSON-D (draft-hallambaker-jsonbcd). Needs no backend.
 * Not the frames and records of the same draft: those are sequences.
 */
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { type DecodeOptions, decodeWith, encodeWith } from './codec.ts';
import { readLevel, readReading } from './cursor.ts';
import { Dictionary } from './dictionary.ts';
import { JsonbReader, type ReaderOptions } from './reader.ts';
import { type JsonbSession, makeSession, type SessionOptions } from './session.ts';
import { levels } from './tag.ts';
import type { JsonbValue, Level } from './value.ts';
import { requireWellFormed } from './wellformed.ts';

export type { DecodeOptions } from './codec.ts';
export type { Entry, KnownDictionary } from './dictionary.ts';
export type { Limits } from './limits.ts';
export type { JsonbReader, JsonbToken, ReaderOptions } from './reader.ts';
export type { JsonbSession, SessionEncodeOptions, SessionOptions } from './session.ts';
export { type JsonbObject, type JsonbValue, type Level, RawFloat, type RawFormat } from './value.ts';

/** How a value is written. */
export interface EncodeOptions {
  /** `'B'` by default. `'A'` is JSON text with data as base64url strings. */
  level?: Level;
  /** Levels of nesting below the outermost value, 64 by default. */
  depth?: number;
}

/** How JSON text is read. */
export type ParseOptions = Omit<DecodeOptions, 'level' | 'lenientSep' | 'views'>;

/** JSON-B and its relatives. Nothing here is constant time; secrets in documents are not hidden from whoever measures time. */
export interface Jsonb {
  /**
   * The document of a value, each item in its smallest form, data copied in. Level A is JSON text in UTF-8 with data as base64url strings;
   * level C gives member names of three octets and more a code when they are used first. Integers are safe integers and bigints of up to
   * 65,535 octets; every other number, and minus zero, is a binary64. Members that are `undefined` are left out, as by `JSON.stringify`; `toJSON` is not called.
   *
   * Source: draft-hallambaker-jsonbcd-21 sections 3 to 5.
   *
   * @throws MeshError `bad_option`; `unsupported-value` for a function, a symbol, an object of a class, `undefined` elsewhere, and what the level has no
   * form for (NaN and infinities on level A, {@link RawFloat} below level D); `utf8` for a lone surrogate; `depth`, also for a cycle
   *
   * @example
   * ```ts
   * import { jsonb } from 'mathmesh';
   * const document = jsonb.encode({ dig: 'S512', val: new Uint8Array([1, 2, 3]) });
   * console.log(Buffer.from(document).toString('hex')); // 7b8003646967800453353132800376616c88030102037d
   * console.log(new TextDecoder().decode(jsonb.encode({ val: new Uint8Array([1, 2, 3]) }, { level: 'A' }))); // {"val":"AQID"}
   * ```
   */
  encode(value: JsonbValue, options?: EncodeOptions): Uint8Array;

  /**
   * The value of a document of any level, JSON text included. Objects have no prototype, so that `__proto__` is a member like any other;
   * integers are numbers when safe, else bigints; data is a fresh `Uint8Array`. Nothing is delivered of a document with an error.
   * Takes time and memory linear in the document, within the limits of {@link Limits}.
   *
   * Source: draft-hallambaker-jsonbcd-21 sections 3 to 5; RFC 8259.
   *
   * @throws MeshError `not_bytes`, `bad_option`, `bad_length`; `truncated`, `syntax`, `separator`, `trailing`, `duplicate`, `tag`, `unknown-tag`,
   * `chunk-type`, `utf8`, `escape`, `control`, `number-range`, `undefined-code`, `unknown-dictionary`; `depth` and `limit`
   *
   * @example
   * ```ts
   * import { jsonb } from 'mathmesh';
   * console.log(jsonb.decode(Buffer.from('5b2253353132222c880301020322225d', 'hex'))); // [ 'S512', Uint8Array(3) [ 1, 2, 3 ], '' ]
   * console.log(jsonb.decode(Buffer.from('abffffffffffffffff', 'hex'))); // -18446744073709551615n
   * ```
   */
  decode(document: Uint8Array, options?: DecodeOptions): JsonbValue;

  /**
   * The value of JSON text, as {@link Jsonb.decode} of level A gives it: no digit of an integer is lost and no member name may occur twice.
   * With `lenient` strings may hold line feeds, carriage returns and tabs as they are, which the published objects have inside base64url.
   *
   * @throws MeshError as {@link Jsonb.decode}
   *
   * @example
   * ```ts
   * import { jsonb } from 'mathmesh';
   * console.log(jsonb.parseJson('[9007199254740993, 1.5]')); // [ 9007199254740993n, 1.5 ]
   * console.log(jsonb.parseJson('["AQ\n  ID"]', { lenient: true })); // [ 'AQ\n  ID' ]
   * ```
   */
  parseJson(text: string | Uint8Array, options?: ParseOptions): JsonbValue;

  /**
   * A reader of one document that comes in pieces of any size. What it gives is what {@link Jsonb.decode} gives, token by token; on an error
   * in what follows, tokens have been delivered already. A limit can be reported where the whole document would be `truncated`.
   *
   * @throws MeshError `bad_option`, `bad_length`
   *
   * @example
   * ```ts
   * import { jsonb } from 'mathmesh';
   * const reader = jsonb.reader();
   * for (const octet of Buffer.from('5b840548656c6c6f8000a02a5d', 'hex')) reader.feed(new Uint8Array([octet]));
   * reader.end();
   * const tokens = [];
   * for (let token = reader.next(); token !== undefined; token = reader.next()) tokens.push(`${token.type} ${token.start}-${token.end}`);
   * console.log(tokens.join(', ')); // begin-array 0-1, string 1-10, int 10-12, end-array 12-13
   * ```
   */
  reader(options?: ReaderOptions): JsonbReader;

  /**
   * A stream of documents of level C in one direction, which share a dictionary.
   *
   * @throws MeshError `bad_option`, `not_bytes`
   *
   * @example
   * ```ts
   * import { jsonb } from 'mathmesh';
   * const [writer, reader] = [jsonb.session(), jsonb.session()];
   * const documents = [1, 2].map((count) => writer.encode({ PayloadDigest: count }));
   * console.log(documents.map((document) => document.length)); // [ 21, 6 ]
   * console.log(documents.map((document) => reader.decode(document))[1]?.['PayloadDigest']); // 2
   * ```
   */
  session(options?: SessionOptions): JsonbSession;
}

/** JSON-B. */
export const jsonb: Jsonb = {
  encode(value, given) {
    if (given === undefined) return encodeWith(value, levels.B, undefined);
    const { level = 'B', depth } = options(given);
    const number = readLevel(level);
    return encodeWith(value, number, depth, number >= levels.C ? new Dictionary() : undefined);
  },
  decode: (document, given) => decodeWith(document, readReading(given)),
  parseJson(text, given) {
    const reading = { ...readReading(given), level: levels.A };
    if (typeof text !== 'string') return decodeWith(text, reading);
    requireWellFormed(text);
    return decodeWith(fromUtf8(text), reading);
  },
  reader: (given) => new JsonbReader(options(given)),
  session: makeSession,
};
