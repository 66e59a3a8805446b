/**
 * `mathmesh/js`: the public API over the JavaScript backend alone. The same names and results as `mathmesh`, for places that
 * accept nothing but JavaScript.
 */
import { assemble, type Mesh } from './assemble.ts';
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
  udf,
  key,
}: Mesh = /* @__PURE__ */ assemble(jsProvider);

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
