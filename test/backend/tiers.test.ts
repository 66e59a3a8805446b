/**
 * The vectors on the machine code of each of V8's compilers for WASM by itself: the baseline one, which runs first, and the optimising one.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

describe.each(['--liftoff-only', '--no-liftoff'])('the WASM backend under %s', (flag) => {
  it('reproduces every vector', async () => {
    const args = [flag, 'dist/cli/main.js', 'conformance', '--backend', 'wasm', '--json'];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 2 ** 26 });
    const { ok, runs } = JSON.parse(stdout) as {
      ok: boolean;
      runs: { totals: { reproduced: number; failed: number } }[];
    };
    expect(ok).toBe(true);
    expect(runs[0]?.totals.failed).toBe(0);
    expect(runs[0]?.totals.reproduced).toBeGreaterThan(900);
  });
});
