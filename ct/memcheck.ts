/** The run under memcheck, once for each tier of V8, both at the same time. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { faultsOf, type Line } from './verdict.ts';

/** The compilers of V8, each alone. */
const tiers = { Liftoff: ['--liftoff', '--no-wasm-tier-up'], TurboFan: ['--no-liftoff', '--no-wasm-tier-up'] };

/** What one tier has shown. */
export interface TierResult {
  readonly tier: string;
  readonly seconds: number;
  readonly lines: readonly Line[];
  readonly faults: readonly string[];
}

async function runTier(
  tier: keyof typeof tiers,
  args: readonly string[],
  progress: (text: string) => void,
): Promise<TierResult> {
  const start = performance.now();
  const log = join(import.meta.dirname, 'out', `${tier}.log`);
  // V8 writes code while it runs; memcheck must not stop counting.
  const options = [
    '--smc-check=all-non-file',
    '--error-limit=no',
    `--suppressions=${join(import.meta.dirname, 'memcheck.supp')}`,
    `--log-file=${log}`,
  ];
  const node = [process.execPath, '--no-wasm-lazy-compilation', ...tiers[tier], ...args];
  const child = spawn('valgrind', [...options, ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines: Line[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if ('case' in line) progress(`${tier}: ${line.case}: ${line.reports} reports`);
    if ('control' in line) progress(`${tier}: control ${line.control}: ${line.reports} reports`);
  }
  const status = await ended;
  const faults = faultsOf(lines);
  if (status !== 0) faults.push(`the program ended with status ${status}`);
  return { tier, seconds: Math.round((performance.now() - start) / 1000), lines, faults };
}

/** Both tiers. `args` come from build.ts. */
export function memcheck(args: readonly string[], progress: (text: string) => void): Promise<TierResult[]> {
  return Promise.all((Object.keys(tiers) as (keyof typeof tiers)[]).map((tier) => runTier(tier, args, progress)));
}
