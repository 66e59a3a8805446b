/**
 * Polynomials over the prime fields of secret sharing, as BigInt. Not constant time in the strict sense: the sequence of operations is
 * fixed, but BigInt arithmetic takes a time that depends on the size of the numbers.
 */
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { lagrangeWeights } from '../../lagrange.ts';
import type { ShareField } from '../types.ts';

/** Big-endian integers of `length` octets each. */
function unpack(octets: Uint8Array, length: number): bigint[] {
  return Array.from({ length: octets.length / length }, (_, i) =>
    bytesToNumberBE(octets.subarray(length * i, length * (i + 1))),
  );
}

/** Big-endian octets of each; `undefined` when one is too large. */
function pack(values: readonly bigint[], length: number): Uint8Array | undefined {
  const limit = 1n << BigInt(8 * length);
  if (values.some((value) => value >= limit)) return undefined;
  const out = new Uint8Array(length * values.length);
  values.forEach((value, i) => {
    out.set(numberToBytesBE(value, length), length * i);
  });
  return out;
}

const modulus = ({ length, offset }: ShareField): bigint => (1n << BigInt(8 * length)) + BigInt(offset);

export const sharing = {
  shamirEvaluate(coefficients: Uint8Array, count: number, field: ShareField): Uint8Array | undefined {
    const p = modulus(field);
    const terms = unpack(coefficients, field.length + 1);
    const values = Array.from({ length: count }, (_, i) =>
      terms.reduceRight((value, term) => (value * BigInt(i + 1) + term) % p, 0n),
    );
    return pack(values, field.length);
  },

  shamirInterpolate(
    xs: readonly number[],
    values: Uint8Array,
    quorum: number,
    field: ShareField,
  ): Uint8Array | undefined {
    const p = modulus(field);
    const ys = unpack(values, field.length);
    const used = xs.slice(0, quorum);
    const at = (target: number) =>
      lagrangeWeights(used, target, p).reduce((sum, weight, i) => sum + weight * (ys[i] as bigint), 0n) % p;
    const consistent = xs.slice(quorum).every((x, i) => at(x) === ys[quorum + i]);
    return consistent ? pack([at(0)], field.length) : undefined;
  },
};
