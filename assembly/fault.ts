/**
 * Faults: one bit of linear memory that is not what was written there. What an operation gives away is checked, from octets that the host has
 * put in once more, and a difference is kept here until the host asks. Not the checks themselves: they are where what they check is.
 *
 * A flipped bit stays until it is overwritten, so what is written once and read often can be checked after its last use; and one that
 * changes a coordinate or an entry of a table leads off the curve. Differences are kept in a global, which is not in linear memory.
 */

/** Where memory.data begins (asconfig.json, memoryBase). */
const CONSTANTS: i32 = 1024;

/** All constants of the module, exclusive or: no single bit of them changes without it. */
function constants(): u64 {
  let sum: u64 = 0;
  for (let at = CONSTANTS; at < (__data_end as i32); at += 8) sum ^= load<u64>(at);
  return sum;
}

/** As they were when the module was instantiated. */
const pristine: u64 = constants();

let found: u64 = 0;

/** Notes a fault unless all bits are zero. */
export function expect_zero(bits: u64): void {
  found |= bits;
}

/** Notes a fault unless the verdict of a comparison is -1. */
export function expect_true(verdict: i32): void {
  found |= ~verdict as u64;
}

/** Notes a fault unless both have the same octets. */
export function expect_equal(a: i32, b: i32, length: i32): void {
  for (let i = 0; i < length; i++) found |= (load<u8>(a + i) ^ load<u8>(b + i)) as u64;
}

/** 1 when a fault has been noted since the last call, or a constant has changed; else 0. */
export function faults(): i32 {
  const bits = found | (constants() ^ pristine);
  found = 0;
  return ((bits | (0 - bits)) >> 63) as i32;
}
