import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { options } from '../src/options.ts';
import { codeOf } from './support/errors.ts';

const polluted = Object.prototype as { bits?: number };
afterEach(() => {
  delete polluted.bits;
});

test('options are copied, and each member is read once', () => {
  let reads = 0;
  const given = {
    get bits() {
      return ++reads;
    },
  };
  const read = options(given);
  expect([read.bits, read.bits, reads]).toEqual([1, 1, 1]);
});

test('what was written to Object.prototype is no option', () => {
  polluted.bits = 20;
  expect(options<{ bits?: number }>({}).bits).toBe(undefined);
  expect(options<{ bits?: number }>(undefined).bits).toBe(undefined);
  expect(options<{ bits?: number }>({ bits: 140 }).bits).toBe(140);
});

test('an object literal of any realm is taken, and one without a prototype', () => {
  expect(options<{ bits?: number }>(runInNewContext('({ bits: 1 })')).bits).toBe(1);
  expect(options<{ bits?: number }>(Object.assign(Object.create(null), { bits: 2 })).bits).toBe(2);
});

test('anything else in the place of options is refused: its members would go unread (bad_option)', () => {
  class Options {
    get bits() {
      return 20;
    }
  }
  for (const bad of [
    null,
    5,
    'text',
    () => undefined,
    [],
    new Uint8Array(3),
    new Uint16Array(3),
    new DataView(new ArrayBuffer(3)),
    new ArrayBuffer(3),
    new Map(),
    new Options(),
    Object.create({ bits: 20 }),
  ]) {
    expect(codeOf(() => options(bad as never))).toBe('bad_option');
  }
});
