/**
 * Measuring the rows of a family in this process: agreement, warm-up, size of the samples, interleaved samples. Runs in browsers too.
 */
import type { Contender, Family, Row } from './contender.ts';
import { interleave } from './interleave.ts';
import type { FamilyResult, RowResult } from './result.ts';
import { fingerprint } from './same.ts';

/** How long and how finely to measure. */
export interface Settings {
  /** Samples are made of as many calls as fit into this time, or of one call. Milliseconds. */
  sample: number;
  /** All samples of a row together take about this time. Milliseconds. */
  row: number;
}

const warmUpCalls = 50;
const warmUpTime = 40;
const fewestRounds = 30;
const mostRounds = 1000;

/** Keeps the last result alive, so that no call can be optimized away. */
const kept: { result?: unknown } = {};

/** @returns milliseconds */
function time(call: () => unknown, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) kept.result = call();
  return performance.now() - start;
}

/** At least {@link warmUpCalls} calls and {@link warmUpTime}. @returns milliseconds a call */
function warmUp({ call }: Contender): number {
  let [calls, spent] = [0, 0];
  for (; calls < warmUpCalls || spent < warmUpTime; calls += 10) spent += time(call, 10);
  return spent / calls;
}

/** Compiling to fast code happens on other threads, while nothing runs here. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A benchmark of two functions that give different results compares nothing. @throws Error */
function checkAgreement({ id, contenders }: Row): void {
  const [first, ...others] = contenders.map(({ name, call }) => ({ name, result: fingerprint(call()) }));
  for (const { name, result } of others) {
    if (result !== first?.result) throw new Error(`${id}: ${name} and ${first?.name} give different results`);
  }
}

async function measureRow(row: Row, settings: Settings): Promise<RowResult> {
  if (row.random !== true) checkAgreement(row);
  for (const contender of row.contenders) warmUp(contender);
  await pause(100);
  const sampled = row.contenders.map((contender) => {
    const { name, call, per = 1 } = contender;
    const one = warmUp(contender);
    const calls = Math.max(1, Math.floor(settings.sample / one));
    const microseconds = 1000 / (calls * per);
    return { name, cost: one * calls, sample: () => time(call, calls) * microseconds };
  });
  const round = sampled.reduce((sum, { cost }) => sum + cost, 0);
  const rounds = Math.min(Math.max(Math.floor(settings.row / round), fewestRounds), mostRounds);
  const figures = await interleave(sampled, rounds);
  return { id: row.id, title: row.title, unit: 'us', figures };
}

/** Measures every row of a family. @throws Error when contenders disagree */
export async function measure(
  { name, title, rows }: Family,
  settings: Settings,
  progress: (row: string) => void,
): Promise<FamilyResult> {
  const results: RowResult[] = [];
  for (const row of rows) {
    progress(row.title);
    results.push(await measureRow(row, settings));
  }
  return { name, title, rows: results };
}
