/**
 * An envelope on its way: header, payload, trailer, in the order in which they stand (DARE specification, section 3). Finds where each
 * ends; what header and trailer say is read by others from their exact octets.
 *
 *     envelope = "[" object sep payload [ sep ( object / null ) ] "]"
 *     payload  = data item / string of base64url / null
 *     wrapped  = { "DareEnvelope" : envelope }
 *
 * Header and trailer are JSON text, as in files of every age. The comma may be missing beside the data item, as in files of July 2018.
 */
import { fail } from '../../errors.ts';
import { readBase64url, readData } from './data.ts';
import { Octets } from './octets.ts';
import type { Input } from './source.ts';

const [comma, quote, openArray, closeArray, openObject, closeObject] = [0x2c, 0x22, 0x5b, 0x5d, 0x7b, 0x7d] as const;
const wrapper = '"DareEnvelope"';

/** What is wrong where an array or an object must begin: nothing comes, another value, or none at all. */
function misplaced(octet: number): 'truncated' | 'structure' | 'syntax' {
  if (octet < 0) return 'truncated';
  return octet >= 0x80 || '"[-0123456789tfn'.includes(String.fromCharCode(octet)) ? 'structure' : 'syntax';
}

const isData = (octet: number) => octet >= 0x88 && octet <= 0x8f;

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

/** Reads one envelope in order: {@link header}, then all of {@link payload}, then {@link trailer}. */
export class EnvelopeReader {
  readonly #octets: Octets;
  readonly #limit: number;
  #wrapped = false;
  /** Whether the payload is a data item, beside which commas are optional. */
  #data = false;

  /** @param limit - octets of a header or trailer at most */
  constructor(input: Pick<Input, 'next'>, limit: number) {
    this.#octets = new Octets(input);
    this.#limit = limit;
  }

  /** The exact octets of the header. @throws MeshError `truncated`, `structure`, `limit` */
  async header(): Promise<Uint8Array> {
    if ((await this.#octets.significant()) === openObject) {
      this.#wrapped = true;
      this.#octets.pass(1);
      await this.#octets.significant();
      for (const character of wrapper) await this.#expect(character.charCodeAt(0), 'structure');
      await this.#punctuation(0x3a);
    }
    const first = await this.#octets.significant();
    if (first !== openArray) fail(misplaced(first), 'an envelope is an array');
    this.#octets.pass(1);
    return this.#object('header');
  }

  /** The payload as carried. @throws MeshError `truncated`, `structure`, `separator`, `chunk-type`, `base64` */
  async *payload(): AsyncGenerator<Uint8Array> {
    const separated = await this.#separator();
    const octet = await this.#octets.significant();
    this.#data = isData(octet);
    if (this.#data) return yield* this.#item();
    if (!separated) fail(octet < 0 ? 'truncated' : octet === closeArray ? 'structure' : 'separator');
    if (octet === quote) return yield* readBase64url(this.#octets);
    if (octet !== 0x6e) fail(octet < 0 ? 'truncated' : 'structure', 'the payload must be data or text');
    await this.#null();
  }

  /**
   * The exact octets of the trailer, or `undefined`, once the rest of the input has been read.
   *
   * @throws MeshError `truncated`, `structure`, `syntax`, `limit`, `trailing`
   */
  async trailer(): Promise<Uint8Array | undefined> {
    const separated = await this.#separator();
    const next = await this.#octets.significant();
    let trailer: Uint8Array | undefined;
    if (separated || next !== closeArray) {
      if (!separated && !this.#data) fail(next < 0 ? 'truncated' : 'separator');
      if (next === 0x6e) await this.#null();
      else trailer = await this.#object('trailer');
    }
    const end = await this.#octets.significant();
    if (end >= 0 && end !== closeArray) fail(end === comma ? 'structure' : 'syntax', 'more than an envelope');
    await this.#punctuation(closeArray);
    if (this.#wrapped) await this.#punctuation(closeObject);
    if ((await this.#octets.significant()) >= 0) fail('trailing');
    return trailer;
  }

  /** A data item. Files of July 2018 have an empty one before that of the payload. */
  async *#item(): AsyncGenerator<Uint8Array> {
    let empty = true;
    for await (const part of readData(this.#octets)) {
      empty = false;
      yield part;
    }
    if (empty && isData(await this.#octets.significant())) yield* readData(this.#octets);
  }

  /** Passes a comma if there is one. */
  async #separator(): Promise<boolean> {
    const found = (await this.#octets.significant()) === comma;
    if (found) this.#octets.pass(1);
    return found;
  }

  async #expect(octet: number, code: 'structure' | 'syntax' = 'syntax'): Promise<void> {
    if ((await this.#octets.take()) !== octet) fail(code, 'not an envelope');
  }

  async #null(): Promise<void> {
    for (const character of 'null') await this.#expect(character.charCodeAt(0));
  }

  async #punctuation(octet: number): Promise<void> {
    await this.#octets.significant();
    await this.#expect(octet);
  }

  /** A JSON object from its opening brace to the one that closes it. Not whether what is between them is right. */
  async #object(name: string): Promise<Uint8Array> {
    const first = await this.#octets.significant();
    if (first !== openObject) fail(misplaced(first), `the ${name} must be an object`);
    const collected = new Collected(this.#limit, name);
    let depth = 0;
    let inString = false;
    let escaped = false;
    do {
      const some = await this.#octets.some();
      let at = 0;
      do {
        const octet = some[at++] as number;
        if (inString) {
          if (escaped) escaped = false;
          else if (octet === 0x5c) escaped = true;
          else if (octet === quote) inString = false;
        } else if (octet === quote) inString = true;
        else if (octet === openObject || octet === openArray) depth++;
        else if (octet === closeObject || octet === closeArray) depth--;
        else if (octet >= 0x80) fail('structure', `the ${name} must be JSON text`);
      } while (depth > 0 && at < some.length);
      collected.add(some.subarray(0, at));
      this.#octets.pass(at);
    } while (depth > 0);
    return collected.octets;
  }
}
