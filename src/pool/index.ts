/**
 * `mathmesh/pool`: large lists of signatures verified by workers. Nothing else of the library starts a thread.
 */
import { jsBackend } from '../backend/js/index.ts';
import { current } from '../backend/select.ts';
import { compiledModule, wasmBackend } from '../backend/wasm/index.ts';
import { builtin } from '../builtin.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { type Engine, VerificationPool } from './pool.ts';
import { startThread } from './thread.ts';
import type { Pool, PoolOptions } from './types.ts';

export type { Ed448Item } from '../ed448/index.ts';
export type { Pool, PoolOptions, VerifyOptions } from './types.ts';

const mostWorkers = 64;

/**
 * A pool, without workers yet: they start with the first large list. Node worker threads, or Web Workers.
 *
 * @param given - see {@link PoolOptions}
 * @throws MeshError `bad_option` when `size` is not an integer from 1 to 64 or `backend` is unknown; `backend_unavailable` when WASM is
 *   asked for and cannot run here
 * @example
 * ```ts
 * import { createPool } from 'mathmesh/pool';
 * const pool = createPool({ size: 2 });
 * console.log(pool.size, pool.workers); // 2 0
 * ```
 * Constant time: yes, it touches no data.
 */
export function createPool(given?: PoolOptions): Pool {
  const { size = defaultSize(), backend } = options(given);
  if (!Number.isInteger(size) || size < 1 || size > mostWorkers) {
    fail('bad_option', `size must be an integer from 1 to ${mostWorkers}`);
  }
  return new VerificationPool(size, chooser(backend), startThread);
}

function defaultSize(): number {
  const processors = builtin('node:os')?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  return Math.min(Math.max(processors - 1, 1), mostWorkers);
}

function chooser(name: PoolOptions['backend']): () => Engine {
  if (name === undefined) return () => (current().name === 'wasm' ? wasmEngine() : jsEngine());
  if (name !== 'wasm' && name !== 'js') fail('bad_option', 'backend name');
  const engine = name === 'wasm' ? wasmEngine() : jsEngine();
  return () => engine;
}

function wasmEngine(): Engine {
  return { backend: wasmBackend(), module: compiledModule() };
}

function jsEngine(): Engine {
  return { backend: jsBackend, module: undefined };
}
