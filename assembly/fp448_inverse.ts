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
const LAST: i32 = F + 4 * (LIMBS - 2);

function limb(x: i32, i: i32): i64 {
  return load<i32>(x + (i << 2)) as i64;
}

/**
 * 30 division steps on the low limbs; gives the new zeta = -(delta + 1/2), and the matrix times 2^30. The rows (u, v) and (q, r) are one number each,
 * u + 2^32 v and q + 2^32 r: all that happens to a row is linear.
 */
function steps(zeta: i64): i64 {
  let f: i64 = limb(F, 0);
  let g: i64 = limb(G, 0);
  let uv: i64 = 1;
  let qr: i64 = 1 << 32;
  for (let i = 0; i < 30; i++) {
    // swap is all ones when delta > 0 and g is odd: then (f, g) becomes (g, -f) before g is made even by adding f
    const positive = zeta >> 63;
    const odd = -(g & 1);
    const swap = positive & odd;
    // when g is odd, f or -f and (u, v) or -(u, v) are added; -x is ~x + 1
    g = g - swap + ((f ^ positive) & odd);
    qr = qr - swap + ((uv ^ positive) & odd);
    zeta = (zeta ^ swap) - 1;
    f += g & swap;
    uv += qr & swap;
    g >>= 1;
    uv <<= 1;
  }
  store<i64>(MATRIX, uv as i32 as i64, 0);
  store<i64>(MATRIX, (uv + 0x80000000) >> 32, 8);
  store<i64>(MATRIX, qr as i32 as i64, 16);
  store<i64>(MATRIX, (qr + 0x80000000) >> 32, 24);
  return zeta;
}

/**
 * (f, g) = matrix (f, g) / 2^30, exactly, and (d, e) = matrix (d, e) / 2^30 modulo p, both kept in (-2p, p). There a multiple of p that makes the low limb
 * zero is added first; p is 2^448 - 2^224 - 1, that is -1 in limb 0, -2^14 in limb 7 and 2^28 in limb 14, so the multiple is the low limb itself.
 */
function update(): void {
  const u = load<i64>(MATRIX, 0);
  const v = load<i64>(MATRIX, 8);
  const q = load<i64>(MATRIX, 16);
  const r = load<i64>(MATRIX, 24);
  const signD = limb(D, LIMBS - 1) >> 63;
  const signE = limb(E, LIMBS - 1) >> 63;
  let cd = u * limb(D, 0) + v * limb(E, 0);
  let ce = q * limb(D, 0) + r * limb(E, 0);
  // Negative inputs count as themselves plus p. The multiples are congruent to cd and ce, and never more than those of that p: this is what keeps
  // the results below p.
  let md = (u & signD) + (v & signE);
  let me = (q & signD) + (r & signE);
  md -= (md - cd) & MASK;
  me -= (me - ce) & MASK;
  cd = (cd - md) >> BITS;
  ce = (ce - me) >> BITS;
  let cf = (u * limb(F, 0) + v * limb(G, 0)) >> BITS;
  let cg = (q * limb(F, 0) + r * limb(G, 0)) >> BITS;
  for (let at = FP_INVERSE; at <= LAST; at += 4) {
    const f = load<i32>(at, 4) as i64;
    const g = load<i32>(at, 68) as i64;
    const d = load<i32>(at, 132) as i64;
    const e = load<i32>(at, 196) as i64;
    cf += u * f + v * g;
    cg += q * f + r * g;
    cd += u * d + v * e;
    ce += q * d + r * e;
    if (at === FP_INVERSE + 4 * 6) {
      cd -= md << 14;
      ce -= me << 14;
    }
    if (at === LAST) {
      cd += md << 28;
      ce += me << 28;
    }
    store<i32>(at, (cf & MASK) as i32);
    store<i32>(at, (cg & MASK) as i32, 64);
    store<i32>(at, (cd & MASK) as i32, 128);
    store<i32>(at, (ce & MASK) as i32, 192);
    cf >>= BITS;
    cg >>= BITS;
    cd >>= BITS;
    ce >>= BITS;
  }
  store<i32>(F, cf as i32, 4 * (LIMBS - 1));
  store<i32>(G, cg as i32, 4 * (LIMBS - 1));
  store<i32>(D, cd as i32, 4 * (LIMBS - 1));
  store<i32>(E, ce as i32, 4 * (LIMBS - 1));
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
  let zeta: i64 = -1;
  for (let i = 0; i < ROUNDS; i++) {
    zeta = steps(zeta);
    update();
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
