/**
 * Multiplication by public scalars, variable time: s B + t P for verification, and the test for order L.
 * Straus' interleaving of two non-adjacent forms. Never for secrets.
 */

import { fp_copy, fp_neg } from './fp448';
import { ge_add, ge_add_affine, ge_cache, ge_double, ge_identity, ge_is_identity, ge_neg } from './ge448';
import { odd_table } from './ge448_table';
import {
  FP,
  GE,
  GE_ACCUMULATOR,
  GE_AFFINE,
  GE_DIGITS,
  GE_SELECTED,
  GE_WINDOW,
  ODD_TABLE,
  ORDER_PRODUCT,
  SC_TEMP,
} from './memory';
import { sc_order } from './sc448';

const LENGTH: i32 = 448;
const BASE_WIDTH: i32 = 7; // digits up to 63: 32 entries
const POINT_WIDTH: i32 = 5; // digits up to 15: 8 entries

/** Writes the non-adjacent form of width w of a scalar below 2^447 as 448 signed octets, each zero or odd, below 2^(w-1) in size. */
function naf(digits: i32, scalar: i32, width: i32): void {
  const rest = SC_TEMP;
  memory.copy(rest, scalar, 56);
  memory.fill(rest + 56, 0, 8);
  memory.fill(digits, 0, LENGTH);
  let position = 0;
  let carry = 0;
  while (position < LENGTH) {
    const chunk = load<u32>(rest + (position >> 3)) >> (position & 7);
    if ((chunk & 1) === (carry as u32)) {
      position++;
      continue;
    }
    let digit = ((chunk & ((1 << width) - 1)) as i32) + carry;
    carry = digit >> (width - 1);
    digit -= carry << width;
    store<i8>(digits + position, digit as i8);
    position += width;
  }
}

/** out = s B + t P; s, t below 2^446, s may be 0 (a null pointer: no base part). out is not p. */
export function ge_mul_vartime(out: i32, s: i32, t: i32, p: i32): void {
  const baseDigits = GE_DIGITS;
  const pointDigits = GE_DIGITS + 456;
  memory.fill(baseDigits, 0, LENGTH);
  if (s) {
    odd_table();
    naf(baseDigits, s, BASE_WIDTH);
  }
  naf(pointDigits, t, POINT_WIDTH);
  ge_double(GE_ACCUMULATOR, p, true);
  ge_cache(GE_SELECTED, GE_ACCUMULATOR);
  ge_cache(GE_WINDOW, p);
  ge_add(GE_ACCUMULATOR, p, GE_SELECTED);
  for (let i = 1; i < 8; i++) {
    ge_cache(GE_WINDOW + i * GE, GE_ACCUMULATOR);
    ge_add(GE_ACCUMULATOR, GE_ACCUMULATOR, GE_SELECTED);
  }
  ge_identity(out);
  let started = false;
  for (let i = LENGTH - 1; i >= 0; i--) {
    const b = load<i8>(baseDigits + i) as i32;
    const d = load<i8>(pointDigits + i) as i32;
    if (started) ge_double(out, out, (b | d) !== 0 || i === 0);
    if (d !== 0) {
      const entry = GE_WINDOW + (abs(d) >> 1) * GE;
      if (d < 0) ge_neg(GE_SELECTED, entry);
      ge_add(out, out, d < 0 ? GE_SELECTED : entry);
      started = true;
    }
    if (b !== 0) {
      const entry = ODD_TABLE + (abs(b) >> 1) * GE_AFFINE;
      if (b < 0) {
        fp_neg(GE_SELECTED, entry);
        fp_copy(GE_SELECTED + FP, entry + FP);
        fp_neg(GE_SELECTED + 2 * FP, entry + 2 * FP);
      }
      ge_add_affine(out, out, b < 0 ? GE_SELECTED : entry);
      started = true;
    }
  }
}

/** -1 when L P is the identity, else 0; the identity itself included. */
export function ge_has_prime_order(p: i32): i32 {
  ge_mul_vartime(ORDER_PRODUCT, 0, sc_order(), p);
  return ge_is_identity(ORDER_PRODUCT);
}
