/**
 * Inversion in the field by Bernstein and Yang's division steps ("Fast constant-time gcd computation and modular inversion", 2019), in the
 * variant that starts at delta = 1/2. Constant time: a fixed number of steps, each without a branch.
 *
 * Numbers are 15 signed limbs of 30 bits. Steps are taken 30 at a time on the low limbs of f and g alone; what they did to f and g is a 2 x 2
 * matrix, which is then applied to f, g and, modulo p, to d, e, and divided by 2^30. Invariant: d a = f and e a = g (mod p). At the end g = 0 and
 * f = 1 or -1.
 */
import { fp_from_octets, fp_to_octets } from './fp448';
import { FP_INVERSE } from './memory';

const LIMBS: i32 = 15;
const BITS: i64 = 30;
const MASK: i64 = 0x3fffffff;
/** 1050 steps; (45907 * 448 + 26313) / 19929 = 1033.3 are enough for 448 bits, by the bound of the hull proof for this variant. */
const ROUNDS: i32 = 35;

const F: i32 = FP_INVERSE;
const G: i32 = FP_INVERSE + 64;
const D: i32 = FP_INVERSE + 128;
const E: i32 = FP_INVERSE + 192;
const OCTETS: i32 = FP_INVERSE + 256;
/** The matrix of a round: u, v, q, r. */
const MATRIX: i32 = FP_INVERSE + 320;

function limb(x: i32, i: i32): i64 {
  return load<i32>(x + (i << 2)) as i64;
}

/** 30 division steps on the low limbs; gives the new zeta = -(delta + 1/2), and the matrix times 2^30. */
function steps(zeta: i32): i32 {
  let f = load<i32>(F);
  let g = load<i32>(G);
  let u: i32 = 1;
  let v: i32 = 0;
  let q: i32 = 0;
  let r: i32 = 1;
  for (let i = 0; i < 30; i++) {
    // swap is all ones when delta > 0 and g is odd: then (f, g) becomes (g, -f) before g is made even by adding f
    const positive = zeta >> 31;
    const odd = -(g & 1);
    // f or -f, u or -u, v or -v
    const x = (f ^ positive) - positive;
    const y = (u ^ positive) - positive;
    const z = (v ^ positive) - positive;
    g += x & odd;
    q += y & odd;
    r += z & odd;
    const swap = positive & odd;
    zeta = (zeta ^ swap) - 1;
    f += g & swap;
    u += q & swap;
    v += r & swap;
    g >>= 1;
    u <<= 1;
    v <<= 1;
  }
  store<i32>(MATRIX, u, 0);
  store<i32>(MATRIX, v, 4);
  store<i32>(MATRIX, q, 8);
  store<i32>(MATRIX, r, 12);
  return zeta;
}

/** (f, g) = matrix (f, g) / 2^30, exactly. */
function update_fg(): void {
  const u = load<i32>(MATRIX, 0) as i64;
  const v = load<i32>(MATRIX, 4) as i64;
  const q = load<i32>(MATRIX, 8) as i64;
  const r = load<i32>(MATRIX, 12) as i64;
  let cf = (u * limb(F, 0) + v * limb(G, 0)) >> BITS;
  let cg = (q * limb(F, 0) + r * limb(G, 0)) >> BITS;
  for (let i = 1; i < LIMBS; i++) {
    const f = limb(F, i);
    const g = limb(G, i);
    cf += u * f + v * g;
    cg += q * f + r * g;
    store<i32>(F + ((i - 1) << 2), (cf & MASK) as i32);
    store<i32>(G + ((i - 1) << 2), (cg & MASK) as i32);
    cf >>= BITS;
    cg >>= BITS;
  }
  store<i32>(F + ((LIMBS - 1) << 2), cf as i32);
  store<i32>(G + ((LIMBS - 1) << 2), cg as i32);
}

/**
 * (d, e) = matrix (d, e) / 2^30 modulo p, both kept in (-2p, p). A multiple of p that makes the low limb zero is added first; p is 2^448 - 2^224 - 1, that
 * is -1 in limb 0, -2^14 in limb 7 and 2^28 in limb 14, so the multiple is the low limb itself.
 */
function update_de(): void {
  const u = load<i32>(MATRIX, 0) as i64;
  const v = load<i32>(MATRIX, 4) as i64;
  const q = load<i32>(MATRIX, 8) as i64;
  const r = load<i32>(MATRIX, 12) as i64;
  const signD = limb(D, LIMBS - 1) >> 63;
  const signE = limb(E, LIMBS - 1) >> 63;
  // negative inputs count as themselves plus p
  let md = (u & signD) + (v & signE);
  let me = (q & signD) + (r & signE);
  let cd = u * limb(D, 0) + v * limb(E, 0);
  let ce = q * limb(D, 0) + r * limb(E, 0);
  // congruent to cd and ce, and never more than the first part: that is what keeps the results below p
  md -= (md - cd) & MASK;
  me -= (me - ce) & MASK;
  cd = (cd - md) >> BITS;
  ce = (ce - me) >> BITS;
  for (let i = 1; i < LIMBS; i++) {
    const d = limb(D, i);
    const e = limb(E, i);
    cd += u * d + v * e;
    ce += q * d + r * e;
    if (i === 7) {
      cd -= md << 14;
      ce -= me << 14;
    }
    if (i === LIMBS - 1) {
      cd += md << 28;
      ce += me << 28;
    }
    store<i32>(D + ((i - 1) << 2), (cd & MASK) as i32);
    store<i32>(E + ((i - 1) << 2), (ce & MASK) as i32);
    cd >>= BITS;
    ce >>= BITS;
  }
  store<i32>(D + ((LIMBS - 1) << 2), cd as i32);
  store<i32>(E + ((LIMBS - 1) << 2), ce as i32);
}

/** d = sign d + multiple p, carried; |multiple| <= 2. */
function adjust_d(sign: i64, multiple: i64): void {
  let carry: i64 = -multiple;
  for (let i = 0; i < LIMBS; i++) {
    carry += sign * limb(D, i);
    if (i === 7) carry -= multiple << 14;
    if (i === LIMBS - 1) carry += multiple << 28;
    store<i32>(D + (i << 2), i < LIMBS - 1 ? ((carry & MASK) as i32) : (carry as i32));
    carry >>= BITS;
  }
}

/** out = 1/a, and 0 for a = 0; a up to 4u. */
export function fp_inv(out: i32, a: i32): void {
  memory.fill(FP_INVERSE, 0, 256);
  store<i32>(F, -1);
  store<i32>(F + 7 * 4, -(1 << 14));
  store<i32>(F + 14 * 4, 1 << 28);
  store<i32>(E, 1);
  fp_to_octets(OCTETS, a);
  for (let i = 0; i < LIMBS; i++) {
    // 30 bits from bit 30 i; the last limb has 28
    const bit = 30 * i;
    const word = load<u64>(OCTETS + (bit >> 3)) >> ((bit & 7) as u64);
    store<i32>(G + (i << 2), (word & (i < LIMBS - 1 ? MASK : 0xfffffff)) as i32);
  }
  let zeta: i32 = -1;
  for (let i = 0; i < ROUNDS; i++) {
    zeta = steps(zeta);
    update_de();
    update_fg();
  }
  // d is +-1/a in (-2p, p): take the sign of f, then into [0, p)
  const negative = (load<i32>(F + ((LIMBS - 1) << 2)) >> 31) as i64;
  adjust_d(1, -(limb(D, LIMBS - 1) >> 63)); // (-p, p)
  adjust_d(1 + 2 * negative, 0);
  adjust_d(1, -(limb(D, LIMBS - 1) >> 63)); // [0, p)
  memory.fill(OCTETS, 0, 64);
  for (let i = 0; i < LIMBS; i++) {
    const bit = 30 * i;
    const at = OCTETS + (bit >> 3);
    store<u64>(at, load<u64>(at) | ((limb(D, i) as u64) << ((bit & 7) as u64)));
  }
  fp_from_octets(out, OCTETS);
}
