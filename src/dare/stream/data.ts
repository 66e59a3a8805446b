/**
 * The payload of an envelope on its way: the chunks of a JSON-B data item (JSON-B specification, section 3), or a string of base64url.
 */
import { fromUtf8 } from '../../bytes.ts';
import { fail } from '../../errors.ts';
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

/** The chunks of the data item at the cursor, in pieces as they arrive. @throws MeshError `truncated`, `chunk-type` */
export async function* readData(octets: Octets): AsyncGenerator<Uint8Array> {
  let tag: number;
  do {
    tag = await octets.take();
    if (tag < 0x88 || tag > 0x8f) fail('chunk-type');
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
  } while (tag > 0x8b);
}

/** The value of each character of base64url; 64 for white space, 65 for the closing quote, 66 for all others. */
const values: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(66);
  const alphabet = fromUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
  for (const [value, character] of alphabet.entries()) table[character] = value;
  for (const space of fromUtf8(' \n\r\t')) table[space] = 64;
  table[0x22] = 65;
  return table;
})();

/**
 * The octets of the base64url string whose opening quote is at the cursor. White space means nothing (DARE specification, section 3.3).
 * Constant time: no, since everybody can see what is carried; elsewhere base64url is read without tables.
 *
 * @throws MeshError `truncated`, `base64` as for a string in one piece: foreign characters, an impossible length, spare bits that are not zero
 */
export async function* readBase64url(octets: Octets): AsyncGenerator<Uint8Array> {
  octets.pass(1);
  let bits = 0;
  let held = 0;
  for (let open = true; open; ) {
    const some = await octets.some();
    const out = new Uint8Array(Math.ceil((some.length * 3) / 4));
    let count = 0;
    let at = 0;
    while (open && at < some.length) {
      const value = values[some[at++] as number] as number;
      if (value < 64) {
        bits = ((bits << 6) | value) & 0x3fff;
        held += 6;
        if (held >= 8) {
          held -= 8;
          out[count++] = bits >> held;
        }
      } else if (value === 65) open = false;
      else if (value === 66) fail('base64');
    }
    octets.pass(at);
    yield out.subarray(0, count);
  }
  if (held === 6 || (bits & ((1 << held) - 1)) !== 0) fail('base64');
}
