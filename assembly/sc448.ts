/**
 * Scalars modulo L = 2^446 - c, the prime order of the subgroup of edwards448 (RFC 8032 section 5.2).
 * A scalar is 14 words of 32 bits, little-endian, reduced: the same 56 octets inside and outside. Constant time throughout.
 * Not for signed digits and combs: those belong to the multiplication strategies.
 */
import { SC, SC_TEMP, SC_WIDE } from './memory';

/** L, 14 words. */
const ORDER = memory.data<u32>([
  0xab5844f3, 0x2378c292, 0x8dc58f55, 0x216cc272, 0xaed63690, 0xc44edb49, 0x7cca23e9, 0xffffffff, 0xffffffff,
  0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x3fffffff,
]);
/** c = 2^446 - L, 7 words. */
const FOLD = memory.data<u32>([0x54a7bb0d, 0xdc873d6d, 0x723a70aa, 0xde933d8d, 0x5129c96f, 0x3bb124b6, 0x8335dc16]);
/** 2^450 - 1 modulo L, for {@link sc_signed_bits}. */
const SIGNED_OFFSET = memory.data<u32>([
  0x4a7bb0cf, 0xc873d6d5, 0x23a70aad, 0xe933d8d7, 0x129c96fd, 0xbb124b65, 0x335dc163, 0x8, 0, 0, 0, 0, 0, 0,
]);

const WORDS: i32 = 14;
const WIDE_WORDS: i32 = 29; // 114 octets, and the product of two scalars

/** out = x mod L for x < 2 L; gives -1 when x >= L, else 0. */
function subtract_order(out: i32, x: i32): i32 {
  const difference = SC_TEMP;
  let borrow: u64 = 0;
  for (let i = 0; i < WORDS; i++) {
    const d = (load<u32>(x + 4 * i) as u64) - (load<u32>(ORDER + 4 * i) as u64) - borrow;
    store<u32>(difference + 4 * i, d as u32);
    borrow = d >> 63;
  }
  const keep: u32 = 0 - (borrow as u32); // all ones when x < L
  for (let i = 0; i < WORDS; i++) {
    store<u32>(out + 4 * i, (load<u32>(x + 4 * i) & keep) | (load<u32>(difference + 4 * i) & ~keep));
  }
  return (borrow as i32) - 1;
}

/** -1 when the 56 octets are below L, else 0. */
export function sc_is_canonical(octets: i32): i32 {
  return ~subtract_order(SC_WIDE, octets);
}

/** Whether a public scalar is 1. */
export function sc_is_one(a: i32): bool {
  let difference: u32 = load<u32>(a) ^ 1;
  for (let i = 1; i < WORDS; i++) difference |= load<u32>(a + 4 * i);
  return difference === 0;
}

/**
 * One folding step: out = (x mod 2^446) + c floor(x / 2^446), x of `words` words; out has max(15, words - 6) words and is congruent to x.
 * `out` is not x.
 */
function fold(out: i32, x: i32, words: i32): void {
  const high = words - 13; // words of floor(x / 2^446)
  const length = max(15, high + 7);
  memory.fill(out, 0, length << 2);
  let at = out;
  for (let i = 13; i < words; i++) {
    const upper: u64 = i + 1 < words ? (load<u32>(x + 4 * i, 4) as u64) : 0;
    const digit = (((load<u32>(x + 4 * i) >> 30) as u64) | (upper << 2)) & 0xffffffff;
    let carry: u64 = 0;
    for (let j = 0; j < 28; j += 4) {
      const sum = digit * (load<u32>(FOLD + j) as u64) + (load<u32>(at + j) as u64) + carry;
      store<u32>(at + j, sum as u32);
      carry = sum >> 32;
    }
    store<u32>(at, carry as u32, 28); // a word that nothing was added to yet
    at += 4;
  }
  // x mod 2^446
  let carry: u64 = 0;
  for (let i = 0; i < length; i++) {
    const word = i < 13 ? load<u32>(x + 4 * i) : i === 13 ? load<u32>(x + 52) & 0x3fffffff : 0;
    carry += (word as u64) + (load<u32>(out + 4 * i) as u64);
    store<u32>(out + 4 * i, carry as u32);
    carry >>= 32;
  }
}

/** out = the WIDE_WORDS words at SC_WIDE modulo L. 928 bits fold to 706, then 485, then below 2^446 + 2^264, then below L. */
function reduce_wide(out: i32): void {
  const first = SC_WIDE + 128;
  const second = SC_WIDE + 256;
  fold(first, SC_WIDE, WIDE_WORDS); // 23 words
  fold(second, first, 23); // 17 words
  fold(first, second, 17); // 15 words, the last one zero
  subtract_order(out, first);
}

/** out = the `length` (at most 114) octets, little-endian, modulo L. */
export function sc_reduce(out: i32, octets: i32, length: i32): void {
  memory.fill(SC_WIDE, 0, 128);
  memory.copy(SC_WIDE, octets, length);
  reduce_wide(out);
}

/** out = a b + c modulo L. */
export function sc_muladd(out: i32, a: i32, b: i32, c: i32): void {
  memory.fill(SC_WIDE, 0, 128);
  memory.copy(SC_WIDE, c, SC);
  for (let i = 0; i < WORDS; i++) {
    const digit: u64 = load<u32>(a + 4 * i);
    let carry: u64 = 0;
    for (let j = 0; j < WORDS; j++) {
      const sum = digit * (load<u32>(b + 4 * j) as u64) + (load<u32>(SC_WIDE + 4 * (i + j)) as u64) + carry;
      store<u32>(SC_WIDE + 4 * (i + j), sum as u32);
      carry = sum >> 32;
    }
    store<u32>(SC_WIDE + 4 * (i + WORDS), carry as u32);
  }
  reduce_wide(out);
}

/** out = a b modulo L. */
export function sc_mul(out: i32, a: i32, b: i32): void {
  const zero = SC_TEMP + 64;
  memory.fill(zero, 0, SC);
  sc_muladd(out, a, b, zero);
}

/** out = a + b modulo L. */
export function sc_add(out: i32, a: i32, b: i32): void {
  let carry: u64 = 0;
  for (let i = 0; i < WORDS; i++) {
    const sum = (load<u32>(a + 4 * i) as u64) + (load<u32>(b + 4 * i) as u64) + carry;
    store<u32>(SC_WIDE + 4 * i, sum as u32);
    carry = sum >> 32;
  }
  subtract_order(out, SC_WIDE);
}

/** out = -a modulo L. */
export function sc_negate(out: i32, a: i32): void {
  let borrow: u64 = 0;
  for (let i = 0; i < WORDS; i++) {
    const d = (load<u32>(ORDER + 4 * i) as u64) - (load<u32>(a + 4 * i) as u64) - borrow;
    store<u32>(SC_WIDE + 4 * i, d as u32);
    borrow = d >> 63;
  }
  subtract_order(out, SC_WIDE); // L - 0 = L becomes 0
}

/**
 * out = h modulo L with h = (a + 2^450 - 1) / 2: the bits b_i of h then give a as the sum of the digits (2 b_i - 1) 2^i, i = 0..449, which
 * are never zero. For multiplying points of order L only.
 */
export function sc_signed_bits(out: i32, a: i32): void {
  sc_add(out, a, SIGNED_OFFSET);
  // halve modulo L: make it even by adding L (which is odd), then shift
  const odd: u32 = 0 - (load<u32>(out) & 1);
  let carry: u64 = 0;
  for (let i = 0; i < WORDS; i++) {
    const sum = (load<u32>(out + 4 * i) as u64) + ((load<u32>(ORDER + 4 * i) & odd) as u64) + carry;
    store<u32>(SC_WIDE + 4 * i, sum as u32);
    carry = sum >> 32;
  }
  for (let i = 0; i < WORDS; i++) {
    const upper: u32 = i < WORDS - 1 ? load<u32>(SC_WIDE + 4 * i + 4) : (carry as u32);
    store<u32>(out + 4 * i, (load<u32>(SC_WIDE + 4 * i) >> 1) | (upper << 31));
  }
}

/** out = 1/a modulo L as a^(L-2), and 0 for a = 0. Square and multiply over the bits of a public exponent, 4 at a time. */
export function sc_invert(out: i32, a: i32): void {
  const powers = SC_TEMP + 128; // a^0 .. a^15, 64 octets each
  memory.fill(powers, 0, 64);
  store<u32>(powers, 1);
  for (let i = 1; i < 16; i++) sc_mul(powers + 64 * i, powers + 64 * (i - 1), a);
  const result = SC_TEMP + 128 + 16 * 64;
  memory.copy(result, powers, SC);
  for (let nibble = 111; nibble >= 0; nibble--) {
    for (let i = 0; i < 4; i++) sc_mul(result, result, result);
    const digit = nibble > 0 ? ((load<u8>(ORDER + (nibble >> 1)) as i32) >> ((nibble & 1) << 2)) & 15 : 1; // L ends in 3
    sc_mul(result, result, powers + 64 * digit);
  }
  memory.copy(out, result, SC);
}

/** 1/4 modulo L. */
const QUARTER = memory.data<u32>([
  0xaad6113d, 0x48de30a4, 0xa37163d5, 0x85b309c, 0x6bb58da4, 0x7113b6d2, 0xdf3288fa, 0xffffffff, 0xffffffff, 0xffffffff,
  0xffffffff, 0xffffffff, 0xffffffff, 0xfffffff,
]);

/** 1/4 modulo L, for the isogenies of degree 4. */
export function sc_quarter(): i32 {
  return QUARTER;
}

/** L, which is no scalar, in the form of one. */
export function sc_order(): i32 {
  return ORDER;
}
