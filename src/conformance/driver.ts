/**
 * Walks over every vector file with every implementation. Not the judgement of a vector, and not the printing of the result.
 */
import type { LoadedVectors } from './files.ts';
import type { Implementation } from './implementation.ts';
import { printable } from './printable.ts';
import { faultsOf, type Suite, type VectorFile } from './vectors.ts';
import { judge, type Status } from './verdict.ts';

/** Numbers of vectors by what became of them. */
export interface Totals {
  reproduced: number;
  /** Published values that are wrong, and proved to be. */
  proven: number;
  /** Published values that nobody can check, because the document leaves out an input; what can be checked is in order. */
  unverifiable: number;
  failed: number;
  notProvided: number;
  /** Not run, because they take minutes. */
  slow: number;
}

/** A vector that failed. */
export interface Failure {
  file: string;
  id: string;
  kind: string;
  comment?: string;
  flags: readonly string[];
  reason: string;
}

/** What became of the vectors of one source document. */
export interface DocumentTotals extends Totals {
  document: string;
}

/** What became of the vectors on one implementation. */
export interface Run {
  implementation: string;
  totals: Totals;
  documents: DocumentTotals[];
  failures: Failure[];
  /** Functions that vectors asked for and the implementation has not. */
  missing: string[];
}

/** The result of the suite. */
export interface Report {
  /** Whether nothing failed, every implementation reproduced something, and the files are in order. */
  ok: boolean;
  /** What is wrong with the files: orphans, wrong counts, unknown fields. */
  problems: string[];
  runs: Run[];
}

/** How far a run is. */
export interface Progress {
  implementation: string;
  done: number;
  total: number;
  file: string;
}

/** What to run. */
export interface DriverOptions {
  suite?: Suite | undefined;
  /** Also the vectors that take minutes. */
  slow?: boolean | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

function zero(): Totals {
  return { reproduced: 0, proven: 0, unverifiable: 0, failed: 0, notProvided: 0, slow: 0 };
}

const column: Readonly<Record<Status, keyof Totals>> = {
  reproduced: 'reproduced',
  proven: 'proven',
  unverifiable: 'unverifiable',
  failed: 'failed',
  'not-provided': 'notProvided',
};

/** What is wrong with the files as such: the manifest and the folder must agree, and every file must be well-formed. */
export function problemsOf({ manifest, files, orphans }: LoadedVectors): string[] {
  const found = new Set(files.map(({ path }) => path));
  const missing = Object.keys(manifest.files).filter((path) => !found.has(path));
  return [
    ...missing.map((path) => `${path}: in the manifest, but not there`),
    ...orphans.map((path) => `${path}: an orphan: not in the manifest`),
    ...files.flatMap(({ path, content }) =>
      faultsOf(content, manifest.files[path]).map((fault) => `${path}: ${fault}`),
    ),
  ];
}

function runFile(
  implementation: Implementation,
  path: string,
  content: VectorFile,
  slow: boolean,
  run: Run,
  missing: Set<string>,
): Totals {
  const totals = zero();
  for (const { kind, tests } of content.groups) {
    for (const test of tests) {
      if (test.flags.includes('slow') && !slow) {
        totals.slow++;
        continue;
      }
      const { status, reason = '' } = judge(implementation, kind, test);
      totals[column[status]]++;
      if (status === 'not-provided') missing.add(reason);
      if (status === 'failed') {
        const { id, flags, comment } = test;
        run.failures.push({ file: path, id, kind, flags, reason, ...(comment === undefined ? {} : { comment }) });
      }
    }
  }
  return totals;
}

function add(sum: Totals, more: Totals): void {
  for (const name of Object.keys(zero()) as (keyof Totals)[]) sum[name] += more[name];
}

/** Runs the files on every implementation. */
export function drive(
  vectors: LoadedVectors,
  implementations: readonly Implementation[],
  { suite, slow = false, onProgress }: DriverOptions = {},
): Report {
  const problems = problemsOf(vectors);
  const files = vectors.files.filter(({ content }) => suite === undefined || content.suite === suite);
  const runs = implementations.map((implementation): Run => {
    const name = printable(implementation.name);
    const run: Run = { implementation: name, totals: zero(), documents: [], failures: [], missing: [] };
    const documents = new Map<string, DocumentTotals>();
    const missing = new Set<string>();
    files.forEach(({ path, content }, done) => {
      onProgress?.({ implementation: name, done, total: files.length, file: path });
      const totals = runFile(implementation, path, content, slow, run, missing);
      const { document } = content.source;
      const row = documents.get(document) ?? { document, ...zero() };
      documents.set(document, row);
      add(row, totals);
      add(run.totals, totals);
    });
    return { ...run, documents: [...documents.values()], missing: [...missing].sort() };
  });
  const passed = ({ totals }: Run) => totals.failed === 0 && totals.reproduced + totals.proven > 0;
  const ok = problems.length === 0 && runs.length > 0 && runs.every(passed);
  return { ok, problems, runs };
}
