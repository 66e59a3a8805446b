/**
 * Seed UDF: a key specifier and the octets that key pairs are derived from (draft-hallambaker-mesh-udf section 4.4).
 * Not the derivation.
 */
import { concat, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { TextCodec } from './text.ts';
import { type } from './type.ts';
import { withValue } from './value.ts';

/** What a seed is for, by the code of its key specifier. Codes from 256 are those of October 2020 on. */
export const algorithmCodes = {
  any: 0,
  X25519: 1,
  X448: 2,
  Ed25519: 3,
  Ed448: 4,
  'P-256': 5,
  'P-384': 6,
  'P-521': 7,
  'RSA-2048': 8,
  'RSA-3072': 9,
  'RSA-4096': 10,
  ProfileDevice: 256,
  ActivationDevice: 257,
  ProfileAccount: 258,
  ActivationAccount: 259,
  ProfileService: 260,
  ActivationService: 261,
} as const;

/** Names of {@link algorithmCodes}. */
export type SeedAlgorithm = keyof typeof algorithmCodes;

/** Seeds as texts. */
export interface UdfSeeds {
  /**
   * A seed as text.
   *
   * @param algorithm - a name, or the whole 16-bit key specifier, whose top two bits are the key use (0 any, 1 encryption,
   *   2 signature, 3 authentication)
   * @param data - 1 to 6,137 octets, profiles have 32; 16 random ones by default
   * @returns text of type 200: a secret that strings cannot wipe, so keep it short-lived
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_length`, `random_failed`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.seed('Ed448', new Uint8Array(16))); // ZAAA-IAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAA
   * ```
   * Constant time: yes in the data, encoded by the backend without branch or index. draft-hallambaker-mesh-udf section 4.4.
   */
  seed(algorithm: SeedAlgorithm | number, data?: Uint8Array): string;
}

/** The 14 bits of a key specifier which name the algorithm. */
export const algorithmMask = 0x3fff;

/** The code of a name. @throws MeshError `unsupported_algorithm` */
export function algorithmCode(name: unknown): number {
  if (typeof name !== 'string' || !Object.hasOwn(algorithmCodes, name)) fail('unsupported_algorithm', 'algorithm');
  return algorithmCodes[name as SeedAlgorithm];
}

/** The two octets of a key specifier. */
export function specifierOctets(specifier: number): Uint8Array {
  return Uint8Array.of(specifier >> 8, specifier);
}

function specifierOf(algorithm: SeedAlgorithm | number): number {
  if (typeof algorithm !== 'number') return algorithmCode(algorithm);
  if (!Number.isInteger(algorithm) || algorithm < 0 || algorithm > 0xffff) fail('unsupported_algorithm', 'specifier');
  return algorithm;
}

/** {@link UdfSeeds} over the text of a backend. */
export function makeSeeds(text: TextCodec): UdfSeeds {
  return {
    seed(algorithm, data) {
      const specifier = specifierOctets(specifierOf(algorithm));
      return withValue(data, (value) => {
        const octets = concat(specifier, value);
        const out = text.format(type.seed, octets);
        wipe(octets);
        return out;
      });
    },
  };
}
