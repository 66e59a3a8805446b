/**
 * `npm run runtimes`: the conformance suite of the packed package in every engine, and bundles of an example.
 *
 *     npm run runtimes [-- --only TEXT] [--allow-missing] [--write]
 *
 * The engines are those of package.json beside this file (npm ci --prefix test/runtimes), and Chromium. Exit status: 0 when every row passed; 1 when
 * one failed, or is not on this machine and --allow-missing is not given.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { replaced } from '../../bench/document.ts';
import { browserRows } from './browser.ts';
import { commandRows } from './commands.ts';
import { judged, type Result, type Row, tableOf, unexplained } from './outcome.ts';
import { installConsumer, root } from './place.ts';
import { quickjsRows } from './quickjs.ts';
import { workerdRows } from './workerd.ts';

/** Groups run side by side, the rows of one in turn. */
const groups: readonly (readonly Row[])[] = [commandRows, browserRows, workerdRows, quickjsRows];

async function resultOf(row: Row): Promise<Result> {
  const none = { name: row.name, version: '-', backend: '-', vectors: '-' };
  const absent = row.needs.filter((path) => !existsSync(path));
  if (absent.length > 0) return { ...none, state: 'not run', remark: 'not on this machine' };
  try {
    const { version, answer, remark } = await row.run();
    const result = judged(row, version, answer, remark);
    if (result.state === 'failed') {
      console.error([
        ...(answer.problems ?? []),
        ...(answer.runs ?? []).flatMap((run) => unexplained(run, row).slice(0, 9)),
      ]);
    }
    return result;
  } catch (error) {
    console.error(error);
    return { ...none, state: 'failed', remark: 'see above' };
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'allow-missing': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
await installConsumer();
const begun = performance.now();
async function inTurn(rows: readonly Row[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const row of rows.filter(({ name }) => name.includes(values.only))) {
    const result = await resultOf(row);
    results.push(result);
    console.error(
      `${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s ${result.state.padEnd(7)} ${row.name}`,
    );
  }
  return results;
}
const results = (await Promise.all(groups.map(inTurn))).flat();
const table = tableOf(results);
console.log(table);
if (values.write) {
  const file = join(root, 'README.md');
  writeFileSync(file, replaced(readFileSync(file, 'utf8'), table, 'runtimes'));
}
const bad = results.filter(({ state }) => state === 'failed' || (state === 'not run' && !values['allow-missing']));
if (bad.length > 0 || results.length === 0) process.exitCode = 1;
