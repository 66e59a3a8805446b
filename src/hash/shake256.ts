/**
 * SHAKE256 (FIPS 202 section 6.2) in one call, in pieces, and as a stream of output.
 */
import type { Provider, XofState } from '../backend/types.ts';
import { bytes, room } from '../bytes.ts';
import { octetCount, options } from '../options.ts';
import { digestTarget, Lifecycle } from './lifecycle.ts';

const blockLen = 136;

/** Most octets that one call gives: 64 MiB. A longer output comes from several calls of `xof`. */
const mostOutput = 2 ** 26;

/** Output length of SHAKE256. */
export interface Shake256Options {
  /** Octets of output, 0 to 2^26. */
  dkLen: number;
}

/** SHAKE256. */
export interface Shake256 {
  /**
   * Output of any length for a message.
   *
   * @param message - any number of octets
   * @param options - `dkLen`: octets wanted, 0 to 2^26 (64 MiB)
   * @returns `dkLen` octets
   * @throws MeshError `not_bytes`, `bad_option`, `bad_length`
   * @example
   * ```ts
   * import { shake256 } from 'mathmesh';
   * console.log(shake256(new Uint8Array(0), { dkLen: 32 })[0]); // 70
   * ```
   * Constant time: yes in the content, because Keccak has no branch or index on it; lengths show. FIPS 202 section 6.2.
   */
  (message: Uint8Array, options: Shake256Options): Uint8Array;
  /**
   * A hash object for a message that comes in pieces, or for output in pieces.
   *
   * @param options - `dkLen`: octets that `digest` gives, 0 to 2^26
   * @returns an object that knows no message yet
   * @throws MeshError `bad_option`, `bad_length`
   * @example
   * ```ts
   * import { shake256 } from 'mathmesh';
   * const hash = shake256.create({ dkLen: 32 }).update(Uint8Array.of(1, 2, 3));
   * console.log(hash.xof(10).length + hash.xof(5).length); // 15
   * ```
   * Constant time: yes, as the call in one piece. FIPS 202 section 6.2.
   */
  create(options: Shake256Options): Shake256Hash;
  /** Octets of a block (the rate). */
  readonly blockLen: 136;
}

/**
 * A SHAKE256 computation under way. Any chunking of input and output gives the same octets.
 *
 * @example
 * ```ts
 * import { shake256 } from 'mathmesh';
 * const hash = shake256.create({ dkLen: 32 }).update(Uint8Array.of(1));
 * const twin = hash.clone();
 * console.log(hash.digest()[0] === twin.xof(1)[0]); // true
 * ```
 * Constant time: all methods yes, in the content. FIPS 202 section 6.2.
 */
export class Shake256Hash {
  readonly outputLen: number;
  readonly blockLen: number = blockLen;
  readonly #hash: Lifecycle<XofState>;
  /** What counts; the caller could write to `outputLen`. */
  readonly #dkLen: number;

  /** @internal */
  constructor(hash: Lifecycle<XofState>, dkLen: number) {
    this.#hash = hash;
    this.outputLen = dkLen;
    this.#dkLen = dkLen;
  }

  /**
   * Appends to the message.
   *
   * @param chunk - any number of octets, also none
   * @returns this object
   * @throws MeshError `not_bytes`, `finished` once output was taken, `destroyed`
   */
  update(chunk: Uint8Array): this {
    this.#hash.absorb(chunk);
    return this;
  }

  /**
   * The first `dkLen` octets of output, once, and not after `xof`.
   *
   * @returns `dkLen` octets
   * @throws MeshError `finished`, `destroyed`
   */
  digest(): Uint8Array {
    return this.#hash.finish((state) => {
      const out = room(this.#dkLen);
      state.squeezeInto(out);
      return out;
    });
  }

  /**
   * As {@link Shake256Hash.digest}, into the caller's memory.
   *
   * @param out - at least `dkLen` octets, of which the first `dkLen` are written
   * @throws MeshError `not_bytes`, `bad_length`, `finished`, `destroyed`
   */
  digestInto(out: Uint8Array): void {
    const target = digestTarget(out, this.#dkLen);
    target.set(this.digest());
  }

  /**
   * The next octets of output; call it again to go on where it stopped.
   *
   * @param length - octets wanted, 0 to 2^26
   * @returns `length` octets
   * @throws MeshError `bad_length`, `finished` after `digest`, `destroyed`
   */
  xof(length: number): Uint8Array {
    const size = octetCount(length, 'length', 0, mostOutput);
    return this.#hash.squeeze((state) => {
      const out = room(size);
      state.squeezeInto(out);
      return out;
    });
  }

  /**
   * A second object in the same state, independent of this one.
   *
   * @returns a new object
   * @throws MeshError `finished`, `destroyed`
   */
  clone(): Shake256Hash {
    return new Shake256Hash(this.#hash.clone(), this.#dkLen);
  }

  /** Wipes the state; every later call but this one throws `destroyed`. */
  destroy(): void {
    this.#hash.destroy();
  }
}

function outputLength(given: Shake256Options): number {
  return octetCount(options(given).dkLen, 'dkLen', 0, mostOutput);
}

/** {@link Shake256} over a backend. */
export function makeShake256(p: Provider): Shake256 {
  const shake256 = (message: Uint8Array, given: Shake256Options): Uint8Array => {
    const dkLen = outputLength(given);
    return p().shake256(bytes(message, 'message'), dkLen);
  };
  const create = (given: Shake256Options) => {
    const dkLen = outputLength(given);
    return new Shake256Hash(new Lifecycle(p().shake256Create()), dkLen);
  };
  return Object.assign(shake256, { create, blockLen } as const);
}
