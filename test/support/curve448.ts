/**
 * edwards448 and curve448 once more, in affine BigInt formulas straight from RFC 8032 section 5.2 and RFC 7748 section 4.2.
 * Shares no code with either backend: it is what they are compared with.
 */
import { fromLittleEndian, littleEndian } from './octets.ts';

export const p: bigint = 2n ** 448n - 2n ** 224n - 1n;
export const L: bigint = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;
const d = -39081n;
const A = 156326n;

export interface Affine {
  x: bigint;
  y: bigint;
}

export function mod(n: bigint, m: bigint = p): bigint {
  const r = n % m;
  return r < 0n ? r + m : r;
}

export function power(base: bigint, exponent: bigint, m: bigint = p): bigint {
  let result = 1n;
  for (let b = mod(base, m), e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % m;
    b = (b * b) % m;
  }
  return result;
}

/** 1 / n modulo p by Euclid's algorithm. */
function inverse(n: bigint): bigint {
  let [a, b, x, y] = [mod(n), p, 1n, 0n];
  while (a !== 0n) {
    const q = b / a;
    [a, b, x, y] = [b - q * a, a, y - q * x, x];
  }
  return mod(y);
}

function squareRoot(n: bigint): bigint | undefined {
  const root = power(n, (p + 1n) / 4n);
  return mod(root * root - n) === 0n ? root : undefined;
}

// -- edwards448: x^2 + y^2 = 1 + d x^2 y^2 -----------------------------------------------------------------------------------

const identity: Affine = { x: 0n, y: 1n };

/** The points whose order divides the cofactor 4. */
export const torsion: readonly Affine[] = [identity, { x: 0n, y: p - 1n }, { x: 1n, y: 0n }, { x: p - 1n, y: 0n }];

export const B: Affine = {
  x: 224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710n,
  y: 298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660n,
};

export function edwardsAdd(a: Affine, b: Affine): Affine {
  const t = mod(d * mod(a.x * b.x) * mod(a.y * b.y));
  const both = inverse((1n + t) * (1n - t));
  return {
    x: mod(mod(a.x * b.y + b.x * a.y) * mod((1n - t) * both)),
    y: mod(mod(a.y * b.y - a.x * b.x) * mod((1n + t) * both)),
  };
}

export function edwardsMultiply(scalar: bigint, point: Affine): Affine {
  let result = identity;
  for (let s = scalar, q = point; s > 0n; s >>= 1n, q = edwardsAdd(q, q)) if (s & 1n) result = edwardsAdd(result, q);
  return result;
}

export function encodeEdwards({ x, y }: Affine): Uint8Array {
  return littleEndian(y | ((x & 1n) << 455n), 57);
}

export function decodeEdwards(encoding: Uint8Array): Affine | undefined {
  const all = fromLittleEndian(encoding);
  const y = all & (2n ** 455n - 1n);
  const sign = all >> 455n;
  if (y >= p) return undefined;
  const x = squareRoot(mod((y * y - 1n) * inverse(d * y * y - 1n)));
  if (x === undefined || (x === 0n && sign === 1n)) return undefined;
  return { x: (x & 1n) === sign ? x : mod(-x), y };
}

// -- curve448: v^2 = u^3 + A u^2 + u, points as { x: u, y: v }, infinity as undefined -----------------------------------------

export type Finite = Affine | undefined;

export const montgomeryBase: Affine = {
  x: 5n,
  y: 355293926785568175264127502063783334808976399387714271831880898435169088786967410002932673765864550910142774147268105838985595290606362n,
};

export function montgomeryAdd(a: Finite, b: Finite): Finite {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.x === b.x && mod(a.y + b.y) === 0n) return undefined;
  const slope =
    a.x === b.x ? (3n * a.x * a.x + 2n * A * a.x + 1n) * inverse(2n * a.y) : (b.y - a.y) * inverse(b.x - a.x);
  const x = mod(slope * slope - A - a.x - b.x);
  return { x, y: mod(slope * (a.x - x) - a.y) };
}

export function montgomeryMultiply(scalar: bigint, point: Finite): Finite {
  let result: Finite;
  for (let s = scalar, q = point; s > 0n; s >>= 1n, q = montgomeryAdd(q, q)) {
    if (s & 1n) result = montgomeryAdd(result, q);
  }
  return result;
}

export function encodeMontgomery({ x, y }: Affine): Uint8Array {
  return littleEndian(x | ((y & 1n) << 455n), 57);
}

/** The point with this u and the parity of v; undefined on the twist. */
export function montgomeryPoint(u: bigint, sign: bigint): Finite {
  const v = squareRoot(mod(u * u * u + A * u * u + u));
  return v === undefined ? undefined : { x: u, y: (v & 1n) === sign ? v : mod(-v) };
}

/** The points of order 2 and 4; u = 1 belongs to the twist. */
export const montgomeryTorsion: readonly Affine[] = [
  { x: 0n, y: 0n },
  montgomeryPoint(p - 1n, 0n) as Affine,
  montgomeryPoint(p - 1n, 1n) as Affine,
];
