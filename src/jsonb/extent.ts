/**
 * How far a word reaches, for input that comes in pieces: every octet is looked at once however small the pieces are, and no limit of length
 * is exceeded by waiting. It does not judge: a word that is wrong counts as reached where that shows, and the lexer says what is wrong.
 */
import type { Cursor } from './cursor.ts';
import { backslash, levelOf, quote } from './tag.ts';
import { isDefinition } from './tagged.ts';

/** The extent of the word at the cursor of a cursor. */
export class Extent {
  readonly #cursor: Cursor;
  /** Octets of the word that need not be looked at again. */
  #seen = 0;
  /** Content of its chunks so far. */
  #content = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** The next word begins. */
  restart(): void {
    this.#seen = 0;
    this.#content = 0;
  }

  /** Whether the input has all of the member name that begins with this octet. @throws MeshError `limit` */
  reachedName(octet: number): boolean {
    if (octet >= 0xb4 && octet <= 0xb7 && this.#allowed(octet)) return this.#item(0);
    const isName = octet === quote || (octet >= 0x80 && octet <= 0x87) || (octet >= 0xc0 && !isDefinition(octet));
    return !isName || this.reached(octet);
  }

  /** Whether the input has all of the value that begins with this octet. @throws MeshError `limit` */
  reached(octet: number): boolean {
    if (!this.#allowed(octet)) return true;
    if (octet === quote) return this.#string(1);
    if (octet === 0x2d || (octet >= 0x30 && octet <= 0x39)) return this.#number();
    if (octet < 0x80) return this.#has(octet === 0x66 ? 5 : octet === 0x74 || octet === 0x6e ? 4 : 1);
    if (octet <= 0x8f) return this.#item(0);
    if (octet === 0xd0) return this.#has(6) && this.#has(6 + this.#octet(5));
    if (octet >= 0xc0) return this.#coded(octet);
    if (octet >= 0xa0 && (octet & 5) === 5) return this.#has(3) && this.#has(3 + this.#octet(1) * 256 + this.#octet(2));
    return this.#has(fixedLength(octet));
  }

  #allowed(octet: number): boolean {
    return (levelOf[octet] as number) <= this.#cursor.level;
  }

  #has(octets: number): boolean {
    return this.#cursor.end - this.#cursor.at >= octets;
  }

  #octet(at: number): number {
    return this.#cursor.bytes[this.#cursor.at + at] as number;
  }

  #coded(octet: number): boolean {
    const item = 1 + (1 << (octet & 3));
    if (octet <= 0xc2) return this.#has(item);
    if (!this.#has(item + 1)) return false;
    const first = this.#octet(item);
    if (first === quote) return this.#string(item + 1);
    return first < 0x80 || first > 0x8f || this.#item(item);
  }

  #limited(content: number): void {
    if (content > this.#cursor.limits.length) this.#cursor.fail('limit');
  }

  /** A string that begins with its content at a place. */
  #string(from: number): boolean {
    const { bytes, at, end } = this.#cursor;
    let i = at + Math.max(this.#seen, from);
    let found = false;
    for (; i < end; i++) {
      const octet = bytes[i];
      found = octet === quote;
      if (found) break;
      if (octet !== backslash) continue;
      if (i + 1 === end) break;
      i++;
    }
    this.#seen = i - at;
    this.#limited(this.#seen - from);
    return found;
  }

  /** A number, which ends where something else begins. */
  #number(): boolean {
    const { bytes, at, end } = this.#cursor;
    let i = at + this.#seen;
    while (i < end && isNumeric(bytes[i] as number)) i++;
    this.#seen = i - at;
    this.#limited(this.#seen);
    return i < end;
  }

  /** Chunks that begin at a place. */
  #item(from: number): boolean {
    const kind = this.#octet(from) >> 3;
    let chunk = Math.max(this.#seen, from);
    for (;;) {
      this.#seen = chunk;
      if (!this.#has(chunk + 1)) return false;
      const octet = this.#octet(chunk);
      if (octet >> 3 !== kind) return true;
      const content = chunk + 1 + (1 << (octet & 3));
      if (!this.#has(content)) return false;
      let length = 0;
      for (let i = chunk + 1; i < content; i++) length = length * 256 + this.#octet(i);
      this.#limited(this.#content + length);
      if (!this.#has(content + length)) return false;
      this.#content += length;
      chunk = content + length;
      // B4 to B7 come in one piece; their bit 2 means nothing.
      if ((octet & 4) === 0 || kind > 17) return true;
    }
  }
}

/** Octets of a word with a fixed length; 1 for what is wrong. */
function fixedLength(octet: number): number {
  if (octet >= 0xb0) return 1;
  if (octet >= 0xa0) return (octet & 7) <= 4 ? 1 + (1 << (octet & 7)) : 1;
  return [3, 5, 9, 1, 17, 11, 5, 9, 17][octet - 0x90] ?? 1;
}

function isNumeric(octet: number): boolean {
  return (
    (octet >= 0x30 && octet <= 0x39) || octet === 0x2b || octet === 0x2d || octet === 0x2e || (octet | 0x20) === 0x65
  );
}
