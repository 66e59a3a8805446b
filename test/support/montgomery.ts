/**
 * Montgomery curves v^2 = u^3 + A u^2 + u in affine BigInt formulas, and the ladder with recovery of v, as the threshold drafts describe them
 * (threshold keys, section A6). Shares no code with the package: it is what curve25519 and curve448 are compared with.
 */
import { fromLittleEndian, littleEndian } from './octets.ts';

export interface Curve {
  p: bigint;
  A: bigint;
  /** The order of the base point. */
  L: bigint;
  /** Octets of u. */
  length: number;
  /** Bits that the ladder walks. */
  bits: number;
  base: Point;
}

/** A point; infinity is undefined. */
export interface Point {
  u: bigint;
  v: bigint;
}

export const curve25519: Curve = {
  p: 2n ** 255n - 19n,
  A: 486662n,
  L: 2n ** 252n + 27742317777372353535851937790883648493n,
  length: 32,
  bits: 255,
  base: { u: 9n, v: 14781619447589544791020593568409986887264606134616475288964881837755586237401n },
};

export const curve448: Curve = {
  p: 2n ** 448n - 2n ** 224n - 1n,
  A: 156326n,
  L: 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n,
  length: 56,
  bits: 448,
  base: {
    u: 5n,
    v: 355293926785568175264127502063783334808976399387714271831880898435169088786967410002932673765864550910142774147268105838985595290606362n,
  },
};

const mod = (n: bigint, p: bigint) => ((n % p) + p) % p;

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  for (let b = mod(base, p), e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % p;
    b = (b * b) % p;
  }
  return result;
}

export const divide = (a: bigint, b: bigint, p: bigint): bigint => mod(a * power(b, p - 2n, p), p);

export function add({ p, A }: Curve, a: Point | undefined, b: Point | undefined): Point | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.u === b.u && mod(a.v + b.v, p) === 0n) return undefined;
  const m =
    a.u === b.u ? divide(3n * a.u * a.u + 2n * A * a.u + 1n, 2n * a.v, p) : divide(b.v - a.v, mod(b.u - a.u, p), p);
  const u = mod(m * m - A - a.u - b.u, p);
  return { u, v: mod(m * (a.u - u) - a.v, p) };
}

export function multiply(curve: Curve, k: bigint, point: Point): Point | undefined {
  let result: Point | undefined;
  for (let s = k, q: Point | undefined = point; s > 0n; s >>= 1n, q = add(curve, q, q)) {
    if (s & 1n) result = add(curve, result, q);
  }
  return result;
}

/** Both projective results of the ladder of RFC 7748 without clamping, after the last swap: k P and (k + 1) P. */
export function ladder({ p, A, bits }: Curve, k: bigint, u: bigint) {
  const a24 = (A - 2n) / 4n;
  let [x2, z2, x3, z3] = [1n, 0n, u, 1n];
  let swap = 0n;
  const exchange = (flag: bigint) => {
    if (flag) [x2, x3, z2, z3] = [x3, x2, z3, z2];
  };
  for (let t = BigInt(bits) - 1n; t >= 0n; t--) {
    const bit = (k >> t) & 1n;
    exchange(swap ^ bit);
    swap = bit;
    const [a, b, c, d] = [x2 + z2, x2 - z2, x3 + z3, x3 - z3];
    const [aa, bb, da, cb] = [mod(a * a, p), mod(b * b, p), mod(d * a, p), mod(c * b, p)];
    const e = aa - bb;
    [x3, z3] = [mod((da + cb) ** 2n, p), mod(u * (da - cb) ** 2n, p)];
    [x2, z2] = [mod(aa * bb, p), mod(e * (aa + a24 * e), p)];
  }
  exchange(swap);
  return { x2, z2, x3, z3 };
}

/** k P from the ladder, with v recovered; the two special cases come first. */
export function recovered(curve: Curve, k: bigint, { u, v }: Point): Point | undefined {
  const { p, A } = curve;
  const { x2, z2, x3, z3 } = ladder(curve, k, u);
  if (z2 === 0n) return undefined;
  if (z3 === 0n) return { u, v: mod(-v, p) };
  let t1 = mod(u * z2, p);
  let t2 = x2 + t1;
  const t3 = mod((x2 - t1) ** 2n * x3, p);
  t1 = mod(2n * A * z2, p);
  t2 = mod((t2 + t1) * (u * x2 + z2), p);
  t2 = mod((t2 - t1 * z2) * z3, p);
  const w = mod(2n * v * z2 * z3, p);
  return { u: divide(w * x2, mod(w * z2, p), p), v: divide(t2 - t3, mod(w * z2, p), p) };
}

export function encode({ length }: Curve, { u, v }: Point): Uint8Array {
  return Uint8Array.of(...littleEndian(u, length), v & 1n ? 0x80 : 0);
}

/** The point with this u and the parity of v. */
export function decode({ p, A, length }: Curve, octets: Uint8Array): Point {
  const u = fromLittleEndian(octets.subarray(0, length));
  const c = mod(u * u * u + A * u * u + u, p);
  let v = p % 4n === 3n ? power(c, (p + 1n) / 4n, p) : power(c, (p + 3n) / 8n, p);
  if (mod(v * v - c, p) !== 0n) v = mod(v * power(2n, (p - 1n) / 4n, p), p);
  if (mod(v * v - c, p) !== 0n) throw new Error('not on the curve');
  return { u, v: (v & 1n) === BigInt((octets[length] as number) >> 7) ? v : mod(-v, p) };
}
