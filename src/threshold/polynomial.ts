/**
 * Polynomials modulo L: values, interpolation, and commitments to their coefficients (threshold keys, section A3). Not for the
 * sharing of octet strings, which has another modulus.
 */
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
    return coefficients.reduceRight(step, new Uint8Array(group.scalarLength));
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

/** 1 / n modulo a prime, by Euclid's algorithm: for public numbers only. */
function inverse(n: bigint, prime: bigint): bigint {
  let [a, b, x, y] = [((n % prime) + prime) % prime, prime, 1n, 0n];
  while (a !== 0n) {
    const q = b / a;
    [a, b, x, y] = [b - q * a, a, y - q * x, x];
  }
  return y;
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

/** f(at) from as many secret values as f has coefficients. */
export function interpolate(
  group: Group,
  indexes: readonly bigint[],
  values: readonly Uint8Array[],
  at: bigint,
): Uint8Array {
  return scoped((secret) => {
    const terms = values.map((value, i) => secret(group.multiply(value, weight(group, indexes, i, at))));
    return terms.reduce((sum, term) => group.add(secret(sum), term), new Uint8Array(group.scalarLength));
  });
}
