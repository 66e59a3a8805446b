/**
 * Secret sharing ("shamir"): k of n texts recover a secret, fewer tell nothing about it (draft-hallambaker-mesh-udf section 4.5).
 * Not sharing of keys that are to stay apart while they are used: see threshold.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { makeText } from '../udf/text.ts';
import { combineFirst, firstCoefficientLimit, splitFirst } from './first.ts';
import { combineOctets, splitOctets, wordLength } from './octets.ts';
import { type ShareGeneration, type SplitOptions, shareGeneration, splitParameters } from './parameters.ts';
import { fieldOf } from './prime.ts';
import { type CombineSeedOptions, keyOctets, keyText, makeSeedCheck, seedOctets, seedText } from './typed.ts';

export type { ShareGeneration, SplitOptions } from './parameters.ts';
export type { CombineSeedOptions } from './typed.ts';

/** How to share keys and seeds: not by the rules of 2015 to 2018, which have no types. */
export interface SplitTypedOptions extends SplitOptions {
  /** The rules; `S3` by default. */
  generation?: 'S2' | 'S3';
}

/** Sharing with coefficients that are given: for tests and published examples only. */
export interface ShamirTesting {
  /**
   * {@link Shamir.split} with coefficients that are not random. **Shares made so protect nothing**: who knows the coefficients needs no quorum.
   *
   * @param secret - as in {@link Shamir.split}
   * @param options - as in {@link Shamir.split}
   * @param coefficients - of x, x^2, ...: one fewer than the quorum, each from 0 to below the prime. For `S1` with as many shares as
   *   the quorum they are the shares before the last, as little-endian integers of 128 bits
   * @throws MeshError as {@link Shamir.split}; `bad_parameters` for other coefficients; `share_overflow` when a share does not fit
   * @example
   * ```ts
   * import { shamir } from 'mathmesh';
   * const shares = shamir.testing.splitWithCoefficients(Uint8Array.of(0xf3), { shares: 3, quorum: 2 }, [0x6dn]);
   * console.log(shares.join(' ')); // SAQF-6 SAQ4-Y SARD-Q
   * ```
   * Constant time: no, because the coefficients are BigInt. draft-hallambaker-mesh-udf section 4.5.
   */
  splitWithCoefficients(secret: Uint8Array, options: SplitOptions, coefficients: readonly bigint[]): string[];
}

/** Secret sharing. */
export interface Shamir {
  /**
   * Splits a secret into shares, of which any `quorum` recover it. Two calls give different shares, which must not be mixed.
   * Fewer than the quorum tell nothing but the length. That is exact where every share fits its octets: coefficients whose shares do not are drawn
   * again, which tells with certainty that a secret of one octet is not one of a few values, and nothing of note from four octets on.
   *
   * @param secret - 1 to 64 octets; for `S1` 16
   * @param options - see {@link SplitOptions}
   * @returns one text of type 144 each: secrets that strings cannot wipe. They name neither the secret nor the set they belong to, and have no
   *   checksum
   * @throws MeshError `bad_option`, `bad_parameters`, `not_bytes`, `unsupported_secret_length`, `random_failed`
   * @example
   * ```ts
   * import { shamir } from 'mathmesh';
   * const shares = shamir.split(new Uint8Array(32).fill(7), { shares: 5, quorum: 3 });
   * console.log(shares.length, shamir.combine(shares.slice(2))[0]); // 5 7
   * ```
   * Constant time: yes on the compiled backend, in the secret and the coefficients; on `js`, and for `S1`, they are BigInt.
   * draft-hallambaker-mesh-udf section 4.5.
   */
  split(secret: Uint8Array, options: SplitOptions): string[];
  /**
   * Recovers a secret. More shares than the quorum must all lie on one polynomial; with exactly the quorum a wrong share cannot be noticed, and
   * gives a wrong secret: check the result, as {@link Shamir.combineSeed} does.
   *
   * @param shares - texts in any order, up to 32; copies are dropped. Case does not matter; `-`, space, tab, CR and LF are skipped
   * @param options - `generation`: `S1` for texts of 2015 to 2018, which look like no other; by default those of 2019 and later
   * @returns the secret, fresh. Shares of `S2` give it with the zeros that were put before it
   * @throws MeshError of the texts: `bad_option`, `bad_length` (more than 256 characters), `bad_character`, `too_short`, `noncanonical_text`,
   *   `wrong_type`, `malformed_share`; of the set: `mismatched_shares`, `unsupported_secret_length`, `conflicting_shares`,
   *   `insufficient_shares`, `inconsistent_shares`
   * @example
   * ```ts
   * import { shamir } from 'mathmesh';
   * console.log(shamir.combine(['SARD-Q', 'SAQ4-Y'])[0]); // 243
   * ```
   * Constant time: yes on the compiled backend, in the values of shares, not in their numbers; on `js`, and for `S1`, they are BigInt.
   * draft-hallambaker-mesh-udf section 4.5.
   */
  combine(shares: readonly string[], options?: { generation?: ShareGeneration }): Uint8Array;
  /**
   * Splits a key that is a text.
   *
   * @param key - text of type 32, whose spare bits are zero: they would be lost
   * @param options - see {@link SplitOptions}
   * @returns as {@link Shamir.split}: the octets of the key are shared, not its type
   * @throws MeshError as {@link Shamir.split}; `noncanonical_text`, `unknown_type`, `wrong_type`, and as `udf.parse`
   * @example
   * ```ts
   * import { shamir, udf } from 'mathmesh';
   * const key = udf.encryptionKey();
   * const shares = shamir.splitKey(key, { shares: 3, quorum: 2 });
   * console.log(shamir.combineKey(shares) === key); // true
   * ```
   * Constant time: as {@link Shamir.split}. draft-hallambaker-mesh-udf section 4.5.
   */
  splitKey(key: string, options: SplitTypedOptions): string[];
  /**
   * Recovers a key as text.
   *
   * @param shares - as in {@link Shamir.combine}
   * @returns text of type 32, of all recovered octets
   * @throws MeshError as {@link Shamir.combine}
   * @example
   * ```ts
   * import { shamir } from 'mathmesh';
   * console.log(shamir.combineKey(['SARD-Q', 'SAQ4-Y'])); // EDZQ
   * ```
   * Constant time: as {@link Shamir.combine}. draft-hallambaker-mesh-udf sections 4.3 and 4.5.
   */
  combineKey(shares: readonly string[]): string;
  /**
   * Splits the seed of a profile: account escrow.
   *
   * @param seed - text of type 200
   * @param options - see {@link SplitOptions}
   * @returns as {@link Shamir.split}: the whole binary form of the seed is shared, its type and key specifier too
   * @throws MeshError as {@link Shamir.split}; `unknown_type`, `wrong_type`, and as `udf.parse`
   * @example
   * ```ts
   * import { shamir, udf } from 'mathmesh';
   * const seed = udf.seed('ProfileAccount', new Uint8Array(32).fill(1));
   * const shares = shamir.splitSeed(seed, { shares: 3, quorum: 2 });
   * console.log(shares[0].length); // 74
   * ```
   * Constant time: as {@link Shamir.split}. mesh-architecture-15, account escrow.
   */
  splitSeed(seed: string, options: SplitTypedOptions): string[];
  /**
   * Recovers the seed of a profile, and refuses one that does not give the key whose fingerprint is known.
   *
   * @param shares - as in {@link Shamir.combine}
   * @param options - see {@link CombineSeedOptions}; without a `fingerprint` nothing but the type of the seed is checked
   * @returns text of type 200
   * @throws MeshError as {@link Shamir.combine}; `not_a_seed`; for a fingerprint `udf_mismatch`, `unsupported_algorithm`, and as `udf.parse`
   * @example
   * ```ts
   * import { shamir } from 'mathmesh';
   * // Shares and fingerprint of mesh-architecture-16.
   * const shares = [
   *   'SAQG-6OSG-RP4C-S77T-K737-GP33-HNTF-KN2J-ZTEH-MPZR-O2TO-R5FF-XDC2-U3JR-EGQA',
   *   'SARL-3LGO-WLLY-YIBC-73LN-ZI2Y-Q2XE-H64Z-GOYL-OOOT-37G3-4IDS-JD3I-ID36-ZGUQ',
   * ];
   * const seed = shamir.combineSeed(shares, { fingerprint: 'MAMU-5QXP-TWCD-7PKI-S4FC-IB76-XASH' });
   * console.log(seed.slice(0, 14)); // ZAAQ-E6EI-PAX5
   * ```
   * Constant time: as {@link Shamir.combine}, and as `udf.deriveKey`. mesh-architecture-15, account recovery.
   */
  combineSeed(shares: readonly string[], options?: CombineSeedOptions): string;
  /** For tests only. */
  readonly testing: ShamirTesting;
}

/** Coefficients from outside. @throws MeshError `bad_option`, `bad_parameters` */
function checkedCoefficients(value: unknown, count: number, limit: bigint): bigint[] {
  if (!Array.isArray(value)) fail('bad_option', 'coefficients must be an array');
  if (value.length !== count) fail('bad_parameters', `${count} coefficients are needed`);
  return Array.from({ length: count }, (_, i) => {
    const coefficient: unknown = value[i];
    if (typeof coefficient !== 'bigint') fail('bad_option', 'a coefficient must be a bigint');
    return coefficient >= 0n && coefficient < limit
      ? coefficient
      : fail('bad_parameters', 'a coefficient is not below the prime');
  });
}

/** Big-endian octets of numbers, packed. */
function pack(numbers: readonly bigint[], width: number): Uint8Array {
  return Uint8Array.from({ length: width * numbers.length }, (_, i) => {
    const shift = 8 * (width - 1 - (i % width));
    return Number(((numbers[Math.floor(i / width)] as bigint) >> BigInt(shift)) & 0xffn);
  });
}

/** {@link Shamir} over a backend. */
export function makeShamir(p: Provider): Shamir {
  const codec = makeText(p);
  const checkSeed = makeSeedCheck(p);

  /** Splits octets; `chosen` is whatever the caller gave as coefficients. */
  function share(value: Uint8Array, given: Required<SplitOptions>, chosen?: readonly [unknown]): string[] {
    const { shares, quorum, generation } = given;
    const secret = bytes(value, 'secret');
    const numbers = (limit: bigint) => chosen && checkedCoefficients(chosen[0], quorum - 1, limit);
    if (generation === 'S1') {
      return splitFirst(codec, secret, shares, quorum, numbers(firstCoefficientLimit(shares, quorum)));
    }
    const length = generation === 'S2' ? wordLength(secret.length) : secret.length;
    const { offset } = fieldOf(length);
    const packed = numbers((1n << BigInt(8 * length)) + BigInt(offset));
    return splitOctets(p, secret, { length, shares, quorum }, packed && pack(packed, length + 1));
  }

  /** Splits octets that are wiped afterwards. */
  function shareTyped(read: () => Uint8Array, given: SplitOptions): string[] {
    const parameters = splitParameters(given);
    if (parameters.generation === 'S1') fail('bad_option', 'the first generation has no types');
    const octets = read();
    try {
      return share(octets, parameters);
    } finally {
      wipe(octets);
    }
  }

  /** Recovers octets, which are wiped after use. */
  function recover<T>(shares: readonly string[], use: (octets: Uint8Array) => T): T {
    const octets = combineOctets(p, shares);
    try {
      return use(octets);
    } finally {
      wipe(octets);
    }
  }

  return {
    split: (secret, given) => share(secret, splitParameters(given)),
    combine(shares, given) {
      const generation = shareGeneration(options(given).generation);
      return generation === 'S1' ? combineFirst(p, shares) : combineOctets(p, shares);
    },
    splitKey: (key, given) => shareTyped(() => keyOctets(codec, key), given),
    combineKey: (shares) => recover(shares, (octets) => keyText(codec, octets)),
    splitSeed: (seed, given) => shareTyped(() => seedOctets(codec, seed), given),
    combineSeed(shares, given) {
      const wanted = options(given);
      const seed = recover(shares, (octets) => seedText(codec, octets));
      checkSeed(seed, wanted);
      return seed;
    },
    testing: {
      splitWithCoefficients: (secret, given, coefficients) => share(secret, splitParameters(given), [coefficients]),
    },
  };
}
