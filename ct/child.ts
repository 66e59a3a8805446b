/**
 * The program that valgrind runs, in one of the tiers of V8: all cases and controls, one line of JSON for each. Not for judging (memcheck.ts).
 *
 *     node child.mjs oracle.node mesh.wasm returns.wasm controls.wasm
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { casesOver } from './cases/index.ts';
import type { Oracle } from './oracle.ts';
import { taintedBackend } from './tainted.ts';
import type { Line } from './verdict.ts';

const [addon, ...modules] = process.argv.slice(2) as [string, string, string, string];
const oracle = createRequire(import.meta.url)(addon) as Oracle;
const [core, returns, controls] = modules.map((file) => new WebAssembly.Module(readFileSync(file))) as [
  WebAssembly.Module,
  WebAssembly.Module,
  WebAssembly.Module,
];

function write(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Reports while something runs. */
function reportsOf(run: () => void): number {
  const before = oracle.reports();
  run();
  return oracle.reports() - before;
}

if (oracle.running() === 0) throw new Error('this program is for valgrind to run');

const leaks = new WebAssembly.Instance(controls).exports;
const octets = new Uint8Array((leaks['memory'] as WebAssembly.Memory).buffer);
for (const [name, control] of Object.entries(leaks)) {
  if (typeof control !== 'function') continue;
  octets.fill(5, 0, 32);
  oracle.hide(octets.subarray(0, 16));
  write({ control: name, reports: reportsOf(() => control(0, 16)) });
  oracle.publish(octets);
}

const { backend, evidence } = taintedBackend(core, returns, oracle);
for (const [name, run] of Object.entries(casesOver(backend))) {
  evidence.residue = 0;
  let error: string | undefined;
  const reports = reportsOf(() => {
    try {
      run();
    } catch (cause) {
      error = String(cause);
    }
  });
  write({ case: name, reports, residue: evidence.residue, ...(error === undefined ? {} : { error }) });
}
write({
  exports: WebAssembly.Module.exports(core).map(({ name }) => name),
  reached: [...evidence.reached],
  ran: [...evidence.ran],
});
