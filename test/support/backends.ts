/**
 * The backends that every test runs on.
 */
import { assemble, type Mesh } from '../../src/assemble.ts';
import { jsBackend } from '../../src/backend/js/index.ts';
import type { Backend } from '../../src/backend/types.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';

/** A backend with the library over it. */
export interface Subject {
  name: Backend['name'];
  backend: Backend;
  mesh: Mesh;
}

/** No fallback here: where the compiled backend cannot run, the tests fail. */
export const backends: readonly Subject[] = [jsBackend, wasmBackend()].map((backend) => ({
  name: backend.name,
  backend,
  mesh: assemble(() => backend),
}));
