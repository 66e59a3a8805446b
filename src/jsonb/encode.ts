/**
 * Values to documents, each item in its smallest form. Iterative, as decoding is; a cycle ends at the limit of depth.
 */

import { toBase64url } from '../base64url.ts';
import { isBytes, bytes as octetsOf } from '../bytes.ts';
import { fail } from '../errors.ts';
import { isPlain } from '../options.ts';
import type { Dictionary } from './dictionary.ts';
import { writeFloat } from './number.ts';
import { levels } from './tag.ts';
import { type JsonbValue, RawFloat, type RawFormat } from './value.ts';
import { requireWellFormed } from './wellformed.ts';
import { Writer } from './writer.ts';

const rawTags: Readonly<Record<RawFormat, readonly [tag: number, length: number]>> = {
  binary128: [0x94, 16],
  intel80: [0x95, 10],
  decimal32: [0x96, 4],
  decimal64: [0x97, 8],
  decimal128: [0x98, 16],
};

/** Octets of the longest magnitude that A7 and AF can carry. */
const longestInteger = 65535;
/** A name as long as its code and tag is not worth a code. */
const shortestCoded = 3;
/** Codes given out of its own accord have one or two octets. */
const mostAutomatic = 65536;

type Container = readonly JsonbValue[] | Readonly<Record<string, JsonbValue>>;

/** One encoding. */
export class Encoder {
  readonly writer = new Writer();
  readonly #level: number;
  readonly #depth: number;
  readonly #dictionary: Dictionary | undefined;

  constructor(level: number, depth: number, dictionary: Dictionary | undefined) {
    this.#level = level;
    this.#depth = depth;
    this.#dictionary = dictionary;
  }

  /** Writes a value. */
  value(top: JsonbValue): void {
    const { writer } = this;
    const json = this.#level === levels.A;
    // What surrounds the innermost container, outermost first: for each its container, the keys of that and the place in it.
    const outer: unknown[] = [];
    let container: Container | undefined;
    let keys: readonly string[] | undefined;
    let place = 0;
    // Whether something stands before the next value of the container that needs a comma behind it.
    let comma = false;
    let value: unknown = top;
    for (;;) {
      // Write `value`.
      if (typeof value === 'object' && value !== null && !isBytes(value) && !(value instanceof RawFloat)) {
        if (outer.length > 3 * this.#depth) fail('depth');
        const isArray = Array.isArray(value);
        if (!isArray && !isPlain(value)) fail('unsupported-value', 'an object of a class');
        outer.push(container, keys, place);
        container = value as Container;
        keys = isArray ? undefined : Object.keys(value);
        place = 0;
        comma = false;
        writer.octet(isArray ? 0x5b : 0x7b);
      } else {
        this.#scalar(value);
        comma = json;
      }
      // Find the next one.
      for (;;) {
        if (container === undefined) return;
        if (keys === undefined) {
          const list = container as readonly JsonbValue[];
          if (place < list.length) {
            if (comma) writer.octet(0x2c);
            value = list[place++];
            break;
          }
          writer.octet(0x5d);
        } else {
          let name: string | undefined;
          value = undefined;
          while (place < keys.length && value === undefined) {
            name = keys[place++] as string;
            value = (container as Readonly<Record<string, JsonbValue>>)[name];
          }
          if (value !== undefined) {
            if (comma) writer.octet(0x2c);
            this.#name(name as string);
            break;
          }
          writer.octet(0x7d);
        }
        place = outer.pop() as number;
        keys = outer.pop() as readonly string[] | undefined;
        container = outer.pop() as Container | undefined;
        comma = true;
      }
    }
  }

  #name(name: string): void {
    const { writer } = this;
    if (this.#level === levels.A) {
      this.#jsonString(name);
      writer.octet(0x3a);
      return;
    }
    if (this.#dictionary === undefined) {
      writer.text(0x80, name);
      return;
    }
    if (this.#coded(name)) return;
    const code = this.#dictionary.unused();
    if (name.length >= shortestCoded && code < mostAutomatic) {
      this.#dictionary.define(code, name);
      writer.head(0xc8, code);
    }
    writer.text(0x80, name);
  }

  /** Writes a text as its code, if it has one. */
  #coded(text: string): boolean {
    const code = this.#dictionary?.codeOf(text);
    if (code === undefined) return false;
    this.writer.head(0xc0, code);
    return true;
  }

  #scalar(value: unknown): void {
    const { writer } = this;
    if (this.#level === levels.A) {
      this.#json(value);
    } else if (typeof value === 'string') {
      if (this.#dictionary === undefined || !this.#coded(value)) writer.text(0x80, value);
    } else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean') writer.octet(value ? 0xb0 : 0xb1);
    else if (value === null) writer.octet(0xb2);
    else if (typeof value === 'bigint') this.#bigint(value);
    else if (isBytes(value)) {
      const octets = octetsOf(value, 'data');
      writer.head(0x88, octets.length);
      writer.piece(octets);
    } else if (value instanceof RawFloat) this.#raw(value);
    else fail('unsupported-value', typeof value);
  }

  #number(value: number): void {
    const { writer } = this;
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      if (value < 0) writer.head(0xa8, -value);
      else writer.head(0xa0, value);
      return;
    }
    writer.room(9);
    writer.bytes[writer.at] = 0x92;
    writeFloat(value, writer.bytes, writer.at + 1);
    writer.at += 9;
  }

  #bigint(value: bigint): void {
    const { writer } = this;
    if (Number.isSafeInteger(Number(value))) {
      this.#number(Number(value));
      return;
    }
    const negative = value < 0n;
    let hex = (negative ? -value : value).toString(16);
    const octets = hex.length <= 16 ? 8 : hex.length <= 32 && this.#level === levels.D ? 16 : (hex.length + 1) >> 1;
    if (octets > longestInteger) fail('unsupported-value', 'an integer of more than 65,535 octets');
    hex = hex.padStart(2 * octets, '0');
    const fixed = octets === 8 || (octets === 16 && this.#level === levels.D);
    writer.octet((negative ? 0xa8 : 0xa0) + (!fixed ? 7 : octets === 8 ? 3 : 4));
    if (!fixed) {
      writer.octet(octets >> 8);
      writer.octet(octets & 0xff);
    }
    for (let i = 0; i < hex.length; i += 2) writer.octet(Number.parseInt(hex.slice(i, i + 2), 16));
  }

  #raw(value: RawFloat): void {
    const { format, octets } = value;
    if (this.#level < levels.D || !Object.hasOwn(rawTags, format)) fail('unsupported-value', 'a float of level D');
    const [tag, length] = rawTags[format];
    const image = octetsOf(octets, 'octets');
    if (image.length !== length) fail('bad_length', `${format} has ${length} octets`);
    this.writer.octet(tag);
    this.writer.piece(image);
  }

  /** A value that is no object and no array, as JSON. */
  #json(value: unknown): void {
    const { writer } = this;
    if (typeof value === 'string') this.#jsonString(value);
    else if (typeof value === 'boolean' || typeof value === 'bigint' || value === null) writer.ascii(String(value));
    else if (typeof value === 'number') writer.ascii(decimal(value));
    else if (isBytes(value)) {
      writer.octet(0x22);
      writer.ascii(toBase64url(octetsOf(value, 'data')));
      writer.octet(0x22);
    } else fail('unsupported-value', value instanceof RawFloat ? 'a float of level D' : typeof value);
  }

  #jsonString(text: string): void {
    if (this.writer.plainJson(text)) return;
    requireWellFormed(text);
    this.writer.utf8(JSON.stringify(text));
  }
}

/** A number as JSON that reads as the same kind of number: integers beyond the safe ones are floats, so they get an exponent. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) fail('unsupported-value', 'JSON has no infinities and no NaN');
  if (Object.is(value, -0)) return '-0';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
