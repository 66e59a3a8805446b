/**
 * Which backend serves the package: what `use` or `initFrom` chose, else WASM compiled on first use, else JavaScript. Decided
 * once, on first use; importing does nothing. Objects made earlier (hashes, prepared and composite keys) keep the backend they began with.
 */
import { fail, type MeshError } from '../errors.ts';
import { jsBackend } from './js/index.ts';
import type { Backend } from './types.ts';
import { compileAhead, wasmBackend, wasmBackendFrom } from './wasm/index.ts';

let chosen: Backend | undefined;
let reason: string | undefined;

/** The backend of the package, as a {@link Provider}. */
export function current(): Backend {
  return (chosen ??= choose());
}

function choose(): Backend {
  try {
    return wasmBackend();
  } catch (error) {
    reason = (error as MeshError).message;
    return jsBackend;
  }
}

/**
 * The live backend, and why it is not WASM when it is not: the platform's refusal, or `use('js')`.
 *
 * @returns `name`, and `reason` when `name` is `'js'`
 *
 * @example
 * ```ts
 * import { backend } from 'mathmesh';
 * console.log(backend().name); // wasm
 * ```
 */
export function backend(): { name: 'wasm' | 'js'; reason?: string } {
  const { name } = current();
  return name === 'js' && reason !== undefined ? { name, reason } : { name };
}

/**
 * Chooses the backend for every call from now on.
 *
 * @param name - `'wasm'` or `'js'`
 * @throws MeshError `backend_unavailable` when WASM cannot run here (nothing changes), `bad_option` for another name
 *
 * @example
 * ```ts
 * import { use } from 'mathmesh/backend';
 * use('js');
 * use('wasm');
 * ```
 */
export function use(name: 'wasm' | 'js'): void {
  if (name === 'wasm') {
    chosen = wasmBackend();
    reason = undefined;
  } else if (name === 'js') {
    chosen = jsBackend;
    reason = "chosen by use('js')";
  } else fail('bad_option', 'backend name');
}

/**
 * Compiles the WASM module asynchronously, for pages that must not block at the first operation. Without it everything works.
 * Never rejects: `backend()` tells the outcome. Does nothing after a choice.
 *
 * @example
 * ```ts
 * import { init } from 'mathmesh/backend';
 * await init();
 * ```
 */
export async function init(): Promise<void> {
  if (chosen !== undefined) return;
  await compileAhead();
  current();
}

/** Decides now instead of at the first operation. Never throws: `backend()` tells the outcome. */
export function initSync(): void {
  current();
}

/**
 * Runs on a module that the host compiled, or on its octets (the file `mathmesh/mesh.wasm`): for platforms that refuse to compile
 * embedded code.
 *
 * @param module - a `WebAssembly.Module` or the octets of one
 * @throws MeshError `backend_unavailable` when it is not the module of this package; nothing changes then
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { createRequire } from 'node:module';
 * import { initFrom } from 'mathmesh/backend';
 * initFrom(readFileSync(createRequire(import.meta.url).resolve('mathmesh/mesh.wasm')));
 * ```
 */
export function initFrom(module: object): void {
  chosen = wasmBackendFrom(module);
  reason = undefined;
}
