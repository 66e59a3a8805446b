/**
 * What AES-256 is asked of a platform: unpadded CBC chains, GCM and key wrap. Not the formats built on them, and no padding: that is one
 * piece of code for all engines (pkcs7.ts), so that all give the same verdict.
 *
 * Who checks what: the caller brings keys of 32 octets, a CBC vector of 16, a GCM nonce of 12. Arguments are neither kept beyond the
 * object made from them nor changed; results are fresh. An engine says `undefined` where a tag or an integrity check fails, and nothing
 * more.
 */

/** CBC under way, without padding: each call continues where the last one ended. */
export interface Chain {
  /** As many octets as go in: a multiple of 16. */
  update(blocks: Uint8Array): Uint8Array;
  /** Forgets the key. */
  destroy(): void;
}

/** An implementation of AES-256. */
export interface Engine {
  readonly name: 'node' | 'noble';
  encryptChain(key: Uint8Array, iv: Uint8Array): Chain;
  decryptChain(key: Uint8Array, iv: Uint8Array): Chain;
  /** Ciphertext followed by the tag of 16 octets, in pieces: whoever puts them somewhere copies them there. */
  gcmSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): readonly Uint8Array[];
  /** The plaintext of at least 16 octets, or `undefined` when the tag is wrong. */
  gcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array | undefined;
  /** RFC 3394 section 2.2.1 of a multiple of 8 octets, at least 16. */
  wrap(kek: Uint8Array, key: Uint8Array): Uint8Array;
  /** RFC 3394 section 2.2.2 of a multiple of 8 octets, at least 24, or `undefined` when the integrity check fails. */
  unwrap(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined;
}

/** Octets of a block. */
export const blockLength = 16;
/** Octets of a tag of GCM. */
export const tagLength = 16;
