/**
 * Lagrange weights over the numbers of shares, which are small and public. Not the values of shares, which are secret.
 */

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

/**
 * What each value counts for the value at `at`: w_i is the product over j of (at - x_j) / (x_i - x_j), modulo p, times `factor`.
 * The x are up to 16 distinct numbers from 1 to 16, so that a denominator stays below 2^53: 15! is the largest.
 */
export function lagrangeWeights(xs: readonly number[], at: number, p: bigint, factor = 1n): bigint[] {
  return xs.map((x) => {
    let numerator = factor;
    let denominator = 1;
    for (const other of xs) {
      if (other === x) continue;
      numerator *= BigInt(at - other);
      denominator *= x - other;
    }
    const weight = (numerator * BigInt(Math.sign(denominator)) * inverse(Math.abs(denominator), p)) % p;
    return weight < 0n ? weight + p : weight;
  });
}
