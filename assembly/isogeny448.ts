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
 * A point of edwards448 is X, Y, Z with x = X/Z, y = Y/Z, each 1u; a decoded one has Z = 1, and what asks for an affine point reads x and y only.
 * Constant time, except what decoding says about a bad encoding.
 */

import { expect_true, expect_zero } from './fault';
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
import { fp_sqrt_ratio, fp_sqrt_ratio_two } from './fp448_power';
import { fp_mul, fp_mul_small, fp_sqr } from './fp448_product.gen';
import { fp_is_square_vartime } from './jacobi448';
import { FP, ISOGENY } from './memory';
import { MIXED_ORDER, NONCANONICAL, NOT_ON_CURVE, OK, SMALL_ORDER } from './status';

const CURVE_D: i32 = -39081;

const A: i32 = ISOGENY;
const B: i32 = ISOGENY + FP;
const C: i32 = ISOGENY + 2 * FP;
const D: i32 = ISOGENY + 3 * FP;
const X: i32 = ISOGENY + 4 * FP;
const Y: i32 = ISOGENY + 5 * FP;

/** p = the identity (0, 1). */
export function edwards_identity(p: i32): void {
  fp_set(p, 0);
  fp_set(p + FP, 1);
  fp_set(p + 2 * FP, 1);
}

/** octets = the 57 octets of the affine point x, y at p (RFC 8032 section 5.2.2). */
function encode_affine(octets: i32, p: i32): void {
  fp_to_octets(octets, p + FP);
  store<u8>(octets + 56, fp_is_odd(p) & 0x80);
}

/** octets = the 57 octets of p. */
export function edwards_encode(octets: i32, p: i32): void {
  fp_inv(A, p + 2 * FP);
  fp_mul(X, p, A);
  fp_mul(Y, p + FP, A);
  encode_affine(octets, X);
}

/** The y of 57 octets, and x^2 = A / C; or a refusal (RFC 8032 section 5.2.3). */
function decode_y(p: i32, octets: i32): i32 {
  if (!fp_is_canonical(octets) || load<u8>(octets + 56) & 0x7f) return NONCANONICAL;
  const y = p + FP;
  fp_from_octets(y, octets);
  fp_set(B, 1);
  fp_sqr(A, y);
  fp_mul_small(C, A, CURVE_D);
  fp_sub(A, B, A); // 2u
  fp_sub(C, B, C); // 2u
  fp_set(p + 2 * FP, 1);
  return OK;
}

/** Gives the root x the sign of 57 octets; or a refusal. */
function decode_sign(p: i32, octets: i32): i32 {
  const sign = -((load<u8>(octets + 56) as i32) >> 7);
  if (sign && fp_is_zero(p)) return NONCANONICAL;
  fp_negate_if(p, p, fp_is_odd(p) ^ sign);
  return OK;
}

/** p = the point of 57 octets, or a refusal. For public values: the verdict is a branch. */
export function edwards_decode(p: i32, octets: i32): i32 {
  const status = decode_y(p, octets);
  if (status) return status;
  return fp_sqrt_ratio(p, A, C) ? decode_sign(p, octets) : NOT_ON_CURVE;
}

/** -1 when the order of the affine point p divides 4, else 0: those points have a zero coordinate, and no others do. */
export function edwards_is_small_order(p: i32): i32 {
  return fp_is_zero(p) | fp_is_zero(p + FP);
}

/**
 * p = the point of order L of 57 octets, or a refusal. Variable time: p is public.
 *
 * The order of a point (x, y) that has none of the small ones is odd when it is the double of a double. With w^2 = 1 - d x^2 its halves have
 * x^2 = (1 - w y) / (1 + w), y^2 = (1 + w y) / (1 + w) for one sign of w, the other having no root, as d is not a square; so it is a double when
 * w exists. A half is one too when 1 - d x^2 is a square there, which is, for the root w that is itself a square, when (1 + y)(1 + w) is one. All four
 * cosets of the subgroup are told apart so. And 1 - d x^2 = (1 - d) / (1 - d y^2) by the equation of the curve, so that x and w come at once.
 */
export function edwards_decode_prime_order(p: i32, octets: i32): i32 {
  let status = decode_y(p, octets);
  if (status) return status;
  fp_set(B, 1 - CURVE_D);
  fp_copy(D, C);
  const roots = fp_sqrt_ratio_two(X, A, C);
  if (!(roots & 1)) return NOT_ON_CURVE;
  fp_copy(p, X);
  status = decode_sign(p, octets);
  if (status) return status;
  if (edwards_is_small_order(p)) return SMALL_ORDER;
  if (!(roots & 2)) return MIXED_ORDER;
  fp_set(C, 1);
  fp_add(A, p + FP, C);
  fp_add(B, Y, C);
  fp_mul(A, A, B); // not zero: y is -1 only for a small order, and w, a square, never
  return fp_is_square_vartime(A) ? OK : MIXED_ORDER;
}

/** p = p + q for any two points (Bernstein and Lange 2007): d is not a square, so Z is never zero. */
export function edwards_add(p: i32, q: i32): void {
  const x = p;
  const y = p + FP;
  const z = p + 2 * FP;
  fp_add(A, x, y);
  fp_add(B, q, q + FP);
  fp_mul(A, A, B);
  fp_mul(x, x, q); // X1 X2
  fp_mul(y, y, q + FP); // Y1 Y2
  fp_mul(z, z, q + 2 * FP); // Z1 Z2
  fp_sub(A, A, x);
  fp_sub(A, A, y); // X1 Y2 + Y1 X2, 3u
  fp_sub(B, y, x); // Y1 Y2 - X1 X2, 2u
  fp_mul(C, x, y);
  fp_mul_small(C, C, CURVE_D); // d X1 X2 Y1 Y2
  fp_sqr(D, z);
  fp_sum_difference(Y, X, D, C); // 2u; Y goes with y, X with x
  fp_mul(A, A, z);
  fp_mul(B, B, z);
  fp_mul(x, A, X);
  fp_mul(y, B, Y);
  fp_mul(z, X, Y);
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

/** p = phi'(p): from an extended point of ge448.ts, whose T is not read, to one of edwards448. */
export function isogeny_to_edwards(p: i32): void {
  const z = p + 2 * FP;
  const t = p + 3 * FP;
  isogeny_from_twist(p);
  fp_mul(p, p, z);
  fp_mul(p + FP, p + FP, t);
  fp_mul(z, z, t);
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

/**
 * Notes a fault unless the octets are u of the parts at p, as isogeny_encode_u left them, and these are of a point of the curve:
 * X^2 C^2 + B^2 D^2 = C^2 D^2 + d X^2 B^2 and u (X C)^2 = (B D)^2, or u = 0 where X = 0.
 */
export function isogeny_check_u(octets: i32, p: i32): void {
  const b = p + FP;
  const c = p + 2 * FP;
  const d = p + 3 * FP;
  fp_mul(A, p, c);
  const infinite = fp_is_zero(A);
  fp_sqr(A, A);
  fp_mul(B, b, d);
  fp_sqr(B, B);
  expect_true(fp_is_canonical(octets));
  fp_from_octets(X, octets);
  fp_mul(Y, X, A);
  fp_sub(Y, Y, B); // 2u
  expect_true(fp_is_zero(Y) | (infinite & fp_is_zero(X)));
  fp_mul(C, c, d);
  expect_true(~fp_is_zero(C));
  fp_sqr(C, C);
  fp_mul(D, p, b);
  fp_sqr(D, D);
  fp_mul_small(D, D, CURVE_D);
  fp_add(C, C, D);
  fp_add(A, A, B);
  fp_sub(C, C, A); // 4u
  expect_true(fp_is_zero(C));
}

/** octets = encoding of the parts at p, given 1 / (C D); affine = x, y. */
function encode_parts(octets: i32, p: i32, inverse: i32, affine: i32): void {
  const y = affine + FP;
  fp_mul(y, p + 3 * FP, inverse); // 1 / C
  fp_mul(y, y, p + FP);
  fp_mul(affine, p + 2 * FP, inverse); // 1 / D
  fp_mul(affine, affine, p);
  encode_affine(octets, affine);
}

/** octets = encoding of phi'(p), affine = its x and y. Overwrites p. */
export function isogeny_encode(octets: i32, p: i32, affine: i32): void {
  isogeny_from_twist(p);
  fp_mul(A, p + 2 * FP, p + 3 * FP);
  fp_inv(A, A);
  encode_parts(octets, p, A, affine);
}

/** isogeny_encode of two points, with one inversion for both; the affine ones are beside each other. */
export function isogeny_encode_two(octetsP: i32, p: i32, octetsQ: i32, q: i32, affine: i32): void {
  isogeny_from_twist(p);
  isogeny_from_twist(q);
  fp_mul(A, p + 2 * FP, p + 3 * FP);
  fp_mul(B, q + 2 * FP, q + 3 * FP);
  fp_mul(C, A, B);
  fp_inv(C, C);
  fp_mul(B, B, C);
  fp_mul(A, A, C);
  encode_parts(octetsP, p, B, affine);
  encode_parts(octetsQ, q, A, affine + 2 * FP);
}

/**
 * Notes a fault unless the octets encode a point of the curve with the x in `affine` and the y of the parts at p, as isogeny_encode left them. Parts of a
 * point off the twisted curve give none on this one. y C = B shows an inversion that went wrong by the sign only, which would give -x, -y.
 */
export function isogeny_check(octets: i32, p: i32, affine: i32): void {
  expect_true(fp_is_canonical(octets));
  fp_from_octets(Y, octets);
  fp_mul(A, Y, p + 2 * FP);
  fp_sub(A, A, p + FP); // y C - B, 3u
  expect_true(fp_is_zero(A));
  fp_sqr(A, affine);
  fp_sqr(B, Y);
  fp_mul(C, A, B);
  fp_mul_small(C, C, CURVE_D);
  fp_set(D, 1);
  fp_add(C, C, D);
  fp_add(A, A, B);
  fp_sub(C, C, A); // 1 + d x^2 y^2 - x^2 - y^2, 4u
  expect_true(fp_is_zero(C));
  expect_zero((load<u8>(octets + 56) ^ ((fp_is_odd(affine) & 0x80) as u8)) as u64);
}
