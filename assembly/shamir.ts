/**
 * Polynomials modulo p = 2^(8 n) + d, for 1 to 64 octets n and d below 2^11: the fields of secret sharing. Constant time in coefficients and
 * values; n, d, the numbers of shares and what is computed from them are public. Not the weights of Lagrange, which the host computes.
 *
 * A number is W = ceil(n / 4) + 1 words of 32 bits, least significant first, in {@link SHAMIR_NUMBER} octets, and may be negative (two's
 * complement). At least four octets of it are above 2^(8 n): room for 2^31 times p.
 */
import { SHAMIR_COPY, SHAMIR_NUMBER, SHAMIR_NUMBERS, SHAMIR_PRIME, SHAMIR_SUM } from './memory';

/** W: the words of a number. */
function words_of(length: i32): i32 {
  return ((length + 3) >> 2) + 1;
}

/** Reads `length` octets, most significant first, into a number whose words are zero. */
function read(number: i32, octets: i32, length: i32): void {
  for (let i = 0; i < length; i++) store<u8>(number + i, load<u8>(octets + length - 1 - i));
}

/** Writes the low `length` octets of a number, most significant first. */
function write(octets: i32, number: i32, length: i32): void {
  for (let i = 0; i < length; i++) store<u8>(octets + i, load<u8>(number + length - 1 - i));
}

/** SHAMIR_PRIME = 2^(8 length) + offset. An offset of two octets comes with lengths of twelve and more. */
function set_prime(length: i32, offset: i32): void {
  store<u32>(SHAMIR_PRIME, offset);
  store<u8>(SHAMIR_PRIME + length, 1);
}

/** number += factor times another number. */
function add_product(number: i32, factor: i32, other: i32, words: i32): void {
  let carry: i64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    carry += (load<u32>(number + i) as i64) + (factor as i64) * (load<u32>(other + i) as i64);
    store<u32>(number + i, carry as u32);
    carry >>= 32;
  }
}

/** What exceeds 2^(8 n) is a signed q of 32 bits: takes it away, and q d from the rest, since 2^(8 n) = -d. */
function fold(number: i32, words: i32, length: i32, offset: i32): void {
  let carry: i64 = -(load<i32>(number + length) as i64) * (offset as i64);
  store<u64>(number + length, 0); // the rest of the last word too, and of the next one, which no number has
  for (let i = 0; i < 4 * words; i += 4) {
    carry += load<u32>(number + i) as i64;
    store<u32>(number + i, carry as u32);
    carry >>= 32;
  }
}

/** Adds p to a negative number. */
function make_positive(number: i32, words: i32): void {
  add_product(number, 0 - (load<i32>(number + 4 * words - 4) >> 31), SHAMIR_PRIME, words);
}

/** sum = sum x + term modulo p, for sum and term below p and x up to 16. */
function horner_step(sum: i32, x: u32, term: i32, length: i32, offset: i32): void {
  const words = words_of(length);
  let carry: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    carry += (load<u32>(sum + i) as u64) * (x as u64) + (load<u32>(term + i) as u64);
    store<u32>(sum + i, carry as u32);
    carry >>= 32;
  }
  // Below 17 p, so that q is at most 17, and q d below p.
  fold(sum, words, length, offset);
  make_positive(sum, words);
}

/**
 * The values at 1 to `count` of the polynomial with `terms` coefficients of `length` + 1 octets, constant term first: `length` octets each,
 * after the two of `prefix`, which counts. Gives 0, or something else when one does not fit.
 */
export function shamir_evaluate(
  out: i32,
  coefficients: i32,
  terms: i32,
  count: i32,
  length: i32,
  offset: i32,
  prefix: i32,
): i32 {
  set_prime(length, offset);
  for (let j = 0; j < terms; j++) {
    read(SHAMIR_NUMBERS + j * SHAMIR_NUMBER, coefficients + j * (length + 1), length + 1);
  }
  let excess = 0;
  for (let x = 1; x <= count; x++) {
    memory.copy(SHAMIR_SUM, SHAMIR_NUMBERS + (terms - 1) * SHAMIR_NUMBER, SHAMIR_NUMBER);
    for (let j = terms - 2; j >= 0; j--) {
      horner_step(SHAMIR_SUM, x, SHAMIR_NUMBERS + j * SHAMIR_NUMBER, length, offset);
    }
    excess |= load<u8>(SHAMIR_SUM + length);
    store<u16>(out, bswap<u16>((prefix + x - 1) as u16));
    write(out + 2, SHAMIR_SUM, length);
    out += 2 + length;
  }
  return excess;
}

/** 1 / odd modulo 2^32: every step of Newton's doubles the bits that are right, which are three in the beginning. */
function word_inverse(odd: u32): u32 {
  let inverse = odd;
  for (let i = 0; i < 4; i++) inverse *= 2 - odd * inverse;
  return inverse;
}

/** 1 / a modulo m, or 0 when m is 1, by Euclid's algorithm. Variable time: both are public. */
function public_inverse(a: i32, m: i32): i32 {
  let r = m;
  let next = a % m;
  let t = 0;
  let next_t = 1;
  while (next !== 0) {
    const quotient = r / next;
    const rest = r - quotient * next;
    r = next;
    next = rest;
    const rest_t = t - quotient * next_t;
    t = next_t;
    next_t = rest_t;
  }
  return t + (m & (t >> 31));
}

/** number = (number + r 2^(32 W)) / odd, exactly: gives r, at most `odd`, which is zero when the number is a multiple. From the lowest word on. */
function divide_odd(number: i32, odd: u32, words: i32): u32 {
  const inverse = word_inverse(odd);
  let borrow: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    const word = (load<u32>(number + i) as u64) - borrow;
    const quotient = (word as u32) * inverse;
    borrow = (((quotient as u64) * (odd as u64)) >> 32) + (word >> 63);
    store<u32>(number + i, quotient);
  }
  return borrow as u32;
}

/** number = number / divisor modulo p, for a number below p and a divisor below 2^22, by adding the multiple of p that makes it divisible. */
function divide(number: i32, divisor: u32, words: i32, length: i32, offset: i32): void {
  const twos = ctz(divisor);
  const odd = divisor >> twos;
  // The low bits of number + m p are zero. After the shift it is below 2 p.
  const low = (0 - load<u32>(number) * word_inverse(load<u32>(SHAMIR_PRIME))) & ((1 << twos) - 1);
  add_product(number, low, SHAMIR_PRIME, words);
  for (let i = 0; i < 4 * words; i += 4) store<u32>(number + i, (load<u64>(number + i) >> twos) as u32);
  // What number and p lack to be multiples of `odd` says which multiple of p is to be added: number + m p lacks nothing for m = -r / r_p.
  memory.copy(SHAMIR_COPY, number, SHAMIR_NUMBER);
  const lacking = divide_odd(SHAMIR_COPY, odd, words);
  memory.copy(SHAMIR_COPY, SHAMIR_PRIME, SHAMIR_NUMBER);
  const factor = odd - public_inverse(divide_odd(SHAMIR_COPY, odd, words), odd);
  // m = r factor modulo `odd`, by Montgomery's reduction of a word, since r is secret: below 2 odd.
  const product = (lacking as u64) * ((((factor as u64) << 32) % (odd as u64)) as u64);
  const multiple = (product + ((0 - (product as u32) * word_inverse(odd)) as u64) * (odd as u64)) >> 32;
  add_product(number, multiple as i32, SHAMIR_PRIME, words);
  divide_odd(number, odd, words);
  // Below 4 p.
  fold(number, words, length, offset);
  make_positive(number, words);
}

/** The sum modulo p. After a fold q is below |q| d / 2^(8 n) + 1: from 2^26 it takes five of them over the smallest field, two from four octets on. */
function reduce_sum(words: i32, length: i32, offset: i32): void {
  set_prime(length, offset);
  for (let i = 0; i < 5; i++) fold(SHAMIR_SUM, words, length, offset);
  make_positive(SHAMIR_SUM, words);
}

/** Adds to the sum weight times a value of `length` octets. The weights of a sum are below 2^26 together. */
export function shamir_add(value: i32, weight: i32, length: i32): void {
  read(SHAMIR_NUMBERS, value, length);
  add_product(SHAMIR_SUM, weight, SHAMIR_NUMBERS, words_of(length));
}

/** Whether the sum is zero modulo p: 0, or something else when it is not. The next sum begins. */
export function shamir_check(length: i32, offset: i32): i32 {
  const words = words_of(length);
  reduce_sum(words, length, offset);
  let any: u32 = 0;
  for (let i = 0; i < 4 * words; i += 4) any |= load<u32>(SHAMIR_SUM + i);
  memory.fill(SHAMIR_SUM, 0, SHAMIR_NUMBER);
  return any as i32;
}

/** Writes the `length` octets of the sum by the divisor. Gives 0, or something else when it does not fit. */
export function shamir_quotient(out: i32, divisor: i32, length: i32, offset: i32): i32 {
  const words = words_of(length);
  reduce_sum(words, length, offset);
  divide(SHAMIR_SUM, divisor, words, length, offset);
  write(out, SHAMIR_SUM, length);
  return load<u8>(SHAMIR_SUM + length);
}
