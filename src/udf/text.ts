/**
 * UDF text: the binary form (type identifier, then data) in Base32 with separators (draft-hallambaker-mesh-udf sections 3.1, 3.5).
 * Not what the types mean. Texts may carry keys: only the backend's Base32 looks at characters.
 */
import { fromAscii } from '../ascii.ts';
import { BASE32_LIMIT, type Backend, type BitString, type Provider } from '../backend/types.ts';
import { bytes, concat, confirmed, copied, equal, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { expectType, type as typeId } from './type.ts';

/** A UDF text taken apart. */
export interface ParsedUdf {
  /** Type identifier, 0 to 255, known or not. */
  type: number;
  /** The whole octets after the type identifier. A digest of 140 bits has 4 bits more, which only the text shows. */
  data: Uint8Array;
  /** The text in upper case, in groups of four, with every bit that it carried. */
  text: string;
}

/** How {@link UdfText.parse} reads. */
export interface ParseOptions {
  /** Skip every foreign character, as the reference implementation does. Default: refuse. */
  lenient?: boolean;
  /**
   * Accept only the one text of the octets it carries: upper case, groups of four, spare bits zero. For keys, seeds, nonces and
   * shares; a digest uses its spare bits for digest bits. Default: false, since published seeds end in spare bits that are set.
   */
  canonical?: boolean;
}

/** How {@link UdfText.format} writes. */
export interface FormatOptions {
  /** Precision wanted, the 8 bits of the type identifier included; rounded up to whole characters. Default: everything. */
  bits?: number;
  /** Characters in a group. Default 4; the texts of 2017 and 2018 have 5. */
  group?: number;
}

/** Reading, writing and comparing UDF texts. */
export interface UdfText {
  /**
   * Takes a UDF text apart. Case does not matter; `-`, space, tab, CR and LF are skipped.
   *
   * @param text - at least two characters of Base32; 12,281 at most, separators included, and 9,825 without them
   * @param opts - see {@link ParseOptions}
   * @returns type identifier, data octets (fresh) and canonical text
   * @throws MeshError `bad_character` for anything else, look-alikes outside ASCII included; `too_short` below 8 bits;
   *   `noncanonical_text` when `canonical` is set; `bad_length` for a text that is too long, or says more than 6,139 octets; `bad_option`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const { type, data, text } = udf.parse('mddk7n6a727ajznostrxxks7djaf');
   * console.log(type, data.length, text); // 96 16 MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF
   * ```
   * Constant time: yes in the Base32 characters, which only the backend reads; the places of separators show.
   * draft-hallambaker-mesh-udf section 3.1.
   */
  parse(text: string, opts?: ParseOptions): ParsedUdf;
  /**
   * The text of a type identifier and data.
   *
   * @param type - identifier, 0 to 255
   * @param data - 0 to 6,139 octets
   * @param opts - see {@link FormatOptions}; `bits` beyond the data are clipped
   * @throws MeshError `not_bytes`, `bad_length`, `bad_option`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.format(104, new Uint8Array(16))); // NAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA
   * ```
   * Constant time: yes in the data, encoded by the backend without branch or index. draft-hallambaker-mesh-udf section 3.1.
   */
  format(type: number, data: Uint8Array, opts?: FormatOptions): string;
  /**
   * Whether two fingerprints can be of one content: the shorter is a prefix of the longer and precise enough.
   *
   * @param a - a UDF text
   * @param b - a UDF text
   * @param opts - `minBits`: least precision of the shorter one, type identifier included; default 100, twenty characters.
   *   Ask for 200 when the content is a certificate.
   * @returns `false` for another type, other bits, or too little precision
   * @throws MeshError `bad_character`, `too_short`, `bad_length`, `bad_option`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.matches('MDDK-7N6A-727A-JZNO-STRX', 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF')); // true
   * console.log(udf.matches('MDDK-7N6A', 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF')); // false
   * ```
   * Constant time: yes in the characters, lengths show; so a MAC in a text may be compared too.
   * draft-hallambaker-mesh-udf section 3.4.
   */
  matches(a: string, b: string, opts?: { minBits?: number }): boolean;
}

/** What the other nouns of this room need of a text. */
export interface TextCodec extends UdfText {
  /** Base32 of octets, cut to the precision, in groups. */
  present(octets: Uint8Array, bits: number, group?: number): string;
  /** {@link UdfText.parse}, strictly, of one of the types given and not empty. @throws MeshError `unknown_type`, `wrong_type`, `too_short` */
  parseAs(text: string, ...types: number[]): ParsedUdf;
}

/** An integral number of bits. @throws MeshError `bad_option` */
export function bitCount(value: unknown, name = 'bits'): number {
  if (!Number.isSafeInteger(value) || (value as number) < 8) fail('bad_option', `${name} must be an integer from 8`);
  return value as number;
}

/** Characters in a group. @throws MeshError `bad_option` */
export function groupLength(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 1) fail('bad_option', 'group must be an integer from 1');
  return value as number;
}

/** A string that has a UTF-8 form. @throws MeshError `bad_option` */
export function wellFormed(value: unknown, name: string): string {
  if (typeof value !== 'string') fail('bad_option', `${name} must be a string`);
  if (hasLoneSurrogate(value)) fail('bad_option', `${name} has a lone surrogate`);
  return value;
}

/** Whether the halves of surrogate pairs do not follow each other in pairs. Constant time: yes, sums of sign bits and no early exit. */
function hasLoneSurrogate(value: string): boolean {
  let lone = 0;
  let high = 0;
  for (let i = 0; i < value.length; i++) {
    const top = value.charCodeAt(i) >> 10;
    const low = ((top ^ 0x37) - 1) >>> 31;
    lone |= high ^ low;
    high = ((top ^ 0x36) - 1) >>> 31;
  }
  return (lone | high) !== 0;
}

/** Whether two texts are the same. Constant time: yes, no early exit. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** Octets between type identifier and value: the key specifier of a seed. */
function headerLength(id: number): number {
  return id === typeId.seed ? 2 : 0;
}

/** Longest text that is read, separators included: the limit that callers know; the backend would take a few characters more. */
const mostCharacters = BASE32_LIMIT - 7;
/** Most octets that are written, type identifier included: in groups of four their text can be read again. */
const mostOctets = BASE32_LIMIT / 2 - 4;

/** The octets of a text that may be a secret, read twice. @throws MeshError `bad_character`, `fault_detected` */
export function decodedTwice(backend: Backend, text: string): BitString {
  let bits = 0;
  let differs = -1;
  const octets = confirmed(() => {
    const decoded = backend.base32Decode(text, false);
    differs = differs < 0 ? 0 : decoded.bits ^ bits;
    bits = decoded.bits;
    return decoded.octets;
  });
  if (differs === 0) return { octets, bits };
  wipe(octets);
  return fail('fault_detected');
}

/** {@link UdfText} over a backend. */
export function makeText(p: Provider): TextCodec {
  function present(octets: Uint8Array, bits: number, group = 4): string {
    const characters = Math.ceil(Math.min(bits, octets.length * 8) / 5);
    return p().base32Encode(octets, characters, Math.min(group, characters + 1));
  }

  const decodedOnce = (text: string, lenient: boolean) => p().base32Decode(text, lenient);

  function parse(text: string, opts?: ParseOptions, decode = decodedOnce): ParsedUdf {
    const { lenient = false, canonical = false } = options(opts);
    if (typeof text !== 'string') fail('bad_option', 'a UDF text must be a string');
    if (text.length > mostCharacters) fail('bad_length', `a UDF text has ${mostCharacters} characters at most`);
    const { octets, bits } = decode(text, lenient);
    try {
      const length = bits >> 3;
      if (length < 1) fail('too_short', 'no type identifier');
      // Without separators a text could say more than can be written.
      if (length > mostOctets) fail('bad_length', `a UDF value has ${mostOctets - 1} octets at most`);
      if (canonical && !isSame(present(octets.subarray(0, length), 8 * length), text)) fail('noncanonical_text');
      return { type: octets[0] as number, data: copied(octets.subarray(1, length)), text: present(octets, bits) };
    } finally {
      wipe(octets);
    }
  }

  function symbols(text: string): Uint8Array {
    return fromAscii(parse(text).text.replaceAll('-', ''), 'bad_character');
  }

  function parseAs(text: string, ...types: number[]): ParsedUdf {
    // Most are secrets, of which a key is made.
    const parsed = parse(text, undefined, (given) => decodedTwice(p(), given));
    expectType(parsed.type, ...types);
    if (parsed.data.length <= headerLength(parsed.type)) fail('too_short', 'no octet of a value');
    return parsed;
  }

  function format(type: number, data: Uint8Array, opts?: FormatOptions): string {
    if (!Number.isInteger(type) || type < 0 || type > 255) fail('bad_option', 'type must be an integer from 0 to 255');
    const octets = concat(Uint8Array.of(type), bytes(data, 'data'));
    if (octets.length > mostOctets) fail('bad_length', `data has ${mostOctets - 1} octets at most`);
    const { bits = octets.length * 8, group = 4 } = options(opts);
    const text = present(octets, bitCount(bits), groupLength(group));
    wipe(octets);
    return text;
  }

  function matches(a: string, b: string, opts?: { minBits?: number }): boolean {
    const { minBits = 100 } = options(opts);
    bitCount(minBits, 'minBits');
    const [x, y] = [symbols(a), symbols(b)];
    const shorter = Math.min(x.length, y.length);
    return shorter * 5 >= minBits && equal(x.subarray(0, shorter), y.subarray(0, shorter));
  }

  return { parse: (text, opts) => parse(text, opts), parseAs, format, matches, present };
}
