import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, bundle } from '../../fuzz/build/bundle.ts';
import { instrument } from '../../fuzz/build/instrument.ts';
import { type Result, supervise } from '../../fuzz/engine/supervise.ts';

const folder = mkdtempSync(join(tmpdir(), 'mathmesh-fuzz-test-'));
const here = new URL('./', import.meta.url).pathname;
let made: Bundle;

beforeAll(async () => {
  made = await bundle(`${here}planted.ts`, folder, here);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fuzzes a planted target; an input that must be run again and again ends after the executions. */
function fuzz(target: string, executions = 2_000_000, replay?: Uint8Array): Promise<Result> {
  const order = { target, seed: 7, milliseconds: 60_000, executions, keep: false, corpus: folder };
  const vectors = new URL('../../vectors', import.meta.url).pathname;
  return supervise(made, { ...order, vectors, ...(replay === undefined ? {} : { replay }) }, () => {}, 1500);
}

test('a fault behind five octets is found by what each of them reaches, and the input that shows it is as small as it can be', async () => {
  const { finding, executions } = await fuzz('magic');
  expect([finding?.signature, [...(finding?.input ?? [])]]).toEqual([
    expect.stringContaining('TypeError'),
    [0xd1, 0x4d, 0xe5, 0x48, 0x9b],
  ]);
  // By chance it would take 2^40 inputs.
  expect(executions).toBeLessThan(2_000_000);
  const again = await fuzz('magic', 1, finding?.input);
  expect(again.finding?.signature).toBe(finding?.signature);
});

test('a fault behind a word of the sources is found, because words of the sources are tried', async () => {
  const { finding } = await fuzz('word');
  expect(new TextDecoder().decode(finding?.input)).toBe('BEGIN MESH RECORD');
});

test('memory taken for a length that the input claims is found', async () => {
  const { finding } = await fuzz('memory');
  expect(finding?.detail).toMatch(/memory of \d+ octets at once/);
});

test('an input without an end is found, and the thread ended', async () => {
  const { finding } = await fuzz('hang');
  expect([finding?.signature, [...(finding?.input.subarray(0, 2) ?? [])]]).toEqual(['hang', [0x51, 0x52]]);
});

test('a promise whose failure nobody looks at is found', async () => {
  const { finding } = await fuzz('rejection');
  expect(finding?.detail).toContain('nobody listens');
});

test('nothing is found where nothing is wrong, and the same seed makes the same run', async () => {
  const runs = [await fuzz('sound', 3000), await fuzz('sound', 3000)];
  expect(runs.map(({ finding, executions, inputs }) => [finding, executions, inputs])).toEqual([
    [undefined, 3000, runs[0]?.inputs],
    [undefined, 3000, runs[0]?.inputs],
  ]);
});

test('counters change nothing but what is counted, whatever stands where', () => {
  const source = `
    function f(n) { if (n > 2) return 'a'; else if (n < 0) { return 'b' } if (n) for (const c of 'xy') if (c === 'y') n += 10;
      switch (n) { case 0: return 'zero'; default: } try { if (n === 2) throw 1 } catch { return 'caught' }
      const g = (x) => ({ x: x ?? (n > 10 ? 'big' : 'small') }); let h = n; h ||= 5; do h--; while (h > 3 && n < 99);
      return JSON.stringify([g().x, g(1), h, new Uint8Array(3).length]); }
    [-1, 0, 1, 2, 3].map(f).join()`;
  const { code, next } = instrument('f.ts', source, 0);
  const counters = new Uint8Array(next);
  Object.assign(globalThis, { $fuzzCounters: counters, $fuzzOctets: Uint8Array, $fuzzBuffer: ArrayBuffer });
  expect(runInThisContext(code)).toBe(runInThisContext(source));
  expect(counters.filter((count) => count > 0).length).toBeGreaterThan(15);
});
