/**
 * AES-256 of the platform through `node:crypto` (Node, Deno, Bun, Workers that have it). The module is asked for when it is there and never
 * imported, so that browsers and bundlers see nothing of it.
 */
import { concat, wipe } from '../bytes.ts';
import { type Chain, type Engine, tagLength } from './engine.ts';

type Crypto = typeof import('node:crypto');
/** What the two kinds of cipher objects have in common. */
type Stepper = { setAutoPadding(on: boolean): unknown; update(octets: Uint8Array): Uint8Array };

/** The plain array over the memory of a Buffer. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** Without automatic padding OpenSSL gives each block at once and judges none. */
function chain(stepper: Stepper): Chain {
  stepper.setAutoPadding(false);
  let live: Stepper | undefined = stepper;
  return {
    update: (blocks) => plain((live as Stepper).update(blocks)),
    // The key is in the memory of OpenSSL, which clears it when the object is collected.
    destroy() {
      live = undefined;
    },
  };
}

const wrapVector = /* @__PURE__ */ new Uint8Array(8).fill(0xa6);

/** The engine over the module, or `undefined` when it lacks one of the three ciphers. */
export function nodeEngine(crypto: Crypto): Engine | undefined {
  try {
    const key = new Uint8Array(32);
    crypto.createCipheriv('aes-256-cbc', key, new Uint8Array(16));
    crypto.createCipheriv('aes-256-gcm', key, new Uint8Array(12), { authTagLength: tagLength });
    crypto.createCipheriv('id-aes256-wrap', key, wrapVector);
  } catch {
    return undefined;
  }
  return {
    name: 'node',
    encryptChain: (key, iv) => chain(crypto.createCipheriv('aes-256-cbc', key, iv)),
    decryptChain: (key, iv) => chain(crypto.createDecipheriv('aes-256-cbc', key, iv)),

    gcmSeal(key, nonce, plaintext, aad) {
      const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      cipher.setAAD(aad);
      const body = cipher.update(plaintext);
      // GCM gives nothing at the end; the tag is there only then.
      cipher.final();
      return [plain(body), plain(cipher.getAuthTag())];
    },

    gcmOpen(key, nonce, sealed, aad) {
      const end = sealed.length - tagLength;
      const decipher = crypto.createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      decipher.setAAD(aad);
      decipher.setAuthTag(sealed.subarray(end));
      const plaintext = plain(decipher.update(sealed.subarray(0, end)));
      try {
        decipher.final();
        return plaintext;
      } catch {
        wipe(plaintext);
        return undefined;
      }
    },

    wrap(kek, key) {
      const cipher = crypto.createCipheriv('id-aes256-wrap', kek, wrapVector);
      return concat(cipher.update(key), cipher.final());
    },

    unwrap(kek, wrapped) {
      const decipher = crypto.createDecipheriv('id-aes256-wrap', kek, wrapVector);
      try {
        // Everything comes out of `update`, or it throws.
        return plain(decipher.update(wrapped));
      } catch {
        return undefined;
      }
    },
  };
}
