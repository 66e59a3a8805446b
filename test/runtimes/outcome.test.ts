import { describe, expect, it } from 'vitest';
import { type Answer, judged, noRandom, type Row, type Run, tableOf } from './outcome.ts';

const row: Row = { name: 'engine', backend: 'wasm', needs: [], run: () => Promise.reject(new Error('not asked')) };

/** A run with so many vectors reproduced, and failures for these reasons. */
function runOf(reproduced: number, ...reasons: string[]): Run {
  const totals = { reproduced, proven: 0, unverifiable: 0, failed: reasons.length, notProvided: 0, slow: 0 };
  const failures = reasons.map((reason) => ({ file: 'f', id: 'i', kind: 'k', flags: [], reason }));
  return { implementation: 'mathmesh (wasm)', totals, failures };
}

const state = (answer: Answer, of: Row = row) => judged(of, '1', answer).state;

describe('a row of the table', () => {
  it('passes when everything was reproduced on the backend that was to be live', () => {
    const answer: Answer = { backend: 'wasm', problems: [], runs: [runOf(7)] };
    expect(judged(row, '1.2.3', answer)).toMatchObject({ state: 'passed', backend: 'wasm', vectors: 'wasm: all 7' });
    expect(state({ ...answer, backend: 'js' })).toBe('failed');
    expect(state({ ...answer, problems: ['an orphan'] })).toBe('failed');
    expect(state({ ...answer, runs: [runOf(0)] })).toBe('failed');
    expect(state({ ...answer, runs: [runOf(7), runOf(6, 'Mismatch')] })).toBe('failed');
  });

  it('excuses what an engine lacks, in all its forms, and nothing else', () => {
    const lacking = { ...row, lacks: noRandom };
    const refused = [
      'MeshError: no usable source of random numbers: crypto.getRandomValues is missing',
      'refused as random_failed, not as padding',
    ];
    const answer: Answer = { backend: 'wasm', runs: [runOf(5, ...refused)] };
    expect(judged(lacking, '1', answer)).toMatchObject({ state: 'passed', vectors: 'wasm: 5, 2 refused' });
    expect(state(answer)).toBe('failed');
    expect(state({ ...answer, runs: [runOf(5, ...refused, 'not refused')] }, lacking)).toBe('failed');
    expect(state({ ...answer, runs: [runOf(0, ...refused)] }, lacking)).toBe('failed');
  });

  it('shows the beginning of a long reason, and what failed', () => {
    const reason = `the backend asked for cannot run here: ${'x'.repeat(100)}`;
    const result = judged({ ...row, backend: 'js' }, '1', { backend: 'js', reason, runs: [runOf(1)] }, 'more');
    expect(result.remark).toBe(`${'x'.repeat(72)}…; more`);
    expect(tableOf([{ ...result, state: 'failed' }])).toContain('| failed: js |');
  });
});
