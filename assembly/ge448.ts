/**
 * The group behind Ed448, on the twisted curve -x^2 + y^2 = 1 + d x^2 y^2, d = -39082, which is 4-isogenous to edwards448
 * (isogeny448.ts) and has cheaper formulas. Representation and group law; multiplication: ge448_mul.ts, ge448_vartime.ts.
 *
 * Only points of odd order L and the identity occur: isogenies take every point there, and for them the formulas of Hisil, Wong,
 * Carter and Dawson (2008) have no exceptions.
 *
 * A point is X, Y, Z, T with x = X/Z, y = Y/Z, T = X Y / Z, each 1u. A *cached* point is Y - X, Y + X, 2 d T, 2 Z; an *affine* entry is y - x,
 * y + x, 2 d x y. Everything here is constant time.
 */

import { fp_add, fp_copy, fp_is_zero, fp_neg, fp_set, fp_sub, fp_sum_difference, fp_weak } from './fp448';
import { fp_mul, fp_mul_small, fp_sqr } from './fp448_product.gen';
import { FP, GE_FORMULA } from './memory';

export const TWO_D: i32 = -78164;

const A: i32 = GE_FORMULA;
const B: i32 = GE_FORMULA + FP;
const C: i32 = GE_FORMULA + 2 * FP;
const D: i32 = GE_FORMULA + 3 * FP;
const E: i32 = GE_FORMULA + 4 * FP;
const F: i32 = GE_FORMULA + 5 * FP;
const G: i32 = GE_FORMULA + 6 * FP;
const H: i32 = GE_FORMULA + 7 * FP;

/** out = the identity (0, 1). */
export function ge_identity(out: i32): void {
  fp_set(out, 0);
  fp_set(out + FP, 1);
  fp_set(out + 2 * FP, 1);
  fp_set(out + 3 * FP, 0);
}

/** out = -p; out is not p. */
export function ge_neg(out: i32, p: i32): void {
  fp_neg(out, p);
  fp_copy(out + FP, p + FP);
  fp_copy(out + 2 * FP, p + 2 * FP);
  fp_neg(out + 3 * FP, p + 3 * FP);
}

/** out = the cached form of p; out is not p. */
export function ge_cache(out: i32, p: i32): void {
  fp_sum_difference(out + FP, out, p + FP, p); // 2u
  fp_mul_small(out + 2 * FP, p + 3 * FP, TWO_D);
  fp_add(out + 3 * FP, p + 2 * FP, p + 2 * FP); // 2u
}

/** out = the cached form of -p, from that of p, or the affine one (then the fourth element means nothing); out is not p. */
export function ge_neg_cached(out: i32, p: i32): void {
  fp_copy(out, p + FP);
  fp_copy(out + FP, p);
  fp_neg(out + 2 * FP, p + 2 * FP);
  fp_copy(out + 3 * FP, p + 3 * FP);
}

/** A, B, C of the addition of p and q, q cached or affine. */
function add_products(p: i32, q: i32): void {
  fp_sum_difference(B, A, p + FP, p);
  fp_mul(A, A, q); // (Y1 - X1)(Y2 - X2)
  fp_mul(B, B, q + FP); // (Y1 + X1)(Y2 + X2)
  fp_mul(C, p + 3 * FP, q + 2 * FP); // 2 d T1 T2
}

/** The sum from A, B, C and D = 2 Z1 Z2 of at most 2u; T only when `withT` is set. */
function add_sum(out: i32, withT: bool): void {
  fp_sum_difference(H, E, B, A); // 2u
  fp_sum_difference(G, F, D, C); // 3u
  fp_mul(out, E, F);
  fp_mul(out + FP, G, H);
  fp_mul(out + 2 * FP, F, G);
  if (withT) fp_mul(out + 3 * FP, E, H);
}

/** out = p + q, q cached; T only when `withT` is set (a doubling does not read it). */
export function ge_add(out: i32, p: i32, q: i32, withT: bool): void {
  add_products(p, q);
  fp_mul(D, p + 2 * FP, q + 3 * FP);
  add_sum(out, withT);
}

/** out = p + q, q an affine entry. */
export function ge_add_affine(out: i32, p: i32, q: i32, withT: bool): void {
  add_products(p, q);
  fp_add(D, p + 2 * FP, p + 2 * FP);
  add_sum(out, withT);
}

/** out = 2 p; does not read T. */
export function ge_double(out: i32, p: i32, withT: bool): void {
  fp_add(E, p, p + FP);
  fp_sqr(A, p);
  fp_sqr(B, p + FP);
  fp_sqr(C, p + 2 * FP);
  fp_sqr(E, E); // (X + Y)^2
  fp_sum_difference(H, G, B, A); // 2u
  fp_sub(E, E, H); // 2 X Y, 3u
  fp_add(C, C, C);
  // F and H are those of the paper times -1, and so is the result
  fp_sub(F, C, G); // 4u, too much for a product
  fp_weak(F, F); // 1u
  fp_mul(out, E, F);
  fp_mul(out + FP, G, H);
  fp_mul(out + 2 * FP, F, G);
  if (withT) fp_mul(out + 3 * FP, E, H);
}

/** -1 when p is the identity, else 0. */
export function ge_is_identity(p: i32): i32 {
  fp_sub(A, p + FP, p + 2 * FP);
  return fp_is_zero(p) & fp_is_zero(A);
}
