/**
 * X448 (RFC 7748): key agreement on u coordinates. Not for keys that are to be combined, which need a sign: see the overlay.
 */
import type { Provider } from './backend/types.ts';
import { copied, sized } from './bytes.ts';
import { fail } from './errors.ts';
import { randomBytes } from './random.ts';
import { isZero } from './scalar448.ts';

const length = 56;

/** A key pair. */
export interface X448KeyPair {
  /** 56 octets; pruned when used, not when stored. */
  secretKey: Uint8Array;
  /** The u coordinate, 56 octets. */
  publicKey: Uint8Array;
}

/** X448 key agreement. */
export interface X448 {
  /**
   * A key pair, fresh or from a seed.
   *
   * @param seed - 56 octets, copied; fresh random octets by default
   * @returns secret key (56 octets) and public key (56 octets)
   * @throws MeshError `not_bytes`, `bad_private_length`, `random_failed`
   * @example
   * ```ts
   * import { x448 } from 'mathmesh';
   * const { secretKey, publicKey } = x448.keygen();
   * console.log(secretKey.length, publicKey.length); // 56 56
   * ```
   * Constant time: as {@link X448.getPublicKey}. RFC 7748 section 6.2.
   */
  keygen(seed?: Uint8Array): X448KeyPair;
  /**
   * The public key X448(k, 5) of a secret key.
   *
   * @param secretKey - 56 octets
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`; on `js` also `random_failed`, since blinding needs a random source
   * @example
   * ```ts
   * import { x448 } from 'mathmesh';
   * console.log(x448.getPublicKey(new Uint8Array(56)).length); // 56
   * ```
   * Constant time: yes on the compiled backend; on `js` the sequence of operations is fixed and blinded, but BigInt is not.
   * RFC 7748 section 6.2.
   */
  getPublicKey(secretKey: Uint8Array): Uint8Array;
  /**
   * The shared secret X448(k, u). Feed it to a key derivation function together with both public keys.
   *
   * @param secretKey - own secret key, 56 octets
   * @param publicKey - the peer's public key, 56 octets; values of p and more are reduced, as RFC 7748 section 5 demands
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `bad_public_length`, `all_zero_shared_secret`
   * @example
   * ```ts
   * import { x448 } from 'mathmesh';
   * const alice = x448.keygen();
   * const bob = x448.keygen();
   * const a = x448.getSharedSecret(alice.secretKey, bob.publicKey);
   * const b = x448.getSharedSecret(bob.secretKey, alice.publicKey);
   * console.log(a.every((octet, i) => octet === b[i])); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` the ladder is fixed, but BigInt is not. RFC 7748 sections 5 and 6.2.
   */
  getSharedSecret(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** Helpers of key generation. */
  readonly utils: {
    /**
     * A fresh secret key.
     *
     * @returns 56 octets
     * @throws MeshError `random_failed`
     * @example
     * ```ts
     * import { x448 } from 'mathmesh';
     * console.log(x448.utils.randomSecretKey().length); // 56
     * ```
     * Constant time: yes, it only reads the random source.
     */
    randomSecretKey(): Uint8Array;
  };
}

const secretKeyOf = (value: unknown) => sized(value, 'secretKey', 'bad_private_length', length);

/** {@link X448} over a backend. */
export function makeX448(p: Provider): X448 {
  const randomSecretKey = () => randomBytes(length);
  const getPublicKey = (secretKey: Uint8Array) => p().x448Base(secretKeyOf(secretKey));
  return {
    keygen(seed) {
      const secretKey = seed === undefined ? randomSecretKey() : copied(secretKeyOf(seed));
      return { secretKey, publicKey: getPublicKey(secretKey) };
    },
    getPublicKey,
    getSharedSecret(secretKey, publicKey) {
      const k = secretKeyOf(secretKey);
      const u = sized(publicKey, 'publicKey', 'bad_public_length', length);
      const sharedSecret = p().x448(k, u);
      if (isZero(sharedSecret)) fail('all_zero_shared_secret');
      return sharedSecret;
    },
    utils: { randomSecretKey },
  };
}
