/**
 * Scalars modulo L, the prime order of edwards448 and curve448, as BigInt. Not constant time in the strict sense: the
 * sequence of operations is fixed, but BigInt arithmetic takes a time that depends on the size of the numbers.
 */
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { Fn, order } from './curves.ts';

/** Any number of octets, little-endian, reduced modulo L. */
export function reduce(wide: Uint8Array): bigint {
  return Fn.create(bytesToNumberLE(wide));
}

/** 56 octets of a number below 2^448. */
export function encodeScalar(value: bigint): Uint8Array {
  return numberToBytesLE(value, 56);
}

export const scalars = {
  scalarReduce: (wide: Uint8Array): Uint8Array => encodeScalar(reduce(wide)),
  scalarAdd: (a: Uint8Array, b: Uint8Array): Uint8Array => encodeScalar(Fn.add(reduce(a), reduce(b))),
  scalarMul: (a: Uint8Array, b: Uint8Array): Uint8Array => encodeScalar(Fn.mul(reduce(a), reduce(b))),
  scalarNegate: (a: Uint8Array): Uint8Array => encodeScalar(Fn.neg(reduce(a))),
  // By Fermat with a public exponent: Euclid's algorithm would branch on the secret.
  scalarInvert: (a: Uint8Array): Uint8Array => encodeScalar(Fn.pow(reduce(a), order - 2n)),
};
