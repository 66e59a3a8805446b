/**
 * Multiplication of points of order L by secret scalars, constant time: a signed comb for the base point (Hamburg 2012), a signed
 * fixed window for any other point. Not for public scalars (ge448_vartime.ts).
 *
 * Both use the 450 digits of +-1 of sc_signed_bits, so no digit, window or table entry is ever zero, and every selection
 * reads the whole table.
 */

import { fp_negate_if } from './fp448';
import { ge_add, ge_add_affine, ge_cache, ge_double, ge_identity } from './ge448';
import { COLUMNS, COMB_ENTRIES, COMBS, comb_table, TEETH } from './ge448_table';
import { COMB_TABLE, FP, GE, GE_AFFINE, GE_DIGITS, GE_SELECTED, GE_WINDOW } from './memory';
import { sc_signed_bits } from './sc448';

const BITS: i32 = GE_DIGITS;
const WINDOW: i32 = 5;
const WINDOWS: i32 = 90;

/** GE_SELECTED = entry `index` of 16 entries of `size` octets. Reads them all; the mask is made by comparing vectors. */
function select16(table: i32, size: i32, index: i32): void {
  const wanted = i32x4.splat(index);
  for (let offset = 0; offset < size; offset += 32) {
    let a = i64x2.splat(0);
    let b = i64x2.splat(0);
    let entry = table + offset;
    for (let e = 0; e < 16; e++) {
      const mask = i32x4.eq(wanted, i32x4.splat(e));
      a = v128.or(a, v128.and(v128.load(entry, 0), mask));
      b = v128.or(b, v128.and(v128.load(entry, 16), mask));
      entry += size;
    }
    v128.store(GE_SELECTED + offset, a, 0);
    v128.store(GE_SELECTED + offset, b, 16);
  }
}

/** Bit i of the 450 signed bits; those above 447 are zero. */
function bit(i: i32): i32 {
  return i < 448 ? ((load<u8>(BITS + (i >> 3)) as i32) >> (i & 7)) & 1 : 0;
}

/**
 * out = s B for a scalar s < L. Tooth t of comb j covers the digits 18 (t + 5 j) + column; the 16 entries of a comb have a positive last tooth,
 * the other 16 sums are their negatives.
 */
export function ge_mul_base(out: i32, s: i32): void {
  comb_table();
  sc_signed_bits(BITS, s);
  ge_identity(out);
  for (let column = COLUMNS - 1; column >= 0; column--) {
    if (column < COLUMNS - 1) ge_double(out, out, true);
    for (let comb = 0; comb < COMBS; comb++) {
      let index = 0;
      for (let tooth = 0; tooth < TEETH; tooth++) index |= bit(column + COLUMNS * (tooth + TEETH * comb)) << tooth;
      const minus = (index >> (TEETH - 1)) - 1; // -1 when the last tooth is negative
      select16(COMB_TABLE + comb * COMB_ENTRIES * GE_AFFINE, GE_AFFINE, (index ^ minus) & (COMB_ENTRIES - 1));
      fp_negate_if(GE_SELECTED, GE_SELECTED, minus);
      fp_negate_if(GE_SELECTED + 2 * FP, GE_SELECTED + 2 * FP, minus);
      ge_add_affine(out, out, GE_SELECTED);
    }
  }
}

/** out = s P for a scalar s < L and P of order L; out is not p. Windows of 5 digits are the odd numbers -31 .. 31. */
export function ge_mul(out: i32, s: i32, p: i32): void {
  // P, 3P, .. 31P
  ge_double(out, p, true);
  ge_cache(GE_SELECTED, out);
  ge_cache(GE_WINDOW, p);
  ge_add(out, p, GE_SELECTED);
  for (let i = 1; i < 16; i++) {
    ge_cache(GE_WINDOW + i * GE, out);
    ge_add(out, out, GE_SELECTED);
  }
  sc_signed_bits(BITS, s);
  ge_identity(out);
  for (let window = WINDOWS - 1; window >= 0; window--) {
    for (let i = 0; i < WINDOW; i++) ge_double(out, out, i === WINDOW - 1);
    let index = 0;
    for (let i = 0; i < WINDOW; i++) index |= bit(WINDOW * window + i) << i;
    const minus = (index >> (WINDOW - 1)) - 1; // the window is 2 index - 31
    select16(GE_WINDOW, GE, (index ^ minus) & 15);
    fp_negate_if(GE_SELECTED, GE_SELECTED, minus);
    fp_negate_if(GE_SELECTED + 3 * FP, GE_SELECTED + 3 * FP, minus);
    ge_add(out, out, GE_SELECTED);
  }
}
