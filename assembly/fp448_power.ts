/**
 * Square roots of ratios (RFC 8032 section 5.2.3), by a power with an addition chain: one, or two at once, which cost less than two.
 * Constant time: the exponent is public and the chain has no branch on data.
 *
 * "Elements" below are one or two, one after the other in memory.
 */

import { fp_is_zero, fp_sub } from './fp448';
import { fp_mul, fp_sqr, fp_sqr_two } from './fp448_product.gen';
import { FP, FP_POWERS } from './memory';

const BASE: i32 = FP_POWERS;
const X3: i32 = FP_POWERS + 2 * FP;
const X9: i32 = FP_POWERS + 4 * FP;
const X37: i32 = FP_POWERS + 6 * FP;
const WORK: i32 = FP_POWERS + 8 * FP;
const RATIO_A: i32 = FP_POWERS + 12 * FP;
const RATIO_B: i32 = FP_POWERS + 14 * FP;
/** Two elements side by side, as fp_sqr_two has them. */
const PAIR: i32 = FP_POWERS + 10 * FP;

/** PAIR = the two elements at a. */
function interleave(a: i32): void {
  for (let i = 0; i < FP; i += 16) {
    const x = v128.load(a + i);
    const y = v128.load(a + i, FP);
    v128.store(PAIR + 2 * i, v128.shuffle<i32>(x, y, 0, 4, 1, 5));
    v128.store(PAIR + 2 * i, v128.shuffle<i32>(x, y, 2, 6, 3, 7), 16);
  }
}

/** The two elements at out = PAIR. */
function separate(out: i32): void {
  for (let i = 0; i < FP; i += 16) {
    const x = v128.load(PAIR + 2 * i);
    const y = v128.load(PAIR + 2 * i, 16);
    v128.store(out + i, v128.shuffle<i32>(x, y, 0, 2, 4, 6));
    v128.store(out + i, v128.shuffle<i32>(x, y, 1, 3, 5, 7), FP);
  }
}

/** out = a^(2^times) for each element. */
function sqr_times(out: i32, a: i32, times: i32, elements: i32): void {
  if (elements === 2) {
    interleave(a);
    for (let i = 0; i < times; i++) fp_sqr_two(PAIR, PAIR);
    separate(out);
  } else {
    fp_sqr(out, a);
    for (let i = 1; i < times; i++) fp_sqr(out, out);
  }
}

/** out = a b for each element. */
function mul(out: i32, a: i32, b: i32, elements: i32): void {
  for (let end = a + elements * FP; a < end; a += FP) {
    fp_mul(out, a, b);
    out += FP;
    b += FP;
  }
}

/**
 * WORK = BASE^((p-3)/4), the exponent in binary being 223 ones, a zero, 222 ones. Xn below is BASE^(2^n - 1).
 * Chain of n: 1, 2, 3, 6, 9, 18, 19, 37, 74, 111, 222, 223.
 */
function fp_pow_p34(n: i32): void {
  sqr_times(WORK, BASE, 1, n);
  mul(WORK, WORK, BASE, n); // X2
  sqr_times(WORK, WORK, 1, n);
  mul(X3, WORK, BASE, n);
  sqr_times(WORK, X3, 3, n);
  mul(WORK, WORK, X3, n); // X6
  sqr_times(WORK, WORK, 3, n);
  mul(X9, WORK, X3, n);
  sqr_times(WORK, X9, 9, n);
  mul(X9, WORK, X9, n); // X18
  sqr_times(WORK, X9, 1, n);
  mul(WORK, WORK, BASE, n); // X19
  sqr_times(WORK, WORK, 18, n);
  mul(X37, WORK, X9, n);
  sqr_times(WORK, X37, 37, n);
  mul(WORK, WORK, X37, n); // X74
  sqr_times(WORK, WORK, 37, n);
  mul(X37, WORK, X37, n); // X111
  sqr_times(WORK, X37, 111, n);
  mul(X37, WORK, X37, n); // X222
  sqr_times(WORK, X37, 1, n);
  mul(WORK, WORK, BASE, n); // X223
  sqr_times(WORK, WORK, 223, n);
  mul(WORK, WORK, X37, n);
}

/**
 * out = sqrt(u/v) for each element, the one root that is a square itself; the verdict has bit i set when element i has a root, else out means
 * nothing there. u, v up to 2u; out is neither u nor v.
 * x = u^3 v (u^5 v^3)^((p-3)/4) = (u/v)^((p+1)/4), then v x^2 = u is tested.
 */
function sqrt_ratios(out: i32, u: i32, v: i32, elements: i32): i32 {
  const end = elements * FP;
  for (let i = 0; i < end; i += FP) {
    const a = RATIO_A + i;
    const b = RATIO_B + i;
    fp_sqr(a, u + i);
    fp_mul(a, a, v + i); // u^2 v
    fp_mul(b, a, u + i); // u^3 v
    fp_mul(a, a, b); // u^5 v^2
    fp_mul(BASE + i, a, v + i); // u^5 v^3
  }
  fp_pow_p34(elements);
  mul(out, WORK, RATIO_B, elements);
  let verdict = 0;
  for (let i = 0; i < elements; i++) {
    const at = i * FP;
    fp_sqr(RATIO_A, out + at);
    fp_mul(RATIO_A, RATIO_A, v + at);
    fp_sub(RATIO_A, RATIO_A, u + at);
    verdict |= (fp_is_zero(RATIO_A) & 1) << i;
  }
  return verdict;
}

/** out = sqrt(u/v), as above; -1 when there is one, else 0. */
export function fp_sqrt_ratio(out: i32, u: i32, v: i32): i32 {
  return -sqrt_ratios(out, u, v, 1);
}

/** Both roots of two ratios, as above: at `out` and `out` + FP, of what is at u and v and behind it. */
export function fp_sqrt_ratio_two(out: i32, u: i32, v: i32): i32 {
  return sqrt_ratios(out, u, v, 2);
}
