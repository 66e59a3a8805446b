/**
 * Tables of multiples of the base point: making, and the conversion of many points to affine entries with one inversion.
 * The base point here is the one that phi' takes to the base point of Ed448 (isogeny448.ts). Public values only.
 * Not for choosing from a table: that is the multiplication's business.
 */

import { fp_add, fp_from_octets, fp_set, fp_sub } from './fp448';
import { fp_inv } from './fp448_inverse';
import { fp_mul, fp_mul_small } from './fp448_product.gen';
import { ge_add, ge_cache, ge_double, ge_neg, TWO_D } from './ge448';
import { COMB_TABLE, FP, GE, GE_AFFINE, ODD_TABLE, TABLE_WORK } from './memory';

/** Coordinates of the base point: phi(B) / 4 for B of RFC 8032 section 5.2, 56 octets each. */
const BASE_X = memory.data<u64>([
  0x530c0f019124548e, 0x22b23254e364b14f, 0xa3b629cbf5b7d498, 0x256706f42134da9e, 0x169d70108cfd3303,
  0x4f4b749a1d6d2cf3, 0xa50dd973d99e9933,
]);
const BASE_Y = memory.data<u64>([
  0xd3838ddc898c408b, 0xb5ed6aa966cc6a2f, 0x8465cf19c906577b, 0x525294c2ecfbf89b, 0x622d842437779fcd,
  0x75c24ab64dfecd7f, 0xa2a35d8c3cbf45f7,
]);

export const COMBS: i32 = 15;
export const TEETH: i32 = 6;
export const COLUMNS: i32 = 5;
/** One entry for each choice of signs of all teeth but the last, which is positive. */
export const COMB_ENTRIES: i32 = 32;
/** Odd multiples B, 3B, .. 127B, then the same of 2^224 B. */
export const ODD_ENTRIES: i32 = 64;

const POINTS: i32 = TABLE_WORK; // up to COMBS * COMB_ENTRIES points
const TOOTH: i32 = POINTS + COMBS * COMB_ENTRIES * GE; // TEETH cached points, the doubled teeth of one comb
const RUNNING: i32 = TOOTH + TEETH * GE; // 1 point
const CACHED: i32 = RUNNING + GE; // 1 point
const PRODUCTS: i32 = CACHED + GE; // an element for each point

let combReady = false;
let oddReady = false;

function base_point(out: i32): void {
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
  const x = CACHED;
  const y = CACHED + FP;
  const z = CACHED + 2 * FP; // 1 / Z of the point
  for (let i = count - 1; i >= 0; i--) {
    const point = POINTS + i * GE;
    const entry = table + i * GE_AFFINE;
    fp_mul(z, inverse, PRODUCTS + i * FP);
    fp_mul(inverse, inverse, point + 2 * FP);
    fp_mul(x, point, z);
    fp_mul(y, point + FP, z);
    fp_sub(entry, y, x); // 2u
    fp_add(entry + FP, y, x); // 2u
    fp_mul(x, x, y);
    fp_mul_small(entry + 2 * FP, x, TWO_D);
  }
}

/** Makes the comb table if it is not there yet. */
export function comb_table(): void {
  if (combReady) return;
  base_point(RUNNING);
  for (let comb = 0; comb < COMBS; comb++) {
    // With T_t = 2^(COLUMNS (t + TEETH comb)) B, entry e is the last T plus, for every other t, T_t or, when bit t of e is clear, -T_t.
    // Start with the entry of all minus signs, then add twice the tooth wherever a bit is set.
    const entries = POINTS + comb * COMB_ENTRIES * GE;
    for (let tooth = 0; tooth < TEETH; tooth++) {
      if (tooth === 0) {
        ge_neg(entries, RUNNING);
      } else {
        if (tooth < TEETH - 1) {
          ge_neg(PRODUCTS, RUNNING);
          ge_cache(CACHED, PRODUCTS);
        } else {
          ge_cache(CACHED, RUNNING);
        }
        ge_add(entries, entries, CACHED, true);
      }
      ge_double(RUNNING, RUNNING, true);
      ge_cache(TOOTH + tooth * GE, RUNNING);
      for (let i = 1; i < COLUMNS; i++) ge_double(RUNNING, RUNNING, i === COLUMNS - 1);
    }
    for (let tooth = 0; tooth < TEETH - 1; tooth++) {
      const bit = 1 << tooth;
      for (let e = 0; e < bit; e++) ge_add(entries + (e + bit) * GE, entries + e * GE, TOOTH + tooth * GE, true);
    }
  }
  to_affine(COMB_TABLE, COMBS * COMB_ENTRIES);
  combReady = true;
}

/** Has both tables made anew when they are next needed. */
export function forget_tables(): void {
  combReady = false;
  oddReady = false;
}

/** POINTS[from ..] = the odd multiples of the point in RUNNING. */
function odd_multiples(from: i32): void {
  const first = POINTS + from * GE;
  memory.copy(first, RUNNING, GE);
  ge_double(PRODUCTS, RUNNING, true);
  ge_cache(CACHED, PRODUCTS);
  for (let i = 1; i < ODD_ENTRIES; i++) ge_add(first + i * GE, first + (i - 1) * GE, CACHED, true);
}

/** Makes the tables of odd multiples if they are not there yet. */
export function odd_table(): void {
  if (oddReady) return;
  base_point(RUNNING);
  odd_multiples(0);
  for (let i = 0; i < 224; i++) ge_double(RUNNING, RUNNING, i === 223);
  odd_multiples(ODD_ENTRIES);
  to_affine(ODD_TABLE, 2 * ODD_ENTRIES);
  oddReady = true;
}
