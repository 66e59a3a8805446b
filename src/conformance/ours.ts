/**
 * A backend of this package as an implementation for the suite.
 */
import { assemble } from '../assemble.ts';
import { jsBackend } from '../backend/js/index.ts';
import { wasmBackend } from '../backend/wasm/index.ts';
import { fail } from '../errors.ts';
import type { Implementation } from './implementation.ts';
import { fromMesh } from './mesh.ts';

/** @throws MeshError `bad_option`, `backend_unavailable` */
export function ofBackend(name: unknown): Implementation {
  if (name !== 'wasm' && name !== 'js') fail('bad_option', 'a backend is wasm or js');
  const backend = name === 'wasm' ? wasmBackend() : jsBackend;
  return fromMesh(
    assemble(() => backend),
    backend,
  );
}
