/**
 * Polynomials over the prime fields of secret sharing, as BigInt. Not constant time in the strict sense: the sequence of operations is
 * fixed, but BigInt arithmetic takes a time that depends on the size of the numbers.
 */
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { concat, wipe } from '../../bytes.ts';
import { interpolate } from '../../lagrange.ts';
import type { ShareField, SharePoint } from '../types.ts';
import { base32 } from './base32.ts';

/** Big-endian octets; `undefined` when there are more than `length`. */
function pack(value: bigint, length: number): Uint8Array | undefined {
  return value >> BigInt(8 * length) === 0n ? numberToBytesBE(value, length) : undefined;
}

const modulus = ({ length, offset }: ShareField): bigint => (1n << BigInt(8 * length)) + BigInt(offset);

export const sharing = {
  shamirEvaluate(coefficients: Uint8Array, count: number, field: ShareField, prefix: number): string[] | undefined {
    const p = modulus(field);
    const width = field.length + 1;
    const terms = Array.from({ length: coefficients.length / width }, (_, j) =>
      bytesToNumberBE(coefficients.subarray(width * j, width * (j + 1))),
    );
    const texts: string[] = [];
    for (let x = 1; x <= count; x++) {
      const value = pack(
        terms.reduceRight((sum, term) => (sum * BigInt(x) + term) % p, 0n),
        field.length,
      );
      if (value === undefined) return undefined;
      const octets = concat(numberToBytesBE(prefix + x - 1, 2), value);
      texts.push(base32.base32Encode(octets, 2 * octets.length, 4));
      wipe(octets, value);
    }
    return texts;
  },

  shamirInterpolate(points: readonly SharePoint[], quorum: number, field: ShareField): Uint8Array | undefined {
    const p = modulus(field);
    const xs = points.slice(0, quorum).map(({ x }) => x);
    const ys = points.map(({ value }) => bytesToNumberBE(value));
    const at = (target: number) => interpolate(xs, ys, target, p);
    const consistent = points.slice(quorum).every(({ x }, i) => at(x) === ys[quorum + i]);
    return consistent ? pack(at(0), field.length) : undefined;
  },
};
