/**
 * AES-256 of the platform through WebCrypto, for streams in browsers: it is fast and keeps no tables, and it answers later. WebCrypto has no
 * CBC in pieces and none without padding, so a run of blocks is one call that continues from the last block before it.
 */
import { concat, empty, wipe } from '../bytes.ts';
import { blockLength, tagLength } from './engine.ts';
import { unpadded } from './pkcs7.ts';
import { refuse } from './refusal.ts';
import type { StreamAes, StreamCbc } from './stream.ts';

type Octets = Uint8Array<ArrayBuffer>;
type Use = 'encrypt' | 'decrypt';

/** Memory that the platform may read; shared memory never gets here. */
const own = (octets: Uint8Array) => octets as Octets;

/** Over an implementation of the platform. Calls on one object wait for each other if the caller does not. */
export function makeWebAes(subtle: SubtleCrypto): StreamAes {
  const imported = (name: 'AES-CBC' | 'AES-GCM', key: Uint8Array, ...uses: Use[]): Promise<CryptoKey> => {
    const promise = subtle.importKey('raw', own(key), name, false, uses);
    // A failure shows where the key is used.
    promise.catch(() => {});
    return promise;
  };

  /** Runs of one computation; each continues from where the last one ended. */
  function cbc(key: Uint8Array, iv: Uint8Array, ...uses: Use[]) {
    const ready = imported('AES-CBC', key, ...uses);
    const vector = own(iv.slice());
    return {
      vector,
      run: async (use: Use, from: Uint8Array, octets: Uint8Array) =>
        new Uint8Array(await subtle[use]({ name: 'AES-CBC', iv: own(from) }, await ready, own(octets))),
      destroy: () => wipe(vector),
    };
  }

  return {
    name: 'web',

    cbcEncryptor(key, iv): StreamCbc {
      const { vector, run, destroy } = cbc(key, iv, 'encrypt');
      return {
        async update(blocks) {
          const whole = await run('encrypt', vector, blocks);
          // Behind the run stands a block of padding.
          const out = whole.subarray(0, blocks.length);
          if (out.length > 0) vector.set(out.subarray(-blockLength));
          return out;
        },
        final: (rest) => run('encrypt', vector, rest).finally(destroy),
        destroy,
      };
    },

    cbcDecryptor(key, iv): StreamCbc {
      const { vector, run, destroy } = cbc(key, iv, 'encrypt', 'decrypt');
      /** One more block, whose plaintext after this run is right padding, lets the run through whatever it holds. */
      const turn = async (blocks: Uint8Array): Promise<Uint8Array> => {
        const last = blocks.length === 0 ? vector.slice() : blocks.slice(-blockLength);
        const more = await run('encrypt', last, empty);
        const out = await run('decrypt', vector, concat(blocks, more));
        vector.set(last);
        return out;
      };
      return {
        update: turn,
        async final(rest) {
          try {
            if (rest.length === 0 || rest.length % blockLength !== 0) refuse('ciphertext-length');
            return unpadded(await turn(rest));
          } finally {
            destroy();
          }
        },
        destroy,
      };
    },

    gcm(key) {
      const ready = imported('AES-GCM', key, 'encrypt', 'decrypt');
      const parameters = (nonce: Uint8Array, aad: Uint8Array) => ({
        name: 'AES-GCM',
        iv: own(nonce),
        additionalData: own(aad),
        tagLength: 8 * tagLength,
      });
      return {
        seal: async (nonce, plaintext, aad) => [
          new Uint8Array(await subtle.encrypt(parameters(nonce, aad), await ready, own(plaintext))),
        ],
        async open(nonce, sealed, aad) {
          if (sealed.length < tagLength) refuse('tag');
          const key = await ready;
          try {
            return new Uint8Array(await subtle.decrypt(parameters(nonce, aad), key, own(sealed)));
          } catch {
            return refuse('tag');
          }
        },
        destroy() {},
      };
    },
  };
}
