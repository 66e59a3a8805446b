/// <reference lib="esnext.disposable" preserve="true" />
/**
 * What users see of a pool.
 */
import type { Ed448Item } from '../ed448/index.ts';

/** How a pool is made. */
export interface PoolOptions {
  /**
   * Most workers at a time, 1 to 64. Default: one less than the processors, at least one, so that the calling thread keeps a processor for
   * itself. It only waits meanwhile: for the highest throughput take as many as there are processors.
   */
  size?: number;
  /** Default: the backend that is live at the first call. */
  backend?: 'wasm' | 'js';
}

/** What {@link Pool.verifyBatch} verifies. */
export interface VerifyOptions {
  /** The signatures are Ed448ph. Default `false`. */
  prehash?: boolean;
}

/** Workers that verify large lists of signatures. */
export interface Pool {
  /** Most workers at a time. */
  readonly size: number;
  /** Workers that live now: none before the first large list, none where the platform has none. */
  readonly workers: number;
  /**
   * Many verdicts, each the same as `ed448.verify` gives, or `ed448ph.verify`. Short lists are verified at once in the calling thread. Longer
   * ones are copied, so that later changes of the arrays do not matter, and handed out in chunks; what a worker does not finish because it
   * died, the calling thread does, and also everything where no worker can be had.
   *
   * @param items - as for `ed448.verifyBatch`: signatures (114 octets) with their messages, public keys (57 octets), contexts (0 to 255 octets)
   * @param options - `prehash`: the signatures are Ed448ph
   * @returns one verdict each, in order
   * @throws MeshError (as a rejection) `not_bytes`, `bad_signature_length`, `bad_public_length`, `bad_option`, `context_too_long`, all
   *   before anything is verified; `destroyed` after {@link Pool.close}
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * import { createPool } from 'mathmesh/pool';
   * const { secretKey, publicKey } = ed448.keygen();
   * const message = Uint8Array.of(1);
   * const signature = ed448.sign(message, secretKey);
   * const pool = createPool();
   * console.log(await pool.verifyBatch([{ signature, message, publicKey }])); // [ true ]
   * await pool.close();
   * ```
   * Constant time: no, because all inputs are public. RFC 8032 section 5.2.7.
   */
  verifyBatch(items: readonly Ed448Item[], options?: VerifyOptions): Promise<boolean[]>;
  /**
   * Ends the workers. Calls that are pending or come later reject with `destroyed`. Not needed for a process to end: idle workers do not
   * keep it alive.
   *
   * @returns a promise that resolves when all workers have ended
   * @example
   * ```ts
   * import { createPool } from 'mathmesh/pool';
   * const pool = createPool();
   * await pool.close();
   * console.log(pool.workers); // 0
   * ```
   * Constant time: yes, it touches no data.
   */
  close(): Promise<void>;
  /** {@link Pool.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
