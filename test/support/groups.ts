/**
 * The four groups of shared keys once more: Edwards curves by @noble/curves, Montgomery curves in affine BigInt formulas. Shares no code with
 * the package's groups.
 */

import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import type { GroupName } from '../../src/threshold/index.ts';
import { add, type Curve, curve448, curve25519, decode, encode, multiply, type Point } from './montgomery.ts';
import { fromLittleEndian, littleEndian } from './octets.ts';

/** A group, with numbers and octets. Infinity throws. */
export interface Model {
  crv: GroupName;
  L: bigint;
  scalarLength: number;
  agreementLength: number;
  base(s: bigint): Uint8Array;
  multiply(s: bigint, point: Uint8Array): Uint8Array;
  add(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** A point whose order divides the cofactor, not the identity. */
  small: Uint8Array;
}

function edwards(crv: 'Ed448' | 'Ed25519'): Model {
  const { Point } = crv === 'Ed448' ? ed448 : ed25519;
  const p = Point.Fp.ORDER;
  return {
    crv,
    L: Point.Fn.ORDER,
    scalarLength: crv === 'Ed448' ? 56 : 32,
    agreementLength: crv === 'Ed448' ? 57 : 32,
    base: (s) => Point.BASE.multiply(s).toBytes(),
    multiply: (s, point) => Point.fromBytes(point).multiplyUnsafe(s).toBytes(),
    add: (a, b) => Point.fromBytes(a).add(Point.fromBytes(b)).toBytes(),
    small: littleEndian(p - 1n, crv === 'Ed448' ? 57 : 32),
  };
}

function montgomery(crv: 'X448' | 'X25519', curve: Curve): Model {
  const octets = (point: Point | undefined) => {
    if (point === undefined) throw new Error('infinity');
    return encode(curve, point);
  };
  return {
    crv,
    L: curve.L,
    scalarLength: curve.length,
    agreementLength: curve.length,
    base: (s) => octets(multiply(curve, s, curve.base)),
    multiply: (s, point) => octets(multiply(curve, s, decode(curve, point))),
    add: (a, b) => octets(add(curve, decode(curve, a), decode(curve, b))),
    small: new Uint8Array(curve.length + 1),
  };
}

export const models: readonly Model[] = [
  edwards('Ed448'),
  montgomery('X448', curve448),
  edwards('Ed25519'),
  montgomery('X25519', curve25519),
];

/** The model of a curve. */
export const modelOf = (crv: GroupName): Model => models.find((model) => model.crv === crv) as Model;

/** A number as a secret scalar. */
export function direct({ crv, scalarLength }: Model, s: bigint) {
  return { crv: `${crv}z`, secretKey: littleEndian(s, scalarLength) } as const;
}

/** The number of a scalar. */
export const numberOf = ({ secretKey }: { secretKey: Uint8Array }): bigint => fromLittleEndian(secretKey);

export const mod = (n: bigint, m: bigint): bigint => ((n % m) + m) % m;

/** 1 / n modulo a prime, by Euclid's algorithm. */
export function inverse(n: bigint, m: bigint): bigint {
  let [a, b, x, y] = [mod(n, m), m, 1n, 0n];
  while (a !== 0n) {
    const q = b / a;
    [a, b, x, y] = [b - q * a, a, y - q * x, x];
  }
  return mod(y, m);
}

/** f(at) for the polynomial through the points, by Lagrange. */
export function lagrange(L: bigint, points: readonly (readonly [bigint, bigint])[], at: bigint): bigint {
  const terms = points.map(([x, y], i) =>
    points.reduce((term, [other], j) => (i === j ? term : term * (at - other) * inverse(x - other, L)) % L, y),
  );
  return mod(
    terms.reduce((a, b) => a + b, 0n),
    L,
  );
}
