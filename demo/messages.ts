/**
 * What the page and its workers say to each other. One worker does one task, and is ended after it.
 */
import type { Failure, Totals } from '../src/conformance/driver.ts';
import type { Suite } from '../src/conformance/vectors.ts';

/** The backends of the package. */
export type BackendName = 'wasm' | 'js';

/** Which families of the benchmark the page offers; the others need Node. */
export const benchmarks = {
  ed448: 'Ed448 signatures',
  batch: 'Ed448 in batches',
  x448: 'X448 agreement',
  hash: 'Hashes',
  udf: 'Fingerprints',
  shamir: 'Secret sharing',
  threshold: 'Threshold keys',
  frost: 'FROST signatures',
} as const;

/** Name of a family. */
export type Benchmark = keyof typeof benchmarks;

/** To the worker of tasks: fingerprint a file. */
export interface FileTask {
  task: 'file';
  backend: BackendName;
  file: File;
}

/** To the worker of tasks: run the conformance suite. */
export interface SuiteTask {
  task: 'suite';
  backends: readonly BackendName[];
}

/** To the worker of the benchmark. */
export interface BenchTask {
  task: 'bench';
  families: readonly Benchmark[];
  /** Milliseconds a row. */
  time: number;
  /** Pixels of a chart. */
  width: number;
}

/** How much of a file has been read, and in the end its digests. */
export type FileReport = { done: number } | { sha512: Uint8Array; shake256: Uint8Array; milliseconds: number };

/** How far the suite is, and what became of one part of it on one backend. */
export type SuiteReport =
  | { total: number }
  | { at: { suite: Suite; backend: BackendName; done: number } }
  | { suite: Suite; backend: BackendName; totals: Totals; failures: Failure[]; milliseconds: number };

/** How far the benchmark is; after each row the chart of its family so far, for light pages and dark ones. */
export type BenchReport =
  | { row: string; done: number; total: number }
  | { family: Benchmark; light: string; dark: string; table: string };

/** From any worker. */
export type FromWorker<Report> = { report: Report } | { failed: string } | { finished: true };
