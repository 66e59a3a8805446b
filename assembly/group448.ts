/**
 * Operations of the groups on encoded points, as the host calls them: decode, judge, compute, encode.
 * Each gives a status (status.ts). Multiplications are constant time in the scalar and refuse points outside the subgroup of order L.
 */

import { expect_equal } from './fault';
import { ge_mul, ge_mul_base } from './ge448_mul';
import {
  edwards_add as add_edwards,
  edwards_decode,
  edwards_decode_prime_order,
  edwards_encode,
  isogeny_check,
  isogeny_check_u,
  isogeny_encode,
  isogeny_encode_u,
  isogeny_to_twist,
} from './isogeny448';
import { GE, GROUP_POINTS, SC } from './memory';
import {
  montgomery_add as add_affine,
  clamp,
  MONTGOMERY_P,
  MONTGOMERY_Q,
  montgomery_base,
  montgomery_decode,
  montgomery_encode,
  montgomery_order,
  montgomery_multiply as multiply_affine,
} from './montgomery448';
import { sc_mul, sc_quarter, sc_reduce } from './sc448';
import { OK } from './status';

const P: i32 = GROUP_POINTS;
const Q: i32 = GROUP_POINTS + GE;
const SCALAR: i32 = GROUP_POINTS + 2 * GE;
const AFFINE: i32 = GROUP_POINTS + 3 * GE;

export function edwards_validate(p: i32): i32 {
  return edwards_decode_prime_order(P, p);
}

export function edwards_add(out: i32, p: i32, q: i32): i32 {
  let status = edwards_decode(P, p);
  if (status) return status;
  status = edwards_decode(Q, q);
  if (status) return status;
  add_edwards(P, Q);
  edwards_encode(out, P);
  return OK;
}

export function edwards_multiply(out: i32, scalar: i32, p: i32): i32 {
  const status = edwards_decode_prime_order(P, p);
  if (status) return status;
  isogeny_to_twist(Q, P);
  sc_mul(SCALAR, scalar, sc_quarter());
  ge_mul(P, SCALAR, Q);
  isogeny_encode(out, P, AFFINE);
  return OK;
}

export function edwards_base_multiply(out: i32, scalar: i32): void {
  ge_mul_base(P, scalar);
  isogeny_encode(out, P, AFFINE);
}

/** Checks what edwards_base_multiply has just given for the scalar at s; the result and the scalar are put in once more. */
export function edwards_base_check(octets: i32, s: i32, scalar: i32): void {
  expect_equal(s, scalar, SC);
  isogeny_check(octets, P, AFFINE);
}

/** out = X448(k, 5), through the comb; k is clamped in place. */
export function x448_base(out: i32, k: i32): void {
  clamp(k);
  sc_reduce(SCALAR, k, 56);
  ge_mul_base(P, SCALAR);
  isogeny_encode_u(out, P);
}

/** Checks what x448_base has just given for the octets at k; the result and the key are put in once more. */
export function x448_base_check(octets: i32, k: i32, key: i32): void {
  clamp(key);
  expect_equal(k, key, 56);
  sc_reduce(AFFINE, key, 56);
  expect_equal(AFFINE, SCALAR, SC);
  isogeny_check_u(octets, P);
}

/** MONTGOMERY_P = a point of order L. */
function montgomery_prime_order(octets: i32): i32 {
  const status = montgomery_decode(MONTGOMERY_P, octets);
  return status ? status : montgomery_order();
}

export function montgomery_validate(p: i32): i32 {
  return montgomery_prime_order(p);
}

export function montgomery_add(out: i32, p: i32, q: i32): i32 {
  let status = montgomery_decode(MONTGOMERY_P, p);
  if (status) return status;
  status = montgomery_decode(MONTGOMERY_Q, q);
  if (status) return status;
  status = add_affine();
  if (status) return status;
  montgomery_encode(out, MONTGOMERY_P);
  return OK;
}

export function montgomery_multiply(out: i32, scalar: i32, p: i32): i32 {
  let status = montgomery_prime_order(p);
  if (status) return status;
  status = multiply_affine(scalar);
  montgomery_encode(out, MONTGOMERY_Q);
  return status;
}

export function montgomery_base_multiply(out: i32, scalar: i32): i32 {
  montgomery_base(MONTGOMERY_P);
  const status = multiply_affine(scalar);
  montgomery_encode(out, MONTGOMERY_Q);
  return status;
}
