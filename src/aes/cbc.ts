/**
 * CBC with PKCS#7 padding, in runs of whole blocks and an end. Not authenticated: a flipped bit of the ciphertext flips one of the plaintext.
 */
import { concat, wipe } from '../bytes.ts';
import { blockLength, type Chain } from './engine.ts';
import { padded, unpadded } from './pkcs7.ts';
import { refuse } from './refusal.ts';

/** A computation under way: what comes out of all calls together is the result. After `final` or `destroy` it is spent. */
export interface Cbc {
  /** @param blocks - a multiple of 16 octets, behind which there is more */
  update(blocks: Uint8Array): Uint8Array;
  /**
   * @param rest - all that is left, of any length
   * @throws Refusal when decrypting: `ciphertext-length`, also for no octets; `padding`
   */
  final(rest: Uint8Array): Uint8Array;
  /** Wipes what is held. */
  destroy(): void;
}

/** Encryption. */
export function encryptor(chain: Chain): Cbc {
  return {
    update: (blocks) => chain.update(blocks),
    final(rest) {
      const end = rest.length - (rest.length % blockLength);
      const block = padded(rest.subarray(end));
      try {
        return concat(chain.update(rest.subarray(0, end)), chain.update(block));
      } finally {
        wipe(block);
        chain.destroy();
      }
    },
    destroy: () => chain.destroy(),
  };
}

/** Decryption. */
export function decryptor(chain: Chain): Cbc {
  return {
    update: (blocks) => chain.update(blocks),
    final(rest) {
      try {
        if (rest.length === 0 || rest.length % blockLength !== 0) refuse('ciphertext-length');
        return unpadded(chain.update(rest));
      } finally {
        chain.destroy();
      }
    },
    destroy: () => chain.destroy(),
  };
}
