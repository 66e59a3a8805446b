import { afterEach, expect, test, vi } from 'vitest';
import { fillRandom, randomBytes } from '../src/random.ts';
import { codeOf } from './support/errors.ts';
import { hex, pattern } from './support/octets.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A generator that leaves the octets from `from` to `to` at `octet`. */
const leaving = (from: number, to: number, octet = 0) => ({
  getRandomValues: (out: Uint8Array) => {
    out.set(pattern(out.length));
    out.fill(octet, from, to);
    return out;
  },
});

test('random octets are those of the generator, of any length', () => {
  vi.stubGlobal('crypto', leaving(0, 0));
  for (const length of [0, 1, 15, 16, 17, 56, 57, 114, 1024]) {
    expect(hex(randomBytes(length))).toBe(hex(pattern(length)));
  }
});

test('a generator that fills only a part is refused (random_failed)', () => {
  for (const length of [16, 17, 31, 32, 56, 57, 114, 1024]) {
    for (const [from, to] of [
      [0, length],
      [0, 16],
      [length - 16, length],
      [16 * Math.floor(length / 32), 16 * Math.floor(length / 32) + 16],
    ] as const) {
      for (const octet of [0, 0x80, 255]) {
        vi.stubGlobal('crypto', leaving(from, to, octet));
        expect(codeOf(() => randomBytes(length))).toBe('random_failed');
      }
    }
  }
});

test('what an array held before does not hide that only a part of it is filled (random_failed)', () => {
  vi.stubGlobal('crypto', {
    getRandomValues: (out: Uint8Array) => {
      out.set(pattern(out.length / 2));
      return out;
    },
  });
  const held = Uint8Array.from({ length: 128 }, (_, i) => i);
  expect(codeOf(() => fillRandom(held))).toBe('random_failed');
  expect(held).toEqual(new Uint8Array(128));
});

test('fewer equal octets are chance', () => {
  for (const [from, to] of [
    [0, 15],
    [1, 16],
    [42, 57],
  ] as const) {
    vi.stubGlobal('crypto', leaving(from, to));
    expect(randomBytes(57).length).toBe(57);
  }
  vi.stubGlobal('crypto', leaving(0, 15));
  expect(randomBytes(15)).toEqual(new Uint8Array(15));
});

test('a generator that is missing, throws, or takes the memory away is refused (random_failed)', () => {
  for (const crypto of [
    undefined,
    {},
    {
      getRandomValues() {
        throw new Error('no entropy');
      },
    },
    {
      getRandomValues(out: Uint8Array) {
        structuredClone(out.buffer, { transfer: [out.buffer as ArrayBuffer] });
      },
    },
  ]) {
    vi.stubGlobal('crypto', crypto);
    for (const length of [8, 57]) expect(codeOf(() => randomBytes(length))).toBe('random_failed');
  }
});

test('what a refused generator gave is overwritten', () => {
  let held: Uint8Array | undefined;
  vi.stubGlobal('crypto', {
    getRandomValues(out: Uint8Array) {
      held = out;
      return out.fill(9, 0, 40);
    },
  });
  expect(codeOf(() => randomBytes(57))).toBe('random_failed');
  expect(held).toEqual(new Uint8Array(57));
});
