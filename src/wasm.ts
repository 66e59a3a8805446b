/**
 * `mathmesh/wasm`: the public API over the WASM backend alone, without the JavaScript fallback: smaller and quicker to load. Where WASM
 * cannot run, every operation throws `backend_unavailable`. Keys held by many (`threshold`, `recryption`, `frost`)
 * and envelopes (`dare`) are not in it; JSON-B, which needs no backend, is `mathmesh/jsonb`.
 */
import { assemble, type Mesh } from './assemble.ts';
import { wasmBackend } from './backend/wasm/index.ts';
import { MeshError } from './errors.ts';

/** Everything that `mathmesh` has, but for keys held by many and envelopes. One by one, because JSR reads no destructuring in a public API. */
const mesh: Mesh = /* @__PURE__ */ assemble(wasmBackend);
export const sha512: Mesh['sha512'] = mesh.sha512;
export const shake256: Mesh['shake256'] = mesh.shake256;
export const hmacSha512: Mesh['hmacSha512'] = mesh.hmacSha512;
export const hkdfSha512: Mesh['hkdfSha512'] = mesh.hkdfSha512;
export const hkdfSha256: Mesh['hkdfSha256'] = mesh.hkdfSha256;
export const ed448: Mesh['ed448'] = mesh.ed448;
export const ed448ph: Mesh['ed448ph'] = mesh.ed448ph;
export const x448: Mesh['x448'] = mesh.x448;
export const group448: Mesh['group448'] = mesh.group448;
export const overlay: Mesh['overlay'] = mesh.overlay;
export const shamir: Mesh['shamir'] = mesh.shamir;
export const udf: Mesh['udf'] = mesh.udf;
export const key: Mesh['key'] = mesh.key;

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
