/**
 * AES-256 for streams: the same operations whether the platform answers at once or later, and the choice of who answers.
 */
import { aes } from './index.ts';
import { makeWebAes } from './web.ts';

/** An answer now or later. */
export type Eventually<T> = T | Promise<T>;

/** As `Cbc`; each call waits for the one before it. */
export interface StreamCbc {
  update(blocks: Uint8Array): Eventually<Uint8Array>;
  /** @throws Refusal when decrypting: `ciphertext-length`, `padding` */
  final(rest: Uint8Array): Eventually<Uint8Array>;
  destroy(): void;
}

/** As `Gcm`. */
export interface StreamGcm {
  seal(nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Eventually<readonly Uint8Array[]>;
  /** @throws Refusal `tag` */
  open(nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Eventually<Uint8Array>;
  destroy(): void;
}

/** Who answers. */
export interface StreamAes {
  readonly name: 'node' | 'noble' | 'web';
  cbcEncryptor(key: Uint8Array, iv: Uint8Array): StreamCbc;
  cbcDecryptor(key: Uint8Array, iv: Uint8Array): StreamCbc;
  gcm(key: Uint8Array): StreamGcm;
}

/** `node:crypto` where it is, since it answers at once; else WebCrypto, which pages without a secure context lack; else JavaScript. */
export function streamAes(): StreamAes {
  const subtle = globalThis.crypto?.subtle;
  return aes.name === 'node' || subtle === undefined ? aes : makeWebAes(subtle);
}
