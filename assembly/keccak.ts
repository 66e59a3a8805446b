/**
 * Keccak-f[1600] and the sponge (FIPS 202), for any rate and domain suffix: SHAKE256 is rate 136, suffix 0x1f; SHA3-512 is rate 72, suffix 0x06.
 *
 * A state is 208 octets: 25 lanes of 64 bits, then the number of octets absorbed into (or squeezed from) the current block.
 * Constant time in the content; lengths are public.
 */
import { KECCAK_LANES } from './memory';

const POSITION: i32 = 200;

/** Round constants (FIPS 202 section 3.2.5). */
const IOTA = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);
/** Rotation of each lane, in the order of the walk of pi from lane 1 (sections 3.2.2 and 3.2.3). */
const RHO = memory.data<u8>([
  1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
]);
/** Where that walk goes. */
const PI = memory.data<u8>([10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1]);

function lane(state: i32, index: i32): u64 {
  return load<u64>(state + (index << 3));
}

function permute(state: i32): void {
  const parity = KECCAK_LANES;
  for (let round = 0; round < 24; round++) {
    // theta
    for (let x = 0; x < 5; x++) {
      const column =
        lane(state, x) ^ lane(state, x + 5) ^ lane(state, x + 10) ^ lane(state, x + 15) ^ lane(state, x + 20);
      store<u64>(parity + 8 * x, column);
    }
    for (let x = 0; x < 5; x++) {
      const mix = lane(parity, x === 0 ? 4 : x - 1) ^ rotl<u64>(lane(parity, x === 4 ? 0 : x + 1), 1);
      for (let y = 0; y < 25; y += 5) store<u64>(state + 8 * (x + y), lane(state, x + y) ^ mix);
    }
    // rho and pi
    let moving = lane(state, 1);
    for (let i = 0; i < 24; i++) {
      const target = state + ((load<u8>(PI + i) as i32) << 3);
      const next = load<u64>(target);
      store<u64>(target, rotl<u64>(moving, load<u8>(RHO + i) as u64));
      moving = next;
    }
    // chi
    for (let y = 0; y < 25; y += 5) {
      const row = state + 8 * y;
      const a = lane(row, 0);
      const b = lane(row, 1);
      const c = lane(row, 2);
      const d = lane(row, 3);
      const e = lane(row, 4);
      store<u64>(row, a ^ (~b & c), 0);
      store<u64>(row, b ^ (~c & d), 8);
      store<u64>(row, c ^ (~d & e), 16);
      store<u64>(row, d ^ (~e & a), 24);
      store<u64>(row, e ^ (~a & b), 32);
    }
    // iota
    store<u64>(state, lane(state, 0) ^ lane(IOTA, round));
  }
}

export function keccak_init(state: i32): void {
  memory.fill(state, 0, 208);
}

/** Absorbs `length` octets at `data`. */
export function keccak_update(state: i32, data: i32, length: i32, rate: i32): void {
  let position = load<i32>(state + POSITION);
  const end = data + length;
  while (data < end) {
    if ((position & 7) === 0 && end - data >= 8) {
      store<u64>(state + position, load<u64>(state + position) ^ load<u64>(data));
      position += 8;
      data += 8;
    } else {
      store<u8>(state + position, load<u8>(state + position) ^ load<u8>(data));
      position++;
      data++;
    }
    if (position === rate) {
      permute(state);
      position = 0;
    }
  }
  store<i32>(state + POSITION, position);
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
  for (let i = 0; i < length; i++) {
    if (position === rate) {
      permute(state);
      position = 0;
    }
    store<u8>(out + i, load<u8>(state + position));
    position++;
  }
  store<i32>(state + POSITION, position);
}
