import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsBackend } from '../../src/backend/js/index.ts';
import { Rows } from '../../src/backend/rows.ts';
import type { Abi } from '../../src/backend/wasm/abi.ts';
import { Core } from '../../src/backend/wasm/core.ts';
import { frameOperations } from '../../src/backend/wasm/frame.ts';
import type { FrameTable } from '../../src/frame.ts';
import { buildFrames, FRAME_NUMBERS, frameAt, treeFrontier } from '../../src/frame.ts';
import { arbitraryFrame, frame, nearlyFrames, sample } from '../frame/inputs.ts';
import { type ModelResult, model } from '../frame/model.ts';
import { backends } from '../support/backends.ts';
import { hex, pattern } from '../support/octets.ts';

const concat = (parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const none = new Uint8Array(0);
const zero = new Uint8Array(64);
const sha512 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

/** The frames of a table, with where reading stopped. */
function readable(table: FrameTable): ModelResult {
  expect(table.rows.length).toBe(FRAME_NUMBERS * table.count);
  const frames = Array.from({ length: table.count }, (_, i) => {
    const { start, end, records } = frameAt(table, i);
    return { start, end, records: records.map((span) => [span.start, span.end] as [number, number]) };
  });
  return { frames, stop: table.stop, damage: table.damage };
}

/** More frames than go into the module at once, of sizes on either side of what does. */
function many(count: number, size: (i: number) => number): Uint8Array {
  return buildFrames(
    Array.from({ length: count }, (_, i) => [pattern(i % 40), pattern(size(i), i + 1), none].slice(0, 1 + (i % 3))),
  );
}
const files: readonly [string, Uint8Array][] = [
  ['small frames', many(3000, (i) => i % 50)],
  ['frames of about 256 octets', many(600, (i) => 200 + (i % 120))],
  ['small and large frames in turn', many(300, (i) => (i % 4 === 3 ? 40_000 : 20))],
  ['large frames', many(20, (i) => 70_000 + i)],
  ['empty frames', concat(Array.from({ length: 5000 }, () => frame(0, [])))],
  [
    'frames with lengths of every form',
    concat(Array.from({ length: 2000 }, (_, i) => frame(i % 4, [[(i >> 2) % 4, pattern(i % 20)]]))),
  ],
];

describe.each(backends)('frames on $name', ({ backend }) => {
  const scan = (octets: Uint8Array, backward = false) => readable(backend.framesScan(octets, backward));

  test('of nothing are none', () => {
    for (const backward of [false, true]) {
      expect(scan(none, backward)).toEqual({ frames: [], stop: 0, damage: undefined });
    }
  });

  test('are found from either end as the definition finds them', () => {
    expect(scan(sample)).toEqual(model(sample));
    expect(scan(sample, true)).toEqual(model(sample, true));
    fc.assert(
      fc.property(fc.array(arbitraryFrame(), { maxLength: 8 }), (frames) => {
        const octets = concat(frames);
        const forward = scan(octets);
        expect(forward).toEqual(model(octets));
        expect(forward.frames).toHaveLength(frames.length);
        expect(scan(octets, true)).toEqual({ ...forward, frames: [...forward.frames].reverse(), stop: 0 });
      }),
    );
  });

  test.each(files)('are found in long files as JavaScript finds them: %s', (_, octets) => {
    const table = backend.framesScan(octets);
    expect(table.damage).toBe(undefined);
    expect(table).toEqual(jsBackend.framesScan(octets));
    const backward = backend.framesScan(octets, true);
    expect(readable(backward).frames).toEqual(readable(table).frames.reverse());
  });

  test('that were built are found with their records, and where the octets begin does not matter', () => {
    const records = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(records, { maxLength: 60 }), fc.nat(20), (list, before) => {
        const built = buildFrames(list);
        const octets = concat([pattern(before), built]).subarray(before);
        const { frames, damage } = scan(octets);
        expect(damage).toBe(undefined);
        const data = frames.map((found) => found.records.map(([start, end]) => hex(octets.subarray(start, end))));
        expect(data).toEqual(list.map((parts) => parts.map(hex)));
      }),
    );
  });

  test('cut at any octet are those before the cut, and the cut is named', () => {
    for (let length = 0; length < sample.length; length++) {
      for (const backward of [false, true]) {
        const octets = backward ? sample.subarray(sample.length - length) : sample.subarray(0, length);
        const found = scan(octets, backward);
        expect(found).toEqual(model(octets, backward));
        const whole = found.stop === (backward ? 0 : length);
        expect(found.damage === undefined).toBe(whole);
      }
    }
  });

  test('with any one octet changed are damaged where the definition says, or still frames', () => {
    for (let at = 0; at < sample.length; at++) {
      for (let octet = 0; octet < 256; octet++) {
        const octets = sample.slice();
        octets[at] = octet;
        for (const backward of [false, true]) expect(scan(octets, backward)).toEqual(model(octets, backward));
      }
    }
  }, 60_000);

  test('with any one octet changed among many others give the same table as in JavaScript', () => {
    const behind = many(100, (i) => i % 50);
    const octets = concat([buildFrames([[none]]), sample, behind]);
    for (let at = 4; at < 4 + sample.length; at++) {
      const { [at]: before } = octets;
      for (const octet of [0, 1, 2, 4, 16, 127, 239, 240, 241, 243, 244, 245, 246, 247, 248, 255]) {
        octets[at] = octet;
        expect(backend.framesScan(octets)).toEqual(jsBackend.framesScan(octets));
      }
      octets[at] = before as number;
    }
  }, 60_000);

  test('are looked for in any octets without ever failing', () => {
    const random = fc.oneof(fc.uint8Array({ maxLength: 200 }), nearlyFrames);
    fc.assert(
      fc.property(random, fc.boolean(), (octets, backward) => {
        expect(scan(octets, backward)).toEqual(model(octets, backward));
      }),
      { numRuns: 3000 },
    );
  });

  test('are damaged behind many sound ones as they are alone', () => {
    const sound = many(400, (i) => i % 30);
    fc.assert(
      fc.property(nearlyFrames, (octets) => {
        const { stop, damage } = model(octets);
        const table = backend.framesScan(concat([sound, octets, sound]));
        // What follows may complete a frame that was cut.
        if (damage === undefined || ['trunc-len', 'overlong', 'trunc-trailer'].includes(damage)) return;
        expect([table.stop, table.damage]).toEqual([sound.length + stop, damage]);
      }),
      { numRuns: 300 },
    );
    const flipped = sound.slice();
    flipped[20_000 % sound.length] = 0x55;
    expect(backend.framesScan(flipped)).toEqual(jsBackend.framesScan(flipped));
  });

  test('with claimed lengths up to 2^64 - 1 are refused at once', () => {
    for (const k of [2, 3]) {
      const claim = Uint8Array.of(0xf4 + k, ...new Array(2 ** k).fill(0xff));
      expect(scan(concat([claim, pattern(100)]))).toMatchObject({ stop: 0, damage: 'overlong' });
      expect(scan(concat([pattern(100), claim.slice().reverse()]), true)).toMatchObject({
        stop: 101 + 2 ** k,
        damage: 'underflow',
      });
      const record = Uint8Array.of(0xf0 + k, ...new Array(2 ** k).fill(0xff));
      const outer = concat([Uint8Array.of(0xf4, record.length), record, Uint8Array.of(record.length, 0xf4)]);
      expect(scan(outer).damage).toBe('record-overlong');
    }
    // 2^53 + 1 is no number of JavaScript, and 2^32 + 4 must not become 4.
    for (const length of [2n ** 53n + 1n, 2n ** 32n + 4n, 2n ** 63n + 4n]) {
      const digits = length.toString(16).padStart(16, '0').match(/../g) as string[];
      const octets = Uint8Array.from([0xf7, ...digits.map((pair) => Number.parseInt(pair, 16)), 0xf0, 2, 1, 2, 0xf7]);
      expect(scan(octets).damage).toBe('overlong');
    }
  });

  test.each(files)('have payload digests as node:crypto computes them: %s', (_, octets) => {
    for (const backward of [false, true]) {
      const table = backend.framesScan(octets, backward);
      const expected = readable(table).frames.map(({ records }) => sha512(octets.subarray(...(records[1] ?? [0, 0]))));
      expect(Buffer.compare(backend.framesDigests(octets, table), Buffer.concat(expected))).toBe(0);
    }
  });

  test('have payload digests for every length around the ends of blocks', () => {
    const octets = buildFrames(Array.from({ length: 400 }, (_, length) => [none, pattern(length, length + 1)]));
    const table = backend.framesScan(octets);
    const expected = Array.from({ length: 400 }, (_, length) => sha512(pattern(length, length + 1)));
    expect(hex(backend.framesDigests(octets, table))).toBe(hex(Buffer.concat(expected)));
  });

  /** Payload digests of so many frames, and the octets of one of them or of any other result. */
  const digests = (count: number) => concat(Array.from({ length: count }, (_, i) => sha512(pattern(8, i + 1))));
  const at = (packed: Uint8Array, i: number) => packed.subarray(64 * i, 64 * (i + 1));

  test.each([0, 1, 2, 447, 448, 449, 1000])('have chain digests by each of the three rules: %i of them', (count) => {
    const payload = digests(count);
    for (const left of [zero, sha512(none)]) {
      const before = payload.slice();
      const linked = backend.chainDigests('linked', left, payload);
      const pair = backend.chainDigests('pair', left, payload);
      const unlinked = backend.chainDigests('unlinked', left, payload);
      expect([linked.length, pair.length, unlinked.length]).toEqual([64 * count, 64 * count, 64 * count]);
      for (let i = 0; i < count; i++) {
        expect(hex(at(linked, i))).toBe(hex(sha512(i === 0 ? left : at(linked, i - 1), at(payload, i))));
        expect(hex(at(pair, i))).toBe(hex(sha512(i === 0 ? left : at(payload, i - 1), at(payload, i))));
        expect(hex(at(unlinked, i))).toBe(hex(sha512(left, at(payload, i))));
      }
      expect(hex(payload)).toBe(hex(before));
    }
  });

  /** Paths as they are printed for some frames, and else by the formula of the drafts. */
  function path(n: number): number[] {
    const out: number[] = [];
    let [x, d] = [n + 1, 1];
    for (; x % 2 === 0; x /= 2, d *= 2) out.push(n - d);
    return [...out, x === 1 ? d / 2 - 1 : n - d];
  }

  test('have tree digests by each of the three rules, and frame 0 has 64 zero octets on its left', () => {
    const count = 1100;
    const payload = digests(count);
    const results = (['linked', 'null', 'null+1'] as const).map((rule) => backend.treeDigests(rule, payload, 0, none));
    const [linked, nulls, next] = results as [Uint8Array, Uint8Array, Uint8Array];
    const operand = (k: number) => (k < 0 ? zero : at(linked, k));
    for (let n = 0; n < count; n++) {
      const own = n === 0 ? [-1] : path(n);
      const first = Buffer.from(at(payload, n));
      expect(hex(at(linked, n))).toBe(hex(own.reduce((c, k) => sha512(operand(k), c), first)));
      expect(hex(at(nulls, n))).toBe(hex(own.reduce((c) => sha512(zero, c), first)));
      expect(hex(at(next, n))).toBe(hex(path(n + 1).reduce((c) => sha512(zero, c), first)));
    }
  });

  test('have tree digests that go on from the frontier of what was before', () => {
    const count = 140;
    const payload = digests(count);
    const whole = backend.treeDigests('linked', payload, 0, none);
    for (let first = 0; first <= count; first++) {
      const frontier = concat(treeFrontier(first).map((k) => at(whole, k)));
      const rest = backend.treeDigests('linked', payload.subarray(64 * first), first, frontier);
      expect(hex(rest)).toBe(hex(whole.subarray(64 * first)));
      for (const rule of ['null', 'null+1'] as const) {
        const all = backend.treeDigests(rule, payload, 0, none);
        expect(hex(backend.treeDigests(rule, payload.subarray(64 * first), first, none))).toBe(
          hex(all.subarray(64 * first)),
        );
      }
    }
  });

  test('have tree digests far into a sequence, up to the last number', () => {
    for (const first of [2 ** 20 - 2, 2 ** 31 - 3]) {
      const frontier = digests(treeFrontier(first).length);
      const known = new Map(treeFrontier(first).map((k, i) => [k, at(frontier, i)]));
      const payload = digests(3);
      const result = backend.treeDigests('linked', payload, first, frontier);
      for (let i = 0; i < 3; i++) {
        const expected = path(first + i).reduce(
          (c, k) => sha512(known.get(k) ?? at(result, k - first), c),
          Buffer.from(at(payload, i)),
        );
        expect(hex(at(result, i))).toBe(hex(expected));
      }
    }
  });
});

test('where numbers have another order of octets than in the module, frames are read and hashed one by one', () => {
  const never = () => expect.unreachable();
  const module = new WebAssembly.Module(readFileSync('dist/mesh.wasm') as BufferSource);
  const abi = new WebAssembly.Instance(module).exports as unknown as Abi;
  const operations = frameOperations(
    new Core({ ...abi, frames_scan: never, frames_digests: never }, () => abi.memory.buffer),
    false,
  );
  for (const [, octets] of files) {
    const table = operations.framesScan(octets);
    expect(table).toEqual(jsBackend.framesScan(octets));
    expect(operations.framesDigests(octets, table)).toEqual(jsBackend.framesDigests(octets, table));
  }
});

describe('a table of frames', () => {
  test('grows no more than 32 times at once, whatever the first frames let expect', () => {
    const table = new Rows();
    const room = table.rows.length;
    expect(table.grow(1, 0, 1e-9)).toHaveLength(room);
    expect(table.grow(32, 1, 1e-9)).toHaveLength(32 * room);
    expect(new Rows().grow(32, 1, 0.5)).toHaveLength(Math.ceil(64 * 1.05) * FRAME_NUMBERS);
    expect(new Rows().grow(0, 5000, 0)).toHaveLength(5000 * FRAME_NUMBERS);
  });

  test('does not keep more room than it uses', () => {
    const small = jsBackend.framesScan(concat([many(40, () => 1), buildFrames([[pattern(100_000)]])]));
    expect(small.rows.buffer.byteLength).toBeLessThanOrEqual(2 * small.rows.byteLength);
  });
});
