import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildFrames,
  fieldAfter,
  fieldBefore,
  readFrame,
  readFrameBackward,
  recordField,
  treeFrontier,
  treePath,
  treePrevious,
} from '../../src/frame.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { hex, pattern, unhex, utf8 } from '../support/octets.ts';
import { arbitraryFrame, frame, nearlyFrames, sample } from './inputs.ts';
import { model } from './model.ts';

const none = new Uint8Array(0);

describe('a frame', () => {
  test('is read from either end: the smallest real file (JBCD1, 2018)', () => {
    const octets = sample.subarray(0, 20);
    const expected = {
      start: 0,
      end: 20,
      records: [
        { start: 4, end: 11 },
        { start: 13, end: 18 },
      ],
    };
    expect(readFrame(octets)).toEqual(expected);
    expect(readFrameBackward(octets)).toEqual(expected);
    expect(hex(buildFrames([[utf8('Header '), utf8('Data ')]]))).toBe(hex(octets));
  });

  test('is read at any offset as the definition says, or refused with its code', () => {
    fc.assert(
      fc.property(nearlyFrames, arbitraryFrame(), fc.nat(100), (before, whole, at) => {
        const octets = Uint8Array.from([...before, ...whole]);
        const start = Math.min(at, octets.length - 1);
        const forward = model(octets.subarray(start));
        const [first] = forward.frames;
        if (first === undefined) expectCode(forward.damage as never, () => readFrame(octets, start));
        else expect(readFrame(octets, start).end).toBe(start + first.end);
        const backward = model(octets.subarray(0, start + 1), true);
        const [last] = backward.frames;
        if (last === undefined) expectCode(backward.damage as never, () => readFrameBackward(octets, start + 1));
        else expect(readFrameBackward(octets, start + 1).start).toBe(last.start);
      }),
    );
  });

  test('is not there where there are no octets', () => {
    expectCode('trunc-len', () => readFrame(none));
    expectCode('trunc-len', () => readFrame(sample, sample.length));
    expectCode('underflow', () => readFrameBackward(none));
    expectCode('underflow', () => readFrameBackward(sample, 0));
  });

  test.each([
    ['bad-tag', 'f800f8', 'a reserved tag'],
    ['bad-tag', 'f404f402000204f4', 'a frame within a frame'],
    ['unidirectional', 'f00141', 'a record where a frame must begin'],
    ['trunc-len', 'f5', 'no length'],
    ['overlong', 'f405f002', 'a body that is cut'],
    ['trunc-trailer', 'f402f00002', 'the last octet is missing'],
    ['reverse-mismatch', 'f402f00003f4', 'another length behind'],
    ['record-overlong', 'f403f0020003f4', 'a record that leaves its frame'],
    ['record-overlong', 'f402f10002f4', 'a record whose length leaves its frame'],
    ['records', 'f408f000f000f000f00008f4', 'four records'],
    ['records', 'f407f000f000f0000007f4', 'an octet behind three records'],
  ] as const)('that is damaged is refused as %s: %s, %s', (code, octets, _) => {
    expectCode(code, () => readFrame(unhex(octets)));
  });

  test('that is damaged is refused from its end: underflow before the octets, reverse-mismatch when it ends elsewhere', () => {
    expectCode('underflow', () => readFrameBackward(unhex('f003f4')));
    expectCode('underflow', () => readFrameBackward(unhex('00f5')));
    expectCode('unidirectional', () => readFrameBackward(unhex('f0')));
    expectCode('bad-tag', () => readFrameBackward(unhex('f40000')));
    expectCode('reverse-mismatch', () => readFrameBackward(unhex('f40000f4000004f4')));
  });

  test('has its tag and length at either end, which are read alone', () => {
    expect(fieldAfter(unhex('f50105f1'), 0)).toEqual({ size: 3, length: 261 });
    expect(fieldBefore(unhex('000501f5'), 4)).toEqual({ size: 3, length: 261 });
    expect(fieldAfter(unhex('f7001fffffffffffff'), 0)).toEqual({ size: 9, length: Number.MAX_SAFE_INTEGER });
    expect(recordField(unhex('00f2000100002a'), 1)).toEqual({ size: 5, length: 65536 });
    expect(fieldAfter(none, 0)).toBe('trunc-len');
    expect(fieldAfter(unhex('f600'), 0)).toBe('trunc-len');
    expect(fieldAfter(unhex('f1'), 0)).toBe('unidirectional');
    expect(fieldBefore(none, 0)).toBe('underflow');
    expect(fieldBefore(unhex('00f5'), 2)).toBe('underflow');
    expect(fieldBefore(unhex('ff'), 1)).toBe('bad-tag');
    expect(recordField(none, 0)).toBe('record-overlong');
    expect(recordField(unhex('f100'), 0)).toBe('record-overlong');
    expect(recordField(unhex('f4'), 0)).toBe('bad-tag');
  });

  test('claims lengths above 2^53 - 1 that stay above it as numbers, so that no comparison lets them pass', () => {
    for (const digits of ['0020000000000000', '0020000000000001', '8000000000000000', 'ffffffffffffffff']) {
      const field = fieldAfter(unhex(`f7${digits}`), 0);
      expect(field).toMatchObject({ size: 9 });
      expect((field as { length: number }).length).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    }
  });
});

describe('building frames', () => {
  test('takes the shortest length for records and frames', () => {
    for (const [length, record, size] of [
      [0, 'f000', 2],
      [255, 'f0ff', 2],
      [256, 'f10100', 3],
      [65535, 'f1ffff', 3],
      [65536, 'f200010000', 5],
    ] as const) {
      const built = buildFrames([[pattern(length)]]);
      const body = length + size;
      const k = body < 256 ? 0 : body < 65536 ? 1 : 2;
      const outer = 1 + 2 ** k;
      expect(hex(built.subarray(outer, outer + size))).toBe(record);
      expect(built[0]).toBe(0xf4 + k);
      expect(hex(built)).toBe(hex(frame(k, [[size === 2 ? 0 : size === 3 ? 1 : 2, pattern(length)]])));
    }
  });

  test('gives what reading gives back, and no frames for none', () => {
    expect(buildFrames([])).toEqual(none);
    expect(hex(buildFrames([[], [none]]))).toBe('f40000f4f402f00002f4');
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 3 }), (records) => {
        const octets = buildFrames([records]);
        expect(readFrame(octets).records.map(({ start, end }) => hex(octets.subarray(start, end)))).toEqual(
          records.map(hex),
        );
      }),
    );
  });

  test('refuses a fourth record', () => {
    expect(codeOf(() => buildFrames([[none, none, none, none]]))).toBe('records');
  });
});

describe('the path of a tree digest', () => {
  test('is the one printed for some frames (DARE sequences, tree path)', () => {
    const printed: [number, number[]][] = [
      [1, [0, 0]],
      [2, [1]],
      [3, [2, 1, 1]],
      [4, [3]],
      [5, [4, 3]],
      [6, [5]],
      [7, [6, 5, 3, 3]],
      [8, [7]],
      [11, [10, 9, 7]],
      [15, [14, 13, 11, 7, 7]],
    ];
    for (const [n, path] of printed) expect([n, treePath(n)]).toEqual([n, path]);
    expect(treePath(0)).toEqual([-1]);
  });

  test('ends at the frame of the TreePosition', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 15].map(treePrevious)).toEqual([-1, 0, 1, 1, 3, 3, 5, 3, 7, 7, 7]);
  });

  test('names earlier frames only, and few, up to the largest numbers', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        const path = treePath(n);
        expect(path.length).toBeLessThanOrEqual(54);
        for (const k of path) expect(k >= (n === 0 ? -1 : 0) && k < n).toBe(true);
      }),
    );
    expect(treePath(2 ** 52 - 1).at(-1)).toBe(2 ** 51 - 1);
  });

  test('needs of earlier frames only the frontier, and of that everything', () => {
    for (let first = 0; first < 130; first++) {
      const needed = new Set<number>();
      for (let n = first; n < first + 1024; n++) for (const k of treePath(n)) if (k >= 0 && k < first) needed.add(k);
      expect(treeFrontier(first)).toEqual([...needed].sort((a, b) => b - a));
    }
    expect(treeFrontier(2 ** 52 + 1)).toEqual([2 ** 52, 2 ** 52 - 1]);
  });
});
