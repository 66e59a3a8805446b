/**
 * What an engine hands back, and the table of all of them. Not how it is made to.
 */
import { markdown } from '../../bench/table.ts';
import type { Run as SuiteRun } from '../../src/conformance/index.ts';

/** The suite on one backend. */
export type Run = Pick<SuiteRun, 'implementation' | 'totals' | 'failures'>;

/** The result of consumer/suite.mjs; an example has no runs. */
export interface Answer {
  backend: 'wasm' | 'js';
  /** Why it is not WASM. */
  reason?: string | undefined;
  problems?: readonly string[];
  runs?: readonly Run[];
}

/** How an operation is refused that needs random numbers: as text, or as a code where another one was expected. */
export const noRandom = /no usable source of random numbers|random_failed/;

/** One row of the table, or several that one start of the engine gives. */
export interface Row {
  name: string;
  /** What must be live. */
  backend: Answer['backend'];
  /** What the engine lacks, so that operations which need it are refused: the text of such refusals. */
  lacks?: RegExp;
  /** What is missing on this machine; checked first. */
  needs: readonly string[];
  run(): Promise<{ version: string; answer: Answer; remark?: string }>;
}

/** A row that was run, or could not be. */
export interface Result {
  name: string;
  version: string;
  state: 'passed' | 'failed' | 'not run';
  backend: string;
  vectors: string;
  remark: string;
}

const total = ({ totals }: Run) => totals.reproduced + totals.proven + totals.unverifiable + totals.failed;

/** A reason that fits a table. */
function short(reason: string | undefined): string {
  const text = (reason ?? '').replace('the backend asked for cannot run here: ', '');
  return text.length > 72 ? `${text.slice(0, 72)}…` : text;
}

/** What failed for another reason than that the engine lacks something. */
export function unexplained({ failures }: Run, { lacks }: Row): Run['failures'] {
  return failures.filter(({ reason }) => lacks === undefined || !lacks.test(reason));
}

/** A run in words: `all 1894`, or how many were refused for want of what the engine lacks, or how many failed. */
function inWords(run: Run, row: Row): { text: string; right: boolean } {
  const [all, failed, wrong] = [total(run), run.failures.length, unexplained(run, row).length];
  if (wrong > 0) return { text: `${wrong} of ${all} failed`, right: false };
  return { text: failed === 0 ? `all ${all}` : `${all - failed}, ${failed} refused`, right: all > failed };
}

/** What a row came to. */
export function judged(row: Row, version: string, answer: Answer, remark = ''): Result {
  const { name, backend } = row;
  const runs = (answer.runs ?? []).map((run) => ({ name: run.implementation, ...inWords(run, row) }));
  const right = answer.backend === backend && (answer.problems ?? []).length === 0 && runs.every((run) => run.right);
  return {
    name,
    version,
    state: right ? 'passed' : 'failed',
    backend: answer.backend,
    vectors: runs.map((run) => `${run.name.replace(/mathmesh \((.*)\)/, '$1')}: ${run.text}`).join('; ') || '-',
    remark: [short(answer.reason), remark].filter(Boolean).join('; '),
  };
}

/** The table for the README. */
export function tableOf(results: readonly Result[]): string {
  return markdown([
    ['where', 'version', 'live', 'vectors', 'remark'],
    ...results.map(({ name, version, state, backend, vectors, remark }) => [
      name,
      version,
      state === 'passed' ? backend : `${state}${state === 'failed' ? `: ${backend}` : ''}`,
      vectors,
      remark || '-',
    ]),
  ]);
}
