/**
 * curve448, v^2 = u^3 + A u^2 + u, A = 156326 (RFC 7748 section 4.2): the ladder, and points with a sign.
 * The ladder is constant time in the scalar. Points as *signed u*: 56 octets of u, then 0x80 when v is odd.
 * Not for Edwards points: curve448 and edwards448 are related by a 4-isogeny, no coordinate carries over.
 */

import { expect_equal, expect_true, expect_zero } from './fault';
import {
  fp_add,
  fp_copy,
  fp_from_octets,
  fp_is_canonical,
  fp_is_odd,
  fp_is_zero,
  fp_neg,
  fp_negate_if,
  fp_select,
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
import { FP, MONTGOMERY } from './memory';
import { IDENTITY, MIXED_ORDER, NONCANONICAL, NOT_ON_CURVE, OK, SMALL_ORDER } from './status';

const CURVE_A: i32 = 156326;
const A24: i32 = 39081; // (A - 2) / 4

// The ladder keeps k P = X2 : Z2 and (k + 1) P = X3 : Z3.
const X2: i32 = MONTGOMERY;
const Z2: i32 = MONTGOMERY + FP;
const X3: i32 = MONTGOMERY + 2 * FP;
const Z3: i32 = MONTGOMERY + 3 * FP;
const T0: i32 = MONTGOMERY + 4 * FP;
const T1: i32 = MONTGOMERY + 5 * FP;
const T2: i32 = MONTGOMERY + 6 * FP;
const T3: i32 = MONTGOMERY + 7 * FP;
/** Operands: two affine points, u then v. */
export const MONTGOMERY_P: i32 = MONTGOMERY + 8 * FP;
export const MONTGOMERY_Q: i32 = MONTGOMERY + 10 * FP;
const U: i32 = MONTGOMERY_P;
/** For the checks. */
const T4: i32 = MONTGOMERY + 12 * FP;
const T5: i32 = MONTGOMERY + 13 * FP;
/** A point, affine. */
const AGAIN: i32 = MONTGOMERY + 14 * FP;

/**
 * One step of RFC 7748 section 5 for X2 : Z2 and X3 : Z3, whose difference is U: the second is replaced by the sum of both, the first by
 * the double of the first, or of the second when mask is -1. The sum does not care which is which.
 */
function ladder_step(mask: i32): void {
  fp_sum_difference(T0, T1, X2, Z2);
  fp_sum_difference(T2, T3, X3, Z3);
  fp_mul(X3, T3, T0); // DA
  fp_mul(Z3, T2, T1); // CB
  fp_select(T0, T2, T0, mask);
  fp_select(T1, T3, T1, mask);
  fp_sqr(T0, T0); // AA
  fp_sqr(T1, T1); // BB
  fp_mul(X2, T0, T1);
  fp_sub(T1, T0, T1); // E, 2u
  fp_mul_small(Z2, T1, A24);
  fp_add(Z2, Z2, T0); // 2u
  fp_mul(Z2, Z2, T1);
  fp_sum_difference(X3, Z3, X3, Z3); // 2u
  fp_sqr(X3, X3);
  fp_sqr(Z3, Z3);
  fp_mul(Z3, Z3, U);
}

/** The ladder over all 448 bits of the 56 octets `k`, from the u coordinate in U. */
function ladder(k: i32): void {
  fp_set(X2, 1);
  fp_set(Z2, 0);
  fp_copy(X3, U);
  fp_set(Z3, 1);
  // X2 : Z2 is what the bit before doubled: the lower one of both points after a zero, the upper one after a one
  let previous = 0;
  for (let i = 447; i >= 0; i--) {
    const bit = ((load<u8>(k + (i >> 3)) as i32) >> (i & 7)) & 1;
    ladder_step(-(bit ^ previous));
    previous = bit;
  }
  fp_swap(X2, X3, -previous);
  fp_swap(Z2, Z3, -previous);
}

/** Exchanges a and b when mask is -1. */
function fp_swap(a: i32, b: i32, mask: i32): void {
  const m = i32x4.splat(mask);
  for (let i = 0; i < FP; i += 16) {
    const x = v128.load(a + i);
    const y = v128.load(b + i);
    v128.store(a + i, v128.bitselect(y, x, m));
    v128.store(b + i, v128.bitselect(x, y, m));
  }
}

/** Makes 56 octets a multiple of 4 between 2^447 and 2^448 (RFC 7748 section 5). */
export function clamp(k: i32): void {
  store<u8>(k, load<u8>(k) & 0xfc);
  store<u8>(k + 55, load<u8>(k + 55) | 0x80);
}

/** out = X448(k, u): k is clamped in place, u is taken modulo p (RFC 7748 section 5). The point at infinity gives zero. */
export function x448(out: i32, k: i32, u: i32): void {
  clamp(k);
  fp_from_octets(U, u);
  ladder(k);
  fp_inv(T0, Z2);
  fp_mul(T0, X2, T0);
  fp_to_octets(out, T0);
}

/**
 * Notes a fault in the results of the ladder: the u coordinates of two points are related with that of their difference U, for a given one by a quadratic equation
 * (Montgomery 1987, section 10.3.1), and a wrong coordinate in any step breaks this for good:
 * ((X2 - U Z2) X3)^2 + ((U X2 - Z2) Z3)^2 = 2 ((X2 + U Z2) (U X2 + Z2) + 2 A U X2 Z2) X3 Z3. Zeros satisfy it, and appear by themselves for U = 0 only.
 */
function ladder_check(): void {
  expect_true(~((fp_is_zero(X2) & fp_is_zero(Z2)) | (fp_is_zero(X3) & fp_is_zero(Z3))) | fp_is_zero(U));
  fp_mul(T0, U, Z2);
  fp_mul(T1, U, X2);
  fp_sum_difference(T2, T4, X2, T0); // X2 + U Z2, X2 - U Z2, 2u
  fp_sum_difference(T3, T5, T1, Z2); // U X2 + Z2, U X2 - Z2, 2u
  fp_mul(T4, T4, X3);
  fp_sqr(T4, T4);
  fp_mul(T5, T5, Z3);
  fp_sqr(T5, T5);
  fp_add(T4, T4, T5); // 2u
  fp_mul(T2, T2, T3);
  fp_mul(T0, T0, X2);
  fp_mul_small(T0, T0, 2 * CURVE_A);
  fp_add(T2, T2, T0); // 2u
  fp_mul(T0, X3, Z3);
  fp_mul(T2, T2, T0);
  fp_add(T2, T2, T2);
  fp_sub(T4, T4, T2); // 4u
  expect_true(fp_is_zero(T4));
}

/** Notes a fault unless 56 octets are X2 / Z2, and zero where Z2 is; T0 = what they are. */
function quotient_check(octets: i32): void {
  expect_true(fp_is_canonical(octets));
  fp_from_octets(T0, octets);
  fp_mul(T1, T0, Z2);
  fp_sub(T1, T1, X2); // 2u
  expect_true(fp_is_zero(T1) | (fp_is_zero(Z2) & fp_is_zero(T0)));
}

/** Checks what x448 has just given for the octets at k; the result and both arguments are put in once more. */
export function x448_check(octets: i32, k: i32, scalar: i32, u: i32): void {
  clamp(scalar);
  expect_equal(k, scalar, 56);
  fp_from_octets(T0, u);
  expect_equal(U, T0, FP);
  ladder_check();
  quotient_check(octets);
  expect_true(~fp_is_zero(U) | fp_is_zero(T0));
}

/** out = u^3 + A u^2 + u. */
function curve(out: i32, u: i32): void {
  fp_sqr(out, u);
  fp_mul_small(T3, u, CURVE_A);
  fp_add(out, out, T3);
  fp_set(T3, 1);
  fp_add(out, out, T3); // 3u
  fp_mul(out, out, u);
}

/** p = the affine point of a signed u, or a refusal. */
export function montgomery_decode(p: i32, octets: i32): i32 {
  const sign = load<u8>(octets + 56) as i32;
  if (!fp_is_canonical(octets) || sign & 0x7f) return NONCANONICAL;
  fp_from_octets(p, octets);
  curve(T0, p);
  fp_set(T1, 1);
  if (!fp_sqrt_ratio(p + FP, T0, T1)) return NOT_ON_CURVE;
  if (sign && fp_is_zero(p + FP)) return NONCANONICAL;
  fp_negate_if(p + FP, p + FP, fp_is_odd(p + FP) ^ -(sign >> 7));
  return OK;
}

/** out = the signed u of the affine point p. */
export function montgomery_encode(out: i32, p: i32): void {
  fp_to_octets(out, p);
  store<u8>(out + 56, fp_is_odd(p + FP) & 0x80);
}

/** p = the base point (u = 5, v even). */
export function montgomery_base(p: i32): void {
  fp_set(p, 5);
  fp_from_octets(p + FP, BASE_V);
}

/** v of the base point (RFC 7748 section 4.2). */
const BASE_V = memory.data<u64>([
  0x6fd7223d457b5b1a, 0x1312c4b150677af7, 0xb8027e2346430d21, 0x60f75dc28df3f6ed, 0xcbae5d34f55545d0,
  0x6c98ab6e58326fce, 0x7d235d1295f5b1f6,
]);

/**
 * Order of the point MONTGOMERY_P: SMALL_ORDER, MIXED_ORDER, or OK for L. The test is that of edwards_is_prime_order (isogeny448.ts) on the
 * isomorphic Edwards curve, where w = (u - 1) / s, s^2 = u^2 + A u + 1, and 1 + y = 2 u / (u - 1): p is a double when s exists, and a double of a
 * double when u - 1 + s is a square, for either root, since (u - 1)^2 - s^2 = -(A + 2) u is one.
 */
export function montgomery_order(): i32 {
  // The points of order 2 and 4 have u = 0 and u^2 = 1.
  fp_sqr(T0, U);
  fp_set(T1, 1);
  fp_sub(T2, T0, T1);
  if (fp_is_zero(U) | fp_is_zero(T2)) return SMALL_ORDER;
  fp_mul_small(T3, U, CURVE_A);
  fp_add(T0, T0, T3);
  fp_add(T0, T0, T1);
  fp_weak(T0, T0);
  if (!fp_sqrt_ratio(T2, T0, T1)) return MIXED_ORDER;
  fp_add(T2, T2, U);
  fp_sub(T2, T2, T1);
  fp_weak(T2, T2);
  return fp_is_square_vartime(T2) ? OK : MIXED_ORDER;
}

/**
 * MONTGOMERY_Q = s MONTGOMERY_P for a point of order L and a scalar 0 < s < L: the ladder, then v from both its results (Okeya and Sakurai 2001).
 * IDENTITY when s = 0.
 */
export function montgomery_multiply(s: i32): i32 {
  const v = MONTGOMERY_P + FP;
  const out = MONTGOMERY_Q;
  ladder(s);
  const identity = fp_is_zero(Z2);
  // For s = L - 1 the second result is the identity and s P = -P.
  const last = fp_is_zero(Z3);
  fp_mul(T0, U, Z2);
  fp_add(T1, X2, T0); // X + u Z, 2u
  fp_sub(T2, X2, T0); // X - u Z, 2u
  fp_sqr(T2, T2);
  fp_mul(T2, T2, X3); // (X - u Z)^2 X3
  fp_mul_small(T0, Z2, 2 * CURVE_A);
  fp_add(T1, T1, T0); // X + u Z + 2 A Z, 3u
  fp_mul(T3, U, X2);
  fp_add(T3, T3, Z2); // u X + Z, 2u
  fp_mul(T1, T1, T3);
  fp_mul(T0, T0, Z2); // 2 A Z^2
  fp_sub(T1, T1, T0); // 2u
  fp_mul(T1, T1, Z3);
  fp_sub(T1, T1, T2); // 2 v Z^2 Z3 times the v coordinate, 2u
  fp_add(T0, v, v);
  fp_mul(T0, T0, Z2);
  fp_mul(T0, T0, Z3); // 2 v Z Z3
  fp_mul(T2, X2, T0);
  fp_mul(T0, T0, Z2); // 2 v Z^2 Z3
  fp_inv(T0, T0);
  fp_mul(out, T2, T0);
  fp_mul(out + FP, T1, T0);
  fp_select(out, U, out, last);
  fp_neg(T1, v);
  fp_select(out + FP, T1, out + FP, last);
  // Zero is no key. That it was given is not kept secret, but the host is who learns it first.
  return identity & IDENTITY;
}

/**
 * Checks what montgomery_multiply has just given as 57 octets, with v in MONTGOMERY_Q, for the scalar at s and the point of the octets at p, or the base point when p is
 * zero; the result and both arguments are put in once more. That an equation for v holds up to its sign is enough: one bit does not negate.
 */
export function montgomery_check(octets: i32, s: i32, scalar: i32, p: i32): void {
  expect_equal(s, scalar, 56);
  if (p) {
    fp_to_octets(AGAIN, MONTGOMERY_P);
    expect_equal(AGAIN, p, 56);
    expect_zero((load<u8>(p + 56) ^ ((fp_is_odd(MONTGOMERY_P + FP) & 0x80) as u8)) as u64);
  } else {
    montgomery_base(AGAIN);
    expect_equal(AGAIN, MONTGOMERY_P, 2 * FP);
  }
  ladder_check();
  quotient_check(octets);
  expect_true(~fp_is_zero(Z2));
  fp_copy(T4, T0);
  curve(T0, T4);
  fp_sqr(T1, MONTGOMERY_Q + FP);
  fp_sub(T0, T0, T1); // 2u
  expect_true(fp_is_zero(T0));
  expect_zero((load<u8>(octets + 56) ^ ((fp_is_odd(MONTGOMERY_Q + FP) & 0x80) as u8)) as u64);
}

/** MONTGOMERY_P = MONTGOMERY_P + MONTGOMERY_Q, affine; IDENTITY when they are opposite. For public points: it branches on them. */
export function montgomery_add(): i32 {
  const u1 = MONTGOMERY_P;
  const v1 = MONTGOMERY_P + FP;
  const u2 = MONTGOMERY_Q;
  const v2 = MONTGOMERY_Q + FP;
  fp_sub(T0, u2, u1);
  if (fp_is_zero(T0)) {
    fp_add(T0, v1, v2);
    if (fp_is_zero(T0)) return IDENTITY;
    // tangent: (3 u^2 + 2 A u + 1) / (2 v)
    fp_sqr(T1, u1);
    fp_add(T2, T1, T1);
    fp_add(T1, T1, T2);
    fp_mul_small(T2, u1, 2 * CURVE_A);
    fp_add(T1, T1, T2); // 4u
    fp_set(T2, 1);
    fp_add(T1, T1, T2);
    fp_weak(T1, T1);
  } else {
    fp_sub(T1, v2, v1);
  }
  fp_inv(T0, T0);
  fp_mul(T0, T0, T1); // slope
  fp_sqr(T1, T0);
  fp_set(T2, CURVE_A);
  fp_sub(T1, T1, T2);
  fp_sub(T1, T1, u1);
  fp_sub(T1, T1, u2); // 4u
  fp_weak(T1, T1); // the u coordinate of the sum
  fp_sub(T2, u1, T1);
  fp_mul(T2, T2, T0);
  fp_sub(T2, T2, v1);
  fp_weak(v1, T2);
  fp_copy(u1, T1);
  return OK;
}
