/**
 * Key pairs from a seed by HKDF, in the two published forms (draft-hallambaker-mesh-udf section 4.4; threshold-04, schema-06).
 * Not the public keys: they follow from the result by the rules of each algorithm.
 */
import type { Provider } from '../backend/types.ts';
import { concat, confirmed, empty, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { makeHkdfSha512 } from '../hash/hkdf.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { nextPrime, toInteger, toOctets } from './prime.ts';
import { type NistCurve, nistModuli, toScalar } from './scalar.ts';
import { algorithmCode, algorithmCodes, algorithmMask, type SeedAlgorithm, specifierOctets } from './seed.ts';
import { type TextCodec, wellFormed } from './text.ts';
import { type } from './type.ts';

/** Algorithms whose secret key is derived as one string. */
export type KeyAlgorithm = 'X25519' | 'X448' | 'Ed25519' | 'Ed448' | NistCurve;

/** Algorithms whose secret key is two primes. */
export type RsaAlgorithm = 'RSA-2048' | 'RSA-3072' | 'RSA-4096';

/** Options of both derivations. */
export interface DeriveOptions<Algorithm> {
  /**
   * `'salt'`: the key specifier is the HKDF salt (udf-08 to 13, threshold-00 to 03). `'info'`: no salt, specifier and key name
   * are the HKDF info (threshold-04 to 06; profiles of schema-06 to 08).
   */
  form: 'salt' | 'info';
  /** Default: what the seed names; for a seed that names none what the key name implies. */
  algorithm?: Algorithm;
  /** Label of the key within a profile, such as `BaseDeviceSign`; info form only. Default: none. */
  keyName?: string;
}

/** Options of {@link UdfDerive.deriveKey}. */
export interface DeriveKeyOptions extends DeriveOptions<KeyAlgorithm> {
  /** What P-256, P-384 and P-521 scalars are reduced by: the group order, or the field prime as published values are. Default `'order'`. */
  modulus?: 'order' | 'field';
}

/** Options of {@link UdfDerive.derivePrimes}. */
export interface DerivePrimesOptions extends DeriveOptions<RsaAlgorithm> {
  /** Bits of a prime, a multiple of 8 from 64 to 2048. Default: half of the modulus; published examples have 256. */
  primeBits?: number;
}

/** Keys from seeds. */
export interface UdfDerive {
  /**
   * The secret key that a seed gives.
   *
   * @param seedText - text of type 200
   * @param opts - see {@link DeriveKeyOptions}
   * @returns fresh octets. X25519 32 and X448 56: the private key of RFC 7748, not clamped. Ed25519 32: the seed of RFC 8032.
   *   Ed448 **56**: a Mesh seed, hashed as it is and one octet shorter than RFC 8032 has it; overlay keys take it.
   *   P-256 32, P-384 48, P-521 66: the scalar, big-endian.
   * @throws MeshError `unknown_type`, `wrong_type`, `too_short`, `bad_character`, `bad_option`; `unsupported_algorithm` when the
   *   algorithm is unknown, needs primes, is not settled, or is not the one that the seed is for
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const seed = 'ZAAA-ILZB-KTQV-YWUK-FO7E-MQVV-EWPR-UPA';
   * console.log(udf.deriveKey(seed, { form: 'salt' }).length); // 56
   * ```
   * Constant time: yes in the seed, by the backend's Base32, HMAC, and a reduction that subtracts by mask; the algorithm shows.
   * draft-hallambaker-mesh-udf section 4.4.
   */
  deriveKey(seedText: string, opts: DeriveKeyOptions): Uint8Array;
  /**
   * The two RSA primes that a seed gives: each the first prime at or above its derived odd number.
   *
   * @param seedText - text of type 200
   * @param opts - see {@link DerivePrimesOptions}
   * @returns p and q, big-endian, fresh, `primeBits` / 8 octets each
   * @throws MeshError as {@link UdfDerive.deriveKey}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const seed = 'ZAAA-RJ5I-OSMI-X2KH-MBHX-KUPB-OC54-NQI';
   * console.log(udf.derivePrimes(seed, { form: 'salt', primeBits: 256 }).p.length); // 32
   * ```
   * Constant time: no, because the search for a prime takes as long as it takes: for RSA-4096 two seconds on average, now and then six. draft-hallambaker-mesh-udf section 4.4.4.
   */
  derivePrimes(seedText: string, opts: DerivePrimesOptions): { p: Uint8Array; q: Uint8Array };
}

/** Octets of HKDF output; those of the NIST curves leave 64 bits and more above the modulus. */
const derivedLengths: Readonly<Record<KeyAlgorithm, number>> = {
  X25519: 32,
  X448: 56,
  Ed25519: 32,
  Ed448: 56,
  'P-256': 40,
  'P-384': 56,
  'P-521': 74,
};

const modulusBits: Readonly<Record<RsaAlgorithm, number>> = { 'RSA-2048': 2048, 'RSA-3072': 3072, 'RSA-4096': 4096 };

const names = /* @__PURE__ */ new Map(
  (Object.keys(algorithmCodes) as SeedAlgorithm[]).map((name) => [algorithmCodes[name] as number, name]),
);

/** The algorithm that the operation at the end of a key name stands for (schema-06 to 08). */
function impliedBy(keyName: string): KeyAlgorithm | undefined {
  if (/(?:Profile|Sign)$/.test(keyName)) return 'Ed448';
  return /(?:Encrypt|Authenticate|Escrow)$/.test(keyName) ? 'X448' : undefined;
}

/** A seed taken apart: where HKDF starts, and for what. */
interface Extraction {
  algorithm: string;
  salt: Uint8Array | undefined;
  info: Uint8Array;
  /** Specifier and seed, whole; a secret. */
  ikm: Uint8Array;
}

function extraction(ikm: Uint8Array, { form, algorithm, keyName = '' }: Partial<DeriveOptions<string>>): Extraction {
  if (form !== 'salt' && form !== 'info') fail('bad_option', 'form must be salt or info');
  const label = fromUtf8(wellFormed(keyName, 'keyName'));
  if (form === 'salt' && label.length > 0) fail('bad_option', 'the salt form has no key names');

  const stored = ((ikm[0] as number) << 8) | (ikm[1] as number);
  const code = stored & algorithmMask;
  const name = names.get(code) ?? fail('unsupported_algorithm', `key specifier ${code}`);
  // Codes from 256 name an object of the Mesh, whose keys have several algorithms.
  const named = code === 0 || code >= algorithmCodes.ProfileDevice ? undefined : name;
  const wanted = algorithm ?? named ?? impliedBy(keyName) ?? fail('unsupported_algorithm', 'the seed names none');
  if (named !== undefined && wanted !== named) fail('unsupported_algorithm', `a seed for ${named}`);

  // A seed for any algorithm is used under the specifier of the one wanted; every other seed under its own.
  const specifier = specifierOctets(code === 0 ? stored | algorithmCode(wanted) : stored);
  return form === 'salt'
    ? { algorithm: wanted, salt: specifier, info: empty, ikm }
    : { algorithm: wanted, salt: undefined, info: concat(specifier, label), ikm };
}

/** {@link UdfDerive} over a backend. */
export function makeDerive(p: Provider, text: TextCodec): UdfDerive {
  const hkdf = makeHkdfSha512(p);

  function withSeed<T>(seedText: string, opts: Partial<DeriveOptions<string>>, use: (seed: Extraction) => T): T {
    const ikm = text.parseAs(seedText, type.seed).data;
    try {
      return use(extraction(ikm, opts));
    } finally {
      wipe(ikm);
    }
  }

  function prime({ ikm, salt, info }: Extraction, parameter: string, octets: number): Uint8Array {
    const start = confirmed(() => hkdf(ikm, salt, concat(info, fromUtf8(parameter)), octets));
    const found = toOctets(nextPrime(toInteger(start)), octets);
    wipe(start);
    return found;
  }

  return {
    deriveKey(seedText, opts) {
      const { modulus = 'order', ...common } = options(opts);
      if (modulus !== 'order' && modulus !== 'field') fail('bad_option', 'modulus must be order or field');
      return withSeed(seedText, common, ({ algorithm, salt, info, ikm }) => {
        if (!Object.hasOwn(derivedLengths, algorithm))
          fail('unsupported_algorithm', `${algorithm} is not one secret key`);
        const key = confirmed(() => hkdf(ikm, salt, info, derivedLengths[algorithm as KeyAlgorithm]));
        if (!Object.hasOwn(nistModuli, algorithm)) return key;
        const scalar = toScalar(key, nistModuli[algorithm as NistCurve][modulus]);
        wipe(key);
        return scalar;
      });
    },

    derivePrimes(seedText, opts) {
      const { primeBits, ...common } = options(opts);
      return withSeed(seedText, common, (seed) => {
        if (!Object.hasOwn(modulusBits, seed.algorithm))
          fail('unsupported_algorithm', `${seed.algorithm} has no primes`);
        const bits = primeBits ?? modulusBits[seed.algorithm as RsaAlgorithm] / 2;
        if (!Number.isInteger(bits) || bits % 8 !== 0 || bits < 64 || bits > 2048) fail('bad_option', 'primeBits');
        return { p: prime(seed, 'p', bits / 8), q: prime(seed, 'q', bits / 8) };
      });
    },
  };
}
