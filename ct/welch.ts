/**
 * Welch's t-test between the times of two classes, as Reparaz, Balasch and Verbauwhede use it ("Dude, is my code constant time?", 2017): on all
 * measurements, and on those below each of several percentiles, since what interrupts a measurement only makes it longer.
 */

/** Percentiles of both classes together, above which measurements are left out. */
const crops = Array.from({ length: 20 }, (_, i) => 1 - 0.5 ** ((10 * (i + 1)) / 20));

/** Welch's t; 0 where a class has fewer than two values or none of them differ. */
export function welch(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [moments(a), moments(b)];
  const spread = Math.sqrt(x.variance / a.length + y.variance / b.length);
  return a.length < 2 || b.length < 2 || spread === 0 ? 0 : (x.mean - y.mean) / spread;
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

/** The greatest |t| over all crops. */
export function greatest(a: readonly number[], b: readonly number[]): number {
  const sorted = [...a, ...b].sort((x, y) => x - y);
  const limits = [...crops.map((part) => sorted[Math.floor(part * sorted.length)] as number), Number.POSITIVE_INFINITY];
  const below = (limit: number) => (value: number) => value < limit;
  return Math.max(...limits.map((limit) => Math.abs(welch(a.filter(below(limit)), b.filter(below(limit))))));
}
