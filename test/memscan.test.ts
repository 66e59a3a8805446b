/**
 * No copy of a secret in the whole memory of a process that has worked with it: `npm run memscan` as a test. Copies of the JavaScript backend are a figure that
 * SECURITY.md publishes, not a promise.
 */
import { describe, expect, test } from 'vitest';
import { look } from '../memscan/look.ts';
import { Windows } from '../memscan/scan.ts';

/** The memory of other processes is in /proc, which only Linux has. */
const linux = process.platform === 'linux';

describe.skipIf(!linux)('the memory of a process that has worked with secrets', () => {
  test.each([
    ['as it is', []],
    ['with many collections', ['--gc-interval=60', '--stress-compaction']],
  ])('holds no copy of them on the compiled backend: %s', async (_, flags) => {
    const { findings, control, octets } = await look('mathmesh', flags);
    expect(findings.filter(({ copies }) => copies > 0)).toEqual([]);
    expect(findings.length).toBeGreaterThan(30);
    const searched = findings.map(({ name }) => name);
    expect(searched).toEqual(expect.arrayContaining(['content key', 'combined scalar, its prefix']));
    expect(control).toBeGreaterThan(0);
    expect(octets).toBeGreaterThan(2 ** 25);
  });

  test('holds copies on the JavaScript backend, which the search therefore finds', async () => {
    const { findings, control } = await look('mathmesh/js');
    const copies = new Map(findings.map((finding) => [finding.name, finding.copies]));
    expect(copies.get('Ed448 seed, its scalar')).toBeGreaterThan(0);
    expect(control).toBeGreaterThan(0);
  });

  test('holds nothing that was not put there', async () => {
    const { findings, control } = await look('-');
    expect(findings.filter(({ copies }) => copies > 0)).toEqual([]);
    expect(control).toBeGreaterThan(0);
  });

  test('is searched for 16 octets in a row at any place', () => {
    const octets = Uint8Array.from({ length: 40 }, (_, i) => 7 * i + 3);
    for (let place = 100; place < 108; place++) {
      for (const [from, to, seen] of [
        [0, 40, true],
        [20, 36, true],
        [24, 40, true],
        [20, 35, false],
      ] as const) {
        const memory = new Uint8Array(4096);
        memory.set(octets.subarray(from, to), place);
        const places = new Set<string>();
        new Windows([{ name: 'secret', octets }]).search(memory, (...found) => places.add(found.join()));
        expect([...places]).toEqual(seen ? [[0, place, place + to - from].join()] : []);
      }
    }
  });
});
