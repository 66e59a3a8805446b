/**
 * The groups of Ed25519 and X25519 (RFC 8032 section 5.1, RFC 7748 section 4.1) on @noble/curves, with the checks and error codes of the 448 ones.
 * X25519 points are computed on edwards25519, which is birationally equivalent: (u, v) = ((1 + y) / (1 - y), c u / x), c^2 = -486664.
 * Not constant time: BigInt arithmetic; scalars of points that are not the base are blinded.
 */
import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { type EdwardsPoint, type EdwardsPointCons, edwards } from '@noble/curves/abstract/edwards.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { sized, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';
import type { Group } from './group.ts';

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const A = 486662n;

let curve: EdwardsPointCons | undefined;

/** edwards25519, made on first use, because the library tests the parameters. */
export function edwards25519(): EdwardsPointCons {
  return (curve ??= edwards({
    p,
    n: order,
    h: 8n,
    a: p - 1n,
    d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
    Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
    Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
  }));
}

/** The root of -486664 that takes the base point to u = 9 with the v of RFC 7748 section 4.1, which is odd. */
const c = 0x70d9120b9f5ff9442d84f723fc03b0813a5e2c2eb482e57d3391fb5500ba81e7n;

const scalarOctets = (value: bigint) => numberToBytesLE(value, 32);
const modulo = (octets: Uint8Array) => bytesToNumberLE(octets) % order;

/** RFC 8032 section 5.1.5, step 2: the first 32 octets, fresh. */
export function pruned(octets: Uint8Array): Uint8Array {
  const out = octets.slice(0, 32);
  out[0] = (out[0] as number) & 0xf8;
  out[31] = ((out[31] as number) & 0x7f) | 0x40;
  return out;
}

/** How points of one of the two curves are written. */
interface Encoding {
  length: number;
  /** A point of the curve. @throws MeshError `noncanonical_encoding`, `not_on_curve` */
  decode(octets: Uint8Array): EdwardsPoint;
  encode(point: EdwardsPoint): Uint8Array;
}

const edwardsEncoding: Encoding = {
  length: 32,
  decode(octets) {
    const y = bytesToNumberLE(octets) & ((1n << 255n) - 1n);
    const sign = (octets[31] as number) >> 7;
    if (y >= p || (sign === 1 && (y === 1n || y === p - 1n))) fail('noncanonical_encoding');
    const Point = edwards25519();
    const { Fp } = Point;
    // x^2 = (y^2 - 1) / (d y^2 + 1); d is not a square, so the denominator is not zero.
    const y2 = Fp.sqr(y);
    const x2 = Fp.div(Fp.sub(y2, 1n), Fp.add(Fp.mul(Point.CURVE().d, y2), 1n));
    return Point.fromAffine({ x: rootOf(x2, sign), y });
  },
  encode: (point) => point.toBytes(),
};

const montgomeryEncoding: Encoding = {
  length: 33,
  decode(octets) {
    const u = bytesToNumberLE(octets.subarray(0, 32));
    const sign = octets[32] as number;
    if (u >= p || (sign & 0x7f) !== 0) fail('noncanonical_encoding');
    const Point = edwards25519();
    const { Fp } = Point;
    // The point (0, 0) of order 2 is (0, -1).
    if (u === 0n) return sign === 0 ? Point.fromAffine({ x: 0n, y: p - 1n }) : fail('noncanonical_encoding');
    const v = rootOf(Fp.mul(u, Fp.add(Fp.mul(u, Fp.add(u, A)), 1n)), sign >> 7);
    // u = -1 lies on the twist, so u + 1 has an inverse here.
    return Point.fromAffine({ x: Fp.div(Fp.mul(c, u), v), y: Fp.div(Fp.sub(u, 1n), Fp.add(u, 1n)) });
  },
  encode(point) {
    const { Fp } = edwards25519();
    const { x, y } = point.toAffine();
    const out = new Uint8Array(33);
    if (x === 0n) return out;
    const u = Fp.div(Fp.add(1n, y), Fp.sub(1n, y));
    out.set(numberToBytesLE(u, 32));
    out[32] = Number(Fp.div(Fp.mul(c, u), x) & 1n) << 7;
    return out;
  },
};

/** The root of a square with this parity. @throws MeshError `not_on_curve` for what is no square */
function rootOf(square: bigint, parity: number): bigint {
  const { Fp } = edwards25519();
  // p = 5 mod 8: a root of x or of -x.
  let root = Fp.pow(square, (p + 3n) / 8n);
  if (!Fp.eql(Fp.sqr(root), square)) root = Fp.mul(root, Fp.pow(2n, (p - 1n) / 4n));
  if (!Fp.eql(Fp.sqr(root), square)) fail('not_on_curve');
  return Number(root & 1n) === parity ? root : Fp.neg(root);
}

/** s P, for a point of order L and 0 < s < L. */
function multiply(point: EdwardsPoint, s: bigint): EdwardsPoint {
  // The library blinds multiples of its own base point, of this very object: not of a point from outside that is equal to it.
  if (point === edwards25519().BASE) return point.multiply(s);
  // The time of the library's routine depends on the size of the scalar: two uniform parts.
  const blind = (bytesToNumberLE(randomBytes(64)) % (order - 1n)) + 1n;
  const rest = (s - blind + order) % order;
  const part = point.multiply(blind);
  return rest === 0n ? part : part.add(point.multiply(rest));
}

/** @throws MeshError as {@link Group.point} */
function primeOrder({ decode }: Encoding, octets: Uint8Array): EdwardsPoint {
  const point = decode(octets);
  if (point.isSmallOrder()) fail('small_order_base');
  if (!point.isTorsionFree()) fail('not_in_prime_order_subgroup');
  return point;
}

/** The group of Ed25519 or X25519. */
export function group25519(crv: 'Ed25519' | 'X25519'): Group {
  const encoding = crv === 'Ed25519' ? edwardsEncoding : montgomeryEncoding;
  const times = (s: Uint8Array, point: () => EdwardsPoint): Uint8Array => {
    const factor = modulo(s);
    const P = point();
    return factor === 0n ? fail('identity_result') : encoding.encode(multiply(P, factor));
  };
  return {
    crv,
    scalarLength: 32,
    wideLength: 64,
    pointLength: encoding.length,
    agreementLength: 32,
    fromSecretKey(secretKey, name) {
      const octets = sized(secretKey, name, 'bad_private_length', 32);
      const digest = crv === 'Ed25519' ? sha512(octets) : octets.slice();
      const scalar = pruned(digest);
      const out = scalarOctets(modulo(scalar));
      wipe(digest, scalar);
      return out;
    },
    scalar(value, name) {
      const octets = sized(value, name, 'bad_private_length', 32);
      if (bytesToNumberLE(octets) >= order) fail('scalar_out_of_range', name);
      return octets;
    },
    reduce: (wide) => scalarOctets(modulo(wide)),
    add: (a, b) => scalarOctets((modulo(a) + modulo(b)) % order),
    multiply: (a, b) => scalarOctets((modulo(a) * modulo(b)) % order),
    negate: (a) => scalarOctets((order - modulo(a)) % order),
    invert: (a) => scalarOctets(edwards25519().Fn.pow(modulo(a), order - 2n)),
    point(value, name) {
      const octets = sized(value, name, 'bad_public_length', encoding.length);
      primeOrder(encoding, octets);
      return octets;
    },
    plus(a, b) {
      const sum = encoding.decode(a).add(encoding.decode(b));
      return sum.is0() ? fail('identity_result') : encoding.encode(sum);
    },
    times: (s, octets) => times(s, () => primeOrder(encoding, octets)),
    combination(scalars, points, base) {
      const Point = edwards25519();
      const terms = points.map((octets) => primeOrder(encoding, octets));
      const factor = base === undefined ? 0n : modulo(base);
      const multiple = factor === 0n ? Point.ZERO : multiply(Point.BASE, factor);
      const sum = mulAddUnsafe(Point, terms, scalars.map(modulo)).add(multiple);
      return sum.is0() ? fail('identity_result') : encoding.encode(sum);
    },
    base: (s) => times(s, () => edwards25519().BASE),
  };
}
