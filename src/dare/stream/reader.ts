/**
 * An envelope on its way: header, payload, trailer, in the order in which they stand (DARE specification, section 3). What is around the payload is
 * read as in one piece (../json.ts): the header token by token until it is there, and all behind the payload as a document in which something short
 * stands for header and payload. Here is the payload:
 *
 *     payload  = data item / string of base64url / binary string of base64url / null
 *
 * The comma before it may be missing beside a tag, as in files of July 2018.
 */
import { fail } from '../../errors.ts';
import { fromUtf8 } from '../../utf8.ts';
import { Beginning, documentReader, type Form, readTokens } from '../json.ts';
import type { DareLimits } from '../limits.ts';
import { readBase64url, readBinaryText, readData } from './data.ts';
import { Octets } from './octets.ts';
import type { Input } from './source.ts';

const [comma, quote, closeArray, binaryNull] = [0x2c, 0x22, 0x5d, 0xb2] as const;
const isData = (octet: number) => octet >= 0x88 && octet <= 0x8f;
const isText = (octet: number) => octet >= 0x80 && octet <= 0x87;

/** Collects octets up to a bound. */
class Collected {
  readonly #limit: number;
  readonly #name: string;
  #octets = new Uint8Array(1024);
  #count = 0;

  constructor(limit: number, name: string) {
    this.#limit = limit;
    this.#name = name;
  }

  add(some: Uint8Array): void {
    const count = this.#count + some.length;
    if (count > this.#limit) fail('limit', `${this.#name}: ${this.#limit} octets at most`);
    if (count > this.#octets.length) {
      const larger = new Uint8Array(Math.max(count, 2 * this.#octets.length));
      larger.set(this.#octets.subarray(0, this.#count));
      this.#octets = larger;
    }
    this.#octets.set(some, this.#count);
    this.#count = count;
  }

  get octets(): Uint8Array {
    return this.#octets.slice(0, this.#count);
  }
}

/** White space and punctuation around a trailer; more of it is refused. */
const mostAround = 1 << 16;

/** Reads one envelope in order: {@link header}, then all of {@link payload}, then {@link trailer}. */
export class EnvelopeReader {
  readonly #octets: Octets;
  readonly #limits: Required<DareLimits>;
  #form: Form = 'json';
  #wrapped = false;
  /** What stands for the payload where the end of the envelope is read as a document of its own. */
  #standIn: readonly number[] = [];

  constructor(input: Pick<Input, 'next'>, limits: Required<DareLimits>) {
    this.#octets = new Octets(input);
    this.#limits = limits;
  }

  /** How the payload is carried, once it has been read. */
  get form(): Form {
    return this.#form;
  }

  /** The exact octets of the header. @throws MeshError `truncated`, `structure`, `limit`, and those of the JSON reader */
  async header(): Promise<Uint8Array> {
    const tokens = documentReader(this.#limits, this.#limits.header);
    const beginning = new Beginning(this.#limits);
    const collected = new Collected(this.#limits.header, 'header');
    for (let before = 0, ended = false; !ended; ) {
      const some = await this.#octets.some();
      tokens.feed(some);
      for (let token = tokens.next(); token !== undefined && !ended; token = ended ? undefined : tokens.next()) {
        ended = beginning.take(token);
      }
      const { start, end, begun } = beginning.header;
      const length = ended ? end - before : some.length;
      if (begun) collected.add(some.subarray(Math.max(0, start - before), length));
      this.#octets.pass(length);
      before += length;
    }
    this.#wrapped = beginning.wrapped;
    return collected.octets;
  }

  /** The payload as carried. @throws MeshError `truncated`, `structure`, `separator`, `chunk-type`, `base64`, `syntax` */
  async *payload(): AsyncGenerator<Uint8Array> {
    const separated = await this.#separator();
    const octet = await this.#octets.significant();
    if (octet < 0) fail('truncated');
    if (!separated && octet < 0x80) fail(octet === closeArray ? 'structure' : 'separator');
    const before = separated ? [comma] : [];
    if (isData(octet)) {
      this.#form = 'jsonb';
      this.#standIn = [...before, 0x88, 1, 0];
      return yield* this.#item(before);
    }
    this.#standIn = [...before, ...fromUtf8('""')];
    if (octet === quote) return yield* readBase64url(this.#octets);
    if (isText(octet)) {
      this.#standIn = [...before, 0x80, 0];
      return yield* readBinaryText(this.#octets);
    }
    if (octet === binaryNull) {
      this.#standIn = [...before, octet];
      return this.#octets.pass(1);
    }
    if (octet !== 0x6e) fail('structure', 'the payload must be data or text');
    for (const character of fromUtf8('null')) if ((await this.#octets.take()) !== character) fail('syntax');
  }

  /**
   * The exact octets of the trailer, or `undefined`, once the rest of the input has been read.
   *
   * @throws MeshError `truncated`, `structure`, `limit`, `trailing`, and those of the JSON reader
   */
  async trailer(): Promise<Uint8Array | undefined> {
    const rest = new Collected(this.#limits.header + mostAround, 'the end of the envelope');
    rest.add(fromUtf8(this.#wrapped ? '{"DareEnvelope":[{}' : '[{}'));
    rest.add(Uint8Array.from(this.#standIn));
    while ((await this.#octets.peek()) >= 0) {
      const some = await this.#octets.some();
      rest.add(some);
      this.#octets.pass(some.length);
    }
    return readTokens(rest.octets, this.#limits).trailer;
  }

  /** A data item. Files of July 2018 have an empty one before that of the payload, and nothing behind it. */
  async *#item(before: readonly number[]): AsyncGenerator<Uint8Array> {
    let empty = true;
    for await (const part of readData(this.#octets)) {
      empty = false;
      yield part;
    }
    if (!empty) return;
    const item = [...before, 0x88, 0];
    const separated = (await this.#separator()) ? [comma] : [];
    const second = isData(await this.#octets.significant());
    this.#standIn = [...item, ...separated, ...(second ? [0x88, 0] : [])];
    if (second) yield* readData(this.#octets);
  }

  /** Passes a comma if there is one. */
  async #separator(): Promise<boolean> {
    const found = (await this.#octets.significant()) === comma;
    if (found) this.#octets.pass(1);
    return found;
  }
}
