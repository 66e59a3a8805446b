/**
 * `mathmesh/js`: the public API over the JavaScript backend alone. The same names and results as `mathmesh`, for places that
 * accept nothing but JavaScript.
 */
import { assemble, type Mesh } from './assemble.ts';
import { assembleData, type Dare } from './assemble-data.ts';
import { assembleShared, type SharedKeys } from './assemble-shared.ts';
import { jsProvider } from './backend/js/index.ts';
import { MeshError } from './errors.ts';

/** Everything that `mathmesh` has. */
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
}: Mesh = /* @__PURE__ */ assemble(jsProvider);

/** Keys held by many. */
export const { threshold, recryption, frost, unsafeThresholdSignatures }: SharedKeys =
  /* @__PURE__ */ assembleShared(jsProvider);

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
