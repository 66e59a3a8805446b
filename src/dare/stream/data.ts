/**
 * The payload of an envelope on its way: the chunks of a JSON-B data item (JSON-B specification, section 3), or a string of base64url.
 */
import { fail } from '../../errors.ts';
import { fromUtf8 } from '../../utf8.ts';
import type { Octets } from './octets.ts';

/** The tag of a chunk with more behind it, its length in the shortest field, and its octets, which come in pieces. */
export function dataChunk(...pieces: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const piece of pieces) length += piece.length;
  const k = length < 0x100 ? 0 : length < 0x10000 ? 1 : 2;
  const start = 1 + (1 << k);
  const out = new Uint8Array(start + length);
  out[0] = 0x8c + k;
  for (let i = start - 1, rest = length; i > 0; i--, rest >>>= 8) out[i] = rest;
  let at = start;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/** The chunk that ends an item. */
export const dataEnd: readonly number[] = [0x88, 0x00];

/** The chunks of the data item, or with another `first` tag of the binary string, at the cursor, in pieces as they arrive. @throws MeshError `truncated`, `chunk-type` */
export async function* readData(octets: Octets, first = 0x88): AsyncGenerator<Uint8Array> {
  let tag: number;
  do {
    tag = await octets.take();
    if (tag < first || tag > first + 7) fail('chunk-type');
    let left = 0;
    for (let i = 1 << (tag & 3); i > 0; i--) left = left * 256 + (await octets.take());
    if (left > Number.MAX_SAFE_INTEGER) fail('truncated');
    while (left > 0) {
      const some = await octets.some();
      const part = left < some.length ? some.subarray(0, left) : some;
      octets.pass(part.length);
      left -= part.length;
      yield part;
    }
  } while (tag > first + 3);
}

/** The value of each character of base64url; 64 for white space, 65 for the closing quote, 66 for a backslash, 67 for all others. */
const values: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(67);
  const alphabet = fromUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
  for (const [value, character] of alphabet.entries()) table[character] = value;
  for (const space of fromUtf8(' \n\r\t')) table[space] = 64;
  table[0x22] = 65;
  table[0x5c] = 66;
  return table;
})();

/**
 * Base64url in pieces. White space means nothing (DARE specification, section 3.3). Constant time: no, since everybody can see what is carried; elsewhere
 * base64url is read without tables.
 */
class Base64url {
  #bits = 0;
  #held = 0;
  /** How many characters of the last piece were of the text: a quote or a backslash ends it, and is left. */
  taken = 0;

  /** @throws MeshError `base64` for a foreign character */
  decode(text: Uint8Array): Uint8Array {
    const out = new Uint8Array(Math.ceil((text.length * 3) / 4));
    let [bits, held, count, at] = [this.#bits, this.#held, 0, 0];
    for (; at < text.length; at++) {
      const value = values[text[at] as number] as number;
      if (value < 64) {
        bits = ((bits << 6) | value) & 0x3fff;
        held += 6;
        if (held >= 8) {
          held -= 8;
          out[count++] = bits >> held;
        }
      } else if (value === 67) fail('base64');
      else if (value !== 64) break;
    }
    [this.#bits, this.#held, this.taken] = [bits, held, at];
    return out.subarray(0, count);
  }

  /** @throws MeshError `base64` for an impossible length, or spare bits that are not zero */
  end(): void {
    if (this.#held === 6 || (this.#bits & ((1 << this.#held) - 1)) !== 0) fail('base64');
  }
}

/** The characters that escapes of one letter may stand for; no other is of base64url, or means nothing in it. */
const letters: ReadonlyMap<number, number> = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
]);

/** What the escape behind a backslash stands for. @throws MeshError `truncated`, `base64` */
async function escaped(octets: Octets): Promise<number> {
  const letter = await octets.take();
  if (letter !== 0x75) return letters.get(letter) ?? fail('base64');
  let code = 0;
  for (let i = 0; i < 4; i++) {
    const digit = Number.parseInt(String.fromCharCode(await octets.take()), 16);
    code = 16 * code + (Number.isNaN(digit) ? fail('base64') : digit);
  }
  // A quote or backslash as an escape is a foreign character, and ends nothing.
  return code > 0x7f || code === 0x22 || code === 0x5c ? fail('base64') : code;
}

/**
 * The octets of the base64url string whose opening quote is at the cursor; it may have escapes, as any string of JSON.
 *
 * @throws MeshError `truncated`, `base64` as for a string in one piece
 */
export async function* readBase64url(octets: Octets): AsyncGenerator<Uint8Array> {
  const decoder = new Base64url();
  octets.pass(1);
  for (let ended = false; !ended; ) {
    const some = await octets.some();
    yield decoder.decode(some);
    octets.pass(decoder.taken);
    if (decoder.taken === some.length) continue;
    ended = (await octets.take()) === 0x22;
    if (!ended) yield decoder.decode(Uint8Array.of(await escaped(octets)));
  }
  decoder.end();
}

/** The octets of the base64url text in the binary string at the cursor. @throws MeshError `truncated`, `chunk-type`, `base64` */
export async function* readBinaryText(octets: Octets): AsyncGenerator<Uint8Array> {
  const decoder = new Base64url();
  for await (const part of readData(octets, 0x80)) {
    yield decoder.decode(part);
    if (decoder.taken < part.length) fail('base64');
  }
  decoder.end();
}
