/**
 * Values that only the reference implementation defines: no document prints one, so nothing but its source says how they are made.
 * Names of secrets and locks, the witness of a connection, and two identifiers of the first generation.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, sized } from '../bytes.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { type Generation, typed, type UdfDigest } from './digest.ts';
import { encryptionContentType, identifierBits, keyGeneration } from './earl.ts';
import { type TextCodec, wellFormed } from './text.ts';
import { type } from './type.ts';

/** One party of a connection, for {@link UdfReference.witness}. */
export interface WitnessParty {
  /** Binary fingerprint of its key: 64 octets, the type identifier 96 and the first 63 octets of the typed digest. */
  fingerprint: Uint8Array;
  /** Its nonce, any number of octets. */
  nonce: Uint8Array;
}

/** Values of the reference implementation. */
export interface UdfReference {
  /**
   * The name of a secret, hashed once.
   *
   * @param keyText - text of type 32
   * @param opts - `generation`, default `'G2'`
   * @returns text of type 96 with twice the precision of the key
   * @throws MeshError `unsupported_algorithm`, `unknown_type`, `wrong_type`, and as {@link UdfText.parse}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.secretId('EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J').length); // 69
   * ```
   * Constant time: yes in the key, as far as Base32 and the hash are. Reference implementation.
   */
  secretId(keyText: string, opts?: { generation?: Generation }): string;
  /**
   * The name of a lock, hashed once.
   *
   * @param keyText - text of type 32
   * @param opts - `generation`, default `'G2'`
   * @returns text of type 96, 280 bits
   * @throws MeshError as {@link UdfReference.secretId}
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.lockName('EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J').length); // 69
   * ```
   * Constant time: yes in the key, as far as Base32 and the hash are. Reference implementation.
   */
  lockName(keyText: string, opts?: { generation?: Generation }): string;
  /**
   * What two people compare when a device is connected: a digest over both parties, in order.
   *
   * @param first - see {@link WitnessParty}
   * @param second - see {@link WitnessParty}
   * @returns 28 characters in groups of four, without a type identifier
   * @throws MeshError `not_bytes`, `bad_length` for a fingerprint of other than 64 octets
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const party = { fingerprint: new Uint8Array(64), nonce: new Uint8Array(16) };
   * console.log(udf.witness(party, party).length); // 34
   * ```
   * Constant time: yes in the nonces, because the hash is. Reference implementation.
   */
  witness(first: WitnessParty, second: WitnessParty): string;
  /**
   * The identifier of an escrowed key in the first generation.
   *
   * @param key - secret of any length
   * @returns text of type 96, 30 characters in groups of five
   * @throws MeshError `not_bytes`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.escrowId(new Uint8Array(16)).length); // 35
   * ```
   * Constant time: yes in the key, because the hash is. Reference implementation of 2018.
   */
  escrowId(key: Uint8Array): string;
  /**
   * The fingerprint of a pair of fingerprints in the first generation.
   *
   * @param first - a UDF text, taken as it stands
   * @param second - a UDF text, taken as it stands
   * @returns text of type 96, 30 characters in groups of five
   * @throws MeshError `bad_option` for anything but strings
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.fingerprintPair('MB2GK-6DUF5', 'MALEI-GTV3E').length); // 35
   * ```
   * Constant time: no, because fingerprints are public. Reference implementation of 2018.
   */
  fingerprintPair(first: string, second: string): string;
}

function lockContentType(generation: Generation): string {
  return keyGeneration(generation) === 'G4' ? 'UDFLock' : 'application/udf-lock';
}

/** {@link UdfReference} over the text and digest of a backend. */
export function makeReference(p: Provider, text: TextCodec, digests: UdfDigest): UdfReference {
  /** The key text stands where the digest of content would: it is hashed once. */
  function named(contentType: string, keyText: string, bits: number): string {
    const digest = p().sha512(typed(contentType, fromUtf8(keyText)));
    return text.format(type.digestSha2, digest, { bits });
  }

  return {
    secretId(keyText, opts) {
      const contentType = encryptionContentType(options(opts).generation ?? 'G2');
      const { text: key } = text.parseAs(keyText, type.encryptionKey);
      return named(contentType, key, identifierBits(key));
    },
    lockName(keyText, opts) {
      const contentType = lockContentType(options(opts).generation ?? 'G2');
      return named(contentType, text.parseAs(keyText, type.encryptionKey).text, 280);
    },
    witness(first, second) {
      const halves = [first, second].map((party) => {
        const { fingerprint, nonce } = options(party);
        return p().sha512(concat(sized(fingerprint, 'fingerprint', 'bad_length', 64), bytes(nonce, 'nonce')));
      });
      return text.present(p().sha512(concat(...halves)), 140);
    },
    escrowId: (key) => digests.digest('application/mmm-escrowed', key, { generation: 'G1' }),
    fingerprintPair(first, second) {
      const pair = `${wellFormed(first, 'first')}:${wellFormed(second, 'second')}:`;
      return digests.digest('application/udf', fromUtf8(pair), { generation: 'G1' });
    },
  };
}
