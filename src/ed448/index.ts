/**
 * Ed448 and Ed448ph (RFC 8032 section 5.2) with 57-octet seeds. Not for keys without a seed: those are composite keys, see the
 * overlay.
 */
import type { Backend, Phflag, PreparedKey, Provider } from './backend/types.ts';
import { bytes, empty, sized } from './bytes.ts';
import { fail } from './errors.ts';
import { options } from './options.ts';
import { randomBytes } from './random.ts';

const seedLength = 57;

/** A key pair. */
export interface Ed448KeyPair {
  /** The seed, 57 octets. */
  secretKey: Uint8Array;
  /** The encoded point, 57 octets. */
  publicKey: Uint8Array;
}

/** Options of signing and verifying. */
export interface Ed448Options {
  /** 0 to 255 octets that bind a signature to its use (RFC 8032 section 8.3); empty by default. */
  context?: Uint8Array;
}

/** One signature for `verifyBatch`. */
export interface Ed448Item extends Ed448Options {
  /** 114 octets. */
  signature: Uint8Array;
  /** Any number of octets. */
  message: Uint8Array;
  /** 57 octets. */
  publicKey: Uint8Array;
}

/** A public key decoded and checked once, for many signatures. */
export interface Ed448PreparedKey {
  /**
   * As {@link Ed448.verify} with the prepared key.
   *
   * @param signature - 114 octets
   * @param message - any number of octets
   * @param options - `context`: 0 to 255 octets
   * @returns whether the signature is valid
   * @throws MeshError `not_bytes`, `bad_signature_length`, `bad_option`, `context_too_long`
   * Constant time: no, because all inputs are public.
   */
  verify(signature: Uint8Array, message: Uint8Array, options?: Ed448Options): boolean;
}

/** Ed448 signatures; the same shape for Ed448ph, where messages are hashed first. */
export interface Ed448 {
  /**
   * A key pair, fresh or from a seed.
   *
   * @param seed - 57 octets, copied; fresh random octets by default
   * @returns secret key (57 octets) and public key (57 octets)
   * @throws MeshError `not_bytes`, `bad_private_length`, `random_failed`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * console.log(secretKey.length, publicKey.length); // 57 57
   * ```
   * Constant time: as {@link Ed448.getPublicKey}. RFC 8032 section 5.2.5.
   */
  keygen(seed?: Uint8Array): Ed448KeyPair;
  /**
   * The public key of a secret key (RFC 8032 section 5.2.5).
   *
   * @param secretKey - 57 octets
   * @returns 57 octets
   * @throws MeshError `not_bytes`, `bad_private_length`; on `js` also `random_failed`, since blinding needs a random source
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * console.log(ed448.getPublicKey(new Uint8Array(57)).length); // 57
   * ```
   * Constant time: yes on the compiled backend; on `js` the sequence of operations is fixed and blinded, but BigInt is not.
   */
  getPublicKey(secretKey: Uint8Array): Uint8Array;
  /**
   * A deterministic signature (RFC 8032 section 5.2.6). It takes no public key, so that a wrong one cannot disclose the secret.
   *
   * @param message - any number of octets
   * @param secretKey - 57 octets
   * @param options - `context`: 0 to 255 octets
   * @returns 114 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `bad_option`, `context_too_long`; on `js` also `random_failed`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const message = new TextEncoder().encode('hello');
   * const signature = ed448.sign(message, secretKey);
   * console.log(ed448.verify(signature, message, publicKey)); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` the sequence of operations is fixed and blinded, but BigInt is not.
   */
  sign(message: Uint8Array, secretKey: Uint8Array, options?: Ed448Options): Uint8Array;
  /**
   * Whether a signature is valid under the one policy of the library: canonical A and R, S < L, A not of small order, and
   * the cofactored equation [4][S]B = [4]R + [4][k]A (RFC 8032 section 5.2.7). Malformed content of the right length is `false`.
   *
   * @param signature - 114 octets
   * @param message - any number of octets
   * @param publicKey - 57 octets
   * @param options - `context`: 0 to 255 octets
   * @returns the verdict
   * @throws MeshError `not_bytes`, `bad_signature_length`, `bad_public_length`, `bad_option`, `context_too_long`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * // An all-zero key and signature never verify.
   * console.log(ed448.verify(new Uint8Array(114), new Uint8Array(0), new Uint8Array(57))); // false
   * ```
   * Constant time: no, because all inputs are public.
   */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array, options?: Ed448Options): boolean;
  /**
   * Many verdicts in one call, each the same as {@link Ed448.verify} gives.
   *
   * @param items - signatures (114 octets) with their messages, public keys (57 octets) and contexts (0 to 255 octets)
   * @returns one verdict each, in order
   * @throws MeshError as `verify`; `bad_option` when `items` is no array of objects
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const message = Uint8Array.of(1);
   * const signature = ed448.sign(message, secretKey);
   * console.log(ed448.verifyBatch([{ signature, message, publicKey }])); // [ true ]
   * ```
   * Constant time: no, because all inputs are public.
   */
  verifyBatch(items: readonly Ed448Item[]): boolean[];
  /**
   * Decodes and checks a public key once.
   *
   * @param publicKey - 57 octets, copied
   * @returns a key whose `verify` gives the same verdicts
   * @throws MeshError `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * const { secretKey, publicKey } = ed448.keygen();
   * const key = ed448.prepare(publicKey);
   * const message = Uint8Array.of(1);
   * console.log(key.verify(ed448.sign(message, secretKey), message)); // true
   * ```
   * Constant time: no, because the key is public.
   */
  prepare(publicKey: Uint8Array): Ed448PreparedKey;
  /** Helpers of key generation. */
  readonly utils: {
    /**
     * A fresh secret key.
     *
     * @returns 57 octets
     * @throws MeshError `random_failed`
     * @example
     * ```ts
     * import { ed448 } from 'mathmesh';
     * console.log(ed448.utils.randomSecretKey().length); // 57
     * ```
     * Constant time: yes, it only reads the random source.
     */
    randomSecretKey(): Uint8Array;
  };
}

function contextOf(given: Ed448Options | undefined): Uint8Array {
  const { context = empty } = options(given);
  return checkedContext(context);
}

/** @throws MeshError `not_bytes`, `context_too_long` */
export function checkedContext(context: unknown): Uint8Array {
  const octets = bytes(context, 'context');
  if (octets.length > 255) fail('context_too_long', `${octets.length} octets`);
  return octets;
}

const signatureOf = (value: unknown) => sized(value, 'signature', 'bad_signature_length', 114);
const publicKeyOf = (value: unknown) => sized(value, 'publicKey', 'bad_public_length', 57);
const seedOf = (value: unknown) => sized(value, 'secretKey', 'bad_private_length', seedLength);

/** The message itself, or PH(M) of RFC 8032 section 5.2: SHAKE256(M, 64). */
function messageOf(backend: Backend, value: unknown, phflag: Phflag): Uint8Array {
  const message = bytes(value, 'message');
  return phflag === 0 ? message : backend.shake256(message, 64);
}

function makePrepared(p: Provider, key: PreparedKey, phflag: Phflag): Ed448PreparedKey {
  return {
    verify: (signature, message, given) =>
      key.verify(signatureOf(signature), messageOf(p(), message, phflag), contextOf(given), phflag),
  };
}

function makeVariant(p: Provider, phflag: Phflag): Ed448 {
  const randomSecretKey = () => randomBytes(seedLength);
  const getPublicKey = (secretKey: Uint8Array) => p().ed448PublicKey(seedOf(secretKey));
  return {
    keygen(seed) {
      const secretKey = seed === undefined ? randomSecretKey() : seedOf(seed).slice();
      return { secretKey, publicKey: getPublicKey(secretKey) };
    },
    getPublicKey,
    sign(message, secretKey, given) {
      const seed = seedOf(secretKey);
      const context = contextOf(given);
      return p().ed448Sign(messageOf(p(), message, phflag), seed, context, phflag);
    },
    verify(signature, message, publicKey, given) {
      const checked = signatureOf(signature);
      const key = publicKeyOf(publicKey);
      const context = contextOf(given);
      return p().ed448Verify(checked, messageOf(p(), message, phflag), key, context, phflag);
    },
    verifyBatch(items) {
      if (!Array.isArray(items)) fail('bad_option', 'items must be an array');
      const checked = items.map((item: Ed448Item) => ({
        signature: signatureOf(item?.signature),
        message: messageOf(p(), item.message, phflag),
        publicKey: publicKeyOf(item.publicKey),
        context: contextOf(item),
      }));
      return p().ed448VerifyBatch(checked, phflag);
    },
    prepare: (publicKey) => makePrepared(p, p().ed448Prepare(publicKeyOf(publicKey)), phflag),
    utils: { randomSecretKey },
  };
}

/** Ed448 over a backend. */
export function makeEd448(p: Provider): Ed448 {
  return makeVariant(p, 0);
}

/** Ed448ph over a backend: PH(M) = SHAKE256(M, 64) and F = 1. */
export function makeEd448ph(p: Provider): Ed448 {
  return makeVariant(p, 1);
}
