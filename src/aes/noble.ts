/**
 * AES-256 in JavaScript (@noble/ciphers), for platforms without `node:crypto`. It looks octets up in tables: who shares the processor's
 * caches can learn about keys.
 */
import { aeskw, cbc, gcm } from '@noble/ciphers/aes.js';
import { copied, settle, wipe } from '../bytes.ts';
import { blockLength, type Chain, type Engine } from './engine.ts';

/** `turn` does a run of blocks; `next` gives the block of it that the following one continues from. */
function chain(
  key: Uint8Array,
  iv: Uint8Array,
  turn: (key: Uint8Array, iv: Uint8Array, blocks: Uint8Array) => Uint8Array,
  next: (input: Uint8Array, output: Uint8Array) => Uint8Array,
): Chain {
  const held = settle(copied(key));
  const vector = iv.slice();
  return {
    update(blocks) {
      if (blocks.length === 0) return new Uint8Array(0);
      const out = turn(held, vector, blocks);
      vector.set(next(blocks, out).subarray(-blockLength));
      return out;
    },
    destroy() {
      wipe(held, vector);
    },
  };
}

const unpadded = { disablePadding: true } as const;

/** Wrong tags and wrapped keys throw, all alike. */
function attempt(open: () => Uint8Array): Uint8Array | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

/** The engine of @noble/ciphers. */
export const nobleEngine: Engine = {
  name: 'noble',
  encryptChain: (key, iv) =>
    chain(
      key,
      iv,
      (k, v, blocks) => cbc(k, v, unpadded).encrypt(blocks),
      (_, output) => output,
    ),
  decryptChain: (key, iv) =>
    chain(
      key,
      iv,
      (k, v, blocks) => cbc(k, v, unpadded).decrypt(blocks),
      (input) => input,
    ),
  gcmSeal: (key, nonce, plaintext, aad) => [gcm(key, nonce, aad).encrypt(plaintext)],
  gcmOpen: (key, nonce, sealed, aad) => attempt(() => gcm(key, nonce, aad).decrypt(sealed)),
  wrap: (kek, key) => aeskw(kek).encrypt(key),
  unwrap: (kek, wrapped) => attempt(() => aeskw(kek).decrypt(wrapped)),
};
