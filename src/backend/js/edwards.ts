/**
 * Points of edwards448 in the encoding of RFC 8032 section 5.2.2: decoding with the reason for each refusal, addition and
 * multiplication. Not for signatures.
 */
import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { fail } from '../../errors.ts';
import { type EdwardsPoint, edwards448, Fp } from './curves.ts';
import { multiplyBase, multiplyBlinded } from './multiply.ts';
import { refuses } from './refusal.ts';
import { reduce } from './scalar.ts';

const p: bigint = Fp.ORDER;

/** A point from its one encoding. @throws `noncanonical_encoding`, `not_on_curve` */
export function decodeEdwards(encoding: Uint8Array): EdwardsPoint {
  const y = bytesToNumberLE(encoding.subarray(0, 56));
  const last = encoding[56] as number;
  if (y >= p || (last & 0x7f) !== 0) fail('noncanonical_encoding');
  // Only y = 1 and y = -1 have x = 0, which has no negative.
  if (last !== 0 && (y === 1n || y === p - 1n)) fail('noncanonical_encoding');
  try {
    return edwards448().fromBytes(encoding);
  } catch (error) {
    // Canonical by the tests above, so the one refusal left is that no x belongs to this y.
    if (refuses(error, 'bad point: invalid y coordinate')) fail('not_on_curve');
    throw error;
  }
}

/** A point of order L. @throws as the contract's `edwardsValidate` */
function decodePrimeOrder(encoding: Uint8Array): EdwardsPoint {
  const point = decodeEdwards(encoding);
  if (point.isSmallOrder()) fail('small_order_base');
  if (!point.isTorsionFree()) fail('not_in_prime_order_subgroup');
  return point;
}

export const edwards = {
  edwardsValidate(point: Uint8Array): void {
    decodePrimeOrder(point);
  },
  edwardsAdd: (a: Uint8Array, b: Uint8Array): Uint8Array => {
    const left = decodeEdwards(a);
    return left.add(decodeEdwards(b)).toBytes();
  },
  edwardsMultiply: (scalar: Uint8Array, point: Uint8Array): Uint8Array =>
    multiplyBlinded(decodePrimeOrder(point), reduce(scalar)).toBytes(),
  edwardsCombination: (
    scalars: readonly Uint8Array[],
    points: readonly Uint8Array[],
    base?: Uint8Array,
  ): Uint8Array => {
    const sum = mulAddUnsafe(edwards448(), points.map(decodePrimeOrder), scalars.map(reduce));
    return (base === undefined ? sum : sum.add(multiplyBase(edwards448().BASE, reduce(base)))).toBytes();
  },
  edwardsBaseMultiply: (scalar: Uint8Array): Uint8Array => multiplyBase(edwards448().BASE, reduce(scalar)).toBytes(),
};
