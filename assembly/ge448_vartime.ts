/**
 * Sums of multiples by public scalars, variable time, for verification: Straus' interleaving of non-adjacent forms.
 * Never for secrets.
 *
 * A term is three words: where its digits are, where its table of odd multiples P, 3P, 5P .. is, and the octets of a table entry (cached
 * points or affine ones).
 */

import { ge_add, ge_add_affine, ge_cache, ge_double, ge_identity, ge_neg_cached } from './ge448';
import { GE, GE_ACCUMULATOR, GE_AFFINE, GE_SELECTED, SC_TEMP, TERMS } from './memory';

const TERM: i32 = 12;

/** Windows of a point that is met once: 5 digits, 8 odd multiples. */
export const POINT_WIDTH: i32 = 5;
export const POINT_ENTRIES: i32 = 8;

/** Octets of digits for a scalar below 2^446, and for one below 2^226. */
export const NAF_FULL: i32 = 448;
export const NAF_HALF: i32 = 228;

/**
 * Writes the non-adjacent form of width w of a scalar below 2^(length - 2) as `length` signed octets, each zero or odd and below 2^(w-1) in
 * size. The scalar is read as 56 octets.
 */
export function naf(digits: i32, length: i32, scalar: i32, width: i32): void {
  const rest = SC_TEMP;
  memory.copy(rest, scalar, 56);
  memory.fill(rest + 56, 0, 8);
  memory.fill(digits, 0, length);
  let position = 0;
  let carry = 0;
  while (position < length) {
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

/** table[i] = (2 i + 1) p, cached, for i < entries. */
export function odd_multiples(table: i32, p: i32, entries: i32): void {
  ge_double(GE_ACCUMULATOR, p, true);
  ge_cache(GE_SELECTED, GE_ACCUMULATOR);
  ge_cache(table, p);
  ge_add(GE_ACCUMULATOR, p, GE_SELECTED, true);
  for (let i = 1; i < entries; i++) {
    ge_cache(table + i * GE, GE_ACCUMULATOR);
    if (i < entries - 1) ge_add(GE_ACCUMULATOR, GE_ACCUMULATOR, GE_SELECTED, true);
  }
}

export function set_term(index: i32, digits: i32, table: i32, entrySize: i32): void {
  const term = TERMS + index * TERM;
  store<i32>(term, digits, 0);
  store<i32>(term, table, 4);
  store<i32>(term, entrySize, 8);
}

/** The first term from `term` on whose digit at position i is not zero, or `end`. */
function next_term(term: i32, end: i32, i: i32): i32 {
  while (term < end && load<i8>(load<i32>(term, 0) + i) === 0) term += TERM;
  return term;
}

/** out = the sum of the first `count` terms, whose digits have `length` octets each. T is made only where an addition follows. */
export function ge_sum_vartime(out: i32, count: i32, length: i32): void {
  const end = TERMS + count * TERM;
  ge_identity(out);
  let started = false;
  for (let i = length - 1; i >= 0; i--) {
    let next = next_term(TERMS, end, i);
    if (started) ge_double(out, out, next < end);
    while (next < end) {
      const term = next;
      next = next_term(term + TERM, end, i);
      const digit = load<i8>(load<i32>(term, 0) + i) as i32;
      const size = load<i32>(term, 8);
      let entry = load<i32>(term, 4) + (abs(digit) >> 1) * size;
      if (digit < 0) {
        ge_neg_cached(GE_SELECTED, entry);
        entry = GE_SELECTED;
      }
      if (size === GE_AFFINE) ge_add_affine(out, out, entry, next < end);
      else ge_add(out, out, entry, next < end);
      started = true;
    }
  }
}
