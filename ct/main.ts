/**
 * `npm run ct`: whether time could depend on secrets, by several means (README.md). Exit code 0 when nothing is wrong, 1 when something is, 2
 * when a tool is missing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MissingTool, prepare } from './build.ts';
import { memcheck } from './memcheck.ts';
import { timing, timingFaults } from './timing.ts';
import { controlTraces, traceFaults, traces } from './trace.ts';

/** What one of the means has found. */
interface Part {
  readonly name: string;
  readonly seconds: number;
  readonly faults: readonly string[];
  /** Everything that it saw, for `--json`. */
  readonly details: unknown;
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, timing: { type: 'boolean', default: false } },
});
const root = join(import.meta.dirname, '..');
const core = join(root, 'dist/mesh.wasm');

/** On the error stream, so that the output can be piped. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

const secondsSince = (start: number) => Math.round((performance.now() - start) / 1000);

async function memcheckParts(args: readonly string[]): Promise<Part[]> {
  const tiers = await memcheck(args, progress);
  return tiers.map(({ tier, lines, ...rest }) => ({ name: `memcheck, ${tier}`, ...rest, details: lines }));
}

function tracePart(): Part {
  const start = performance.now();
  const [found, controls] = [traces(readFileSync(core), progress), controlTraces()];
  const faults = traceFaults(found, controls);
  return { name: 'equality of traces', seconds: secondsSince(start), faults, details: [...found, ...controls] };
}

/** The audit is a test of its own. */
function opcodePart(): Part {
  const start = performance.now();
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/assembly/constant-time.test.ts'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const faults = status === 0 ? [] : [stdout];
  return { name: 'instructions', seconds: secondsSince(start), faults, details: stdout };
}

/** Noise decides with, so that it is asked for by name. */
function timingPart(): Part {
  const start = performance.now();
  const found = timing(progress);
  return { name: 'time', seconds: secondsSince(start), faults: timingFaults(found), details: found };
}

async function run(): Promise<Part[]> {
  if (values.timing) return [timingPart()];
  const args = await prepare(core); // first, to say at once which tool is missing
  return [tracePart(), opcodePart(), ...(await memcheckParts(args))];
}

try {
  const parts = await run();
  if (values.json) console.log(JSON.stringify(parts, null, 2));
  else {
    for (const { name, seconds, faults } of parts) {
      console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      for (const fault of faults) console.log(`       ${fault}`);
    }
  }
  process.exitCode = parts.some(({ faults }) => faults.length > 0) ? 1 : 0;
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
