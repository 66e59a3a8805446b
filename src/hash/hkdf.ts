/**
 * HKDF with SHA-512 and SHA-256 (RFC 5869): extract and expand in one call. Not a password hash.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Provider } from '../backend/types.ts';
import { bytes, concat, empty, room, wipe } from '../bytes.ts';
import { octetCount } from '../options.ts';
import { makeHmacSha512 } from './hmac.ts';

/** Key derivation by extract-and-expand. */
export interface Hkdf {
  /**
   * Derives key material.
   *
   * @param ikm - input key material of any length
   * @param salt - any length; `undefined` stands for as many zero octets as the hash gives (RFC 5869 section 2.2)
   * @param info - any length; `undefined` is the empty string
   * @param length - octets wanted: 1 to 16,320 for SHA-512, 1 to 8,160 for SHA-256
   * @returns `length` octets
   * @throws MeshError `not_bytes`, `bad_length`
   * @example
   * ```ts
   * import { hkdfSha512 } from 'mathmesh';
   * const seed = hkdfSha512(new Uint8Array(32).fill(1), undefined, new TextEncoder().encode('label'), 56);
   * console.log(seed.length); // 56
   * ```
   * Constant time: yes in the content of all inputs, because HMAC is; lengths show. RFC 5869 section 2.
   */
  // biome-ignore lint/style/useShorthandFunctionType: the documentation of a call belongs to its signature
  (ikm: Uint8Array, salt: Uint8Array | undefined, info: Uint8Array | undefined, length: number): Uint8Array;
}

/** A MAC whose key may have any length. */
type Mac = (key: Uint8Array, message: Uint8Array) => Uint8Array;

function makeHkdf(mac: Mac, hashLength: number): Hkdf {
  return (ikm, salt, info, length) => {
    const material = bytes(ikm, 'ikm');
    // An HMAC key is padded with zeros, so that no salt and a salt of zeros are the same.
    const key = salt === undefined ? empty : bytes(salt, 'salt');
    const label = info === undefined ? empty : bytes(info, 'info');
    const size = octetCount(length, 'length', 1, 255 * hashLength);

    const pseudorandomKey = mac(key, material);
    const out = room(size);
    let block = empty;
    for (let at = 0, i = 1; at < size; at += hashLength, i++) {
      const input = concat(block, label, Uint8Array.of(i));
      wipe(block);
      block = mac(pseudorandomKey, input);
      wipe(input);
      out.set(block.subarray(0, size - at), at);
    }
    wipe(pseudorandomKey, block);
    return out;
  };
}

/** HKDF-SHA-512 over a backend. */
export function makeHkdfSha512(p: Provider): Hkdf {
  return makeHkdf(makeHmacSha512(p), 64);
}

/** HKDF-SHA-256, for formats that prescribe it; the same on every backend. See {@link Hkdf}. */
export const hkdfSha256: Hkdf = /* @__PURE__ */ makeHkdf((key, message) => hmac(sha256, key, message), 32);
