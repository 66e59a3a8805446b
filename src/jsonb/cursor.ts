/**
 * A place in octets that are all there, and what words of every notation need: bounds, white space, characters. Not the words themselves.
 * Every length is compared with what is left before anything is made of it.
 */
import { type ErrorCode, fail } from '../errors.ts';
import { flag, isPlain, options } from '../options.ts';
import { Dictionary } from './dictionary.ts';
import { type Limits, readLimits } from './limits.ts';
import { NameCache } from './names.ts';
import { carriageReturn, levelOf, levels, lineFeed, space, tab } from './tag.ts';
import { fromLatin1, fromUtf8Strict, isAscii, longestShort, shortAscii } from './text.ts';
import type { Level } from './value.ts';

/** How a document is read. */
export interface CursorOptions extends Limits {
  /** The highest level that is read; `'D'` by default. */
  level?: Level;
  /** Accepts line feeds, carriage returns and tabs inside JSON strings, as published objects have them; they stay in the string. */
  lenient?: boolean;
  /** Accepts a missing comma between an object or array and a tag, as files of July 2018 have it. */
  lenientSep?: boolean;
  /** Data items in one piece are views of the octets given instead of copies. */
  views?: boolean;
}

/** {@link CursorOptions} as they have been checked. */
export interface Reading {
  readonly limits: Required<Limits>;
  readonly level: number;
  readonly lenient: boolean;
  readonly lenientSep: boolean;
  readonly views: boolean;
}

/** Options that have been read once, each checked. @throws MeshError `bad_option`, `bad_length` */
export function readingOf(given: CursorOptions): Reading {
  const { level = 'D', lenient = false, lenientSep = false, views = false } = given;
  return {
    limits: readLimits(given),
    level: readLevel(level),
    lenient: flag(lenient, 'lenient'),
    lenientSep: flag(lenientSep, 'lenientSep'),
    views: flag(views, 'views'),
  };
}

/** How a document is read about which nothing is said. */
const plainReading: Reading = /* @__PURE__ */ readingOf(/* @__PURE__ */ Object.create(null));

/** How a document is read of which data items are views, about which nothing else is said. */
const viewsReading: Reading = /* @__PURE__ */ Object.freeze({ ...plainReading, views: true });

/**
 * Options of a caller. `views` alone is the usual case, for which the copy that {@link options} makes is a large share of reading a small document.
 *
 * @throws MeshError `bad_option`, `bad_length`
 */
export function readReading(given: CursorOptions | undefined): Reading {
  if (given === undefined) return plainReading;
  if (!onlyViews(given)) return readingOf(options(given));
  const { views = false } = given;
  return flag(views, 'views') ? viewsReading : plainReading;
}

/** Whether options have one own member, `views`. */
function onlyViews(given: CursorOptions): boolean {
  if (typeof given !== 'object' || given === null || !isPlain(given)) return false;
  const names = Object.keys(given);
  return names.length === 1 && names[0] === 'views';
}

/** No string of any engine in use is certain to hold more. */
const longestString = 2 ** 29 - 24;
/** Octets that are made into one string, of which short strings are slices. */
const windowSize = 1024;
/** Longer strings get octets of their own rather than keep a window alive. */
const longestSlice = 512;

const names = /* @__PURE__ */ new NameCache();

/** The octets and the place. */
export class Cursor {
  bytes: Uint8Array;
  at = 0;
  end: number;
  /** Offset of the first octet in the whole input. */
  base = 0;
  /** Whether the last value was an x-value, after which a comma is optional. */
  bare = false;
  /** Whether the last number was an integer. */
  integral = false;
  readonly limits: Required<Limits>;
  readonly level: number;
  readonly lenient: boolean;
  readonly lenientSep: boolean;
  readonly views: boolean;
  #dictionary: Dictionary | undefined;
  #left: number;
  #window = '';
  #windowStart = 0;
  #windowEnd = 0;

  constructor(bytes: Uint8Array, reading: Reading, dictionary: Dictionary | undefined) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.limits = reading.limits;
    this.level = reading.level;
    this.lenient = reading.lenient;
    this.lenientSep = reading.lenientSep;
    this.views = reading.views;
    this.#dictionary = dictionary;
    this.#left = reading.limits.total;
  }

  /** Made when a document without a session has codes of its own. */
  get dictionary(): Dictionary {
    this.#dictionary ??= new Dictionary();
    return this.#dictionary;
  }

  /** The octets have changed or moved. */
  reset(bytes: Uint8Array, at: number, end: number, base: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.base = base;
    this.#windowEnd = 0;
  }

  fail(code: ErrorCode, at: number = this.at): never {
    return fail(code, `at octet ${this.base + at}`);
  }

  /** Refuses a tag above the level. @throws MeshError `unknown-tag` */
  require(tag: number): void {
    if ((levelOf[tag] as number) > this.level) this.fail('unknown-tag');
  }

  /** Counts towards the limit of the total. @throws MeshError `limit` */
  spend(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) this.fail('limit');
  }

  /** The next octet that is no white space, not taken; -1 at the end. */
  significant(): number {
    while (this.at < this.end) {
      const octet = this.bytes[this.at] as number;
      if (octet > space || (octet !== space && octet !== lineFeed && octet !== carriageReturn && octet !== tab)) {
        return octet;
      }
      this.at++;
    }
    return -1;
  }

  /** {@link significant} where the document cannot end. @throws MeshError `truncated` */
  needed(): number {
    const octet = this.significant();
    return octet < 0 ? this.fail('truncated') : octet;
  }

  /** Takes a number of octets and gives where they begin. @throws MeshError `truncated` */
  advance(length: number): number {
    const start = this.at;
    if (length > this.end - start) this.fail('truncated', this.end);
    this.at = start + length;
    return start;
  }

  /** The field of 1 << k octets behind the tag at the cursor, both taken. Beyond 2^53 it is not exact, and larger than any input. */
  field(k: number): number {
    this.at++;
    let at = this.advance(1 << k);
    if (k === 0) return this.bytes[at] as number;
    let value = 0;
    for (; at < this.at; at++) value = value * 256 + (this.bytes[at] as number);
    return value;
  }

  /** The text of octets, `foreign` when not all are ASCII, within the limits. @throws MeshError `limit`, `utf8` */
  string(start: number, end: number, foreign: boolean, isName: boolean): string {
    const length = end - start;
    if (length > this.limits.length || length > longestString) this.fail('limit', start);
    this.spend(length);
    if (isName && !foreign) return names.get(this.bytes, start, end) ?? this.ascii(start, end);
    return this.characters(start, end, foreign);
  }

  /** Characters of octets, without a limit. @throws MeshError `utf8` */
  characters(start: number, end: number, foreign: boolean): string {
    return foreign ? fromUtf8Strict(this.bytes, start, end, this.base + start) : this.ascii(start, end);
  }

  /** The text of chunks that have been joined; they begin at `first`. @throws MeshError `limit`, `utf8` */
  joined(octets: Uint8Array, first: number): string {
    if (octets.length > longestString) this.fail('limit', first);
    return isAscii(octets, 0, octets.length)
      ? fromLatin1(octets, 0, octets.length)
      : fromUtf8Strict(octets, 0, octets.length, this.base + first);
  }

  /** ASCII: a slice of a window, because one call of the platform for many strings costs less than one for each. */
  ascii(start: number, end: number): string {
    const length = end - start;
    if (length <= longestShort) return shortAscii(this.bytes, start, length);
    if (length > longestSlice) return fromLatin1(this.bytes, start, end);
    if (start < this.#windowStart || end > this.#windowEnd) {
      this.#windowStart = start;
      this.#windowEnd = Math.min(start + windowSize, this.end);
      this.#window = fromLatin1(this.bytes, start, this.#windowEnd);
    }
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart);
  }
}

/** A level as a number. @throws MeshError `bad_option` */
export function readLevel(level: unknown): number {
  return typeof level === 'string' && Object.hasOwn(levels, level)
    ? levels[level as Level]
    : fail('bad_option', "level must be 'A', 'B', 'C' or 'D'");
}
