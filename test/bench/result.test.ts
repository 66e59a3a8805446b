/** Ratios, minima, medians and the check of floors, on figures made up for the purpose. */
import { describe, expect, it } from 'vitest';
import { check } from '../../bench/check.ts';
import { floors, limits } from '../../bench/floors.ts';
import { figure, type Report, ratio, rowOf } from '../../bench/result.ts';

const report: Report = {
  machine: { processor: 'abacus', cores: 1, platform: 'table', versions: {}, load: 0 },
  families: [
    {
      name: 'a',
      title: 'A',
      rows: [
        {
          id: 'a/b',
          title: 'b',
          unit: 'us',
          figures: [
            { name: 'wasm', min: 2, median: 4, samples: 9 },
            { name: 'node', min: 5, median: 12, samples: 9 },
          ],
        },
      ],
    },
  ],
};
const row = rowOf(report, 'a/b');
if (row === undefined) throw new Error('no row');

describe('figures', () => {
  it('are minimum and median, between the middle two of an even number', () => {
    expect(figure('x', [3, 1, 2])).toEqual({ name: 'x', min: 1, median: 2, samples: 3 });
    expect(figure('x', [10, 1, 3, 2])).toEqual({ name: 'x', min: 1, median: 2.5, samples: 4 });
    expect(figure('x', [7])).toEqual({ name: 'x', min: 7, median: 7, samples: 1 });
  });

  it('need samples', () => {
    expect(() => figure('x', [])).toThrow(RangeError);
  });
});

describe('a ratio', () => {
  it('says how many times less we take than the peer', () => {
    expect(ratio(row, 'wasm', 'node')).toEqual({ min: 2.5, median: 3 });
  });

  it('is absent where a contender is', () => {
    expect(ratio(row, 'wasm', 'noble')).toBeUndefined();
    expect(ratio(row, 'js', 'node')).toBeUndefined();
  });
});

describe('the check', () => {
  const floor = (least: number, peer = 'node', id = 'a/b') =>
    check(report, [{ row: id, own: 'wasm', peer, ratio: least }], [])[0]?.state;

  it('compares the ratio of the minima with the floor', () => {
    expect(floor(2.5)).toBe('reached');
    expect(floor(2.6)).toBe('within allowance');
    expect(floor(3)).toBe('missed');
  });

  it('allows 15 % of noise and no more', () => {
    expect(floor(2.5 / 0.851)).toBe('within allowance');
    expect(floor(2.5 / 0.849)).toBe('missed');
  });

  it('does not pass over what was not measured', () => {
    expect(floor(1, 'noble')).toBe('absent');
    expect(floor(1, 'node', 'a/c')).toBe('absent');
  });

  it('allows nothing on sizes', () => {
    const limit = (most: number) => check(report, [], [{ row: 'a/b', own: 'wasm', most }])[0]?.state;
    expect([limit(2), limit(1.99)]).toEqual(['reached', 'missed']);
    expect(check(report, [], [{ row: 'a/b', own: 'other', most: 1 }])[0]?.state).toBe('absent');
  });

  it('has one floor for each pair of a row and a peer', () => {
    const keys = [...floors.map(({ row, own, peer }) => `${row} ${own} ${peer}`), ...limits.map(({ row }) => row)];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
