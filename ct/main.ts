/**
 * `npm run ct`: whether time could depend on secrets, by several means (README.md). Exit code 0 when nothing is wrong, 1 when something is, 2
 * when a tool is missing.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MissingTool, prepare } from './build.ts';
import { memcheck } from './memcheck.ts';

/** What one of the means has found. */
interface Part {
  readonly name: string;
  readonly seconds: number;
  readonly faults: readonly string[];
  /** Everything that it saw, for `--json`. */
  readonly details: unknown;
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const core = join(import.meta.dirname, '../dist/mesh.wasm');

/** On the error stream, so that the output can be piped. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function run(): Promise<Part[]> {
  const tiers = await memcheck(await prepare(core), progress);
  return tiers.map(({ tier, seconds, faults, lines }) => ({
    name: `memcheck, ${tier}`,
    seconds,
    faults,
    details: lines,
  }));
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
