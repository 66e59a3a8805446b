/**
 * The worker of the benchmark: the families of bench/ on the built package, and their charts.
 */
import * as wasm from 'mathmesh';
import * as js from 'mathmesh/js';
import { chartOf } from '../../bench/chart.ts';
import type { Family } from '../../bench/contender.ts';
import { families } from '../../bench/families/index.ts';
import { measure } from '../../bench/measure.ts';
import type { FamilyResult } from '../../bench/result.ts';
import { tableOf } from '../../bench/table.ts';
import { type Benchmark, type BenchReport, type BenchTask, benchmarks } from '../messages.ts';
import { answer } from './port.ts';

/** With a clock of 5 µs a sample has to be longer than in Node. Milliseconds. */
const sample = 2;

/** Colours that go with the page, light and dark. */
const looks = {
  light: { dark: false, colours: ['#1f6166', '#d19a3c', '#7d8ba0'] },
  dark: { dark: true, colours: ['#7fc4c1', '#e0b25e', '#94a3ba'] },
};

async function familyOf(name: Benchmark): Promise<Family> {
  const make = families[name];
  if (make === undefined) throw new Error(`no family ${name}`);
  return make({ wasm, js });
}

async function bench(task: BenchTask, report: (report: BenchReport) => void): Promise<void> {
  const { name, reason } = wasm.backend();
  if (name !== 'wasm')
    throw new Error(`the WebAssembly backend cannot run here, so there is nothing to compare: ${reason}`);
  const chosen: [Benchmark, Family][] = [];
  for (const name of task.families) {
    report({ row: `${benchmarks[name]}: making the inputs`, done: 0, total: 0 });
    chosen.push([name, await familyOf(name)]);
  }
  const total = chosen.reduce((sum, [, { rows }]) => sum + rows.length, 0);
  let done = 0;
  for (const [name, family] of chosen) {
    const result: FamilyResult = { name: family.name, title: family.title, rows: [] };
    for (const row of family.rows) {
      report({ row: `${family.title}: ${row.title}`, done: done++, total });
      const { rows } = await measure({ ...family, rows: [row] }, { sample, row: task.time }, () => {});
      result.rows.push(...rows);
      const [light, dark] = [looks.light, looks.dark].map((look) => chartOf(result, { width: task.width, ...look }));
      report({ family: name, light: light as string, dark: dark as string, table: tableOf(result) });
    }
  }
}

answer(bench);
