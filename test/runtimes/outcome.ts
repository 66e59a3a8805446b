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

/** One row of the table, or several that one start of the engine gives. */
export interface Row {
  name: string;
  /** What must be live. */
  backend: Answer['backend'];
  /** What the engine lacks, so that operations which need it are refused: the text of the refusal. */
  lacks?: string;
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

/** A run in words: `all 1894`, or how many were refused for want of what the engine lacks, or how many failed. */
function inWords(run: Run, lacks: string | undefined): { text: string; right: boolean } {
  const { failures } = run;
  const refused = lacks === undefined ? [] : failures.filter(({ reason }) => reason.includes(lacks));
  const all = total(run);
  if (failures.length === 0) return { text: `all ${all}`, right: all > 0 };
  if (failures.length === refused.length)
    return { text: `${all - refused.length}, ${refused.length} refused`, right: true };
  return { text: `${failures.length - refused.length} of ${all} failed`, right: false };
}

/** What a row came to. */
export function judged({ name, backend, lacks }: Row, version: string, answer: Answer, remark = ''): Result {
  const runs = (answer.runs ?? []).map((run) => ({ name: run.implementation, ...inWords(run, lacks) }));
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
