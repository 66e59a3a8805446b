import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldOf } from '../../src/shamir/prime.ts';
import { hex } from '../support/octets.ts';
import { primeOf, shareText, subjects, toInteger, toOctets, valueAt } from './model.ts';

const lengths = Array.from({ length: 64 }, (_, i) => i + 1);

/** Values around zero, the power of two and the prime. */
const edges = (n: number, p: bigint) => [0n, 1n, 2n, (1n << BigInt(8 * n)) - 1n, 1n << BigInt(8 * n), p - 2n, p - 1n];

const below = (limit: bigint) => fc.bigInt({ min: 0n, max: limit - 1n });

const packed = (values: readonly bigint[], width: number) =>
  Uint8Array.from(values.flatMap((value) => [...toOctets(value, width)]));

/** The value at zero by Lagrange's formula, with inverses by Fermat. */
function lagrangeAtZero(points: readonly { x: number; y: bigint }[], p: bigint): bigint {
  const modulo = (value: bigint) => ((value % p) + p) % p;
  const inverse = (value: bigint) => {
    let result = 1n;
    for (let b = modulo(value), e = p - 2n; e > 0n; e >>= 1n, b = (b * b) % p) if (e & 1n) result = (result * b) % p;
    return result;
  };
  return points.reduce((sum, { x, y }) => {
    const others = points.filter((point) => point.x !== x).map((point) => point.x);
    const numerator = others.reduce((product, other) => product * BigInt(-other), 1n);
    const denominator = others.reduce((product, other) => product * BigInt(x - other), 1n);
    const weight = modulo(numerator) * inverse(denominator);
    return (sum + y * weight) % p;
  }, 0n);
}

test('the field of n octets is that of the first prime above 2^(8 n) (draft-hallambaker-mesh-udf-12, table of primes)', () => {
  for (const n of lengths) {
    const { length, offset } = fieldOf(n);
    expect([length, (1n << BigInt(8 * n)) + BigInt(offset)]).toEqual([n, primeOf(n)]);
  }
});

describe.each(subjects)('polynomials on $name', ({ backend }) => {
  /** What the definition gives, in the form of the contract. */
  function expected(terms: readonly bigint[], count: number, n: number): string[] | undefined {
    const p = primeOf(n);
    const values = Array.from({ length: count }, (_, i) => valueAt(terms, i + 1, p));
    if (values.some((value) => value >> BigInt(8 * n) !== 0n)) return undefined;
    return values.map((value, i) => shareText(15, i + 1, toOctets(value, n)));
  }

  const evaluated = (terms: readonly bigint[], count: number, n: number) =>
    backend.shamirEvaluate(packed(terms, n + 1), count, fieldOf(n), 0x90f0);

  /** Points from numbers and values. */
  const pointsOf = (xs: readonly number[], values: readonly bigint[], n: number) =>
    xs.map((x, i) => ({ x, value: toOctets(values[i] as bigint, n) }));

  test('have the values of the definition for every length, coefficients at their extremes included', () => {
    for (const n of lengths) {
      const p = primeOf(n);
      const one = fc.oneof(below(p), fc.constantFrom(...edges(n, p)));
      fc.assert(
        fc.property(fc.array(one, { minLength: 1, maxLength: 16 }), fc.integer({ min: 1, max: 16 }), (terms, count) => {
          expect(evaluated(terms, count, n)).toEqual(expected(terms, count, n));
        }),
        { numRuns: 8 },
      );
      for (const edge of edges(n, p)) {
        const terms = Array.from({ length: 16 }, () => edge);
        for (const count of [2, 16]) expect(evaluated(terms, count, n)).toEqual(expected(terms, count, n));
      }
    }
  });

  test('have every value of the smallest field: all lines over 257', () => {
    const p = primeOf(1);
    for (let a = 0n; a < p; a++) {
      for (let b = 0n; b < p; b += 4n) expect(evaluated([a, b], 3, 1)).toEqual(expected([a, b], 3, 1));
    }
  });

  test('are recovered at zero as Lagrange has it, for every length and any numbers', () => {
    for (const n of lengths) {
      const p = primeOf(n);
      const limit = 1n << BigInt(8 * n);
      const value = fc.oneof(below(limit), fc.constantFrom(0n, 1n, limit - 1n));
      const points = fc.uniqueArray(fc.record({ x: fc.integer({ min: 1, max: 16 }), y: value }), {
        minLength: 1,
        maxLength: 16,
        selector: ({ x }) => x,
      });
      fc.assert(
        fc.property(points, (all) => {
          const points = all.map(({ x, y }) => ({ x, value: toOctets(y, n) }));
          const secret = lagrangeAtZero(all, p);
          const found = backend.shamirInterpolate(points, all.length, fieldOf(n));
          expect(found && toInteger(found)).toBe(secret < limit ? secret : undefined);
        }),
        { numRuns: 8 },
      );
    }
  });

  test('take points beyond the quorum when they fit, and refuse each of them that is off by one bit', () => {
    for (const n of [1, 2, 3, 4, 5, 16, 35, 63, 64]) {
      const p = primeOf(n);
      const fits = fc
        .tuple(fc.array(below(p), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 8 }))
        .map(([terms, more]) => ({ terms, count: Math.min(16, terms.length + more) }))
        .filter(({ terms, count }) => (terms[0] as bigint) >> BigInt(8 * n) === 0n && !!expected(terms, count, n));
      fc.assert(
        fc.property(fits, fc.nat(), ({ terms, count }, where) => {
          const xs = Array.from({ length: count }, (_, i) => count - i);
          const values = xs.map((x) => valueAt(terms, x, p));
          const points = pointsOf(xs, values, n);
          const recover = () => backend.shamirInterpolate(points, terms.length, fieldOf(n));
          const secret = recover();
          expect(secret && toInteger(secret)).toBe(terms[0]);
          const { value } = points[where % count] as { value: Uint8Array };
          const octet = where % n;
          value[octet] = (value[octet] as number) ^ (1 << (where % 8));
          expect(recover()).toBeUndefined();
        }),
        { numRuns: 30 },
      );
    }
  });

  test('change no argument', () => {
    const terms = packed([5n, 6n, 7n], 17);
    const points = pointsOf([1, 2, 3], [1n, 2n, 3n], 16);
    const all = () => [terms, ...points.map(({ value }) => value)].map(hex);
    const before = all();
    backend.shamirEvaluate(terms, 5, fieldOf(16), 0x9030);
    backend.shamirInterpolate(points, 2, fieldOf(16));
    expect(all()).toEqual(before);
  });
});
