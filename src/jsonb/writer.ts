/**
 * Octets that are put together piece by piece. Small pieces are copied to memory that grows; large ones are kept where they are until the end,
 * so that each is copied once.
 */
import { fail } from '../errors.ts';
import { utf8Into } from '../utf8.ts';
import { requireWellFormed } from './wellformed.ts';

/** Smaller pieces are copied at once. */
const smallPiece = 4096;
/** Below so many characters a loop beats the encoder of the platform. */
const shortText = 96;
/** What a JSON string cannot have as it is, or what is not ASCII. */
const notPlain = /["\\]|[^ -\x7f]/;
const spareSize = 16384;

/** Memory for the next writer, all zero; absent while one has it, since getters of the caller can start another encoding. */
let spare: Uint8Array | undefined;

/** Where octets are written. */
export class Writer {
  bytes: Uint8Array;
  at = 0;
  /** Large pieces and where they come in. */
  #large: { at: number; piece: Uint8Array; length: number }[] = [];
  #largeOctets = 0;

  constructor() {
    this.bytes = spare ?? new Uint8Array(spareSize);
    spare = undefined;
  }

  /** Makes room for so many octets. */
  room(octets: number): void {
    if (this.at + octets <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.bytes.length, this.at + octets));
    grown.set(this.bytes.subarray(0, this.at));
    this.bytes.fill(0, 0, this.at);
    this.bytes = grown;
  }

  octet(value: number): void {
    if (this.at === this.bytes.length) this.room(1);
    this.bytes[this.at++] = value;
  }

  /** A tag and the smallest of its fields of 1, 2, 4 and 8 octets that holds the value, a safe integer. */
  head(tag: number, value: number): void {
    this.room(9);
    putHead(this.bytes, this.at, tag, value);
    this.at += headSize(value);
  }

  /** Octets as they are. */
  piece(octets: Uint8Array): void {
    const { length } = octets;
    if (length > smallPiece) {
      this.#large.push({ at: this.at, piece: octets, length });
      this.#largeOctets += length;
      return;
    }
    this.room(length);
    const { bytes, at } = this;
    if (length > 24) bytes.set(octets, at);
    else for (let i = 0; i < length; i++) bytes[at + i] = octets[i] as number;
    this.at = at + length;
  }

  /** ASCII characters as they are. */
  ascii(text: string): void {
    this.room(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.at++] = text.charCodeAt(i);
  }

  /** A text with a tag and its length in front. @throws MeshError `utf8` */
  text(tag: number, text: string): void {
    const { length } = text;
    if (length < shortText) {
      this.room(length + 2);
      const { bytes, at } = this;
      let any = 0;
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i);
        any |= unit;
        bytes[at + 2 + i] = unit;
      }
      if (any < 0x80) {
        bytes[at] = tag;
        bytes[at + 1] = length;
        this.at = at + 2 + length;
        return;
      }
    }
    this.room(3 * length + 9);
    const { bytes, at } = this;
    // Written behind the field that it most likely needs, and moved when it has turned out longer.
    const guess = at + headSize(length);
    const written = utf8Into(text, bytes.subarray(guess));
    if (written !== length) requireWellFormed(text);
    const start = at + headSize(written);
    if (start !== guess) bytes.copyWithin(start, guess, guess + written);
    putHead(bytes, at, tag, written);
    this.at = start + written;
  }

  /** A JSON string, if all its characters are ASCII that needs no escape; else nothing is written. */
  plainJson(text: string): boolean {
    const { length } = text;
    this.room(length + 2);
    const { bytes, at } = this;
    if (length >= shortText) {
      if (notPlain.test(text)) return false;
      utf8Into(text, bytes.subarray(at + 1));
    }
    for (let i = 0; i < length && length < shortText; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0x80) return false;
      bytes[at + 1 + i] = unit;
    }
    bytes[at] = 0x22;
    bytes[at + 1 + length] = 0x22;
    this.at = at + length + 2;
    return true;
  }

  /** A well-formed text as it is. */
  utf8(text: string): void {
    this.room(3 * text.length);
    this.at += utf8Into(text, this.bytes.subarray(this.at));
  }

  /** All that was written, fresh; the writer is empty then. @throws MeshError `not_bytes` when a large piece has lost its memory meanwhile */
  finish(): Uint8Array {
    const out = this.#largeOctets === 0 ? this.bytes.slice(0, this.at) : this.#join();
    this.#release();
    return out;
  }

  #join(): Uint8Array {
    const out = new Uint8Array(this.at + this.#largeOctets);
    let from = 0;
    let to = 0;
    for (const { at, piece, length } of this.#large) {
      out.set(this.bytes.subarray(from, at), to);
      to += at - from;
      from = at;
      if (piece.length !== length) fail('not_bytes', 'data has lost its memory');
      out.set(piece, to);
      to += length;
    }
    out.set(this.bytes.subarray(from, this.at), to);
    return out;
  }

  /** Wipes what was written and gives the memory back. */
  #release(): void {
    this.bytes.fill(0, 0, this.at);
    if (this.bytes.length === spareSize) spare = this.bytes;
  }

  /** Wipes everything after a failure, which may have left something behind the last whole piece. */
  abandon(): void {
    this.at = this.bytes.length;
    this.#release();
  }
}

/** Octets of a tag and the smallest field that holds the value. */
function headSize(value: number): number {
  return value < 0x100 ? 2 : value < 0x10000 ? 3 : value < 0x100000000 ? 5 : 9;
}

function putHead(bytes: Uint8Array, at: number, tag: number, value: number): void {
  const size = headSize(value);
  bytes[at] = tag + (size === 2 ? 0 : size === 3 ? 1 : size === 5 ? 2 : 3);
  let left = value;
  for (let i = at + size - 1; i > at; i--) {
    bytes[i] = left;
    left = size === 9 ? Math.floor(left / 256) : left >>> 8;
  }
}
