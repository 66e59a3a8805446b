/**
 * Lagrange weights over the numbers of shares, which are small and public. Not the values of shares, which are secret.
 */

/** What each value counts for the value somewhere else: the sum of weight times value, by the divisor. */
export interface LagrangeWeights {
  readonly weights: readonly number[];
  readonly divisor: number;
}

/** Greatest common divisor, positive. Variable time: both are public. */
function common(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return Math.abs(x);
}

/**
 * The weights for the value at `at`: the products over j of (at - x_j) / (x_i - x_j), with one divisor. The x are up to 16 distinct numbers from 1 to
 * 16, `at` is from 0 to 16; then the weights of a sum are below 2^25 together and the divisor below 2^22: all sets have been tried. What is in
 * between is a weight of fewer shares, so it stays below 2^28.
 */
export function lagrangeWeights(xs: readonly number[], at: number): LagrangeWeights {
  let divisor = 1;
  const fractions = xs.map((x) => {
    let [numerator, denominator] = [1, 1];
    for (const other of xs) {
      if (other === x) continue;
      const [a, b] = [numerator * (at - other), denominator * (x - other)];
      const factor = Math.sign(b) * common(a, b);
      [numerator, denominator] = [a / factor, b / factor];
    }
    divisor *= denominator / common(divisor, denominator);
    return [numerator, denominator] as const;
  });
  return { weights: fractions.map(([numerator, denominator]) => numerator * (divisor / denominator)), divisor };
}

/** 1 / a modulo m for small coprime numbers, by Euclid's algorithm: nothing in it exceeds m. Variable time: both are public. */
function smallInverse(a: number, m: number): number {
  let [r, next] = [m, a];
  let [t, nextT] = [0, 1];
  while (next !== 0) {
    const quotient = Math.floor(r / next);
    [r, next] = [next, r - quotient * next];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  return t < 0 ? t + m : t;
}

/** 1 / d modulo a prime p: with t = -1 / p modulo d, t p + 1 is a multiple of d. */
function inverse(d: number, p: bigint): bigint {
  if (d === 1) return 1n;
  const t = d - smallInverse(Number(p % BigInt(d)), d);
  return (BigInt(t) * p + 1n) / BigInt(d);
}

/** The value at `at` of the polynomial modulo a prime p through points: their numbers, and at least as many values. Not constant time. */
export function interpolate(xs: readonly number[], ys: readonly bigint[], at: number, p: bigint): bigint {
  const { weights, divisor } = lagrangeWeights(xs, at);
  const sum = weights.reduce((total, weight, i) => total + BigInt(weight) * (ys[i] as bigint), 0n);
  const value = (sum * inverse(divisor, p)) % p;
  return value < 0n ? value + p : value;
}
