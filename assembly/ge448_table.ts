/**
 * Tables of multiples of the base point B: making, and the conversion of many points to affine entries with one inversion.
 * Public values only. Not for choosing from a table: that is the multiplication's business.
 */

import { fp_from_octets, fp_neg, fp_set } from './fp448';
import { fp_inv } from './fp448_power';
import { fp_mul, fp_mul_small } from './fp448_product.gen';
import { ge_add, ge_cache, ge_double, ge_neg } from './ge448';
import { COMB_TABLE, FP, GE, GE_AFFINE, ODD_TABLE, TABLE_WORK } from './memory';

/** Coordinates of B (RFC 8032 section 5.2), 56 octets each. */
const BASE_X = memory.data<u64>([
  0x2626a82bc70cc05e, 0x433b80e18b00938e, 0x12ae1af72ab66511, 0xea6de324a3d3a464, 0x9e146570470f1767,
  0x221d15a622bf36da, 0x4f1970c66bed0ded,
]);
const BASE_Y = memory.data<u64>([
  0x9808795bf230fa14, 0xfdbd132c4ed7c8ad, 0x3ad3ff1ce67c39c4, 0x87789c1e05a0c2d7, 0x4bea73736ca39840,
  0x8876203756c9c762, 0x693f46716eb6bc24,
]);

export const COMBS: i32 = 5;
export const TEETH: i32 = 5;
export const COLUMNS: i32 = 18;
export const COMB_ENTRIES: i32 = 16;
/** Odd multiples B, 3B, .. 63B. */
export const ODD_ENTRIES: i32 = 32;

const POINTS: i32 = TABLE_WORK; // up to 80 points
const TOOTH: i32 = POINTS + COMBS * COMB_ENTRIES * GE; // 5 points, the doubled teeth of one comb
const RUNNING: i32 = TOOTH + TEETH * GE; // 1 point
const CACHED: i32 = RUNNING + GE; // 1 point
const PRODUCTS: i32 = CACHED + GE; // 80 elements

let combReady = false;
let oddReady = false;

/** out = B. */
export function ge_base(out: i32): void {
  fp_from_octets(out, BASE_X);
  fp_from_octets(out + FP, BASE_Y);
  fp_set(out + 2 * FP, 1);
  fp_mul(out + 3 * FP, out, out + FP);
}

/** table[i] = affine entry of POINTS[i], by Montgomery's simultaneous inversion. */
function to_affine(table: i32, count: i32): void {
  fp_set(PRODUCTS, 1);
  for (let i = 1; i < count; i++) fp_mul(PRODUCTS + i * FP, PRODUCTS + (i - 1) * FP, POINTS + (i - 1) * GE + 2 * FP);
  const inverse = RUNNING; // of the product of all Z from 0 to i
  fp_mul(inverse, PRODUCTS + (count - 1) * FP, POINTS + (count - 1) * GE + 2 * FP);
  fp_inv(inverse, inverse);
  for (let i = count - 1; i >= 0; i--) {
    const point = POINTS + i * GE;
    const entry = table + i * GE_AFFINE;
    const z = CACHED; // 1 / Z of this point
    fp_mul(z, inverse, PRODUCTS + i * FP);
    fp_mul(inverse, inverse, point + 2 * FP);
    fp_mul(entry, point, z);
    fp_mul(entry + FP, point + FP, z);
    fp_mul(entry + 2 * FP, entry, entry + FP);
    fp_mul_small(entry + 2 * FP, entry + 2 * FP, 39081);
    fp_neg(entry + 2 * FP, entry + 2 * FP);
  }
}

/** Makes the comb table if it is not there yet. */
export function comb_table(): void {
  if (combReady) return;
  ge_base(RUNNING);
  for (let comb = 0; comb < COMBS; comb++) {
    // entry e = 2^(18 (4 + 5 comb)) B + sum over t < 4 of (bit t of e ? + : -) 2^(18 (t + 5 comb)) B.
    // Start with the entry of all minus signs, then add twice the tooth wherever a bit is set.
    const entries = POINTS + comb * COMB_ENTRIES * GE;
    for (let tooth = 0; tooth < TEETH; tooth++) {
      if (tooth === 0) {
        ge_neg(entries, RUNNING);
      } else if (tooth < TEETH - 1) {
        ge_neg(CACHED, RUNNING);
        ge_cache(CACHED, CACHED);
        ge_add(entries, entries, CACHED);
      } else {
        ge_cache(CACHED, RUNNING);
        ge_add(entries, entries, CACHED);
      }
      ge_double(RUNNING, RUNNING, true);
      ge_cache(TOOTH + tooth * GE, RUNNING);
      for (let i = 1; i < COLUMNS; i++) ge_double(RUNNING, RUNNING, i === COLUMNS - 1);
    }
    for (let tooth = 0; tooth < TEETH - 1; tooth++) {
      const bit = 1 << tooth;
      for (let e = 0; e < bit; e++) ge_add(entries + (e + bit) * GE, entries + e * GE, TOOTH + tooth * GE);
    }
  }
  to_affine(COMB_TABLE, COMBS * COMB_ENTRIES);
  combReady = true;
}

/** Makes the table of odd multiples if it is not there yet. */
export function odd_table(): void {
  if (oddReady) return;
  ge_base(POINTS);
  ge_double(CACHED, POINTS, true);
  ge_cache(CACHED, CACHED);
  for (let i = 1; i < ODD_ENTRIES; i++) ge_add(POINTS + i * GE, POINTS + (i - 1) * GE, CACHED);
  to_affine(ODD_TABLE, ODD_ENTRIES);
  oddReady = true;
}
