/**
 * Points of edwards448, x^2 + y^2 = 1 + d x^2 y^2, d = -39081 (RFC 8032 section 5.2): representation, group law, encoding.
 * Multiplication: ge448_base.ts, ge448_mul.ts, ge448_vartime.ts.
 *
 * A point is X, Y, Z, T with x = X/Z, y = Y/Z, T = X Y / Z, each 1u. A *cached* point holds d T in the place of T; an *affine* entry is
 * x, y, d x y. d is not a square, so the formulas hold for every pair of points (Hisil, Wong, Carter, Dawson 2008).
 * Everything here is constant time except what decoding says about a bad encoding.
 */

import {
  fp_add,
  fp_copy,
  fp_from_octets,
  fp_is_canonical,
  fp_is_odd,
  fp_is_zero,
  fp_neg,
  fp_negate_if,
  fp_set,
  fp_sub,
  fp_to_octets,
  fp_weak,
} from './fp448';
import { fp_inv, fp_sqrt_ratio } from './fp448_power';
import { fp_mul, fp_mul_small, fp_sqr } from './fp448_product.gen';
import { FP, GE_FORMULA, GE_SELECTED as SMALL } from './memory';

/** What a point operation says; the host maps these numbers to the names of the overlay specification. */
export const OK: i32 = 0;
export const NONCANONICAL: i32 = 1;
export const NOT_ON_CURVE: i32 = 2;
export const SMALL_ORDER: i32 = 3;
export const MIXED_ORDER: i32 = 4;
export const IDENTITY: i32 = 5;

const MINUS_D: i32 = 39081;

const A: i32 = GE_FORMULA;
const B: i32 = GE_FORMULA + FP;
const C: i32 = GE_FORMULA + 2 * FP;
const D: i32 = GE_FORMULA + 3 * FP;
const E: i32 = GE_FORMULA + 4 * FP;
const F: i32 = GE_FORMULA + 5 * FP;
const G: i32 = GE_FORMULA + 6 * FP;
const H: i32 = GE_FORMULA + 7 * FP;

export function ge_copy(out: i32, p: i32): void {
  fp_copy(out, p);
  fp_copy(out + FP, p + FP);
  fp_copy(out + 2 * FP, p + 2 * FP);
  fp_copy(out + 3 * FP, p + 3 * FP);
}

/** out = the identity (0, 1); also the cached identity. */
export function ge_identity(out: i32): void {
  fp_set(out, 0);
  fp_set(out + FP, 1);
  fp_set(out + 2 * FP, 1);
  fp_set(out + 3 * FP, 0);
}

/** out = -p; for points, cached points and, with their three coordinates, not for affine entries. */
export function ge_neg(out: i32, p: i32): void {
  fp_neg(out, p);
  fp_copy(out + FP, p + FP);
  fp_copy(out + 2 * FP, p + 2 * FP);
  fp_neg(out + 3 * FP, p + 3 * FP);
}

/** out = the cached form of p. */
export function ge_cache(out: i32, p: i32): void {
  fp_copy(out, p);
  fp_copy(out + FP, p + FP);
  fp_copy(out + 2 * FP, p + 2 * FP);
  fp_mul_small(out + 3 * FP, p + 3 * FP, MINUS_D);
  fp_neg(out + 3 * FP, out + 3 * FP);
}

/** From A = X1 X2, B = Y1 Y2, C = d T1 T2, D = Z1 Z2 and E = (X1 + Y1)(X2 + Y2). */
function add_tail(out: i32): void {
  fp_sub(E, E, A);
  fp_sub(E, E, B); // 3u
  fp_sub(F, D, C); // 2u
  fp_add(G, D, C); // 2u
  fp_sub(H, B, A); // 2u
  fp_mul(out, E, F); // X
  fp_mul(out + FP, G, H); // Y
  fp_mul(out + 2 * FP, F, G); // Z
  fp_mul(out + 3 * FP, E, H); // T
}

/** out = p + q, q cached. */
export function ge_add(out: i32, p: i32, q: i32): void {
  fp_mul(A, p, q);
  fp_mul(B, p + FP, q + FP);
  fp_mul(D, p + 2 * FP, q + 2 * FP);
  fp_mul(C, p + 3 * FP, q + 3 * FP);
  fp_add(E, p, p + FP);
  fp_add(F, q, q + FP);
  fp_mul(E, E, F);
  add_tail(out);
}

/** out = p + q, q an affine entry. */
export function ge_add_affine(out: i32, p: i32, q: i32): void {
  fp_mul(A, p, q);
  fp_mul(B, p + FP, q + FP);
  fp_copy(D, p + 2 * FP);
  fp_mul(C, p + 3 * FP, q + 2 * FP);
  fp_add(E, p, p + FP);
  fp_add(F, q, q + FP);
  fp_mul(E, E, F);
  add_tail(out);
}

/** out = 2 p; T is only made when `withT` is set (a doubling does not read it). */
export function ge_double(out: i32, p: i32, withT: bool): void {
  fp_sqr(A, p);
  fp_sqr(B, p + FP);
  fp_sqr(C, p + 2 * FP);
  fp_add(C, C, C); // 2u
  fp_add(E, p, p + FP);
  fp_sqr(E, E);
  fp_sub(E, E, A);
  fp_sub(E, E, B); // 3u
  fp_add(G, A, B); // 2u
  fp_sub(F, G, C); // 4u, too much for a product
  fp_weak(F, F); // 1u
  fp_sub(H, A, B); // 2u
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

/** -1 when the order of p divides the cofactor 4, else 0. */
export function ge_is_small_order(p: i32): i32 {
  ge_double(SMALL, p, false);
  ge_double(SMALL, SMALL, false);
  return ge_is_identity(SMALL);
}

/** out = the 57 octets of p (RFC 8032 section 5.2.2). */
export function ge_encode(out: i32, p: i32): void {
  fp_inv(A, p + 2 * FP);
  fp_mul(B, p, A);
  fp_mul(C, p + FP, A);
  const sign = fp_is_odd(B) & 0x80;
  fp_to_octets(out, C);
  store<u8>(out + 56, sign);
}

/** out = the point of 57 octets (RFC 8032 section 5.2.3), or a refusal. Decoding is for public values: the verdict is a branch. */
export function ge_decode(out: i32, octets: i32): i32 {
  const top = load<u8>(octets + 56) as i32;
  if (!fp_is_canonical(octets) || top & 0x7f) return NONCANONICAL;
  fp_from_octets(out + FP, octets);
  fp_set(out + 2 * FP, 1);
  // x^2 = (y^2 - 1) / (d y^2 - 1)
  fp_sqr(A, out + FP);
  fp_mul_small(B, A, MINUS_D);
  fp_sub(A, A, out + 2 * FP);
  fp_neg(B, B);
  fp_sub(B, B, out + 2 * FP);
  if (!fp_sqrt_ratio(out, A, B)) return NOT_ON_CURVE;
  const sign = -(top >> 7);
  if (sign && fp_is_zero(out)) return NONCANONICAL;
  fp_negate_if(out, out, fp_is_odd(out) ^ sign);
  fp_mul(out + 3 * FP, out, out + FP);
  return OK;
}
