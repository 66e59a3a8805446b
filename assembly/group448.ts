/**
 * Operations of the groups on encoded points, as the host calls them: decode, judge, compute, encode.
 * Each gives a status (ge448.ts). Multiplications are constant time in the scalar and refuse points outside the subgroup of order L.
 */

import { ge_add, ge_cache, ge_decode, ge_encode, ge_is_small_order, MIXED_ORDER, OK, SMALL_ORDER } from './ge448';
import { ge_mul, ge_mul_base } from './ge448_mul';
import { ge_has_prime_order } from './ge448_vartime';
import { ABI_POINTS, GE } from './memory';
import {
  montgomery_add as add_affine,
  MONTGOMERY_P,
  MONTGOMERY_Q,
  montgomery_base,
  montgomery_decode,
  montgomery_encode,
  montgomery_order,
  montgomery_multiply as multiply_affine,
} from './montgomery448';

const P: i32 = ABI_POINTS;
const Q: i32 = ABI_POINTS + GE;

/** P = a point of order L. */
function decode_prime_order(octets: i32): i32 {
  const status = ge_decode(P, octets);
  if (status) return status;
  if (ge_is_small_order(P)) return SMALL_ORDER;
  return ge_has_prime_order(P) ? OK : MIXED_ORDER;
}

export function edwards_validate(p: i32): i32 {
  return decode_prime_order(p);
}

export function edwards_add(out: i32, p: i32, q: i32): i32 {
  let status = ge_decode(P, p);
  if (status) return status;
  status = ge_decode(Q, q);
  if (status) return status;
  ge_cache(Q, Q);
  ge_add(P, P, Q);
  ge_encode(out, P);
  return OK;
}

export function edwards_multiply(out: i32, scalar: i32, p: i32): i32 {
  const status = decode_prime_order(p);
  if (status) return status;
  ge_mul(Q, scalar, P);
  ge_encode(out, Q);
  return OK;
}

export function edwards_base_multiply(out: i32, scalar: i32): void {
  ge_mul_base(P, scalar);
  ge_encode(out, P);
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
  if (status) return status;
  montgomery_encode(out, MONTGOMERY_Q);
  return OK;
}

export function montgomery_base_multiply(out: i32, scalar: i32): i32 {
  montgomery_base(MONTGOMERY_P);
  const status = multiply_affine(scalar);
  if (status) return status;
  montgomery_encode(out, MONTGOMERY_Q);
  return OK;
}
