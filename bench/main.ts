/**
 * `npm run bench`: measures, prints tables, draws charts, and on request writes JSON and documents or checks the floors.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as wasm from 'mathmesh';
import * as js from 'mathmesh/js';
import { apart } from './apart.ts';
import { chartOf } from './chart.ts';
import { check } from './check.ts';
import { fullTables, replaced, summary } from './document.ts';
import { families } from './families/index.ts';
import { floors, limits } from './floors.ts';
import { internals } from './internals.ts';
import { describe, root, thisMachine } from './machine.ts';
import { measure } from './measure.ts';
import { type Options, parseOptions } from './options.ts';
import { documentPeers } from './peers/documents.ts';
import * as native from './peers/openssl.ts';
import { sharingPeers } from './peers/sharing.ts';
import type { FamilyResult, Report } from './result.ts';
import { tableOf } from './table.ts';

/** One call takes up to a millisecond: long for the clock, short for the scheduler. */
const sample = 0.8;

/** On terminals only, and on the error stream, so that the output can be piped. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

async function result(name: string, { time, rounds }: Options): Promise<FamilyResult> {
  const make = families[name];
  if (make === undefined) return (apart[name] as (rounds: number) => Promise<FamilyResult>)(rounds);
  return measure(
    await make({ wasm, js, native, sharing: sharingPeers, documents: documentPeers, internals }),
    { sample, row: time },
    (row) => progress(`${name}: ${row}`),
  );
}

/** Charts and documents. Without `--write` charts go where git does not look. */
function publish(report: Report, write: boolean): void {
  const charts = new URL(write ? 'bench/charts/' : 'bench/out/', root);
  mkdirSync(charts, { recursive: true });
  for (const family of report.families) writeFileSync(new URL(`${family.name}.svg`, charts), chartOf(family));
  console.log(`charts: ${charts.pathname}`);
  if (!write) return;
  const update = (file: URL, text: string) => writeFileSync(file, replaced(readFileSync(file, 'utf8'), text));
  update(new URL('bench/README.md', root), fullTables(report, 'charts'));
  update(new URL('README.md', root), summary(report, 'bench/charts'));
}

/** @returns whether every floor that was measured is reached, allowance included */
function checkFloors(report: Report, chosen: readonly string[]): boolean {
  const asked = ({ row }: { row: string }) => chosen.includes(row.split('/')[0] as string);
  const verdicts = check(report, floors.filter(asked), limits.filter(asked));
  for (const { state, text } of verdicts) console.log(`${state.padEnd(16)} ${text}`);
  const failed = verdicts.filter(({ state }) => state === 'missed' || state === 'absent');
  console.log(`${verdicts.length - failed.length} of ${verdicts.length} floors and limits hold`);
  return failed.length === 0;
}

async function main(options: Options): Promise<void> {
  const { name, reason } = wasm.backend();
  if (name !== 'wasm') throw new Error(`the WASM backend is not live: ${reason}`);
  const report: Report = { machine: thisMachine(), families: [] };
  console.log(`${describe(report.machine)}; load ${report.machine.load}\n`);
  for (const family of options.families) {
    const measured = await result(family, options);
    report.families.push(measured);
    progress('');
    console.log(`${tableOf(measured)}\n`);
  }
  publish(report, options.write);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.check && !checkFloors(report, options.families)) process.exitCode = 1;
}

try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
