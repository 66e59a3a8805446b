/**
 * The little of DER (X.690) that key formats need: writing a value, and reading in order with minimal lengths only.
 * Not a general ASN.1 codec: tags of one octet, lengths below 2^32.
 */
import { concat } from './bytes.ts';
import { fail } from './errors.ts';

/** Tags in use. */
export const tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

/** Minimal length octets. */
function lengthOctets(size: number): number[] {
  if (size < 0x80) return [size];
  const octets: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 + octets.length, ...octets];
}

/** One value: tag, minimal length, the contents joined. Copies the contents once, into the result. */
export function der(tagOctet: number, ...contents: Uint8Array[]): Uint8Array {
  const size = contents.reduce((sum, { length }) => sum + length, 0);
  return concat(Uint8Array.of(tagOctet, ...lengthOctets(size)), ...contents);
}

/** A non-negative INTEGER from big-endian octets of any length. */
export function derInteger(magnitude: Uint8Array): Uint8Array {
  let at = 0;
  while (at < magnitude.length - 1 && magnitude[at] === 0) at++;
  const digits = magnitude.subarray(at);
  const sign = digits.length === 0 || (digits[0] as number) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0);
  return der(tag.integer, sign, digits);
}

/** A BIT STRING of whole octets. */
export function derBitString(octets: Uint8Array): Uint8Array {
  return der(tag.bitString, Uint8Array.of(0), octets);
}

/** Reads the values of a DER text one after the other. Branches on tags and lengths only, never on contents. */
export class DerReader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  /** Whether the next value has this tag. */
  has(tagOctet: number): boolean {
    return this.#octets[this.#at] === tagOctet;
  }

  /** The contents of the next value, as a view. @throws MeshError `bad_der` */
  read(tagOctet: number): Uint8Array {
    if (!this.has(tagOctet)) fail('bad_der', `tag ${tagOctet.toString(16)} expected at octet ${this.#at}`);
    const first = this.#octets[this.#at + 1] ?? 0xff;
    let start = this.#at + 2;
    let size = first;
    if (first >= 0x80) {
      const width = first - 0x80;
      if (width < 1 || width > 4) fail('bad_der', 'length');
      size = 0;
      for (let i = 0; i < width; i++) size = size * 256 + (this.#octets[start + i] ?? 0);
      if (size < 0x80 || size < 256 ** (width - 1)) fail('bad_der', 'length is not minimal');
      start += width;
    }
    const end = start + size;
    if (end > this.#octets.length) fail('bad_der', 'truncated');
    this.#at = end;
    return this.#octets.subarray(start, end);
  }

  /** @throws MeshError `bad_der` unless everything was read */
  end(): void {
    if (this.#at !== this.#octets.length) fail('bad_der', 'trailing octets');
  }
}
