/**
 * Ed448 keys of which everything but the message is computed once: for many verifications, for many signatures.
 * Not for combined keys (overlay), whose nonces differ.
 */
import type { Phflag, PreparedKey, Provider, SigningKey } from '../backend/types.ts';
import { settle, sized, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { expandSeed } from '../scalar448.ts';
import { contextOf, type Ed448Options, messageOf, seedLength, signatureOf, signedMessageOf } from './arguments.ts';

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

/** A secret key expanded once, for many signatures. Its secrets are wiped by `destroy`. */
export interface Ed448Signer {
  /** The encoded point, 57 octets; a fresh copy each time. */
  readonly publicKey: Uint8Array;
  /**
   * As {@link Ed448.sign} with the prepared key: the same octets, in half the time.
   *
   * @param message - any number of octets
   * @param options - `context`: 0 to 255 octets
   * @returns 114 octets
   * @throws MeshError `destroyed`, `not_bytes`, `bad_option`, `context_too_long`
   * Constant time: as {@link Ed448.sign}.
   */
  sign(message: Uint8Array, options?: Ed448Options): Uint8Array;
  /** Wipes the secrets; every later `sign` throws `destroyed`. */
  destroy(): void;
}

/** A verification key of a backend as the public object. */
export function makePrepared(p: Provider, key: PreparedKey, phflag: Phflag): Ed448PreparedKey {
  return {
    verify(signature, message, given) {
      const context = contextOf(given);
      return key.verify(signatureOf(signature), messageOf(p(), message, phflag), context, phflag);
    },
  };
}

/** Takes over scalar and prefix, which are wiped, also when there is no public key. */
function signingKey(p: Provider, scalar: Uint8Array, prefix: Uint8Array): SigningKey {
  try {
    const publicKey = p().edwardsBaseMultiply(scalar);
    return { scalar: settle(scalar), prefix: settle(prefix), publicKey };
  } finally {
    wipe(scalar, prefix);
  }
}

/** The signer of a seed of 57 octets. */
export function makeSigner(p: Provider, secretKey: Uint8Array, phflag: Phflag): Ed448Signer {
  const seed = sized(secretKey, 'secretKey', 'bad_private_length', seedLength);
  const { scalar, prefix } = expandSeed(p, seed, 'secretKey');
  // The public key that is hashed stays in here: with a wrong one a signature would disclose the scalar.
  const key = signingKey(p, scalar, prefix);
  let destroyed = false;
  return {
    get publicKey() {
      return key.publicKey.slice();
    },
    sign(message, given) {
      const context = contextOf(given);
      // After the options, whose getters could have called destroy().
      if (destroyed) fail('destroyed');
      return p().ed448SignKey(signedMessageOf(p(), message, phflag), key, context, phflag);
    },
    destroy() {
      destroyed = true;
      wipe(key.scalar, key.prefix);
    },
  };
}
