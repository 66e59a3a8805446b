/**
 * Ed448 and Ed448ph (RFC 8032 section 5.2) with 57-octet seeds. Not for keys without a seed: those are composite keys, see the
 * overlay.
 */
import type { Phflag, Provider, SignedItem } from '../backend/types.ts';
import { bytes, copied, empty } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { randomBytes } from '../random.ts';
import {
  checkedContext,
  contextOf,
  type Ed448Options,
  messageOf,
  publicKeyOf,
  seedLength,
  seedOf,
  signatureOf,
  signedMessageOf,
} from './arguments.ts';
import { type Ed448PreparedKey, type Ed448Signer, makePrepared, makeSigner } from './prepared.ts';

export type { Ed448Options } from './arguments.ts';
export type { Ed448PreparedKey, Ed448Signer } from './prepared.ts';

/** A key pair. */
export interface Ed448KeyPair {
  /** The seed, 57 octets. */
  secretKey: Uint8Array;
  /** The encoded point, 57 octets. */
  publicKey: Uint8Array;
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
   * @throws MeshError as `verify`; `bad_option` when `items` is no array of plain objects
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
  /**
   * Expands a secret key once.
   *
   * @param secretKey - 57 octets, not kept
   * @returns a key whose `sign` gives the same signatures; call its `destroy` after use
   * @throws MeshError `not_bytes`, `bad_private_length`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * const signer = ed448.prepareSigner(ed448.utils.randomSecretKey());
   * const message = Uint8Array.of(1);
   * console.log(ed448.verify(signer.sign(message), message, signer.publicKey)); // true
   * signer.destroy();
   * ```
   * Constant time: as {@link Ed448.getPublicKey}. RFC 8032 section 5.2.5.
   */
  prepareSigner(secretKey: Uint8Array): Ed448Signer;
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

/** The members of an item of a batch, each read once. @throws MeshError `bad_option` when it is not a plain object */
function membersOf(item: unknown): Partial<Ed448Item> {
  if (item === undefined) fail('bad_option', 'an item of the batch is missing');
  return options(item as Ed448Item);
}

/** What `verifyBatch` is given, checked and not copied. @throws MeshError as {@link Ed448.verifyBatch} */
export function checkedItems(items: unknown): SignedItem[] {
  if (!Array.isArray(items)) fail('bad_option', 'items must be an array');
  // All members of all items are read before the first is checked: a getter could change an item that has been.
  const read = Array.from(items, membersOf);
  return read.map(({ signature, message, publicKey, context = empty }) => ({
    signature: signatureOf(signature),
    message: bytes(message, 'message'),
    publicKey: publicKeyOf(publicKey),
    context: checkedContext(context),
  }));
}

function makeVariant(p: Provider, phflag: Phflag): Ed448 {
  const randomSecretKey = () => randomBytes(seedLength);
  const getPublicKey = (secretKey: Uint8Array) => p().ed448PublicKey(seedOf(secretKey));
  return {
    keygen(seed) {
      const secretKey = seed === undefined ? randomSecretKey() : copied(seedOf(seed));
      return { secretKey, publicKey: getPublicKey(secretKey) };
    },
    getPublicKey,
    sign(message, secretKey, given) {
      const context = contextOf(given);
      const seed = seedOf(secretKey);
      return p().ed448Sign(signedMessageOf(p(), message, phflag), seed, context, phflag);
    },
    verify(signature, message, publicKey, given) {
      const context = contextOf(given);
      const checked = signatureOf(signature);
      const key = publicKeyOf(publicKey);
      return p().ed448Verify(checked, messageOf(p(), message, phflag), key, context, phflag);
    },
    verifyBatch(items) {
      const checked = checkedItems(items);
      for (const item of checked) item.message = messageOf(p(), item.message, phflag);
      return p().ed448VerifyBatch(checked, phflag);
    },
    prepare: (publicKey) => makePrepared(p, p().ed448Prepare(publicKeyOf(publicKey)), phflag),
    prepareSigner: (secretKey) => makeSigner(p, secretKey, phflag),
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
