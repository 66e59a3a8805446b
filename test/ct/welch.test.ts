import { describe, expect, it } from 'vitest';
import { greatest, welch } from '../../ct/welch.ts';

/** Numbers with about the distribution of times: most near one value, some far above. */
function times(count: number, shift: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const uniform = state / 2 ** 32;
    return shift + uniform + (uniform > 0.99 ? 100 * uniform : 0);
  });
}

describe("Welch's t", () => {
  it('is what the formula gives: means 3 and 6, variances 2.5 and 10, five values each', () => {
    expect(welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])).toBeCloseTo(-3 / Math.sqrt(2.5 / 5 + 10 / 5), 12);
  });

  it('is zero where nothing can be said', () => {
    expect(welch([1], [2, 3])).toBe(0);
    expect(welch([1, 1], [1, 1])).toBe(0);
  });

  it('is small for one distribution, and great for two, however many outliers there are', () => {
    expect(greatest(times(5000, 10, 1), times(5000, 10, 2))).toBeLessThan(4.5);
    expect(greatest(times(5000, 10, 1), times(5000, 10.1, 2))).toBeGreaterThan(10);
  });
});
