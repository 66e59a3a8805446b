/**
 * `mathmesh/js`: the public API over the JavaScript backend alone. The same names and results as `mathmesh`, for places that
 * accept nothing but JavaScript.
 */
import { assemble, type Mesh } from './assemble.ts';
import { jsProvider } from './backend/js/index.ts';
import { MeshError } from './errors.ts';

const mesh: Mesh = /* @__PURE__ */ assemble(jsProvider);

/** SHA-512 (FIPS 180-4). */
export const sha512: Mesh['sha512'] = mesh.sha512;
/** SHAKE256 (FIPS 202). */
export const shake256: Mesh['shake256'] = mesh.shake256;
/** HMAC-SHA-512 (RFC 2104). */
export const hmacSha512: Mesh['hmacSha512'] = mesh.hmacSha512;
/** HKDF-SHA-512 (RFC 5869). */
export const hkdfSha512: Mesh['hkdfSha512'] = mesh.hkdfSha512;
/** HKDF-SHA-256 (RFC 5869). */
export const hkdfSha256: Mesh['hkdfSha256'] = mesh.hkdfSha256;
/** Ed448 (RFC 8032 section 5.2). */
export const ed448: Mesh['ed448'] = mesh.ed448;
/** Ed448ph (RFC 8032 section 5.2). */
export const ed448ph: Mesh['ed448ph'] = mesh.ed448ph;
/** X448 (RFC 7748). */
export const x448: Mesh['x448'] = mesh.x448;
/** The group behind Ed448. */
export const group448: Mesh['group448'] = mesh.group448;
/** Mesh key combination. */
export const overlay: Mesh['overlay'] = mesh.overlay;
/** Uniform Data Fingerprints. */
export const udf: Mesh['udf'] = mesh.udf;
/** JWK, PKCS#8 and SPKI for Ed448 and X448. */
export const key: Mesh['key'] = mesh.key;

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

export type * from './entry/ed448.ts';
export type * from './entry/group448.ts';
export type * from './entry/hash.ts';
export type * from './entry/key.ts';
export type * from './entry/overlay.ts';
export type * from './entry/udf.ts';
export type * from './entry/x448.ts';
export type { ErrorCode } from './errors.ts';
export { MeshError };
