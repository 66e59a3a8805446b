/**
 * SHA-512 (FIPS 180-4) in one call and in pieces.
 */
import type { HashState, Provider } from '../backend/types.ts';
import { bytes, room } from '../bytes.ts';
import { digestTarget, Lifecycle } from './lifecycle.ts';

const outputLen = 64;
const blockLen = 128;

/** SHA-512. */
export interface Sha512 {
  /**
   * The digest of a message.
   *
   * @param message - any number of octets
   * @returns 64 octets
   * @throws MeshError `not_bytes`
   * @example
   * ```ts
   * import { sha512 } from 'mathmesh';
   * console.log(sha512(new TextEncoder().encode('abc'))[0]); // 221
   * ```
   * Constant time: yes in the content, because there is no branch or index on it; the length shows. FIPS 180-4 section 6.4.
   */
  (message: Uint8Array): Uint8Array;
  /**
   * A hash object for a message that comes in pieces.
   *
   * @returns an object that knows no message yet
   * @example
   * ```ts
   * import { sha512 } from 'mathmesh';
   * const hash = sha512.create();
   * hash.update(Uint8Array.of(0x61)).update(Uint8Array.of(0x62, 0x63));
   * console.log(hash.digest()[0]); // 221
   * ```
   * Constant time: yes, as the call in one piece. FIPS 180-4 section 6.4.
   */
  create(): Sha512Hash;
  /** Octets of a digest. */
  readonly outputLen: 64;
  /** Octets of a block; HMAC needs it. */
  readonly blockLen: 128;
}

/**
 * A SHA-512 computation under way. Any chunking gives the digest of the whole; an object left unfinished affects nothing.
 *
 * @example
 * ```ts
 * import { sha512 } from 'mathmesh';
 * const hash = sha512.create().update(Uint8Array.of(1));
 * const longer = hash.clone().update(Uint8Array.of(2));
 * const out = new Uint8Array(64);
 * longer.digestInto(out);
 * console.log(out.length, hash.digest().length); // 64 64
 * ```
 * Constant time: all methods yes, in the content. FIPS 180-4 section 6.4.
 */
export class Sha512Hash {
  readonly outputLen: number = outputLen;
  readonly blockLen: number = blockLen;
  readonly #hash: Lifecycle<HashState>;

  /** @internal */
  constructor(hash: Lifecycle<HashState>) {
    this.#hash = hash;
  }

  /**
   * Appends to the message.
   *
   * @param chunk - any number of octets, also none
   * @returns this object
   * @throws MeshError `not_bytes`, `finished`, `destroyed`
   */
  update(chunk: Uint8Array): this {
    this.#hash.absorb(chunk);
    return this;
  }

  /**
   * The digest, once.
   *
   * @returns 64 octets
   * @throws MeshError `finished`, `destroyed`
   */
  digest(): Uint8Array {
    return this.#hash.finish((state) => {
      const out = room(outputLen);
      state.digestInto(out);
      return out;
    });
  }

  /**
   * As {@link Sha512Hash.digest}, into the caller's memory.
   *
   * @param out - at least 64 octets, of which the first 64 are written
   * @throws MeshError `not_bytes`, `bad_length`, `finished`, `destroyed`
   */
  digestInto(out: Uint8Array): void {
    const target = digestTarget(out, outputLen);
    target.set(this.digest());
  }

  /**
   * A second object with the same message so far, independent of this one.
   *
   * @returns a new object
   * @throws MeshError `finished`, `destroyed`
   */
  clone(): Sha512Hash {
    return new Sha512Hash(this.#hash.clone());
  }

  /** Wipes the state; every later call but this one throws `destroyed`. */
  destroy(): void {
    this.#hash.destroy();
  }
}

/** {@link Sha512} over a backend. */
export function makeSha512(p: Provider): Sha512 {
  const sha512 = (message: Uint8Array): Uint8Array => p().sha512(bytes(message, 'message'));
  const create = () => new Sha512Hash(new Lifecycle(p().sha512Create()));
  return Object.assign(sha512, { create, outputLen, blockLen } as const);
}
