/**
 * The square root of a ratio (RFC 8032 section 5.2.3), by a power with an addition chain.
 * Constant time: the exponent is public and the chain has no branch on data.
 */

import { fp_copy, fp_is_zero, fp_sub } from './fp448';
import { fp_mul, fp_sqr } from './fp448_product.gen';
import { FP, FP_POWERS } from './memory';

const BASE: i32 = FP_POWERS;
const X3: i32 = FP_POWERS + FP;
const X9: i32 = FP_POWERS + 2 * FP;
const X37: i32 = FP_POWERS + 3 * FP;
const WORK: i32 = FP_POWERS + 4 * FP;
const X222: i32 = FP_POWERS + 5 * FP;
const RATIO_A: i32 = FP_POWERS + 6 * FP;
const RATIO_B: i32 = FP_POWERS + 7 * FP;

function sqr_times(out: i32, a: i32, times: i32): void {
  fp_sqr(out, a);
  for (let i = 1; i < times; i++) fp_sqr(out, out);
}

/**
 * out = a^((p-3)/4), the exponent in binary being 223 ones, a zero, 222 ones. Xn below is a^(2^n - 1).
 * Chain of n: 1, 2, 3, 6, 9, 18, 19, 37, 74, 111, 222, 223. `out` is not one of the powers of this file.
 */
function fp_pow_p34(out: i32, a: i32): void {
  fp_copy(BASE, a);
  fp_sqr(WORK, BASE);
  fp_mul(WORK, WORK, BASE); // X2
  fp_sqr(WORK, WORK);
  fp_mul(X3, WORK, BASE);
  sqr_times(WORK, X3, 3);
  fp_mul(WORK, WORK, X3); // X6
  sqr_times(WORK, WORK, 3);
  fp_mul(X9, WORK, X3);
  sqr_times(WORK, X9, 9);
  fp_mul(X9, WORK, X9); // X18
  fp_sqr(WORK, X9);
  fp_mul(WORK, WORK, BASE); // X19
  sqr_times(WORK, WORK, 18);
  fp_mul(X37, WORK, X9);
  sqr_times(WORK, X37, 37);
  fp_mul(WORK, WORK, X37); // X74
  sqr_times(WORK, WORK, 37);
  fp_mul(X37, WORK, X37); // X111
  sqr_times(WORK, X37, 111);
  fp_mul(X222, WORK, X37);
  fp_sqr(WORK, X222);
  fp_mul(WORK, WORK, BASE); // X223
  sqr_times(WORK, WORK, 223);
  fp_mul(out, WORK, X222);
}

/**
 * out = sqrt(u/v), one of the two roots; -1 when there is one, else 0 (then out means nothing). u, v up to 2u; out is neither u nor v.
 * x = u^3 v (u^5 v^3)^((p-3)/4), then v x^2 = u is tested.
 */
export function fp_sqrt_ratio(out: i32, u: i32, v: i32): i32 {
  fp_sqr(RATIO_A, u);
  fp_mul(RATIO_A, RATIO_A, v); // u^2 v
  fp_mul(RATIO_B, RATIO_A, u); // u^3 v
  fp_mul(RATIO_A, RATIO_A, RATIO_B); // u^5 v^2
  fp_mul(RATIO_A, RATIO_A, v); // u^5 v^3
  fp_pow_p34(out, RATIO_A);
  fp_mul(out, out, RATIO_B);
  fp_sqr(RATIO_A, out);
  fp_mul(RATIO_A, RATIO_A, v);
  fp_sub(RATIO_A, RATIO_A, u);
  return fp_is_zero(RATIO_A);
}
