/**
 * `npm run mutants`: changes one instruction of the module at a time and looks whether a test fails. See README.md beside this file.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../fuzz/engine/random.ts';
import { bundleWorker } from './wasm/bundle.ts';
import { equivalent, module } from './wasm/equivalent.ts';
import { Judge, type Verdict } from './wasm/judge.ts';
import { described, mutantOf, type Site, soundOf, subjectOf, tracedOf } from './wasm/module.ts';
import { functionNames } from './wasm/names.ts';
import type { Known } from './wasm/task.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    least: { type: 'string', default: '95' },
    json: { type: 'string' },
    again: { type: 'string' },
  },
});

const root = new URL('../', import.meta.url).pathname;
const wasm = readFileSync(join(root, 'dist/mesh.wasm'));
const subject = subjectOf(wasm, await functionNames());
const exports = WebAssembly.Module.exports(new WebAssembly.Module(wasm))
  .filter(({ kind }) => kind === 'function')
  .map(({ name }) => name);

/** A mutant and what became of it. */
interface Judged extends Verdict {
  what: string;
  function: string;
  tests: number;
  seconds: number;
}

/** Different mutants, each instruction as likely as the other. */
function drawn(count: number, seed: number): { site: Site; change: Site['changes'][number] }[] {
  const random = new Random(seed);
  const chosen = new Set<Site['changes'][number]>();
  const all: { site: Site; change: Site['changes'][number] }[] = [];
  while (all.length < count) {
    const site = random.pick(subject.sites);
    const change = random.pick(site.changes);
    if (chosen.has(change)) continue;
    chosen.add(change);
    all.push({ site, change });
  }
  return all;
}

/** Those that a file calls alive: the output of an earlier run. */
function again(file: string): ReturnType<typeof drawn> {
  const lines = readFileSync(file, 'utf8').split('\n');
  const alive = new Set(lines.map((line) => /^alive: (.*) \(\d+ tests, .*\)/.exec(line)?.[1]));
  return subject.sites.flatMap((site) =>
    site.changes.filter((change) => alive.has(described(site, change))).map((change) => ({ site, change })),
  );
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

const folder = mkdtempSync(join(tmpdir(), 'mathmesh-mutants-'));
const judges: Judge[] = [];
try {
  const file = await bundleWorker(folder);
  const sound = soundOf(subject);
  judges.push(...Array.from({ length: Number(values.workers) }, () => new Judge(file, sound, exports)));
  const start = performance.now();
  const tests = await (judges[0] as Judge).measure(tracedOf(wasm), subject.functions);
  const measured = Math.round((performance.now() - start) / 1000);
  const reaching = (index: number): Known[] =>
    tests.filter(({ functions }) => functions.includes(index)).sort((a, b) => a.time - b.time);
  if (values.json !== undefined) writeFileSync(`${values.json}.tests`, `${JSON.stringify(tests, undefined, 1)}\n`);
  const useful = tests.filter(({ functions }) => functions.length > 0).length;
  console.log(
    `${subject.sites.length} instructions, ${useful} tests that reach them, read and run once in ${measured} s`,
  );

  const waiting = values.again === undefined ? drawn(Number(values.count), Number(values.seed)) : again(values.again);
  const judged: Judged[] = [];
  const work = async (judge: Judge): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { site, change } = next;
      const chosen = reaching(site.index);
      const begun = performance.now();
      const verdict = await judge.judge(mutantOf(subject, site, change), chosen);
      const seconds = (performance.now() - begun) / 1000;
      judged.push({ ...verdict, what: described(site, change), function: site.name, tests: chosen.length, seconds });
      const alive = judged.filter(({ killer }) => killer === undefined).length;
      progress(`${judged.length} mutants, ${alive} alive`);
      if (judged.length % 25 === 0) console.log(`${judged.length} mutants, ${alive} alive`);
      if (verdict.killer === undefined)
        console.log(`alive: ${described(site, change)} (${chosen.length} tests, ${seconds.toFixed(1)} s)`);
    }
  };
  await Promise.all(judges.map(work));
  const control = await (judges[0] as Judge).judge(
    sound,
    tests.filter(({ functions }) => functions.length > 0),
  );
  if (control.killer !== undefined)
    throw new Error(`after the mutants the sound module fails: ${control.killer}: ${control.reason}`);
  const killed = judged.filter(({ killer }) => killer !== undefined).length;
  const isRead = createHash('sha256').update(wasm).digest('hex').startsWith(module);
  const same = isRead
    ? judged.filter(({ killer, what }) => killer === undefined && equivalent[what] !== undefined)
    : [];
  const score = (100 * killed) / (judged.length - same.length);
  const total = Math.round((performance.now() - start) / 1000);
  console.log(
    `${killed} of ${judged.length} mutants killed in ${total} s, seed ${values.seed}; ${same.length} change no answer (${module})`,
  );
  console.log(`${score.toFixed(1)} % of the others`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(judged, undefined, 1)}\n`);
  process.exitCode = score >= Number(values.least) ? 0 : 1;
} finally {
  for (const judge of judges) judge.close();
  rmSync(folder, { recursive: true, force: true });
}
