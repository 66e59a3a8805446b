/**
 * Documents that come in pieces of any size, as tokens that are pulled. The words are the lexer's; here is only how far each one reaches,
 * found without looking at an octet twice, and the nesting. What has been read is not kept, except the names of objects that are still open.
 */
import { bytes as octetsOf } from '../bytes.ts';
import { fail } from '../errors.ts';
import { flag } from '../options.ts';
import { Cursor, type CursorOptions, readingOf } from './cursor.ts';
import type { Dictionary } from './dictionary.ts';
import { Extent } from './extent.ts';
import { memberName, scalar, takeColon } from './lexer.ts';
import { valueCost } from './limits.ts';
import { dataHead, stringPart } from './parts.ts';
import { closeArray, closeObject, comma, openArray, openObject, quote } from './tag.ts';
import { definition, isDefinition } from './tagged.ts';
import type { RawFloat } from './value.ts';

/** How a document is read. */
export interface ReaderOptions extends Omit<CursorOptions, 'views'> {
  /** Begins with {@link JsonbReader.parts} set. */
  parts?: boolean;
}

/** What a token is; `start` and `end` are offsets in the whole input. */
export type JsonbToken = { readonly start: number; readonly end: number } & (
  | { readonly type: 'begin-object' | 'end-object' | 'begin-array' | 'end-array' | 'true' | 'false' | 'null' }
  | { readonly type: 'name' | 'string'; readonly value: string }
  | { readonly type: 'data'; readonly value: Uint8Array }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number | RawFloat }
  | { readonly type: 'string-part'; readonly value: string; readonly last: boolean }
  | { readonly type: 'data-part'; readonly value: Uint8Array; readonly last: boolean }
);

type State = 'value' | 'first' | 'name' | 'colon' | 'after' | 'comma' | 'text' | 'data' | 'end';

const leastBuffer = 1024;

/** A pull reader of one document. */
export class JsonbReader {
  /** Whether strings of JSON and items of data that are values come as parts, as soon as there is something of them; may be changed between tokens. */
  parts: boolean;
  readonly #cursor: Cursor;
  readonly #dictionary: Dictionary | undefined;
  readonly #extent: Extent;
  #state: State = 'value';
  #ended = false;
  #failure: unknown;
  /** Names of each open container, outermost first; undefined for arrays. */
  readonly #open: (Set<string> | undefined)[] = [];
  readonly #counts: number[] = [];
  #nested = false;
  /** Of an item of data in parts: octets left in the current chunk, and whether it is the last one. */
  #left = 0;
  #terminal = false;

  constructor(given: ReaderOptions, dictionary?: Dictionary) {
    const { parts = false } = given;
    this.parts = flag(parts, 'parts');
    this.#cursor = new Cursor(new Uint8Array(leastBuffer), { ...readingOf(given), views: false }, dictionary);
    this.#cursor.end = 0;
    this.#extent = new Extent(this.#cursor);
    this.#dictionary = dictionary;
    dictionary?.forget();
  }

  /** Whether the outermost value is complete. */
  get done(): boolean {
    return this.#state === 'end';
  }

  /** Takes the next octets of the input; they are copied. @throws MeshError `finished`, `not_bytes` */
  feed(chunk: Uint8Array): void {
    const octets = octetsOf(chunk, 'chunk');
    if (this.#ended) fail('finished');
    if (this.#failure !== undefined) return;
    const cursor = this.#cursor;
    if (cursor.end + octets.length > cursor.bytes.length) this.#makeRoom(octets.length);
    cursor.bytes.set(octets, cursor.end);
    cursor.end += octets.length;
  }

  /**
   * What is left moves to the front, into memory that has room for as much again: between two moves of an octet the input grows by as many octets
   * as are moved. A document that comes in one piece is copied once.
   */
  #makeRoom(more: number): void {
    const cursor = this.#cursor;
    const held = cursor.end - cursor.at;
    const needed = 2 * held + more;
    const target = needed > cursor.bytes.length ? new Uint8Array(Math.max(needed, leastBuffer)) : cursor.bytes;
    target.set(cursor.bytes.subarray(cursor.at, cursor.end));
    cursor.reset(target, 0, held, cursor.base + cursor.at);
  }

  /** Says that the input has ended. */
  end(): void {
    this.#ended = true;
  }

  /**
   * The next token; undefined when more input is needed, or when the input has ended and the whole document was sound.
   *
   * @throws MeshError as `jsonb.decode`; the same again at every later call
   */
  next(): JsonbToken | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      for (;;) {
        const token = this.#step();
        if (token !== null) return token;
      }
    } catch (error) {
      this.#failure = error;
      this.#dictionary?.forget();
      this.#cursor.reset(new Uint8Array(0), 0, 0, 0);
      throw error;
    }
  }

  /** A token, undefined without input, or null when a step produced none. */
  #step(): JsonbToken | undefined | null {
    const cursor = this.#cursor;
    if (this.#state === 'text') return this.#textPart();
    if (this.#state === 'data') return this.#dataPart();
    const octet = cursor.significant();
    if (this.#state === 'end') {
      if (octet >= 0) cursor.fail('trailing');
      if (this.#ended) this.#dictionary?.settle();
      return undefined;
    }
    if (octet < 0) return this.#ended ? cursor.fail('truncated') : undefined;
    switch (this.#state) {
      case 'value':
        return this.#value(octet);
      case 'first':
        if (octet === this.#closer()) return this.#close(octet);
        this.#state = this.#inner() === undefined ? 'value' : 'name';
        return null;
      case 'name':
        return this.#name(octet);
      case 'colon':
        takeColon(cursor);
        this.#state = 'value';
        return null;
      case 'comma':
        if (octet === closeArray || octet === closeObject) cursor.fail('syntax');
        this.#state = this.#inner() === undefined ? 'value' : 'name';
        return null;
      default:
        return this.#after(octet);
    }
  }

  #inner(): Set<string> | undefined {
    return this.#open[this.#open.length - 1];
  }

  #closer(): number {
    return this.#inner() === undefined ? closeArray : closeObject;
  }

  /** A value has ended: it counts, and what may follow depends on what is around it. */
  #entered(nested: boolean): void {
    this.#nested = nested;
    const inner = this.#open.length - 1;
    this.#state = inner < 0 ? 'end' : 'after';
    if (inner >= 0 && ++this.#counts[inner]! > this.#cursor.limits.members) this.#cursor.fail('limit');
  }

  #close(octet: number): JsonbToken {
    const cursor = this.#cursor;
    const start = cursor.base + cursor.at++;
    cursor.bare = false;
    this.#open.pop();
    this.#counts.pop();
    this.#entered(true);
    return { type: octet === closeArray ? 'end-array' : 'end-object', start, end: start + 1 };
  }

  #after(octet: number): JsonbToken | null {
    const cursor = this.#cursor;
    if (octet === this.#closer()) return this.#close(octet);
    if (octet === comma) {
      cursor.at++;
      this.#state = 'comma';
      return null;
    }
    if (!cursor.bare && !(cursor.lenientSep && this.#nested && octet >= 0x80)) cursor.fail('separator');
    this.#state = this.#inner() === undefined ? 'value' : 'name';
    return null;
  }

  #name(octet: number): JsonbToken | undefined {
    const cursor = this.#cursor;
    if (!this.#extent.reachedName(octet) && !this.#ended) return undefined;
    const at = cursor.at;
    const start = cursor.base + at;
    const value = memberName(cursor, octet);
    this.#extent.restart();
    const names = this.#inner() as Set<string>;
    if (names.has(value)) cursor.fail('duplicate', at);
    names.add(value);
    this.#state = octet === quote ? 'colon' : 'value';
    return { type: 'name', value, start, end: cursor.base + cursor.at };
  }

  #value(octet: number): JsonbToken | undefined | null {
    const cursor = this.#cursor;
    if (octet === openObject || octet === openArray) {
      if (this.#open.length > cursor.limits.depth) cursor.fail('depth');
      cursor.spend(valueCost);
      const start = cursor.base + cursor.at++;
      this.#open.push(octet === openObject ? new Set() : undefined);
      this.#counts.push(0);
      this.#state = 'first';
      return { type: octet === openObject ? 'begin-object' : 'begin-array', start, end: start + 1 };
    }
    if (this.parts && octet === quote) return this.#begin('text');
    if (this.parts && octet >= 0x88 && octet <= 0x8f) return this.#begin('data');
    if (!this.#extent.reached(octet) && !this.#ended) return undefined;
    if (isDefinition(octet)) {
      definition(cursor, octet);
      this.#extent.restart();
      return null;
    }
    const start = cursor.base + cursor.at;
    const value = scalar(cursor, octet);
    this.#extent.restart();
    const end = cursor.base + cursor.at;
    this.#entered(false);
    if (typeof value === 'string') return { type: 'string', value, start, end };
    if (typeof value === 'boolean') return { type: value ? 'true' : 'false', start, end };
    if (value === null) return { type: 'null', start, end };
    if (value instanceof Uint8Array) return { type: 'data', value, start, end };
    if (typeof value === 'bigint') return { type: 'int', value, start, end };
    if (typeof value === 'number' && cursor.integral) return { type: 'int', value, start, end };
    return { type: 'float', value: value as number | RawFloat, start, end };
  }

  // ---- parts

  #begin(state: 'text' | 'data'): null {
    const cursor = this.#cursor;
    cursor.spend(valueCost);
    cursor.bare = state === 'data';
    if (state === 'text') cursor.at++;
    else cursor.require(0x88);
    this.#left = 0;
    this.#terminal = false;
    this.#state = state;
    return null;
  }

  /** What there is of a JSON string, up to its quote. */
  #textPart(): JsonbToken | undefined {
    const cursor = this.#cursor;
    const start = cursor.base + cursor.at;
    const { value, last } = stringPart(cursor, this.#ended);
    if (last) this.#entered(false);
    else if (value === '') return undefined;
    return { type: 'string-part', value, last, start, end: cursor.base + cursor.at };
  }

  /** What there is of the current chunk of data, after its head. */
  #dataPart(): JsonbToken | undefined | null {
    const cursor = this.#cursor;
    const start = cursor.base + cursor.at;
    while (this.#left === 0 && !this.#terminal) {
      const head = dataHead(cursor, this.#ended);
      if (head === undefined) return undefined;
      this.#left = head.length;
      this.#terminal = head.terminal;
    }
    const length = Math.min(this.#left, cursor.end - cursor.at);
    this.#left -= length;
    const last = this.#terminal && this.#left === 0;
    if (length === 0 && !last) return this.#ended ? cursor.fail('truncated') : undefined;
    const value = cursor.bytes.slice(cursor.at, cursor.at + length);
    cursor.at += length;
    if (last) this.#entered(false);
    return { type: 'data-part', value, last, start, end: cursor.base + cursor.at };
  }
}
