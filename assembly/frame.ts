/**
 * Frames of sequences (JBCD framing): finding many small ones at once, and digests of payloads, chains and trees. Not what is wrong with a damaged
 * frame, which the host finds out (src/frame.ts): here it is only where reading stops. Everything is public, nothing is constant time.
 *
 * A row is the 5 numbers of src/frame.ts, of 32 bits: start of a frame, its shape, ends of its records or zeros. Offsets count from the first octet that the
 * caller has, of which a part lies here.
 */
import { sha512_join, sha512_join_start, sha512_within } from './sha512';

const ROW: i32 = 20;
const DIGEST: i32 = 64;

/** Beyond every address. */
const NOWHERE: i32 = 0x7fffffff;

/** The length of 2^k octets behind a tag; 2^16 for one of more than 16 bits, which is more than lies here. */
function length_after(at: i32, k: i32): i32 {
  const last = at + (1 << k);
  let high = 0;
  for (let i = at + 1; i < last - 1; i++) high |= load<u8>(i);
  const low = load<u8>(last) as i32;
  if (k === 0) return low;
  return high === 0 ? ((load<u8>(last - 1) as i32) << 8) | low : 0x10000;
}

/** Whether the octets before `end` are those from `start` on, reversed. */
function is_mirrored(start: i32, end: i32, size: i32): bool {
  for (let i = 0; i < size; i++) if (load<u8>(end - 1 - i) !== load<u8>(start + i)) return false;
  return true;
}

/** The end of the record with a tag at an address; {@link NOWHERE} if that is no record. */
function record_end(tag: i32, at: i32): i32 {
  if ((tag & 0xfc) !== 0xf0) return NOWHERE;
  const k = tag & 3;
  return at + 1 + (1 << k) + length_after(at, k);
}

/**
 * Reads frames from `data` on, as long as they are whole and without fault and end at or before `limit`, but not more than `most`. Writes a row for
 * each, with `shift` added to addresses, and gives their number. Octets behind `limit` may be looked at, but nothing follows from them.
 *
 * Nearly all tags are F4 and F0, whose length is the next octet. These are read without a call, and the three records without a loop: what
 * counts is how soon the address of the next one is known.
 */
export function frames_scan(rows: i32, data: i32, limit: i32, most: i32, shift: i32): i32 {
  let count = 0;
  let start = data;
  for (; start < limit && count < most; count++) {
    const tag = load<u8>(start) as i32;
    let length = load<u8>(start, 1) as i32;
    let shape = 0;
    let at = start + 2;
    let end = start + length + 4;
    if (tag === 0xf4) {
      if (end > limit || (load<u16>(end - 2) as i32) !== (0xf400 | length)) break;
    } else {
      if ((tag & 0xfc) !== 0xf4) break;
      shape = tag & 3;
      const size = 1 + (1 << shape);
      length = length_after(start, shape);
      at = start + size;
      end = at + length + size;
      if (end > limit || !is_mirrored(start, end, size)) break;
    }
    const bodyEnd = at + length;
    store<i32>(rows, start + shift);
    store<i64>(rows, 0, 8);
    store<i32>(rows, 0, 16);
    if (at < bodyEnd) {
      const record = load<u8>(at) as i32;
      if (record === 0xf0) at += 2 + (load<u8>(at, 1) as i32);
      else {
        at = record_end(record, at);
        shape |= (record & 3) << 2;
      }
      shape += 0x100;
      store<i32>(rows, at + shift, 8);
    }
    if (at < bodyEnd) {
      const record = load<u8>(at) as i32;
      if (record === 0xf0) at += 2 + (load<u8>(at, 1) as i32);
      else {
        at = record_end(record, at);
        shape |= (record & 3) << 4;
      }
      shape += 0x100;
      store<i32>(rows, at + shift, 12);
    }
    if (at < bodyEnd) {
      const record = load<u8>(at) as i32;
      if (record === 0xf0) at += 2 + (load<u8>(at, 1) as i32);
      else {
        at = record_end(record, at);
        shape |= (record & 3) << 6;
      }
      shape += 0x100;
      store<i32>(rows, at + shift, 16);
    }
    if (at !== bodyEnd) break; // too long or no record, or a fourth one
    store<i32>(rows, shape, 4);
    rows += ROW;
    start = end;
  }
  return count;
}

/** SHA-512 of the payload, the second record, of each frame; `shift` makes addresses of its numbers. */
export function frames_digests(out: i32, rows: i32, count: i32, shift: i32): void {
  for (let i = 0; i < count; i++) {
    const shape = load<i32>(rows, 4);
    if (shape < 0x200) sha512_within(out, out, 0);
    else {
      const start = load<i32>(rows, 8) + 1 + (1 << ((shape >>> 4) & 3));
      sha512_within(out, start + shift, load<i32>(rows, 12) - start);
    }
    rows += ROW;
    out += DIGEST;
  }
}

/** SHA-512(left || digest) for each of the digests. The left operand of the next one lies `step` octets further: 0 for the same again. */
export function chain_digests(out: i32, digests: i32, count: i32, left: i32, step: i32): void {
  sha512_join_start();
  for (let i = 0; i < count; i++) {
    sha512_join(out + i * DIGEST, left, digests + i * DIGEST);
    left += step;
  }
}

/**
 * Tree digests of frames. `levels` are 32 digests, number i being the tree digest of the last frame so far of which the number and one are
 * a multiple of 2^i; they are kept up to date if `linked`. `number` is that of the first frame and one, or and two for paths of the frame behind it.
 */
export function tree_digests(out: i32, digests: i32, count: i32, levels: i32, number: i32, linked: i32): void {
  sha512_join_start();
  for (let i = 0; i < count; i++, number++) {
    const twos = ctz(number);
    // The last step: a number that is a power of two goes back to the level before once more.
    const last = number === 1 << twos && twos > 0 ? twos - 1 : twos;
    let digest = digests + i * DIGEST;
    const result = out + i * DIGEST;
    for (let level = 0; level < twos; level++) {
      sha512_join(result, levels + level * DIGEST, digest);
      digest = result;
    }
    sha512_join(result, levels + last * DIGEST, digest);
    if (linked !== 0) for (let level = 0; level <= twos; level++) memory.copy(levels + level * DIGEST, result, DIGEST);
  }
}
