/**
 * What a JSON-B document holds. Not how it is written: see encode.ts and lexer.ts.
 */

/** The floating-point formats of level D that no number of the language holds; their octets are kept as they are. */
export type RawFormat = 'binary128' | 'intel80' | 'decimal32' | 'decimal64' | 'decimal128';

/** A floating-point value of level D, most significant octet first. Decimal formats: the drafts do not say whether BID or DPD. */
export class RawFloat {
  /** Its format. */
  readonly format: RawFormat;
  /** 16, 10, 4, 8 or 16 octets. */
  readonly octets: Uint8Array;

  constructor(format: RawFormat, octets: Uint8Array) {
    this.format = format;
    this.octets = octets;
  }
}

/** An object: without a prototype when decoded, so that `__proto__` and `constructor` are members like any other. */
export interface JsonbObject {
  [name: string]: JsonbValue;
}

/** A value. Integers are numbers when they are safe integers, else bigints; numbers may be any binary64; data is a `Uint8Array`. */
export type JsonbValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | RawFloat
  | readonly JsonbValue[]
  | JsonbObject;

/** A, JSON text; B, binary items; C, dictionary codes; D, 128-bit integers and further floats. Each includes those before it. */
export type Level = 'A' | 'B' | 'C' | 'D';
