/**
 * The two backends, which must agree on everything.
 */
import { assemble, type Mesh } from '../src/assemble.ts';
import { assembleData, type Dare } from '../src/assemble-data.ts';
import { assembleShared, type SharedKeys } from '../src/assemble-shared.ts';
import { jsBackend } from '../src/backend/js/index.ts';
import type { Backend } from '../src/backend/types.ts';
import { wasmBackend } from '../src/backend/wasm/index.ts';

/** The library over one backend. */
export interface Library extends Mesh, SharedKeys {
  backend: Backend;
  dare: Dare;
}

function over(backend: Backend): Library {
  const p = () => backend;
  return { backend, ...assemble(p), ...assembleShared(p), dare: assembleData(p) };
}

export const wasm: Library = over(wasmBackend());
export const js: Library = over(jsBackend);
export const libraries: readonly Library[] = [wasm, js];
