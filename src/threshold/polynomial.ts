/**
 * Polynomials modulo L: values, interpolation, and commitments to their coefficients (threshold keys, section A3). Not for the
 * sharing of octet strings, which has another modulus.
 */
import { room } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { Group } from './group.ts';
import { orderOf, scalarOf } from './scalar.ts';
import { scoped } from './scope.ts';
import { plus, type Sum, times } from './sum.ts';

/** f(x) by Horner's rule. The coefficients are secret, the constant term first. */
export function valueAt(group: Group, coefficients: readonly Uint8Array[], index: bigint): Uint8Array {
  const x = scalarOf(group, index);
  return scoped((secret) => {
    const step = (value: Uint8Array, coefficient: Uint8Array) =>
      group.add(secret(group.multiply(secret(value), x)), coefficient);
    return coefficients.reduceRight(step, room(group.scalarLength));
  });
}

/** f(x) B from commitments a_j B: Horner's rule in the group. */
export function pointAt(group: Group, commitments: readonly Uint8Array[], index: bigint): Sum {
  const x = scalarOf(group, index);
  return commitments.reduceRight<Sum>((sum, commitment) => plus(group, times(group, x, sum), commitment), undefined);
}

/** @throws MeshError `duplicate_index` */
export function checkDistinct(indexes: readonly bigint[]): void {
  if (new Set(indexes).size < indexes.length) fail('duplicate_index');
}

/** 1 / n modulo a prime, of either sign, by Euclid's algorithm: for public numbers only, and quick for short ones, hence the sign aside. */
function inverse(n: bigint, prime: bigint): bigint {
  const isNegative = n < 0n;
  let [a, b, x, y] = [prime, isNegative ? -n : n, 0n, 1n];
  while (b !== 0n) {
    const q = a / b;
    [a, b, x, y] = [b, a - q * b, y, x - q * y];
  }
  return isNegative ? -x : x;
}

/** The product over the other indexes of (at - x_j) / (x_i - x_j): what the share at x_i weighs in f(at). All of it is public; indexes are distinct. */
export function weight(group: Group, indexes: readonly bigint[], i: number, at: bigint): Uint8Array {
  const order = orderOf(group);
  const own = indexes[i] as bigint;
  const others = indexes.filter((x) => x !== own);
  const product = (from: bigint) => others.reduce((value, x) => (value * (from - x)) % order, 1n);
  const value = (product(at) * inverse(product(own), order)) % order;
  return scalarOf(group, (value + order) % order);
}

/** What the share at `index`, one of the distinct `indexes`, weighs in the key itself: its Lagrange coefficient (RFC 9591 section 4.2). */
export function weightInKey(group: Group, index: number, indexes: readonly number[]): Uint8Array {
  return weight(group, indexes.map(BigInt), indexes.indexOf(index), 0n);
}

/** f(at) from as many secret values as f has coefficients. */
export function interpolate(
  group: Group,
  indexes: readonly bigint[],
  values: readonly Uint8Array[],
  at: bigint,
): Uint8Array {
  return scoped((secret) => {
    const terms = values.map((value, i) => secret(group.multiply(value, weight(group, indexes, i, at))));
    return terms.reduce((sum, term) => group.add(secret(sum), term), room(group.scalarLength));
  });
}
