/**
 * edwards448, x^2 + y^2 = 1 + d x^2 y^2, d = -39081, as RFC 8032 section 5.2 encodes it, and the two isogenies of degree 4 between it
 * and the twisted curve of ge448.ts (Hamburg, "Twisting Edwards curves with isogenies", 2014):
 *
 *     phi(x, y)  = (2 x y / (y^2 - x^2), (y^2 + x^2) / (2 - y^2 - x^2))     from edwards448
 *     phi'(x, y) = (2 x y / (y^2 + x^2), (y^2 - x^2) / (2 - y^2 + x^2))     to edwards448
 *
 * phi' phi = 4, and phi takes exactly the points of order 1, 2 and 4 to the identity. Hence s P = phi'((s / 4) phi(P)) for a point of order
 * L, and an equation between images under phi is one times the cofactor.
 *
 * A point of edwards448 is affine: x, y. Constant time, except what decoding says about a bad encoding.
 */

import {
  fp_add,
  fp_copy,
  fp_from_octets,
  fp_is_canonical,
  fp_is_odd,
  fp_is_zero,
  fp_negate_if,
  fp_set,
  fp_sub,
  fp_sum_difference,
  fp_to_octets,
  fp_weak,
} from './fp448';
import { fp_inv } from './fp448_inverse';
import { fp_sqrt_ratio } from './fp448_power';
import { fp_mul, fp_mul_small, fp_sqr } from './fp448_product.gen';
import { fp_is_square_vartime } from './jacobi448';
import { FP, ISOGENY } from './memory';
import { NONCANONICAL, NOT_ON_CURVE, OK } from './status';

const CURVE_D: i32 = -39081;

const A: i32 = ISOGENY;
const B: i32 = ISOGENY + FP;
const C: i32 = ISOGENY + 2 * FP;
const D: i32 = ISOGENY + 3 * FP;
const X: i32 = ISOGENY + 4 * FP;
const Y: i32 = ISOGENY + 5 * FP;

/** octets = the 57 octets of the affine point p (RFC 8032 section 5.2.2). */
export function edwards_encode(octets: i32, p: i32): void {
  fp_to_octets(octets, p + FP);
  store<u8>(octets + 56, fp_is_odd(p) & 0x80);
}

/** p = the affine point of 57 octets (RFC 8032 section 5.2.3), or a refusal. For public values: the verdict is a branch. */
export function edwards_decode(p: i32, octets: i32): i32 {
  const top = load<u8>(octets + 56) as i32;
  if (!fp_is_canonical(octets) || top & 0x7f) return NONCANONICAL;
  const y = p + FP;
  fp_from_octets(y, octets);
  // x^2 = (y^2 - 1) / (d y^2 - 1)
  fp_set(C, 1);
  fp_sqr(A, y);
  fp_mul_small(B, A, CURVE_D);
  fp_sub(A, A, C);
  fp_sub(B, B, C);
  if (!fp_sqrt_ratio(p, A, B)) return NOT_ON_CURVE;
  const sign = -(top >> 7);
  if (sign && fp_is_zero(p)) return NONCANONICAL;
  fp_negate_if(p, p, fp_is_odd(p) ^ sign);
  return OK;
}

/** -1 when the order of the affine point p divides 4, else 0: those points have a zero coordinate, and no others do. */
export function edwards_is_small_order(p: i32): i32 {
  return fp_is_zero(p) | fp_is_zero(p + FP);
}

/**
 * Whether the affine point p, which has none of the small orders, has order L. Its order is odd when it is the double of a double.
 * With w^2 = 1 - d x^2 the halves of (x, y) have x^2 = (1 - w y) / (1 + w), y^2 = (1 + w y) / (1 + w) for one sign of w, the other having no root,
 * as d is not a square; so p is a double when w exists. A half is one too when 1 - d x^2 is a square there, which is, for the root w that is itself a
 * square, when (1 + y)(1 + w) is one. All four cosets of the subgroup are told apart so; variable time is fine, p is public.
 */
export function edwards_is_prime_order(p: i32): bool {
  fp_sqr(A, p);
  fp_mul_small(A, A, CURVE_D);
  fp_set(C, 1);
  fp_sub(A, C, A); // 1 - d x^2, 2u
  if (!fp_sqrt_ratio(X, A, C)) return false; // the root that is a power, and so a square
  fp_add(A, p + FP, C);
  fp_add(B, X, C);
  fp_mul(A, A, B); // not zero: y is -1 only for a small order, and w, a square, never
  return fp_is_square_vartime(A);
}

/** p = p + q on edwards448, affine, for any two points: d is not a square, so no denominator is zero. */
export function edwards_add_affine(p: i32, q: i32): void {
  fp_mul(A, p, q); // x1 x2
  fp_mul(B, p + FP, q + FP); // y1 y2
  fp_add(C, p, p + FP);
  fp_add(D, q, q + FP);
  fp_mul(C, C, D);
  fp_sub(C, C, A);
  fp_sub(C, C, B); // x1 y2 + y1 x2, 3u
  fp_sub(D, B, A); // y1 y2 - x1 x2, 2u
  fp_mul(A, A, B);
  fp_mul_small(A, A, CURVE_D); // d x1 x2 y1 y2
  fp_set(B, 1);
  fp_sum_difference(Y, X, B, A); // 1 + d .., below x; 1 - d .., below y
  fp_mul(A, X, Y);
  fp_inv(A, A);
  fp_mul(X, X, A);
  fp_mul(Y, Y, A);
  fp_mul(p, C, X);
  fp_mul(p + FP, D, Y);
}

/** out = phi(p), an extended point of ge448.ts, of the affine point p. */
export function isogeny_to_twist(out: i32, p: i32): void {
  fp_sqr(A, p);
  fp_sqr(B, p + FP);
  fp_add(C, p, p + FP);
  fp_sqr(C, C);
  fp_add(D, A, B); // x^2 + y^2, 2u
  fp_sub(C, C, D); // 2 x y, 3u
  fp_sub(B, B, A); // y^2 - x^2, 2u
  fp_set(A, 2);
  fp_sub(A, A, D); // 2 - x^2 - y^2, 3u
  fp_mul(out, C, A);
  fp_mul(out + FP, D, B);
  fp_mul(out + 2 * FP, B, A);
  fp_mul(out + 3 * FP, C, D);
}

/**
 * Replaces p, an extended point of ge448.ts whose T is not read, by the parts of phi'(p), x = X / D and y = B / C: X = 2 X Y (3u),
 * B = Y^2 - X^2 (2u), C = 2 Z^2 - Y^2 + X^2 (1u), D = Y^2 + X^2 (2u), in this order.
 */
function isogeny_from_twist(p: i32): void {
  const y = p + FP;
  const z = p + 2 * FP;
  const t = p + 3 * FP;
  fp_add(t, p, y);
  fp_sqr(t, t);
  fp_sqr(p, p);
  fp_sqr(y, y);
  fp_sqr(z, z);
  fp_sum_difference(X, y, y, p);
  fp_sub(p, t, X);
  fp_copy(t, X);
  fp_add(z, z, z);
  fp_sub(z, z, y); // 4u
  fp_weak(z, z);
}

/**
 * octets = u of curve448 for phi'(p): the 4-isogeny of RFC 7748 section 4.2 takes (x, y) of edwards448 to u = y^2 / x^2, and base point
 * to base point. The identity gives zero. Overwrites p.
 */
export function isogeny_encode_u(octets: i32, p: i32): void {
  isogeny_from_twist(p);
  fp_mul(X, p, p + 2 * FP);
  fp_inv(X, X);
  fp_mul(X, X, p + FP);
  fp_mul(X, X, p + 3 * FP); // y / x
  fp_sqr(X, X);
  fp_to_octets(octets, X);
}

/** octets = encoding of the parts at p, given 1 / (C D). */
function encode_parts(octets: i32, p: i32, inverse: i32): void {
  fp_mul(Y, p + 3 * FP, inverse); // 1 / C
  fp_mul(Y, Y, p + FP);
  fp_mul(X, p + 2 * FP, inverse); // 1 / D
  fp_mul(X, X, p);
  edwards_encode(octets, X);
}

/** octets = encoding of phi'(p). Overwrites p. */
export function isogeny_encode(octets: i32, p: i32): void {
  isogeny_from_twist(p);
  fp_mul(A, p + 2 * FP, p + 3 * FP);
  fp_inv(A, A);
  encode_parts(octets, p, A);
}

/** isogeny_encode of two points, with one inversion for both. */
export function isogeny_encode_two(octetsP: i32, p: i32, octetsQ: i32, q: i32): void {
  isogeny_from_twist(p);
  isogeny_from_twist(q);
  fp_mul(A, p + 2 * FP, p + 3 * FP);
  fp_mul(B, q + 2 * FP, q + 3 * FP);
  fp_mul(C, A, B);
  fp_inv(C, C);
  fp_mul(B, B, C);
  fp_mul(A, A, C);
  encode_parts(octetsP, p, B);
  encode_parts(octetsQ, q, A);
}
