/**
 * Whether a public field element is a square, by its Jacobi symbol: much less work than a power. Variable time, never for secrets.
 *
 * Bernstein and Yang's division steps in Wuille's variant, which keeps both numbers non-negative (libsecp256k1): f is odd; an even g is halved; an
 * odd g changes places with f when delta is positive, and then f is added to it. What a step does to the symbol (g / f) depends on f mod 8 and
 * g mod 4. Steps are taken 30 at a time on the low 60 bits of f and g; what they did is a 2 x 2 matrix, which is then applied to f and g and
 * divided by 2^30. Its rows sum to 2^30 at most, so f and g never grow.
 *
 * Numbers are 15 limbs of 30 bits.
 */
import { fp_set, fp_to_octets } from './fp448';
import { fp_sqrt_ratio } from './fp448_power';
import { FP, HALF_GCD, SC_TEMP } from './memory';

const LIMBS: i32 = 15;
const BITS: i64 = 30;
const MASK: u64 = 0x3fffffff;
/** Some 60 are usual; no bound is proven for this variant, and what takes longer is left to a power. */
const ROUNDS: i32 = 120;

const F: i32 = HALF_GCD;
const G: i32 = HALF_GCD + 64;
/** u, v, q, r */
const MATRIX: i32 = HALF_GCD + 128;
const OCTETS: i32 = HALF_GCD + 192;

let eta: i32 = 0;
let sign: i32 = 0;

/** x = the number of 56 octets, followed by 8 that are zero. */
function from_octets(x: i32, octets: i32): void {
  for (let i = 0; i < LIMBS; i++) {
    const bit = 30 * i;
    store<u32>(x + 4 * i, ((load<u64>(octets + (bit >> 3)) >> ((bit & 7) as u64)) & MASK) as u32);
  }
}

/** The low 60 bits. */
function low(x: i32): u64 {
  return (load<u32>(x, 0) as u64) | ((load<u32>(x, 4) as u64) << 30);
}

/** 30 steps on the low bits; changes eta = -delta and the sign of the symbol, and writes the matrix times 2^30. */
function steps(): void {
  let f = low(F);
  let g = low(G);
  let u: u64 = 1;
  let v: u64 = 0;
  let q: u64 = 0;
  let r: u64 = 1;
  let left: u64 = 30;
  let e = eta;
  let s = sign;
  for (;;) {
    const zeros = ctz<u64>(g | ((-1 as u64) << left));
    g >>= zeros;
    u <<= zeros;
    v <<= zeros;
    e -= zeros as i32;
    left -= zeros;
    // 2 is no square modulo f = 3, 5 (mod 8)
    s ^= (zeros & ((f >> 1) ^ (f >> 2))) as i32;
    if (left === 0) break;
    if (e < 0) {
      e = -e;
      // Reciprocity: both are 3 (mod 4).
      s ^= ((f & g) >> 1) as i32;
      let t = f;
      f = g;
      g = t;
      t = u;
      u = q;
      q = t;
      t = v;
      v = r;
      r = t;
    }
    g += f;
    q += u;
    r += v;
  }
  eta = e;
  sign = s;
  store<u64>(MATRIX, u, 0);
  store<u64>(MATRIX, v, 8);
  store<u64>(MATRIX, q, 16);
  store<u64>(MATRIX, r, 24);
}

/** Applies the matrix to the first `length` limbs of f and g; gives how many of them are still in use. */
function apply(length: i32): i32 {
  const u = load<u64>(MATRIX, 0);
  const v = load<u64>(MATRIX, 8);
  const q = load<u64>(MATRIX, 16);
  const r = load<u64>(MATRIX, 24);
  let carryF: u64 = 0;
  let carryG: u64 = 0;
  for (let i = 0; i < length; i++) {
    const f = load<u32>(F + 4 * i) as u64;
    const g = load<u32>(G + 4 * i) as u64;
    carryF += u * f + v * g;
    carryG += q * f + r * g;
    // The lowest limbs of the products are zero.
    if (i > 0) {
      store<u32>(F + 4 * (i - 1), (carryF & MASK) as u32);
      store<u32>(G + 4 * (i - 1), (carryG & MASK) as u32);
    }
    carryF >>= BITS;
    carryG >>= BITS;
  }
  store<u32>(F + 4 * (length - 1), carryF as u32);
  store<u32>(G + 4 * (length - 1), carryG as u32);
  while (length > 1 && (load<u32>(F + 4 * (length - 1)) | load<u32>(G + 4 * (length - 1))) === 0) length--;
  return length;
}

/** Whether a public element, which is not zero, is a square; a is up to 2u. */
export function fp_is_square_vartime(a: i32): bool {
  memory.fill(HALF_GCD, 0, 256);
  // p = 2^448 - 2^224 - 1
  memory.fill(OCTETS, 0xff, 56);
  store<u8>(OCTETS + 28, 0xfe);
  from_octets(F, OCTETS);
  fp_to_octets(OCTETS, a);
  from_octets(G, OCTETS);
  eta = -1;
  sign = 0;
  let length = LIMBS;
  for (let i = 0; i < ROUNDS; i++) {
    steps();
    length = apply(length);
    if (length === 1 && load<u32>(F) === 1) return (sign & 1) === 0;
  }
  fp_set(SC_TEMP, 1);
  return fp_sqrt_ratio(SC_TEMP + FP, a, SC_TEMP) !== 0;
}
