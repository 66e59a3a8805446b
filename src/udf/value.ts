/**
 * UDFs that carry a value whole: nonces, encryption keys, MAC keys (draft-hallambaker-mesh-udf sections 4.1, 4.3; PINs schema-07 section 6.3).
 * Not seeds, which carry an algorithm too.
 */
import { bytes, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';
import type { TextCodec } from './text.ts';
import { type } from './type.ts';

/**
 * Octets drawn when no value is given. The reference draws 132 bits, of which the text keeps four more than parsing gives back;
 * with 128 text and value agree.
 */
const randomLength = 16;

/** Values as texts. */
export interface UdfValues {
  /**
   * A nonce as text.
   *
   * @param data - 1 to 6,139 octets; 16 random ones by default
   * @returns text of type 104
   * @throws MeshError `not_bytes`, `bad_length`, `random_failed`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.parse(udf.nonce()).data.length); // 16
   * ```
   * Constant time: yes in the value, encoded by the backend without branch or index. draft-hallambaker-mesh-udf section 4.1.
   */
  nonce(data?: Uint8Array): string;
  /**
   * An encryption key as text.
   *
   * @param data - 1 to 6,139 octets; 16 random ones by default
   * @returns text of type 32: a secret that strings cannot wipe, so keep it short-lived
   * @throws MeshError `not_bytes`, `bad_length`, `random_failed`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.encryptionKey().length); // 34
   * ```
   * Constant time: yes in the value, encoded by the backend without branch or index. draft-hallambaker-mesh-udf section 4.3.
   */
  encryptionKey(data?: Uint8Array): string;
  /**
   * A MAC key or PIN as text.
   *
   * @param data - 1 to 6,139 octets, PINs have ten; 16 random ones by default
   * @returns text of type 0: a secret, see {@link UdfValues.encryptionKey}
   * @throws MeshError `not_bytes`, `bad_length`, `random_failed`
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * console.log(udf.macKey(new Uint8Array(10))); // AAAA-AAAA-AAAA-AAAA-AA
   * ```
   * Constant time: yes in the value, encoded by the backend without branch or index. schema-07 section 6.3.
   */
  macKey(data?: Uint8Array): string;
}

/**
 * Hands the value given, or a random one, to `write`; a random one is wiped afterwards.
 *
 * @throws MeshError `not_bytes`, `bad_length`, `random_failed`
 */
export function withValue(data: Uint8Array | undefined, write: (value: Uint8Array) => string): string {
  if (data === undefined) {
    const value = randomBytes(randomLength);
    try {
      return write(value);
    } finally {
      wipe(value);
    }
  }
  const value = bytes(data, 'data');
  return value.length > 0 ? write(value) : fail('bad_length', 'an empty value');
}

/** {@link UdfValues} over the text of a backend. */
export function makeValues(text: TextCodec): UdfValues {
  const write = (id: number) => (data?: Uint8Array) => withValue(data, (value) => text.format(id, value));
  return { nonce: write(type.nonce), encryptionKey: write(type.encryptionKey), macKey: write(type.authenticator) };
}
