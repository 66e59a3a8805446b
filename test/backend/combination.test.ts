import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edwardsEncodings, primeOrderEdwards, scalars } from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import * as curve from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { fromLittleEndian, littleEndian, pattern } from '../support/octets.ts';

const B = curve.encodeEdwards(curve.B);
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
  it('are those of affine BigInt formulas, with a multiple of the base point or without', () => {
    const factor = fc.oneof(scalars, fc.constantFrom(...few));
    const term = fc.tuple(factor, fc.constantFrom(...primeOrderEdwards));
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), fc.option(factor, { nil: undefined }), (terms, base) => {
        const [factors, points] = [terms.map(([s]) => s), terms.map(([, P]) => P)];
        const expected = base ? model([...factors, base], [...points, B]) : model(factors, points);
        expect(backend.edwardsCombination(factors, points, base)).toEqual(expected);
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
      const base = factors[0] as Uint8Array;
      const more = backend.edwardsAdd(expected, backend.edwardsBaseMultiply(base));
      expect(backend.edwardsCombination(factors, points, base)).toEqual(more);
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

  it('add the multiple of the base point to nothing, and to what cancels it', () => {
    const [one, minus, zero] = few as [Uint8Array, Uint8Array, Uint8Array];
    expect(backend.edwardsCombination([], [], one)).toEqual(B);
    expect(backend.edwardsCombination([one], [B], minus)).toEqual(identity);
    expect(backend.edwardsCombination([minus], [B], one)).toEqual(identity);
    expect(backend.edwardsCombination([one], [B], zero)).toEqual(B);
    expect(backend.edwardsCombination([], [], zero)).toEqual(identity);
  });
});
