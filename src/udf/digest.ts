/**
 * Content digest UDF: a fingerprint of typed data (draft-hallambaker-mesh-udf section 5.1; reference-08 for the 2018 form).
 * Not a fingerprint of keys: see the public key noun, which feeds this one.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { bitCount, groupLength, type TextCodec, wellFormed } from './text.ts';
import { type } from './type.ts';

/** Digest algorithms of the draft. */
export type DigestAlgorithm = 'sha2-512' | 'sha3-512';

/**
 * Four rule sets were published: G1 2015 to 2018, G2 February 2019, G3 September 2019, G4 October 2020 on.
 * For plain data only G1 differs; public keys and locators tell all of them apart.
 */
export type Generation = 'G1' | 'G2' | 'G3' | 'G4';

/** How {@link UdfDigest.digest} fingerprints. */
export interface DigestOptions {
  /** Precision, type identifier included: from 20, at most 440, beyond which it is clipped. Default 140; 150 in G1. */
  bits?: number;
  /** Default `'sha2-512'`. */
  algorithm?: DigestAlgorithm;
  /** Default `'G2'`. */
  generation?: Generation;
  /** Characters in a group. Default 4; 5 in G1. */
  group?: number;
}

/** Fingerprints of content. */
export interface UdfDigest {
  /**
   * The fingerprint of typed data.
   *
   * @param contentType - media type, used exactly as given; may be empty
   * @param data - any number of octets
   * @param opts - see {@link DigestOptions}
   * @returns text; 28 characters in groups of four by default
   * @throws MeshError `not_bytes`, `bad_option`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const data = new TextEncoder().encode('UDF Data Value');
   * console.log(udf.digest('text/plain', data)); // MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF
   * ```
   * Constant time: yes in the data as far as the hash is; the number of zero bits that end the digest shows.
   * draft-hallambaker-mesh-udf section 5.1.
   */
  digest(contentType: string, data: Uint8Array, opts?: DigestOptions): string;
  /**
   * The fingerprints of many items of one content type: {@link UdfDigest.digest} of each, but twice as fast for small items on the
   * compiled backend.
   *
   * @param contentType - media type, used exactly as given; may be empty
   * @param items - any number of items, each of any number of octets
   * @param opts - see {@link DigestOptions}
   * @returns one text each, in order
   * @throws MeshError `not_bytes`, `bad_option`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const items = ['UDF Data Value', ''].map((text) => new TextEncoder().encode(text));
   * console.log(udf.digestAll('text/plain', items)[0]); // MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF
   * ```
   * Constant time: as {@link UdfDigest.digest}. draft-hallambaker-mesh-udf section 5.1.
   */
  digestAll(contentType: string, items: readonly Uint8Array[], opts?: DigestOptions): string[];
  /**
   * The whole typed digest that {@link UdfDigest.digest} presents.
   *
   * @param contentType - media type, used exactly as given
   * @param data - any number of octets
   * @param opts - `algorithm`, default `'sha2-512'`
   * @returns 64 octets
   * @throws MeshError `not_bytes`, `bad_option`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.typedDigest('text/plain', new Uint8Array(0)).length); // 64
   * ```
   * Constant time: yes in the data, as far as the hash is. draft-hallambaker-mesh-udf section 5.1.2.
   */
  typedDigest(contentType: string, data: Uint8Array, opts?: { algorithm?: DigestAlgorithm }): Uint8Array;
  /**
   * The type identifier of a typed digest, raised by one level for 20, 30, 40 and 50 zero bits at its end.
   *
   * @param digest - 64 octets, see {@link UdfDigest.typedDigest}
   * @param algorithm - default `'sha2-512'`
   * @returns 96 to 100, or 80 to 84
   * @throws MeshError `not_bytes`, `bad_length`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.digestType(new Uint8Array(64).fill(1))); // 96
   * ```
   * Constant time: no, because the result is public. draft-hallambaker-mesh-udf section 5.1.3.
   */
  digestType(digest: Uint8Array, algorithm?: DigestAlgorithm): number;
}

/** {@link DigestOptions}, checked and complete. */
interface Form {
  algorithm: DigestAlgorithm;
  first: boolean;
  bits: number;
  group: number;
}

/** Largest precision of a digest text. */
const mostBits = 440;
const colon = /* @__PURE__ */ Uint8Array.of(0x3a);

/** `u8(contentType) || ':'`, which begins every typed value. */
function typePrefix(contentType: string): Uint8Array {
  return concat(fromUtf8(wellFormed(contentType, 'contentType')), colon);
}

/** `u8(contentType) || ':' || value`, the form in which every UDF hash takes a typed value. */
export function typed(contentType: string, value: Uint8Array): Uint8Array {
  return concat(typePrefix(contentType), value);
}

/** One of the four. @throws MeshError `unsupported_algorithm` */
export function checkGeneration(value: Generation): Generation {
  if (!['G1', 'G2', 'G3', 'G4'].includes(value)) fail('unsupported_algorithm', 'generation must be G1, G2, G3 or G4');
  return value;
}

/** Precision of a digest or authenticator. @throws MeshError `bad_option` */
export function digestBits(bits: number): number {
  if (bitCount(bits) < 20) fail('bad_option', 'bits must be 20 or more');
  return Math.min(bits, mostBits);
}

function trailingZeros(digest: Uint8Array): number {
  let at = digest.length - 1;
  while (at >= 0 && digest[at] === 0) at--;
  const last = digest[at] ?? 0;
  return 8 * (digest.length - 1 - at) + (last === 0 ? 0 : 31 - Math.clz32(last & -last));
}

/**
 * The binary form of 2015 to 2018. An octet that is only partly used holds the LOW bits of its digest octet: every published
 * fingerprint does, though the text of the time asked for the high ones. A shorter text need not be a prefix of a longer one.
 */
function binaryG1(id: number, digest: Uint8Array, bits: number): Uint8Array {
  const full = Math.floor(bits / 8);
  const extra = bits % 8;
  const out = concat(Uint8Array.of(id), digest.subarray(0, full - 1));
  return extra === 0 ? out : concat(out, Uint8Array.of((digest[full - 1] as number) << (8 - extra)));
}

/** {@link UdfDigest} over a backend. */
export function makeDigest(p: Provider, text: TextCodec): UdfDigest {
  function hash(algorithm: DigestAlgorithm): (message: Uint8Array) => Uint8Array {
    const backend = p();
    if (algorithm === 'sha2-512') return (message) => backend.sha512(message);
    if (algorithm === 'sha3-512') return (message) => backend.sha3_512(message);
    return fail('unsupported_algorithm', 'digest algorithm must be sha2-512 or sha3-512');
  }

  function typedDigest(contentType: string, data: Uint8Array, opts?: { algorithm?: DigestAlgorithm }): Uint8Array {
    const h = hash(options(opts).algorithm ?? 'sha2-512');
    return h(typed(contentType, h(bytes(data, 'data'))));
  }

  function digestType(digest: Uint8Array, algorithm: DigestAlgorithm = 'sha2-512'): number {
    hash(algorithm);
    if (bytes(digest, 'digest').length !== 64) fail('bad_length', 'a typed digest has 64 octets');
    const zeros = trailingZeros(digest);
    const level = zeros < 20 ? 0 : Math.min(Math.floor(zeros / 10) - 1, 4);
    return (algorithm === 'sha2-512' ? type.digestSha2 : type.digestSha3) + level;
  }

  /** The options, with their defaults. */
  function formOf(opts: DigestOptions | undefined): Form {
    const { algorithm = 'sha2-512', generation = 'G2', ...rest } = options(opts);
    hash(algorithm);
    const first = checkGeneration(generation) === 'G1';
    const { bits = first ? 150 : 140, group = first ? 5 : 4 } = rest;
    return { algorithm, first, bits: digestBits(bits), group: groupLength(group) };
  }

  /** Type identifier and as much of the digest as the text may show. */
  function binary(digest: Uint8Array, { algorithm, first, bits }: Form): Uint8Array {
    if (!first) return concat(Uint8Array.of(digestType(digest, algorithm)), digest);
    return binaryG1(algorithm === 'sha2-512' ? type.digestSha2 : type.digestSha3G1, digest, bits);
  }

  function digest(contentType: string, data: Uint8Array, opts?: DigestOptions): string {
    const form = formOf(opts);
    return text.present(binary(typedDigest(contentType, data, form), form), form.bits, form.group);
  }

  function digestAll(contentType: string, items: readonly Uint8Array[], opts?: DigestOptions): string[] {
    const form = formOf(opts);
    if (!Array.isArray(items)) fail('bad_option', 'items must be an array');
    // All are read before the first is checked: a getter could change one that has been. Holes are read, too, and refused.
    const all = Array.from(items).map((item) => bytes(item, 'item'));
    const prefix = typePrefix(contentType);
    const packed = form.algorithm === 'sha2-512' ? p().typedDigests(prefix, all) : undefined;
    const binaries = all.map((item, i) =>
      binary(packed?.subarray(64 * i, 64 * (i + 1)) ?? typedDigest(contentType, item, form), form),
    );
    return binaries.map((each) => text.present(each, form.bits, form.group));
  }

  return { digest, digestAll, typedDigest, digestType };
}
