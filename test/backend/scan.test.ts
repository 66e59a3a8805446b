import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsBackend } from '../../src/backend/js/index.ts';
import type { Abi } from '../../src/backend/wasm/abi.ts';
import { compiledModule } from '../../src/backend/wasm/index.ts';
import { FRAME_NUMBERS } from '../../src/frame.ts';

/** A tag with a length in 2^k octets, longer than need be where k says so. */
function field(tag: number, k: number, length: number): number[] {
  const octets = Array.from({ length: 1 << k }, (_, i) => Math.floor(length / 256 ** ((1 << k) - 1 - i)) % 256);
  return [tag + k, ...octets];
}

/** A frame: the k of its own length, and of each record its k and number of octets. */
function frame(k: number, records: readonly (readonly [k: number, length: number])[]): number[] {
  const body = records.flatMap(([width, length]) => [
    ...field(0xf0, width, length),
    ...Array.from({ length }, (_, i) => (i * 37) % 256),
  ]);
  const front = field(0xf4, k, body.length);
  return [...front, ...body, ...[...front].reverse()];
}

const records = fc
  .array(fc.tuple(fc.nat(3), fc.oneof(fc.nat(5), fc.nat(90))), { maxLength: 3 })
  .filter((all) => all.reduce((sum, [k, length]) => sum + 1 + (1 << k) + length, 0) < 256);
const frames = fc.array(fc.tuple(fc.nat(3), records), { minLength: 1, maxLength: 12 });
const long = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 256, max: 700 }));

/** What the module alone reads: the host would read what it leaves. */
function scanned(octets: Uint8Array, most: number, shift: number): { count: number; rows: number[] } {
  const abi = new WebAssembly.Instance(compiledModule()).exports as unknown as Abi;
  const rows = abi.io_pointer();
  const data = rows + 4 * FRAME_NUMBERS * 64;
  new Uint8Array(abi.memory.buffer).set(octets, data);
  const count = abi.frames_scan(rows, data, data + octets.length, most, shift - data);
  const found = [...new Uint32Array(abi.memory.buffer.slice(rows, rows + 4 * FRAME_NUMBERS * count))];
  abi.wipe(abi.io_length());
  return { count, rows: found };
}

test('the module reads every sound frame itself, lengths longer than need be included', () => {
  fc.assert(
    fc.property(frames, long, fc.nat(12), ([...all], [k, length], at) => {
      const parts = all.map(([width, inner]) => frame(width, inner));
      parts.splice(at, 0, frame(k, [[k, length]]));
      const octets = Uint8Array.from(parts.flat());
      const { count, rows } = jsBackend.framesScan(octets);
      expect(count).toBe(parts.length);
      expect(scanned(octets, 64, 0)).toEqual({ count, rows: [...rows.subarray(0, FRAME_NUMBERS * count)] });
      expect(scanned(octets, 2, 0).count).toBe(Math.min(2, count));
    }),
    { numRuns: 60 },
  );
});

test('the module stops at the frame that is damaged, whichever octet of its framing it is', () => {
  fc.assert(
    fc.property(frames, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, place, by) => {
      const octets = Uint8Array.from(all.flatMap(([k, inner]) => frame(k, inner)));
      const at = place % octets.length;
      octets[at] = (octets[at] as number) ^ by;
      const { count, rows } = jsBackend.framesScan(octets);
      expect(scanned(octets, 64, 0)).toEqual({ count, rows: [...rows.subarray(0, FRAME_NUMBERS * count)] });
    }),
    { numRuns: 200 },
  );
});
