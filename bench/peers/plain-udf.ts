/**
 * UDF texts as one would write them in JavaScript on @noble/hashes: a peer for the benchmark, with neither checks nor constant time. Not
 * for use.
 */

import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 in groups of four characters, of the first `bits` bits. */
function present(octets: Uint8Array, bits: number): string {
  let text = '';
  let buffer = 0;
  let held = 0;
  let written = 0;
  const characters = Math.ceil(Math.min(bits, octets.length * 8) / 5);
  for (let i = 0; written < characters; i++) {
    buffer = ((buffer & 0xff) << 8) | (octets[i] ?? 0);
    for (held += 8; held >= 5 && written < characters; held -= 5) {
      if (written > 0 && written % 4 === 0) text += '-';
      text += alphabet[(buffer >> (held - 5)) & 31];
      written++;
    }
  }
  return text;
}

/** The text of a type identifier and data. */
export function format(type: number, data: Uint8Array): string {
  const octets = concatBytes(Uint8Array.of(type), data);
  return present(octets, octets.length * 8);
}

/** Content digest of 140 bits (draft-hallambaker-mesh-udf section 5.1); digests that end in 20 zero bits are left out. */
export function digest(contentType: string, data: Uint8Array): string {
  const value = sha512(concatBytes(utf8ToBytes(`${contentType}:`), sha512(data)));
  return present(concatBytes(Uint8Array.of(96), value), 140);
}

/** Type identifier, data and canonical text. */
export function parse(text: string): { type: number; data: Uint8Array; text: string } {
  const symbols = text.toUpperCase().replaceAll('-', '');
  const octets = new Uint8Array(Math.ceil((symbols.length * 5) / 8));
  let buffer = 0;
  let held = 0;
  let at = 0;
  for (const symbol of symbols) {
    const value = alphabet.indexOf(symbol);
    if (value < 0) throw new RangeError('not Base32');
    buffer = ((buffer & 0xff) << 5) | value;
    held += 5;
    if (held >= 8) octets[at++] = (buffer >> (held -= 8)) & 0xff;
  }
  if (held > 0) octets[at] = (buffer << (8 - held)) & 0xff;
  const whole = Math.floor((symbols.length * 5) / 8);
  return { type: octets[0] as number, data: octets.slice(1, whole), text: present(octets, symbols.length * 5) };
}
