/**
 * `mathmesh/wasm`: the public API over the WASM backend alone, without the JavaScript fallback: smaller and quicker to load. Where WASM
 * cannot run, every operation throws `backend_unavailable`. Keys held by many (`threshold`, `recryption`, `frost`)
 * and envelopes (`dare`) are not in it; JSON-B, which needs no backend, is `mathmesh/jsonb`.
 */
import { assemble, type Mesh } from './assemble.ts';
import { wasmBackend } from './backend/wasm/index.ts';
import { MeshError } from './errors.ts';

/** Everything that `mathmesh` has, but for keys held by many and envelopes. */
export const {
  sha512,
  shake256,
  hmacSha512,
  hkdfSha512,
  hkdfSha256,
  ed448,
  ed448ph,
  x448,
  group448,
  overlay,
  shamir,
  udf,
  key,
}: Mesh = /* @__PURE__ */ assemble(wasmBackend);

/**
 * The backend in use.
 *
 * @returns always `wasm` here
 * @example
 * ```ts
 * import { backend } from 'mathmesh/wasm';
 * console.log(backend().name); // wasm
 * ```
 */
export function backend(): { name: 'wasm' } {
  return { name: 'wasm' };
}

export type * from './entry/ed448.ts';
export type * from './entry/group448.ts';
export type * from './entry/hash.ts';
export type * from './entry/key.ts';
export type * from './entry/overlay.ts';
export type * from './entry/shamir.ts';
export type * from './entry/udf.ts';
export type * from './entry/x448.ts';
export type { ErrorCode } from './errors.ts';
export { MeshError };
