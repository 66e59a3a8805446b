/**
 * Polynomials modulo p = 2^(8 n) + d, for 1 to 64 octets n and d below 2^11: the fields of secret sharing. Constant time in coefficients and
 * values; n, d, the numbers of shares and what is computed from them are public. Not the weights of Lagrange, which the host computes.
 *
 * A number is W = n / 4 + 1 words of 32 bits, least significant first, in {@link SHAMIR_NUMBER} octets: p < 2^(32 W - 7), so that sixteen
 * products can be summed up before they are reduced.
 */
import { SHAMIR_NUMBER, SHAMIR_NUMBERS, SHAMIR_PRIME, SHAMIR_SUM } from './memory';

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

/** number += p where mask is all ones; nothing where it is zero. The carry out is dropped. */
function add_prime(number: i32, words: i32, mask: u32): void {
  let carry: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    carry += (load<u32>(number + i) as u64) + ((load<u32>(SHAMIR_PRIME + i) & mask) as u64);
    store<u32>(number + i, carry as u32);
    carry >>= 32;
  }
}

/** sum = sum x + term modulo p, for sum and term below p and x up to 16. */
function horner_step(sum: i32, x: u32, term: i32, length: i32, offset: i32): void {
  const words = (length >> 2) + 1;
  let carry: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    carry += (load<u32>(sum + i) as u64) * (x as u64) + (load<u32>(term + i) as u64);
    store<u32>(sum + i, carry as u32);
    carry >>= 32;
  }
  // Below 17 p, so that what exceeds 2^(8 n) is one octet q; 2^(8 n) = -d, and q d is below p.
  const excess = (load<u8>(sum + length) as u64) * (offset as u64);
  store<u8>(sum + length, 0);
  let borrow: u64 = excess;
  for (let i = 0; i < 4 * words; i += 4) {
    const difference = (load<u32>(sum + i) as u64) - borrow;
    store<u32>(sum + i, difference as u32);
    borrow = difference >> 63;
  }
  add_prime(sum, words, 0 - (borrow as u32));
}

/**
 * The values at 1 to `count` of the polynomial with `terms` coefficients of `length` + 1 octets, constant term first: `length` octets each.
 * Gives 0, or something else when one does not fit.
 */
export function shamir_evaluate(out: i32, coefficients: i32, terms: i32, count: i32, length: i32, offset: i32): i32 {
  set_prime(length, offset);
  for (let j = 0; j < terms; j++) {
    read(SHAMIR_NUMBERS + j * SHAMIR_NUMBER, coefficients + j * (length + 1), length + 1);
  }
  let excess = 0;
  for (let x = 1; x <= count; x++) {
    memory.fill(SHAMIR_SUM, 0, SHAMIR_NUMBER);
    for (let j = terms - 1; j >= 0; j--) {
      horner_step(SHAMIR_SUM, x, SHAMIR_NUMBERS + j * SHAMIR_NUMBER, length, offset);
    }
    excess |= load<u8>(SHAMIR_SUM + length);
    write(out + (x - 1) * length, SHAMIR_SUM, length);
  }
  return excess;
}

/** number += factor times a number; all of `words` words and one more, which takes the carry. */
function add_product(number: i32, factor: u32, other: i32, words: i32): void {
  let carry: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    carry += (load<u32>(number + i) as u64) + (factor as u64) * (load<u32>(other + i) as u64);
    store<u32>(number + i, carry as u32);
    carry >>= 32;
  }
  store<u32>(number + 4 * words, load<u32>(number + 4 * words) + (carry as u32));
}

/**
 * SHAMIR_SUM = the sum of weight times value modulo p, where weights are below p and carry the factor 2^(32 W) that this takes out
 * (Montgomery, word by word). Between words the sum is below 18 p, and below 2^(32 W + 30) before it is shifted.
 */
function weighted_sum(weights: i32, terms: i32, words: i32, inverse: u32): void {
  memory.fill(SHAMIR_SUM, 0, SHAMIR_NUMBER + 8);
  for (let i = 0; i < 4 * words; i += 4) {
    for (let j = 0; j < terms; j++) {
      const at = j * SHAMIR_NUMBER;
      add_product(SHAMIR_SUM, load<u32>(SHAMIR_NUMBERS + at + i), weights + at, words);
    }
    add_product(SHAMIR_SUM, load<u32>(SHAMIR_SUM) * inverse, SHAMIR_PRIME, words);
    for (let k = 0; k < 4 * words; k += 4) store<u32>(SHAMIR_SUM + k, load<u32>(SHAMIR_SUM + k + 4));
    store<u32>(SHAMIR_SUM + 4 * words, 0);
  }
  // Below p + 16 p^2 / 2^(32 W), so below 2 p: take p away, and give it back when that was too much.
  let borrow: u64 = 0;
  for (let i = 0; i < 4 * words; i += 4) {
    const difference = (load<u32>(SHAMIR_SUM + i) as u64) - (load<u32>(SHAMIR_PRIME + i) as u64) - borrow;
    store<u32>(SHAMIR_SUM + i, difference as u32);
    borrow = difference >> 63;
  }
  add_prime(SHAMIR_SUM, words, 0 - (borrow as u32));
}

/**
 * The value at 0 of the polynomial through the first `quorum` of `count` values of `length` octets each. The weights are a row of `quorum`
 * numbers for 0, and one for each value beyond the quorum, which must be what its row gives.
 * Gives 0, or something else when the result does not fit or a value is not on the polynomial.
 */
export function shamir_interpolate(
  out: i32,
  weights: i32,
  values: i32,
  quorum: i32,
  count: i32,
  length: i32,
  offset: i32,
): i32 {
  const words = (length >> 2) + 1;
  set_prime(length, offset);
  // -1 / p modulo 2^32: every step of Newton's doubles the bits that are right, which are three in the beginning.
  const low = load<u32>(SHAMIR_PRIME);
  let inverse = low;
  for (let i = 0; i < 4; i++) inverse *= 2 - low * inverse;
  inverse = 0 - inverse;
  for (let j = 0; j < count; j++) read(SHAMIR_NUMBERS + j * SHAMIR_NUMBER, values + j * length, length);

  weighted_sum(weights, quorum, words, inverse);
  write(out, SHAMIR_SUM, length);
  let wrong: u32 = load<u8>(SHAMIR_SUM + length);
  for (let j = quorum; j < count; j++) {
    weights += quorum * SHAMIR_NUMBER;
    weighted_sum(weights, quorum, words, inverse);
    const value = SHAMIR_NUMBERS + j * SHAMIR_NUMBER;
    for (let i = 0; i < 4 * words; i += 4) wrong |= load<u32>(SHAMIR_SUM + i) ^ load<u32>(value + i);
  }
  return wrong as i32;
}
