/**
 * Results: what a run of the benchmark writes as JSON, and the ratios that are read from it.
 */
import type { Figure } from './interleave.ts';
import type { Machine } from './machine.ts';

/** Unit of a row: microseconds an operation, milliseconds, megabytes (2^20 octets), kilobytes (1000 octets). Less is better in all. */
type Unit = 'us' | 'ms' | 'MiB' | 'kB';

/** One operation. */
export interface RowResult {
  id: string;
  title: string;
  unit: Unit;
  figures: Figure[];
}

/** One table. */
export interface FamilyResult {
  name: string;
  title: string;
  rows: RowResult[];
}

/** One run. */
export interface Report {
  machine: Machine;
  families: FamilyResult[];
}

/** How many times faster (or smaller) than a peer. */
export interface Ratio {
  /** Of the minima. */
  min: number;
  /** Of the medians. */
  median: number;
}

/** The figure of a name. */
export function figureOf(row: RowResult, name: string): Figure | undefined {
  return row.figures.find((figure) => figure.name === name);
}

/** `peer` over `own`, or nothing where one of them took no part. */
export function ratio(row: RowResult, own: string, peer: string): Ratio | undefined {
  const [a, b] = [figureOf(row, own), figureOf(row, peer)];
  return a && b && { min: b.min / a.min, median: b.median / a.median };
}

/** Minimum and median of a few numbers. @throws RangeError without any */
export function figure(name: string, samples: readonly number[]): Figure {
  if (samples.length === 0) throw new RangeError(`${name}: no samples`);
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (i: number) => sorted[i] as number;
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  return { name, min: at(0), median: (at(low) + at(high)) / 2, samples: sorted.length };
}

/** A row by its id. */
export function rowOf(report: Report, id: string): RowResult | undefined {
  return report.families.flatMap(({ rows }) => rows).find((row) => row.id === id);
}
