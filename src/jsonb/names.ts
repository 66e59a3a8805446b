/**
 * Member names seen before, found by their octets: documents repeat a few names many times, and making a string costs more than comparing one.
 * The table has a fixed size and holds short ASCII names only, the last one seen in each place.
 */
import { shortAscii } from './text.ts';

/** Longer names are not kept. */
const longest = 32;
const places = 1024;

/** A fixed number of names. */
export class NameCache {
  readonly #names: string[] = new Array<string>(places).fill('');

  /** The name of ASCII octets; undefined for an empty or long one. */
  get(bytes: Uint8Array, start: number, end: number): string | undefined {
    const length = end - start;
    if (length === 0 || length > longest) return undefined;
    const place =
      ((bytes[start] as number) * 131 +
        (bytes[end - 1] as number) * 31 +
        (bytes[start + (length >> 1)] as number) * 521 +
        length * 67) &
      (places - 1);
    const held = this.#names[place] as string;
    if (held.length === length && matches(held, bytes, start)) return held;
    const name = asKey(shortAscii(bytes, start, length));
    this.#names[place] = name;
    return name;
  }
}

/** The same text as engines keep keys: flat and unique, so that comparing it and using it as a key need no further step. */
function asKey(name: string): string {
  return Object.keys({ [name]: 0 })[0] as string;
}

function matches(name: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
