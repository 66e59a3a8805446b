/**
 * SHA-512 (FIPS 180-4 section 6.4).
 *
 * A state is 208 octets: 8 working words, the 128 octets of the open block, then the number of octets hashed so far (64 bits; the length of
 * a message is below 2^61 octets). Constant time in the content; lengths are public.
 */
import { sha512_blocks } from './hash_rounds.gen';
import { SHA512_JOINED, SHA512_KEPT, SHA512_SUMS } from './memory';

const BLOCK: i32 = 64;
const COUNT: i32 = 192;

/** Initial values (section 5.3.5). */
const INITIAL = memory.data<u64>([
  0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
  0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
]);

/** Round constants: the fractional parts of the cube roots of the first 80 primes (section 4.2.3). */
const K = memory.data<u64>([
  0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
  0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
  0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
  0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
  0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
  0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
  0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
  0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
  0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
  0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
  0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
  0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
  0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
  0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
  0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
  0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
]);

/** The order of octets that turns two words round: those of messages and digests have the highest octet first. */
const REVERSE = memory.data<u8>([7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8]);

/** The octets of both words in the opposite order. */
function swap(x: v128): v128 {
  return i8x16.swizzle(x, v128.load(REVERSE));
}

/** Writes 64 bits in the order of octets of the standard. */
function storeBig(out: i32, x: u64): void {
  v128.store_lane<u64>(out, swap(i64x2.splat(x as i64)), 0);
}

/** The compression function on `count` blocks. */
function compress(state: i32, data: i32, count: i32): void {
  sha512_blocks(state, data, count, K, REVERSE, SHA512_SUMS, SHA512_KEPT);
}

export function sha512_init(state: i32): void {
  copy_state(state, INITIAL);
  memory.fill(state + BLOCK, 0, 144);
}

/** Hashes `length` octets at `data`. */
export function sha512_update(state: i32, data: i32, length: i32): void {
  const count = load<u64>(state, COUNT);
  store<u64>(state, count + (length as u64), COUNT);
  let used = (count as i32) & 127;
  const end = data + length;
  if (used > 0) {
    const part = min(128 - used, length);
    memory.copy(state + BLOCK + used, data, part);
    data += part;
    used += part;
    if (used < 128) return;
    compress(state, state + BLOCK, 1);
  }
  const blocks = (end - data) >>> 7;
  compress(state, data, blocks);
  data += blocks << 7;
  memory.copy(state + BLOCK, data, end - data);
}

/**
 * The digest of one message of which all octets lie at `data`. It is padded there: the octets behind it up to the end of a block, and of
 * one block more where the padding needs it, are zero before.
 */
export function sha512_hash(out: i32, data: i32, length: i32): void {
  const blocks = (length + 17 + 127) >>> 7; // one octet and the length of 16 octets follow the message
  store<u8>(data + length, 0x80);
  storeBig(data + (blocks << 7) - 8, (length as u64) << 3);
  copy_state(out, INITIAL);
  compress(out, data, blocks);
  write_digest(out, out);
}

function copy_state(out: i32, state: i32): void {
  for (let i = 0; i < 64; i += 16) v128.store(out + i, v128.load(state + i));
}

function write_digest(out: i32, state: i32): void {
  for (let i = 0; i < 64; i += 16) v128.store(out + i, swap(v128.load(state + i)));
}

/** Adds one octet (exclusive or) to each of the 128 of a block: the pads of HMAC (RFC 2104 section 2). */
export function hmac_pad(block: i32, octet: i32): void {
  const pad = i8x16.splat(octet as i8);
  for (let i = 0; i < 128; i += 16) v128.store(block + i, v128.xor(v128.load(block + i), pad));
}

/** Pads, and writes the 64 octets of the digest. */
export function sha512_digest(state: i32, out: i32): void {
  const count = load<u64>(state, COUNT);
  let used = (count as i32) & 127;
  store<u8>(state + BLOCK + used, 0x80);
  used++;
  if (used > 112) {
    memory.fill(state + BLOCK + used, 0, 128 - used);
    compress(state, state + BLOCK, 1);
    used = 0;
  }
  memory.fill(state + BLOCK + used, 0, 120 - used); // the upper half of the 128-bit length is zero
  storeBig(state + BLOCK + 120, count << 3);
  compress(state, state + BLOCK, 1);
  write_digest(out, state);
}

/** The digest of one message of which all octets lie at `data`. What follows it is left alone: its last octets are padded elsewhere. */
export function sha512_within(out: i32, data: i32, length: i32): void {
  const whole = length >>> 7;
  const rest = length & 127;
  const blocks = rest > 111 ? 2 : 1;
  copy_state(out, INITIAL);
  compress(out, data, whole);
  memory.fill(SHA512_JOINED, 0, 256);
  memory.copy(SHA512_JOINED, data + (whole << 7), rest);
  store<u8>(SHA512_JOINED + rest, 0x80);
  storeBig(SHA512_JOINED - 8 + (blocks << 7), (length as u64) << 3);
  compress(out, SHA512_JOINED, blocks);
  write_digest(out, out);
}

/** Before sha512_join: the padding of a message of 128 octets, which is a block of its own. */
export function sha512_join_start(): void {
  memory.fill(SHA512_JOINED + 128, 0, 128);
  store<u8>(SHA512_JOINED + 128, 0x80);
  storeBig(SHA512_JOINED + 248, 1024);
}

/** The digest of two digests, one behind the other. */
export function sha512_join(out: i32, left: i32, right: i32): void {
  copy_state(SHA512_JOINED, left);
  copy_state(SHA512_JOINED + 64, right);
  copy_state(out, INITIAL);
  compress(out, SHA512_JOINED, 2);
  write_digest(out, out);
}
