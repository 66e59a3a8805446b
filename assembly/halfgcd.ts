/**
 * Two half-size multipliers for a public scalar: u and v below 2^226 in size with v k = u (mod L) and v not zero, so that an equation with the
 * scalar k can be checked, times v, with half the doublings (Antipa and others, SAC 2005). Variable time, never for secrets.
 *
 * Euclid's algorithm on L and k, stopped in the middle, with Lehmer's shortcut: quotients are taken from the top 62 bits, many at a time.
 * They may be slightly wrong: every step is unimodular all the same, a remainder that comes out negative changes sign, and the result only
 * needs to be short.
 *
 * Numbers are 16 words of 32 bits in two's complement; t k = r (mod L) holds for both pairs.
 */
import { HALF_GCD } from './memory';
import { sc_order } from './sc448';

const WORDS: i32 = 16;
const R0: i32 = HALF_GCD;
const R1: i32 = HALF_GCD + 64;
const T0: i32 = HALF_GCD + 128;
const T1: i32 = HALF_GCD + 192;

/** A remainder of at most this many bits is short enough. */
const TARGET: i32 = 224;
/** Bound on the size of the factors of one round: a factor times a word, twice, must fit 63 bits. */
const FACTOR_LIMIT: i64 = 1 << 29;

function bit_length(x: i32): i32 {
  for (let i = WORDS - 1; i >= 0; i--) {
    const word = load<u32>(x + 4 * i);
    if (word) return 32 * i + 32 - (clz<u32>(word) as i32);
  }
  return 0;
}

/** floor(x / 2^shift) modulo 2^64, for shift < 448. */
function window(x: i32, shift: i32): u64 {
  const at = x + ((shift >> 5) << 2);
  const low = load<u64>(at) >> ((shift & 31) as u64);
  const high = (load<u32>(at, 8) as u64) << (32 - ((shift & 31) as u64));
  return low | (high << 32);
}

/** (x, y) = (a x + b y, c x + d y) */
function transform(x: i32, y: i32, a: i64, b: i64, c: i64, d: i64): void {
  let carryX: i64 = 0;
  let carryY: i64 = 0;
  for (let i = 0; i < WORDS; i++) {
    const wx: i64 = load<u32>(x + 4 * i);
    const wy: i64 = load<u32>(y + 4 * i);
    carryX += a * wx + b * wy;
    carryY += c * wx + d * wy;
    store<u32>(x + 4 * i, carryX as u32);
    store<u32>(y + 4 * i, carryY as u32);
    carryX >>= 32;
    carryY >>= 32;
  }
}

function negate(x: i32): void {
  let carry: u64 = 1;
  for (let i = 0; i < WORDS; i++) {
    carry += (load<u32>(x + 4 * i) as u64) ^ 0xffffffff;
    store<u32>(x + 4 * i, carry as u32);
    carry >>= 32;
  }
}

function is_negative(x: i32): bool {
  return load<i32>(x + 4 * (WORDS - 1)) < 0;
}

/** x -= y << shift, for shift < 448 */
function subtract_shifted(x: i32, y: i32, shift: i32): void {
  const skip = shift >> 5;
  const bits: u64 = shift & 31;
  let below: u64 = 0;
  let borrow: i64 = 0;
  for (let i = skip; i < WORDS; i++) {
    below |= (load<u32>(y + 4 * (i - skip)) as u64) << bits;
    borrow += (load<u32>(x + 4 * i) as i64) - ((below & 0xffffffff) as i64);
    store<u32>(x + 4 * i, borrow as u32);
    borrow >>= 32;
    below >>= 32;
  }
}

function make_positive(r: i32, t: i32): void {
  if (!is_negative(r)) return;
  negate(r);
  negate(t);
}

/** Writes |u| and |v| as 56 octets each for the scalar k; -1 when the signs of u and v differ, else 0. */
export function half_size(u: i32, v: i32, k: i32): i32 {
  memory.fill(HALF_GCD, 0, 256);
  memory.copy(R0, sc_order(), 56);
  memory.copy(R1, k, 56);
  store<u32>(T1, 1);
  for (;;) {
    const length1 = bit_length(R1);
    if (length1 <= TARGET) break;
    const length0 = bit_length(R0);
    const shift = max(length0, length1) - 62;
    let x = window(R0, shift) as i64;
    let y = window(R1, shift) as i64;
    // At least 2^33, so that the first quotient is below FACTOR_LIMIT; and no further than the target.
    const least: i64 = (1 as i64) << (max(33, TARGET - shift) as i64);
    if (y < least) {
      // R1 is shorter than R0 by 29 bits and more: a large quotient, taken bit by bit.
      const excess = length0 - length1 - 1;
      subtract_shifted(R0, R1, excess);
      subtract_shifted(T0, T1, excess);
      continue;
    }
    let a: i64 = 1;
    let b: i64 = 0;
    let c: i64 = 0;
    let d: i64 = 1;
    while (y >= least) {
      const quotient = x / y;
      const nextC = a - quotient * c;
      const nextD = b - quotient * d;
      if (abs(nextC) >= FACTOR_LIMIT || abs(nextD) >= FACTOR_LIMIT) break;
      const rest = x - quotient * y;
      x = y;
      y = rest;
      a = c;
      b = d;
      c = nextC;
      d = nextD;
    }
    transform(R0, R1, a, b, c, d);
    transform(T0, T1, a, b, c, d);
    make_positive(R0, T0);
    make_positive(R1, T1);
  }
  const negative = is_negative(T1);
  if (negative) negate(T1);
  memory.copy(u, R1, 56);
  memory.copy(v, T1, 56);
  return negative ? -1 : 0;
}
