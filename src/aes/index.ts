/**
 * AES-256 as envelopes use it: CBC with PKCS#7, GCM, key wrap (RFC 3394). Internal: lengths of keys, vectors and nonces are the caller's,
 * and a ciphertext that does not open is a `Refusal`, which never leaves the library.
 */
import { concat, copied, settle, wipe } from '../bytes.ts';
import { type Cbc, decryptor, encryptor } from './cbc.ts';
import { type Engine, tagLength } from './engine.ts';
import { platformEngine } from './platform.ts';
import { refuse } from './refusal.ts';

export { tagLength } from './engine.ts';
export { Refusal } from './refusal.ts';

/** A key of GCM for several messages, each with a nonce of its own. */
export interface Gcm {
  /** @param nonce - 12 octets @returns the ciphertext and the tag of 16 octets, in pieces */
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): readonly Uint8Array[];
  /** @throws Refusal `tag`, also for fewer than 16 octets */
  open(nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array;
  /** Wipes the key. */
  destroy(): void;
}

/** AES with keys of 32 octets. Arguments are neither kept nor changed; results are fresh. */
export interface Aes {
  readonly name: 'node' | 'noble';
  /** CBC with PKCS#7 in runs of blocks; `iv` has 16 octets. */
  cbcEncryptor(key: Uint8Array, iv: Uint8Array): Cbc;
  cbcDecryptor(key: Uint8Array, iv: Uint8Array): Cbc;
  cbcEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** @throws Refusal `ciphertext-length`, `padding` */
  cbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array;
  gcm(key: Uint8Array): Gcm;
  gcmSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array;
  /** @throws Refusal `tag` */
  gcmOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array;
  /** RFC 3394 without padding: `key` is a multiple of 8 octets, at least 16. @returns 8 octets more */
  wrapKey(kek: Uint8Array, key: Uint8Array): Uint8Array;
  /** @throws Refusal `unwrap`, also for a length that no wrapped key has */
  unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array;
}

/** {@link Aes} over an engine, which is asked for when it is needed. */
export function makeAes(engine: () => Engine): Aes {
  const gcmSeal: Aes['gcmSeal'] = (key, nonce, plaintext, aad) =>
    concat(...engine().gcmSeal(key, nonce, plaintext, aad));
  const gcmOpen: Aes['gcmOpen'] = (key, nonce, sealed, aad) =>
    (sealed.length < tagLength ? undefined : engine().gcmOpen(key, nonce, sealed, aad)) ?? refuse('tag');
  const cbcEncryptor: Aes['cbcEncryptor'] = (key, iv) => encryptor(engine().encryptChain(key, iv));
  const cbcDecryptor: Aes['cbcDecryptor'] = (key, iv) => decryptor(engine().decryptChain(key, iv));
  return {
    get name() {
      return engine().name;
    },
    cbcEncryptor,
    cbcDecryptor,
    cbcEncrypt: (key, iv, plaintext) => cbcEncryptor(key, iv).final(plaintext),
    cbcDecrypt: (key, iv, ciphertext) => cbcDecryptor(key, iv).final(ciphertext),
    gcm(key) {
      const held = settle(copied(key));
      return {
        seal: (nonce, plaintext, aad) => engine().gcmSeal(held, nonce, plaintext, aad),
        open: (nonce, sealed, aad) => gcmOpen(held, nonce, sealed, aad),
        destroy: () => wipe(held),
      };
    },
    gcmSeal,
    gcmOpen,
    wrapKey: (kek, key) => engine().wrap(kek, key),
    unwrapKey(kek, wrapped) {
      const possible = wrapped.length % 8 === 0 && wrapped.length >= 24;
      return (possible ? engine().unwrap(kek, wrapped) : undefined) ?? refuse('unwrap');
    },
  };
}

/** AES of the platform, or in JavaScript. */
export const aes: Aes = /* @__PURE__ */ makeAes(platformEngine);
