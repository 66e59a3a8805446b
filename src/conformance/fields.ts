/**
 * The named values of a vector as a check reads and returns them. Octets are hexadecimal in the files.
 * Not the file format: see vectors.ts.
 */

/** A value in a vector file. */
export type Field = string | number | boolean;
/** Named values. */
export type Fields = Readonly<Record<string, Field>>;
/** What a check computed; octets are compared as hexadecimal. */
export type Outcome = Readonly<Record<string, Field | Uint8Array>>;

/** Lower-case hexadecimal. */
export function toHex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Octets of a hexadecimal text. */
function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error(`not hexadecimal: ${text.slice(0, 20)}`);
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** The inputs of a vector. It remembers what was read: an input that no check reads is a mistake in the vector. */
export class Inputs {
  readonly #fields: Fields;
  readonly #read = new Set<string>();

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  #get(name: string): Field | undefined {
    this.#read.add(name);
    return this.#fields[name];
  }

  /** Whether the field is there. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  /** A text. */
  text<T extends string = string>(name: string): T {
    const value = this.#get(name);
    if (typeof value !== 'string') throw new Error(`input ${name} is missing or no text`);
    return value as T;
  }

  /** Octets. */
  bytes(name: string): Uint8Array {
    return fromHex(this.text(name));
  }

  /** Octets, or none. */
  maybeBytes(name: string): Uint8Array | undefined {
    return this.has(name) ? this.bytes(name) : undefined;
  }

  /** A number. */
  number(name: string): number {
    const value = this.#get(name);
    if (typeof value !== 'number') throw new Error(`input ${name} is missing or no number`);
    return value;
  }

  /** A flag, false when it is not there. */
  flag(name: string): boolean {
    return this.#get(name) === true;
  }

  /** The inputs that nothing read. */
  unread(): string[] {
    return Object.keys(this.#fields).filter((name) => !this.#read.has(name));
  }
}
