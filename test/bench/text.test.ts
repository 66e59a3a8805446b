/** What the benchmark prints and writes, and the command line it reads. */
import { describe, expect, it } from 'vitest';
import { chartOf } from '../../bench/chart.ts';
import { replaced } from '../../bench/document.ts';
import { parseOptions } from '../../bench/options.ts';
import type { FamilyResult } from '../../bench/result.ts';
import { markdown, tableOf } from '../../bench/table.ts';

const family: FamilyResult = {
  name: 'hash',
  title: 'Hashes',
  rows: [
    {
      id: 'hash/a',
      title: 'a',
      unit: 'us',
      figures: [
        { name: 'wasm', min: 2, median: 4, samples: 9 },
        { name: 'node', min: 250, median: 600, samples: 9 },
      ],
    },
    {
      id: 'hash/b',
      title: 'b',
      unit: 'us',
      figures: [
        { name: 'wasm', min: 10, median: 12.34, samples: 9 },
        { name: 'noble', min: 15, median: 24.68, samples: 9 },
      ],
    },
  ],
};

describe('tables', () => {
  it('are padded, with numbers to the right', () => {
    expect(
      markdown([
        ['x', 'long heading'],
        ['text', '1'],
      ]),
    ).toBe('| x    | long heading |\n| ---- | -----------: |\n| text |            1 |');
  });

  it('show our time, and ratios to every peer that took part', () => {
    expect(tableOf(family).split('\n')).toEqual([
      '| Hashes |    wasm, µs |    × node |     × noble |',
      '| ------ | ----------: | --------: | ----------: |',
      '| a      | 2.00 (4.00) | 125 (150) |           - |',
      '| b      | 10.0 (12.3) |         - | 1.50 (2.00) |',
    ]);
  });

  it('show plain values for start-up', () => {
    const rows: FamilyResult['rows'] = [
      { id: 'startup/module', title: 'module', unit: 'kB', figures: [{ name: 'x', min: 5, median: 5, samples: 1 }] },
    ];
    expect(tableOf({ name: 'startup', title: 'Start-up', rows })).toContain('| module, kB | 5.00 |');
  });
});

describe('a chart', () => {
  it('is an SVG with the names of rows and peers', () => {
    const svg = chartOf(family);
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    for (const text of ['Hashes', '>node<', '>noble<', '>125<', '>1.5<']) expect(svg).toContain(text);
  });
});

describe('documents', () => {
  it('keep everything outside the markers', () => {
    const before = 'one\n<!-- bench -->\nold\n<!-- /bench -->\ntwo\n';
    const after = 'one\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\ntwo\n';
    expect(replaced(before, 'new')).toBe(after);
    expect(replaced(after, 'new')).toBe(after);
  });

  it('must have markers', () => {
    expect(() => replaced('text', 'new')).toThrow('<!-- bench -->');
    expect(() => replaced('<!-- /bench --> <!-- bench -->', 'new')).toThrow('<!-- bench -->');
  });
});

describe('the command line', () => {
  it('measures everything by default', () => {
    expect(parseOptions([])).toMatchObject({ time: 2000, rounds: 15, check: false, write: false, json: undefined });
    const core = ['ed448', 'batch', 'x448', 'hash', 'udf', 'shamir', 'threshold', 'frost'];
    expect(parseOptions([]).families).toEqual([...core, 'jsonb', 'frames', 'dare', 'sequence', 'startup']);
  });

  it('takes families and a file', () => {
    const options = parseOptions(['--family', 'x448', '--family', 'udf', '--json', 'out.json', '--check']);
    expect(options).toMatchObject({ families: ['x448', 'udf'], json: 'out.json', check: true });
  });

  it.each([['--family', 'rsa'], ['--time', 'soon'], ['--rounds', '0'], ['--fast'], ['--write', '--family', 'udf']])(
    'refuses %s %s',
    (...args) => {
      expect(() => parseOptions(args)).toThrow();
    },
  );
});
