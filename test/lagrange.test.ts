import { expect, test } from 'vitest';
import { lagrangeWeights } from '../src/lagrange.ts';

const numbers = Array.from({ length: 16 }, (_, i) => i + 1);

test('weights of all sets of the numbers from 1 to 16 are small, at zero and at every other number', () => {
  for (let set = 1; set < 1 << 16; set++) {
    const xs = numbers.filter((x) => (set >> (x - 1)) & 1);
    for (let at = 0; at <= 16; at++) {
      if (xs.includes(at)) continue;
      const { weights, divisor } = lagrangeWeights(xs, at);
      const sum = weights.reduce((total, weight) => total + Math.abs(weight), 0);
      // The bounds that the module counts on: 26 bits with the divisor.
      if (!(divisor >= 1 && divisor < 2 ** 22 && sum + divisor < 2 ** 26 && weights.every(Number.isSafeInteger))) {
        throw new Error(`weights of ${xs} at ${at}: ${weights} by ${divisor}`);
      }
    }
  }
}, 60_000);

test('weights give the values of powers, of which every polynomial is a sum (Lagrange, by the definition)', () => {
  for (let set = 1; set < 1 << 16; set += 37) {
    const xs = numbers.filter((x) => (set >> (x - 1)) & 1);
    for (const at of [0, 1, 8, 16]) {
      const { weights, divisor } = lagrangeWeights(xs, at);
      for (let power = 0n; power < xs.length; power++) {
        const sum = weights.reduce((total, weight, i) => total + BigInt(weight) * BigInt(xs[i] as number) ** power, 0n);
        expect(sum).toBe(BigInt(divisor) * BigInt(at) ** power);
      }
    }
  }
});
