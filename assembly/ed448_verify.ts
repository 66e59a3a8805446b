/**
 * Verification of one Ed448 signature (RFC 8032 section 5.2.7) in steps: ed448_verify_start, ed448_update .., ed448_verify_finish.
 * Public values only; variable time.
 *
 * [4][S]B = [4]R + [4][k]A is checked under the isogeny phi, which makes [4] of an equation an equation (isogeny448.ts), and times v
 * of halfgcd.ts: v S phi(B) - u phi(A) - v phi(R) = 0, with all multipliers but the first of half size, and the first in two halves.
 */
import { ed448_update, hash_domain, hash_finish_scalar, set_domain } from './ed448_hash';
import { ge_is_identity, ge_neg } from './ge448';
import { ODD_ENTRIES, odd_table } from './ge448_table';
import { ge_sum_vartime, NAF_HALF, naf, odd_multiples, POINT_ENTRIES, POINT_WIDTH, set_term } from './ge448_vartime';
import { half_size } from './halfgcd';
import { edwards_decode, edwards_is_small_order, isogeny_to_twist } from './isogeny448';
import { ED_POINTS, ED_SECRET, GE, GE_AFFINE, GE_DIGITS, GE_WINDOW, ODD_TABLE, SC } from './memory';
import { sc_add, sc_is_canonical, sc_mul } from './sc448';
import { OK, SMALL_ORDER } from './status';

const CHALLENGE: i32 = ED_SECRET + 64;
const S: i32 = ED_SECRET + 128;
const U: i32 = ED_SECRET + 192;
const V: i32 = ED_SECRET + 256;
const UPPER: i32 = ED_SECRET + 320;
const POINT: i32 = ED_POINTS;
const NEGATIVE: i32 = ED_POINTS + GE;

/** Digits of the base point's tables: odd numbers up to 127, which is what an octet holds. */
export const BASE_WIDTH: i32 = 8;

/** table = POINT_ENTRIES odd multiples of -phi(P) for 57 octets of P; or a refusal. A key must not be of small order. */
export function negative_multiples(table: i32, octets: i32, isKey: bool): i32 {
  const status = edwards_decode(POINT, octets);
  if (status) return status;
  if (isKey && edwards_is_small_order(POINT)) return SMALL_ORDER;
  isogeny_to_twist(NEGATIVE, POINT);
  ge_neg(POINT, NEGATIVE);
  odd_multiples(table, POINT, POINT_ENTRIES);
  return OK;
}

/** out = what ed448_verify_start needs of a public key: POINT_ENTRIES cached points; or a refusal. */
export function ed448_prepare(out: i32, publicKey: i32): i32 {
  return negative_multiples(out, publicKey, true);
}

/**
 * Starts the hash k of a signature whose S is below L, and copies S; 0 when S is not.
 */
export function signature_start(
  s: i32,
  signature: i32,
  publicKey: i32,
  context: i32,
  contextLength: i32,
  phflag: i32,
): i32 {
  if (load<u8>(signature + 113) || !sc_is_canonical(signature + 57)) return 0;
  memory.copy(s, signature + 57, SC);
  set_domain(context, contextLength, phflag);
  hash_domain();
  ed448_update(signature, 57);
  ed448_update(publicKey, 57);
  return 1;
}

/** 0 when the signature is malformed: S out of range, R not canonical or not on the curve. `prepared` is kept by address. */
export function ed448_verify_start(
  signature: i32,
  publicKey: i32,
  prepared: i32,
  context: i32,
  contextLength: i32,
  phflag: i32,
): i32 {
  if (!signature_start(S, signature, publicKey, context, contextLength, phflag)) return 0;
  if (negative_multiples(GE_WINDOW, signature, false)) return 0;
  set_term(2, GE_DIGITS + 2 * NAF_HALF, prepared, GE);
  return 1;
}

/** Changes the sign of all digits. */
function negate_digits(digits: i32, length: i32): void {
  for (let i = 0; i < length; i++) store<i8>(digits + i, -load<i8>(digits + i));
}

/** 1 when the equation holds, else 0. */
export function ed448_verify_finish(): i32 {
  hash_finish_scalar(CHALLENGE);
  const negative = half_size(U, V, CHALLENGE);
  // The table's base point is a quarter of phi(B).
  sc_mul(S, S, V);
  sc_add(S, S, S);
  sc_add(S, S, S);
  memory.fill(UPPER, 0, 64);
  memory.copy(UPPER, S + 28, 28);
  memory.fill(S + 28, 0, 28);
  odd_table();
  naf(GE_DIGITS, NAF_HALF, S, BASE_WIDTH);
  set_term(0, GE_DIGITS, ODD_TABLE, GE_AFFINE);
  naf(GE_DIGITS + NAF_HALF, NAF_HALF, UPPER, BASE_WIDTH);
  set_term(1, GE_DIGITS + NAF_HALF, ODD_TABLE + ODD_ENTRIES * GE_AFFINE, GE_AFFINE);
  naf(GE_DIGITS + 2 * NAF_HALF, NAF_HALF, U, POINT_WIDTH);
  if (negative) negate_digits(GE_DIGITS + 2 * NAF_HALF, NAF_HALF);
  naf(GE_DIGITS + 3 * NAF_HALF, NAF_HALF, V, POINT_WIDTH);
  set_term(3, GE_DIGITS + 3 * NAF_HALF, GE_WINDOW, GE);
  ge_sum_vartime(POINT, 4, NAF_HALF);
  return ge_is_identity(POINT) & 1;
}
