import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edwardsEncodings, mixedOrderEdwards, primeOrderEdwards, scalars, smallOrderEdwards } from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import * as curve from '../support/curve448.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { fromLittleEndian, littleEndian, pattern } from '../support/octets.ts';

const identity = curve.encodeEdwards({ x: 0n, y: 1n });
const decoded = (point: Uint8Array) => curve.decodeEdwards(point) as curve.Affine;

/** The sum by affine BigInt formulas. */
function model(factors: readonly Uint8Array[], points: readonly Uint8Array[]): Uint8Array {
  const terms = points.map((point, i) =>
    curve.edwardsMultiply(fromLittleEndian(factors[i] as Uint8Array), decoded(point)),
  );
  return curve.encodeEdwards(terms.reduce(curve.edwardsAdd, { x: 0n, y: 1n }));
}

const few = [littleEndian(1n, 56), littleEndian(curve.L - 1n, 56), littleEndian(0n, 56)];

describe.each(backends)('sums of public multiples on $name', ({ backend }) => {
  it('are those of affine BigInt formulas, equal scalars side by side or not', () => {
    const term = fc.tuple(fc.oneof(scalars, fc.constantFrom(...few)), fc.constantFrom(...primeOrderEdwards));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), fc.nat(5), (terms, known) => {
        const [factors, points] = [terms.map(([s]) => s), terms.map(([, P]) => P)];
        expect(backend.edwardsCombination(factors, points, Math.min(known, terms.length))).toEqual(
          model(factors, points),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('have any number of terms', () => {
    const [P, Q] = [primeOrderEdwards[1], primeOrderEdwards[2]] as [Uint8Array, Uint8Array];
    for (const count of [127, 128, 129, 257]) {
      const points = Array.from({ length: count }, (_, i) => (i % 2 ? P : Q));
      const factors = points.map((_, i) => backend.scalarReduce(pattern(60, i)));
      const sumOf = (point: Uint8Array) =>
        factors.filter((_, i) => points[i] === point).reduce((sum, factor) => backend.scalarAdd(sum, factor));
      const expected = backend.edwardsAdd(backend.edwardsMultiply(sumOf(P), P), backend.edwardsMultiply(sumOf(Q), Q));
      expect(backend.edwardsCombination(factors, points)).toEqual(expected);
      expect(backend.edwardsCombination(factors, points, count - 1)).toEqual(expected);
    }
  });

  it('are the identity when nothing is left', () => {
    const [one, minus] = few as [Uint8Array, Uint8Array];
    const [P] = primeOrderEdwards as [Uint8Array];
    expect(backend.edwardsCombination([], [])).toEqual(identity);
    expect(backend.edwardsCombination([one, minus], [P, P])).toEqual(identity);
    const minusP = backend.edwardsMultiply(minus, P);
    expect(backend.edwardsCombination([one, one], [P, minusP])).toEqual(identity);
  });

  it('refuse every point that validation refuses, for the same reason, wherever it stands', () => {
    const [P] = primeOrderEdwards as [Uint8Array];
    const [one] = few as [Uint8Array];
    fc.assert(
      fc.property(edwardsEncodings, fc.nat(2), (point, at) => {
        const points = [P, P, P].map((good, i) => (i === at ? point : good));
        const verdict = codeOf(() => backend.edwardsValidate(point));
        expect(codeOf(() => backend.edwardsCombination([one, one, one], points))).toBe(verdict);
      }),
      { numRuns: 60 },
    );
  });

  it('tell the order of a point from its coordinates as multiplication by L does', () => {
    const [one] = few as [Uint8Array];
    for (let i = 1n; i <= 40n; i++) {
      const point = curve.edwardsMultiply(0x1234567890abcdefn ** (1n + (i % 6n)) * i, curve.B);
      for (const torsion of curve.torsion) {
        const sum = curve.edwardsAdd(point, torsion);
        const order = curve.encodeEdwards(curve.edwardsMultiply(curve.L, sum));
        const prime = Buffer.from(order).equals(identity);
        const verdict = codeOf(() => backend.edwardsCombination([one], [curve.encodeEdwards(sum)]));
        expect(verdict).toBe(prime ? 'returned' : 'not_in_prime_order_subgroup');
      }
    }
  });

  it('take known points at their word, but for their encoding', () => {
    const [one] = few as [Uint8Array];
    const mixed = mixedOrderEdwards[0] as Uint8Array;
    expectCode('not_in_prime_order_subgroup', () => backend.edwardsCombination([one], [mixed]));
    expectCode('small_order_base', () => backend.edwardsCombination([one], [smallOrderEdwards[0] as Uint8Array]));
    expectCode('noncanonical_encoding', () => backend.edwardsCombination([one], [new Uint8Array(57).fill(0xff)], 1));
    expectCode('not_on_curve', () => backend.edwardsCombination([one], [curve.encodeEdwards({ x: 0n, y: 2n })], 1));
  });
});
