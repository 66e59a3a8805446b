/** How the benchmark takes its samples. */
import { describe, expect, it } from 'vitest';
import { interleave } from '../../bench/interleave.ts';
import { measure } from '../../bench/measure.ts';
import { digest, format, parse } from '../../bench/peers/plain-udf.ts';
import { fingerprint } from '../../bench/same.ts';

const settings = { sample: 0.1, row: 1 };

describe('interleaving', () => {
  it('gives everyone a turn in every round, in order', async () => {
    const order: string[] = [];
    const everyone = ['a', 'b', 'c'].map((name) => ({ name, sample: () => order.push(name) }));
    await interleave(everyone, 4);
    expect(order.join('')).toBe('abc'.repeat(4));
  });

  it('reports minimum and median of the samples', async () => {
    const values = [5, 1, 9, 2, 8];
    let at = 0;
    const figures = await interleave([{ name: 'a', sample: () => values[at++] as number }], values.length);
    expect(figures).toEqual([{ name: 'a', min: 1, median: 5, samples: 5 }]);
  });

  it('fails when a sample fails', async () => {
    const sample = () => {
      throw new Error('broken');
    };
    await expect(interleave([{ name: 'a', sample }], 3)).rejects.toThrow('broken');
  });
});

describe('measuring', () => {
  const row = (...results: unknown[]) => ({
    id: 'family/row',
    title: 'row',
    contenders: results.map((result, i) => ({ name: `contender ${i}`, call: () => result })),
  });
  const family = (...results: unknown[]) => ({ name: 'family', title: 'Family', rows: [row(...results)] });

  it('refuses contenders that give different results', async () => {
    const different = family(Uint8Array.of(1), Uint8Array.of(2));
    await expect(measure(different, settings, () => {})).rejects.toThrow('contender 1 and contender 0');
  });

  it('measures those that agree', async () => {
    const result = await measure(family(Uint8Array.of(1), Buffer.of(1)), settings, () => {});
    expect(result.rows[0]?.figures.map(({ name }) => name)).toEqual(['contender 0', 'contender 1']);
    for (const { min, median } of result.rows[0]?.figures ?? []) {
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
    }
  });

  it('takes a Buffer and a Uint8Array for the same, wherever they are', () => {
    expect(fingerprint({ data: Buffer.of(1, 2) })).toBe(fingerprint({ data: Uint8Array.of(1, 2) }));
    expect(fingerprint(Uint8Array.of(1))).not.toBe(fingerprint(Uint8Array.of(2)));
  });
});

describe('the plain peer for fingerprints', () => {
  const text = 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF';

  it('gives the published fingerprint (draft-hallambaker-mesh-udf section 5.1)', () => {
    expect(digest('text/plain', new TextEncoder().encode('UDF Data Value'))).toBe(text);
  });

  it('reads what it writes', () => {
    const data = Uint8Array.from({ length: 16 }, (_, i) => 255 - i);
    expect(parse(format(104, data))).toEqual({ type: 104, data, text: format(104, data) });
    expect(parse(text).text).toBe(text);
  });
});
