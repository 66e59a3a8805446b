/**
 * SHA-512 (FIPS 180-4), SHAKE256 and SHA3-512 (FIPS 202) by @noble/hashes, as the streaming states of the contract.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { sha3_512, shake256 } from '@noble/hashes/sha3.js';
import type { HashState, XofState } from '../types.ts';

const DIGEST_LENGTH = 64;

type Sha512 = ReturnType<typeof sha512.create>;
type Shake256 = ReturnType<typeof shake256.create>;

class Sha512State implements HashState {
  readonly #hash: Sha512;
  constructor(hash: Sha512) {
    this.#hash = hash;
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }
  digestInto(out: Uint8Array): void {
    this.#hash.digestInto(out);
  }
  clone(): this {
    return new Sha512State(this.#hash.clone()) as this;
  }
  destroy(): void {
    this.#hash.destroy();
  }
}

class Shake256State implements XofState {
  readonly #hash: Shake256;
  constructor(hash: Shake256) {
    this.#hash = hash;
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }
  squeezeInto(out: Uint8Array): void {
    this.#hash.xofInto(out);
  }
  clone(): this {
    return new Shake256State(this.#hash.clone()) as this;
  }
  destroy(): void {
    this.#hash.destroy();
  }
}

function typedDigests(prefix: Uint8Array, items: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(DIGEST_LENGTH * items.length);
  const prefixed = sha512.create().update(prefix);
  items.forEach((item, i) => {
    prefixed
      .clone()
      .update(sha512(item))
      .digestInto(out.subarray(DIGEST_LENGTH * i));
  });
  return out;
}

export const hashes = {
  sha512: (message: Uint8Array): Uint8Array => sha512(message),
  sha512Create: (): HashState => new Sha512State(sha512.create()),
  hmacSha512: (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(sha512, key, message),
  typedDigests,
  shake256: (message: Uint8Array, length: number): Uint8Array => shake256(message, { dkLen: length }),
  shake256Create: (): XofState => new Shake256State(shake256.create({})),
  sha3_512: (message: Uint8Array): Uint8Array => sha3_512(message),
};
