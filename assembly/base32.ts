/**
 * Base32 (RFC 4648 section 6, alphabet A-Z 2-7, no padding), with groups for reading aloud. Constant time in the content: characters come from
 * arithmetic, not from tables. Lengths and the places of separators, and of other characters that carry no bits, are public.
 */

/** -1 when a < b, else 0; for operands below 2^31. */
function less(a: i32, b: i32): i32 {
  return (a - b) >> 31;
}

/** Writes at most `characters` characters of the text of `length` octets, `-` between groups; gives the length of the text. */
export function base32_encode(out: i32, data: i32, length: i32, characters: i32, group: i32): i32 {
  const total = min(characters, (length * 8 + 4) / 5);
  let at = out;
  let left = group; // characters of this group
  for (let i = 0; i < total; i++) {
    if (left === 0) {
      store<u8>(at, 0x2d);
      at++;
      left = group;
    }
    left--;
    const position = 5 * i;
    const octet = position >> 3;
    const next: i32 = octet + 1 < length ? (load<u8>(data + octet + 1) as i32) : 0;
    const pair = ((load<u8>(data + octet) as i32) << 8) | next;
    const value = (pair >> (11 - (position & 7))) & 31;
    store<u8>(at, value + 0x41 - (less(25, value) & 41)); // 26 becomes '2' = 0x32
    at++;
  }
  return at - out;
}

/** In place of a character that carries no bits. */
const SKIPPED: i32 = 0x80;

/**
 * Replaces each character by the number from 0 to 31 that it stands for, or by 0x80 when it is not of the alphabet. Gives 0, or something else
 * when one is neither of the alphabet nor a separator.
 */
export function base32_read(text: i32, length: i32): i32 {
  let bad = 0;
  for (let i = 0; i < length; i++) {
    const c: i32 = load<u8>(text + i);
    const letter = c | 0x20;
    const isLetter = less(0x60, letter) & less(letter, 0x7b);
    const isDigit = less(0x31, c) & less(c, 0x38);
    const valid = isLetter | isDigit;
    const value = (isLetter & (letter - 0x61)) | (isDigit & (c - 0x32 + 26));
    const separator = equal(c, 0x2d) | equal(c, 0x20) | equal(c, 0x09) | equal(c, 0x0a) | equal(c, 0x0d);
    bad |= ~(valid | separator);
    store<u8>(text + i, value | (~valid & SKIPPED));
  }
  return bad;
}

/**
 * Writes the bits of what base32_read leaves, with zeros up to a whole octet, and gives the number of characters that carry some; which those
 * are is public. `out` has room for one octet more than `length` characters carry.
 */
export function base32_pack(out: i32, values: i32, length: i32): i32 {
  let bits = 0; // read, not yet written
  let pool = 0;
  let at = out;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const value: i32 = load<u8>(values + i);
    if (value & SKIPPED) continue;
    pool = (pool << 5) | value;
    bits += 5;
    count++;
    if (bits >= 8) {
      bits -= 8;
      store<u8>(at, pool >> bits);
      at++;
    }
  }
  store<u8>(at, pool << (8 - bits));
  return count;
}

/** -1 when a = b, else 0; for operands below 2^31. */
function equal(a: i32, b: i32): i32 {
  return less(a ^ b, 1);
}
