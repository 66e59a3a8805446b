/**
 * Field elements modulo p = 2^448 - 2^224 - 1: representation, encoding, and the linear operations.
 * Products: fp448_product.gen.ts. Powers: fp448_power.ts.
 *
 * An element is 16 signed limbs of radix 2^28 in 64 octets, lo half and hi half interleaved so that one 64-bit lane holds a
 * limb of each: i32[16] = lo0 hi0 lo1 hi1 .. lo7 hi7, limb value (lo_k + 2^224 hi_k) 2^(28 k). 16-octet aligned.
 *
 * Unit u: |limb| <= 2^27 + 2^9 is 1u. Products and fp_weak give 1u; add and sub give the sum of the units of their operands and carry nothing.
 * Everything here is constant time.
 */
import { FP, FP_CODEC, FP_OCTETS } from './memory';

const MASK: i64 = 0xfffffff;

/** out = a. A loop, as in the other functions of cold code: those are not inlined. */
export function fp_copy(out: i32, a: i32): void {
  for (let i = 0; i < FP; i += 16) v128.store(out + i, v128.load(a + i));
}

/** out = value, for 0 <= value < 2^27. */
export function fp_set(out: i32, value: i32): void {
  for (let i = 0; i < FP; i += 16) v128.store(out + i, i64x2.splat(0));
  store<i32>(out, value);
}

/** out = a + b, no carry. */
export function fp_add(out: i32, a: i32, b: i32): void {
  v128.store(out, i32x4.add(v128.load(a, 0), v128.load(b, 0)), 0);
  v128.store(out, i32x4.add(v128.load(a, 16), v128.load(b, 16)), 16);
  v128.store(out, i32x4.add(v128.load(a, 32), v128.load(b, 32)), 32);
  v128.store(out, i32x4.add(v128.load(a, 48), v128.load(b, 48)), 48);
}

/** out = a - b, no carry. */
export function fp_sub(out: i32, a: i32, b: i32): void {
  v128.store(out, i32x4.sub(v128.load(a, 0), v128.load(b, 0)), 0);
  v128.store(out, i32x4.sub(v128.load(a, 16), v128.load(b, 16)), 16);
  v128.store(out, i32x4.sub(v128.load(a, 32), v128.load(b, 32)), 32);
  v128.store(out, i32x4.sub(v128.load(a, 48), v128.load(b, 48)), 48);
}

/** sum = a + b, difference = a - b, no carry; either may be a or b. */
export function fp_sum_difference(sum: i32, difference: i32, a: i32, b: i32): void {
  for (let i = 0; i < FP; i += 16) {
    const x = v128.load(a + i);
    const y = v128.load(b + i);
    v128.store(sum + i, i32x4.add(x, y));
    v128.store(difference + i, i32x4.sub(x, y));
  }
}

/** out = -a. */
export function fp_neg(out: i32, a: i32): void {
  fp_negate_if(out, a, -1);
}

/** out = mask ? -a : a; mask is 0 or -1. */
export function fp_negate_if(out: i32, a: i32, mask: i32): void {
  const m = i32x4.splat(mask);
  for (let i = 0; i < FP; i += 16) v128.store(out + i, i32x4.sub(v128.xor(v128.load(a + i), m), m));
}

/** out = mask ? a : b; mask is 0 or -1. */
export function fp_select(out: i32, a: i32, b: i32, mask: i32): void {
  const m = i32x4.splat(mask);
  v128.store(out, v128.bitselect(v128.load(a, 0), v128.load(b, 0), m), 0);
  v128.store(out, v128.bitselect(v128.load(a, 16), v128.load(b, 16), m), 16);
  v128.store(out, v128.bitselect(v128.load(a, 32), v128.load(b, 32), m), 32);
  v128.store(out, v128.bitselect(v128.load(a, 48), v128.load(b, 48), m), 48);
}

/** One carry of every limb into the next, all at once: input up to 8u, output 1u. */
export function fp_weak(out: i32, a: i32): void {
  const half = i32x4.splat(1 << 27);
  const a0 = v128.load(a, 0);
  const a1 = v128.load(a, 16);
  const a2 = v128.load(a, 32);
  const a3 = v128.load(a, 48);
  const c0 = i32x4.shr_s(i32x4.add(a0, half), 28);
  const c1 = i32x4.shr_s(i32x4.add(a1, half), 28);
  const c2 = i32x4.shr_s(i32x4.add(a2, half), 28);
  const c3 = i32x4.shr_s(i32x4.add(a3, half), 28);
  // 2^448 = 2^224 + 1: the carry of hi7 enters lo0 and hi0, the carry of lo7 enters hi0.
  const top = v128.shuffle<i32>(c3, i64x2.splat(0), 3, 2, 4, 4);
  const both = v128.shuffle<i32>(c3, i64x2.splat(0), 4, 3, 4, 4);
  const wrap = i32x4.add(top, both);
  const in0 = v128.or(wrap, v128.shuffle<i32>(c0, i64x2.splat(0), 4, 4, 0, 1));
  const in1 = v128.shuffle<i32>(c0, c1, 2, 3, 4, 5);
  const in2 = v128.shuffle<i32>(c1, c2, 2, 3, 4, 5);
  const in3 = v128.shuffle<i32>(c2, c3, 2, 3, 4, 5);
  v128.store(out, i32x4.add(i32x4.sub(a0, i32x4.shl(c0, 28)), in0), 0);
  v128.store(out, i32x4.add(i32x4.sub(a1, i32x4.shl(c1, 28)), in1), 16);
  v128.store(out, i32x4.add(i32x4.sub(a2, i32x4.shl(c2, 28)), in2), 32);
  v128.store(out, i32x4.add(i32x4.sub(a3, i32x4.shl(c3, 28)), in3), 48);
}

/** Address of limb k of 0..15 counted from the least significant. */
function limb(a: i32, k: i32): i32 {
  return a + ((k & 7) << 3) + ((k >> 3) << 2);
}

/** out = 56 octets, little-endian, taken modulo p; out is 1u. The 57th octet at `octets` is not read. */
export function fp_from_octets(out: i32, octets: i32): void {
  for (let j = 0; j < 8; j++) {
    // 7 octets are two limbs; the last group is read one octet early so that the load stays inside
    const pair: u64 = j < 7 ? load<u64>(octets + 7 * j) : load<u64>(octets + 48) >> 8;
    store<u32>(limb(out, 2 * j), (pair & MASK) as u32);
    store<u32>(limb(out, 2 * j + 1), ((pair >> 28) & MASK) as u32);
  }
  fp_weak(out, out);
}

/** Carries the limbs from 0 to 15 into [0, 2^28), adds what leaves at the top (times 2^224 + 1) and gives it. */
function carry_full(a: i32): i64 {
  let carry: i64 = 0;
  for (let k = 0; k < 16; k++) {
    const sum = (load<i32>(limb(a, k)) as i64) + carry;
    store<i32>(limb(a, k), (sum & MASK) as i32);
    carry = sum >> 28;
  }
  store<i32>(limb(a, 0), load<i32>(limb(a, 0)) + (carry as i32));
  store<i32>(limb(a, 8), load<i32>(limb(a, 8)) + (carry as i32));
  return carry;
}

/** The 56 octets, little-endian, of the least non-negative residue of a (up to 4u). */
export function fp_to_octets(octets: i32, a: i32): void {
  const t = FP_CODEC;
  fp_copy(t, a);
  // After the first pass the value is in [0, 2^448) plus at most 8 (2^224 + 1) either way; after the third it is in [0, 2^448).
  carry_full(t);
  carry_full(t);
  carry_full(t);
  // The value is p or more exactly when adding 2^224 + 1 carries out of bit 448; then that sum, cut to 448 bits, is the residue.
  const u = FP_CODEC + FP;
  fp_copy(u, t);
  store<i32>(limb(u, 0), load<i32>(limb(u, 0)) + 1);
  store<i32>(limb(u, 8), load<i32>(limb(u, 8)) + 1);
  let carry: i64 = 0;
  for (let k = 0; k < 16; k++) {
    const sum = (load<i32>(limb(u, k)) as i64) + carry;
    store<i32>(limb(u, k), (sum & MASK) as i32);
    carry = sum >> 28;
  }
  fp_select(t, u, t, -(carry as i32));
  for (let j = 0; j < 8; j++) {
    const pair: u64 = (load<u32>(limb(t, 2 * j)) as u64) | ((load<u32>(limb(t, 2 * j + 1)) as u64) << 28);
    store<u32>(octets + 7 * j, pair as u32);
    store<u16>(octets + 7 * j + 4, (pair >> 32) as u16);
    store<u8>(octets + 7 * j + 6, (pair >> 48) as u8);
  }
}

/** -1 when a = 0 (mod p), else 0. */
export function fp_is_zero(a: i32): i32 {
  fp_to_octets(FP_OCTETS, a);
  let bits: u64 = 0;
  for (let j = 0; j < 56; j += 8) bits |= load<u64>(FP_OCTETS + j);
  return (((bits | (0 - bits)) >> 63) as i32) - 1;
}

/** -1 when a is odd as a least non-negative residue, else 0. */
export function fp_is_odd(a: i32): i32 {
  fp_to_octets(FP_OCTETS, a);
  return -((load<u8>(FP_OCTETS) as i32) & 1);
}

/** -1 when the 56 octets are below p, else 0. */
export function fp_is_canonical(octets: i32): i32 {
  // x < p exactly when x + 2^224 + 1 < 2^448
  let carry: u64 = 1;
  for (let j = 0; j < 14; j++) {
    const sum = (load<u32>(octets + 4 * j) as u64) + carry + (j === 7 ? 1 : 0);
    carry = sum >> 32;
  }
  return (carry as i32) - 1;
}
