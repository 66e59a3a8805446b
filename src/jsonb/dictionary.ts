/**
 * The dictionary of JSON-C: codes that stand for strings or data. One for a stream of documents in one direction.
 * What a document defines stays only when the whole document was sound.
 */
import { equal } from '../bytes.ts';
import { fail } from '../errors.ts';

/** What a code can stand for. */
export type Entry = string | Uint8Array;

/** A dictionary known beforehand, named by octets that both sides agree on; the drafts do not say of what they are the digest. */
export interface KnownDictionary {
  /** Up to 255 octets. */
  hash: Uint8Array;
  /** Its codes, below 2^32. */
  entries: ReadonlyMap<number, Entry>;
}

/** Codes have up to 32 bits. */
export const mostCodes: number = 2 ** 32;

/** Codes and their entries. */
export class Dictionary {
  readonly #known: readonly KnownDictionary[];
  readonly #entries = new Map<number, Entry>();
  readonly #codes = new Map<string, number>();
  /** What the definitions of the document at hand have replaced. */
  #replaced: [code: number, entry: Entry | undefined][] = [];
  #next = 0;
  /** Octets or characters of all entries. */
  held = 0;

  constructor(known: readonly KnownDictionary[] = []) {
    this.#known = known;
  }

  /** The number of codes defined. */
  get size(): number {
    return this.#entries.size;
  }

  get(code: number): Entry | undefined {
    return this.#entries.get(code);
  }

  /** The code of a string, if there is one. */
  codeOf(text: string): number | undefined {
    return this.#codes.get(text);
  }

  /** A code that is free. */
  unused(): number {
    while (this.#entries.has(this.#next)) this.#next++;
    return this.#next;
  }

  /** Defines a code; an earlier entry is replaced. */
  define(code: number, entry: Entry): void {
    this.#replaced.push([code, this.#entries.get(code)]);
    this.#set(code, entry);
  }

  #set(code: number, entry: Entry | undefined): void {
    const old = this.#entries.get(code);
    if (old !== undefined) {
      this.held -= old.length;
      if (typeof old === 'string' && this.#codes.get(old) === code) this.#codes.delete(old);
      this.#entries.delete(code);
    }
    if (entry === undefined) return;
    this.held += entry.length;
    this.#entries.set(code, entry);
    if (typeof entry === 'string') this.#codes.set(entry, code);
  }

  /** The entries of a known dictionary. */
  find(hash: Uint8Array): ReadonlyMap<number, Entry> | undefined {
    return this.#known.find((dictionary) => equal(dictionary.hash, hash))?.entries;
  }

  /** The document was sound: its definitions stay. */
  settle(): void {
    this.#replaced = [];
  }

  /** The document was not, or was never finished: nothing of it stays. */
  forget(): void {
    for (const [code, entry] of this.#replaced.reverse()) this.#set(code, entry);
    this.#replaced = [];
    this.#next = 0;
  }
}

/** A code of a caller. @throws MeshError `bad_option` */
export function readCode(code: unknown): number {
  if (typeof code === 'number' && Number.isInteger(code) && code >= 0 && code < mostCodes) return code;
  return fail('bad_option', 'a code is an integer below 2^32');
}
