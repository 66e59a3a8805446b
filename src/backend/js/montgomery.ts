/**
 * Points of curve448, v^2 = u^3 + 156326 u^2 + u, as signed u. Computed on the isomorphic Edwards curve E448 (NIST SP 800-186
 * section 3.2.3.3): y = (u + 1) / (u - 1), x = c u / v with c^2 = 156324. That is not edwards448, which is only isogenous.
 * Not for X448 of RFC 7748, which needs no sign.
 */
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { fail } from '../../errors.ts';
import { E448, type EdwardsPoint, Fp, squareRoot } from './curves.ts';
import { multiplyBase, multiplyBlinded } from './multiply.ts';
import { reduce } from './scalar.ts';

const p: bigint = Fp.ORDER;
const A = 156326n;

/** The root of 156324 that takes the base point u = 5 with even v to the base point of E448. */
const c =
  0x45b2c5f7d649eed077ed1ae45f44d54143e34f714b71aa96c945af012d1829750734cde9faddbda4c066f7ed54419ca52c85de1e8aae4e6cn;

/** A point from its one encoding. @throws `noncanonical_encoding`, `not_on_curve` */
function decode(encoding: Uint8Array): EdwardsPoint {
  const u = bytesToNumberLE(encoding.subarray(0, 56));
  const sign = encoding[56] as number;
  if (u >= p || (sign & 0x7f) !== 0) fail('noncanonical_encoding');
  // The point (0, 0) of order 2: its v has no negative, and the map below divides by v.
  if (u === 0n) return sign === 0 ? E448().fromAffine({ x: 0n, y: p - 1n }) : fail('noncanonical_encoding');

  const square = Fp.mul(Fp.add(Fp.mul(Fp.add(u, A), u), 1n), u);
  const root = squareRoot(square);
  if (!Fp.eql(Fp.sqr(root), square)) fail('not_on_curve');
  const v = (root & 1n) === BigInt(sign >> 7) ? root : Fp.neg(root);
  // u = 1 lies on the twist, so u - 1 has an inverse here.
  return E448().fromAffine({ x: Fp.div(Fp.mul(c, u), v), y: Fp.div(Fp.add(u, 1n), Fp.sub(u, 1n)) });
}

/** @throws as the contract's `montgomeryValidate` */
function decodePrimeOrder(encoding: Uint8Array): EdwardsPoint {
  const point = decode(encoding);
  if (point.isSmallOrder()) fail('small_order_base');
  if (!point.isTorsionFree()) fail('not_in_prime_order_subgroup');
  return point;
}

/** Signed u; the point at infinity has none. @throws `identity_result` */
function encode(point: EdwardsPoint): Uint8Array {
  if (point.is0()) fail('identity_result');
  const { X, Y, Z } = point;
  const u = Fp.div(Fp.add(Y, Z), Fp.sub(Y, Z));
  // X is zero only at the point of order 2, where u and v are zero too.
  const v = X === 0n ? 0n : Fp.div(Fp.mul(Fp.mul(c, u), Z), X);
  const out = new Uint8Array(57);
  out.set(numberToBytesLE(u, 56));
  out[56] = Number(v & 1n) << 7;
  return out;
}

export const montgomery = {
  montgomeryValidate(point: Uint8Array): void {
    decodePrimeOrder(point);
  },
  montgomeryAdd: (a: Uint8Array, b: Uint8Array): Uint8Array => {
    const left = decode(a);
    return encode(left.add(decode(b)));
  },
  montgomeryMultiply: (scalar: Uint8Array, point: Uint8Array): Uint8Array =>
    encode(multiplyBlinded(decodePrimeOrder(point), reduce(scalar))),
  montgomeryBaseMultiply: (scalar: Uint8Array): Uint8Array => encode(multiplyBase(E448().BASE, reduce(scalar))),
};
