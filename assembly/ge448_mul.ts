/**
 * Multiplication of points of order L by secret scalars, constant time: a signed comb for the base point (Hamburg 2012), a signed
 * fixed window for any other point. Not for public scalars (ge448_vartime.ts).
 *
 * Both use the 450 digits of +-1 of sc_signed_bits, so no digit, window or table entry is ever zero, and every selection
 * reads the whole table.
 */

import { expect_equal } from './fault';
import { ge_add, ge_add_affine, ge_cache, ge_double, ge_identity } from './ge448';
import { COLUMNS, COMB_ENTRIES, COMBS, comb_table, TEETH } from './ge448_table';
import { COMB_TABLE, FP, GE, GE_AFFINE, GE_DIGITS, GE_SELECTED, GE_WINDOW, SC } from './memory';
import { sc_signed_bits } from './sc448';

const BITS: i32 = GE_DIGITS;
/** The same digits, made once more after their use. */
const BITS_AGAIN: i32 = GE_DIGITS + 64;
const WINDOW: i32 = 5;
const WINDOWS: i32 = 90;

/**
 * GE_SELECTED = the entry for `digit` of a table with entries of `size` octets, in cached or affine form. The top one of the `bits` of a digit
 * is set when the multiple is positive; the others, complemented when it is not, are the index. Every entry is read.
 */
function select(table: i32, size: i32, digit: i32, bits: i32): void {
  const entries = 1 << (bits - 1);
  const minus = (digit >> (bits - 1)) - 1; // -1 when negative
  const index = i32x4.splat((digit ^ minus) & (entries - 1));
  const zero = i64x2.splat(0);
  const one = i32x4.splat(1);
  // Three elements at a time, which is what fits the registers of x64; the four of a cached point in two passes, two elements twice.
  for (let offset = 0; offset <= size - GE_AFFINE; offset += FP) {
    let a0 = zero;
    let a1 = zero;
    let a2 = zero;
    let a3 = zero;
    let b0 = zero;
    let b1 = zero;
    let b2 = zero;
    let b3 = zero;
    let c0 = zero;
    let c1 = zero;
    let c2 = zero;
    let c3 = zero;
    let distance = index;
    let entry = table + offset;
    for (let e = 0; e < entries; e++) {
      const mask = i32x4.eq(distance, zero);
      a0 = v128.or(a0, v128.and(v128.load(entry, 0), mask));
      a1 = v128.or(a1, v128.and(v128.load(entry, 16), mask));
      a2 = v128.or(a2, v128.and(v128.load(entry, 32), mask));
      a3 = v128.or(a3, v128.and(v128.load(entry, 48), mask));
      b0 = v128.or(b0, v128.and(v128.load(entry, 64), mask));
      b1 = v128.or(b1, v128.and(v128.load(entry, 80), mask));
      b2 = v128.or(b2, v128.and(v128.load(entry, 96), mask));
      b3 = v128.or(b3, v128.and(v128.load(entry, 112), mask));
      c0 = v128.or(c0, v128.and(v128.load(entry, 128), mask));
      c1 = v128.or(c1, v128.and(v128.load(entry, 144), mask));
      c2 = v128.or(c2, v128.and(v128.load(entry, 160), mask));
      c3 = v128.or(c3, v128.and(v128.load(entry, 176), mask));
      distance = i32x4.sub(distance, one);
      entry += size;
    }
    const out = GE_SELECTED + offset;
    v128.store(out, a0, 0);
    v128.store(out, a1, 16);
    v128.store(out, a2, 32);
    v128.store(out, a3, 48);
    v128.store(out, b0, 64);
    v128.store(out, b1, 80);
    v128.store(out, b2, 96);
    v128.store(out, b3, 112);
    v128.store(out, c0, 128);
    v128.store(out, c1, 144);
    v128.store(out, c2, 160);
    v128.store(out, c3, 176);
  }
  negate_if(minus);
}

/** Negates the cached point or affine entry in GE_SELECTED when mask is -1: exchanges the first two elements, negates the third. */
function negate_if(mask: i32): void {
  const m = i32x4.splat(mask);
  for (let i = 0; i < FP; i += 16) {
    const a = v128.load(GE_SELECTED + i, 0);
    const b = v128.load(GE_SELECTED + i, FP);
    const c = v128.load(GE_SELECTED + i, 2 * FP);
    v128.store(GE_SELECTED + i, v128.bitselect(b, a, m), 0);
    v128.store(GE_SELECTED + i, v128.bitselect(a, b, m), FP);
    v128.store(GE_SELECTED + i, i32x4.sub(v128.xor(c, m), m), 2 * FP);
  }
}

/** Bit i of the 450 signed bits; those above 447 are zero. */
function bit(i: i32): i32 {
  return i < 448 ? ((load<u8>(BITS + (i >> 3)) as i32) >> (i & 7)) & 1 : 0;
}

/**
 * out = s B for a scalar s < L. Tooth t of comb j covers the digits COLUMNS (t + TEETH j) + column. Notes a fault in the digits; one in an entry or a
 * coordinate takes the result off the curve, which is for its encoding to be checked for (isogeny_check).
 */
export function ge_mul_base(out: i32, s: i32): void {
  comb_table();
  sc_signed_bits(BITS, s);
  ge_identity(out);
  for (let column = COLUMNS - 1; column >= 0; column--) {
    if (column < COLUMNS - 1) ge_double(out, out, true);
    for (let comb = 0; comb < COMBS; comb++) {
      let digit = 0;
      for (let tooth = 0; tooth < TEETH; tooth++) digit |= bit(column + COLUMNS * (tooth + TEETH * comb)) << tooth;
      select(COMB_TABLE + comb * COMB_ENTRIES * GE_AFFINE, GE_AFFINE, digit, TEETH);
      ge_add_affine(out, out, GE_SELECTED, comb < COMBS - 1);
    }
  }
  sc_signed_bits(BITS_AGAIN, s);
  expect_equal(BITS, BITS_AGAIN, SC);
}

/** out = s P for a scalar s < L; out is not p. Windows of 5 digits are the odd numbers -31 .. 31. */
export function ge_mul(out: i32, s: i32, p: i32): void {
  // P, 3P, .. 31P
  ge_double(out, p, true);
  ge_cache(GE_SELECTED, out);
  ge_cache(GE_WINDOW, p);
  ge_add(out, p, GE_SELECTED, true);
  for (let i = 1; i < 16; i++) {
    ge_cache(GE_WINDOW + i * GE, out);
    ge_add(out, out, GE_SELECTED, true);
  }
  sc_signed_bits(BITS, s);
  ge_identity(out);
  for (let window = WINDOWS - 1; window >= 0; window--) {
    for (let i = 0; i < WINDOW; i++) ge_double(out, out, i === WINDOW - 1);
    let digit = 0;
    for (let i = 0; i < WINDOW; i++) digit |= bit(WINDOW * window + i) << i;
    select(GE_WINDOW, GE, digit, WINDOW);
    ge_add(out, out, GE_SELECTED, false);
  }
}
