/**
 * `mathmesh/js`: the public API over the JavaScript backend alone. The same names and results as `mathmesh`, for places that
 * accept nothing but JavaScript.
 */
import { assemble, type Mesh } from './assemble.ts';
import { assembleData, type Dare } from './assemble-data.ts';
import { assembleShared, type SharedKeys } from './assemble-shared.ts';
import { jsProvider } from './backend/js/index.ts';
import { MeshError } from './errors.ts';

/** Everything that `mathmesh` has. One by one, because JSR reads no destructuring in a public API. */
const mesh: Mesh = /* @__PURE__ */ assemble(jsProvider);
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

/** Keys held by many. */
const shared: SharedKeys = /* @__PURE__ */ assembleShared(jsProvider);
export const threshold: SharedKeys['threshold'] = shared.threshold;
export const recryption: SharedKeys['recryption'] = shared.recryption;
export const frost: SharedKeys['frost'] = shared.frost;
export const unsafeThresholdSignatures: SharedKeys['unsafeThresholdSignatures'] = shared.unsafeThresholdSignatures;

/** DARE: data at rest encryption. */
export const dare: Dare = /* @__PURE__ */ assembleData(jsProvider);

/**
 * The backend in use.
 *
 * @returns always `js` here
 * @example
 * ```ts
 * import { backend } from 'mathmesh/js';
 * console.log(backend().name); // js
 * ```
 */
export function backend(): { name: 'js' } {
  return { name: 'js' };
}

export type * from './entry/dare.ts';
export type * from './entry/ed448.ts';
export type * from './entry/frost.ts';
export type * from './entry/group448.ts';
export type * from './entry/hash.ts';
export * from './entry/jsonb.ts';
export type * from './entry/key.ts';
export type * from './entry/overlay.ts';
export type * from './entry/shamir.ts';
export type * from './entry/threshold.ts';
export type * from './entry/udf.ts';
export type * from './entry/x448.ts';
export type { ErrorCode } from './errors.ts';
export { FrostResponseError } from './frost/index.ts';
export { MeshError };
