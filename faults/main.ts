/**
 * `npm run faults`: flips bits of the module's memory while it signs, splits and decrypts, and counts wrong results that came out.
 *
 *     npm run faults -- [--count N] [--seed N] [--kind sign|split|decrypt] [--json]
 *
 * The control is a signature without its checks, where some have to escape.
 *
 * Exit status: 0 when none escaped, 1 when one did or the control found none, 2 for a wrong command line.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { campaign, chance, type Tally } from './campaign.ts';
import { instrumented } from './instrument.ts';
import { type Kind, kinds, tasks } from './tasks.ts';

interface Options {
  /** Faults of each kind. */
  count: number;
  seed: number;
  kinds: readonly Kind[];
  json: boolean;
}

/** @throws Error for what is not an option */
function parse(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      kind: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  });
  const [count, seed] = [values.count, values.seed].map(Number) as [number, number];
  if (!(Number.isInteger(count) && count > 0)) throw new Error('--count must be a positive number');
  if (!Number.isInteger(seed)) throw new Error('--seed must be a number');
  for (const kind of values.kind ?? []) {
    if (!kinds.includes(kind as Kind)) throw new Error(`--kind must be one of ${kinds.join(', ')}`);
  }
  return { count, seed, kinds: (values.kind as Kind[] | undefined) ?? kinds, json: values.json };
}

/** Wrong signatures among 40 without the checks: a campaign that flips nothing has none. */
function control(make: ReturnType<typeof instrumented>): number {
  const signature = tasks.find(({ name }) => name === 'ed448SignKey') as (typeof tasks)[number];
  return campaign(make, signature, 40, chance(7), undefined, () => ({ faults: () => 0 })).escaped;
}

function run({ count, seed, kinds: chosen, json }: Options): number {
  const make = instrumented(readFileSync(new URL('../dist/mesh.wasm', import.meta.url)));
  const unchecked = control(make);
  const tallies: Tally[] = [];
  const total = count * chosen.length;
  let done = 0;
  const step = () => {
    if (++done % 200 === 0 && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${total} faults`);
  };
  for (const kind of chosen) {
    const mine = tasks.filter((task) => task.kind === kind);
    mine.forEach((task, i) => {
      const share = Math.floor((count * (i + 1)) / mine.length) - Math.floor((count * i) / mine.length);
      tallies.push(campaign(make, task, share, chance(seed + tallies.length), step));
    });
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const escaped = tallies.reduce((sum, tally) => sum + tally.escaped, 0);
  if (json) console.log(JSON.stringify({ seed, count, escaped, control: unchecked, tallies }, null, 2));
  else {
    const columns = ['kind', 'task', 'moments', 'injected', 'right', 'detected', 'refused', 'escaped'] as const;
    const rows = [[...columns], ...tallies.map((tally) => columns.map((column) => String(tally[column])))];
    const widths = columns.map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)));
    for (const row of rows) console.log(row.map((cell, i) => cell.padEnd(widths[i] as number)).join('  '));
    for (const { task, escapes } of tallies) for (const where of escapes) console.log(`escaped: ${task}: ${where}`);
    console.log(`${total} faults, ${escaped} escaped (seed ${seed}); without checks ${unchecked} of 40`);
  }
  return escaped === 0 && unchecked > 0 ? 0 : 1;
}

try {
  process.exitCode = run(parse(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
