/**
 * Keccak-f[1600] and the sponge (FIPS 202), for any rate and domain suffix: SHAKE256 is rate 136, suffix 0x1f; SHA3-512 is rate 72, suffix 0x06.
 *
 * A state is 208 octets: 25 lanes of 64 bits, then the number of octets absorbed into (or squeezed from) the current block.
 * Constant time in the content; lengths are public.
 */
import { keccak_blocks } from './hash_rounds.gen';

const POSITION: i32 = 200;

/** Round constants (FIPS 202 section 3.2.5). */
const IOTA = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);

/** Keccak-f[1600]: a block of no octets. */
function permute(state: i32): void {
  keccak_blocks(state, IOTA, 1, 0, 0);
}

export function keccak_init(state: i32): void {
  memory.fill(state, 0, 208);
}

/** Absorbs `length` octets at `data`; the rate is a multiple of 8. */
export function keccak_update(state: i32, data: i32, length: i32, rate: i32): void {
  let position = load<i32>(state + POSITION);
  const end = data + length;
  // up to the end of an open block, octet by octet
  while (position !== 0 && data < end) {
    absorb_octet(state + position, data);
    data++;
    position++;
    if (position === rate) {
      permute(state);
      position = 0;
    }
  }
  if (end - data >= rate) data = keccak_blocks(state, IOTA, data, end - rate, rate);
  // the rest, of fewer octets than a block: by words, then octet by octet; the position is zero here unless nothing is left
  while (end - data >= 8) {
    store<u64>(state + position, load<u64>(state + position) ^ load<u64>(data));
    data += 8;
    position += 8;
  }
  while (data < end) {
    absorb_octet(state + position, data);
    data++;
    position++;
  }
  store<i32>(state + POSITION, position);
}

function absorb_octet(state: i32, data: i32): void {
  store<u8>(state, load<u8>(state) ^ load<u8>(data));
}

/** Pads the message and turns to squeezing. */
export function keccak_finish(state: i32, rate: i32, suffix: i32): void {
  const position = load<i32>(state + POSITION);
  store<u8>(state + position, load<u8>(state + position) ^ (suffix as u8));
  store<u8>(state + rate - 1, load<u8>(state + rate - 1) ^ 0x80);
  permute(state);
  store<i32>(state + POSITION, 0);
}

/** Writes the next `length` octets of output. */
export function keccak_squeeze(state: i32, out: i32, length: i32, rate: i32): void {
  let position = load<i32>(state + POSITION);
  while (length > 0) {
    if (position === rate) {
      permute(state);
      position = 0;
    }
    const part = min(rate - position, length);
    memory.copy(out, state + position, part);
    out += part;
    length -= part;
    position += part;
  }
  store<i32>(state + POSITION, position);
}

/**
 * The first `outLength` octets of output for one message of which all octets lie at `data`. The state is made behind it, at the next multiple
 * of 16, where 208 octets are zero before.
 */
export function keccak_hash(out: i32, outLength: i32, data: i32, length: i32, rate: i32, suffix: i32): void {
  const state = (data + length + 15) & -16;
  keccak_update(state, data, length, rate);
  keccak_finish(state, rate, suffix);
  keccak_squeeze(state, out, outLength, rate);
}
