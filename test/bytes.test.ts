import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { bytes, target } from '../src/bytes.ts';
import { codeOf } from './support/errors.ts';
import { detach, resizable, resize, shared } from './support/memory.ts';
import { hex, pattern } from './support/octets.ts';

const octets = pattern(20);

/** An array on which every member that could run code of the caller does, and fails. */
function trapped(): Uint8Array {
  const array = octets.slice();
  for (const name of [
    'length',
    'byteLength',
    'byteOffset',
    'buffer',
    'constructor',
    'subarray',
    'slice',
    'set',
    'at',
  ]) {
    Object.defineProperty(array, name, {
      get() {
        throw new Error(`${name} of the caller was used`);
      },
    });
  }
  return array;
}

describe('an argument of octets', () => {
  test('is taken as a plain view over the same memory', () => {
    for (const given of [octets, Buffer.from(octets), octets.subarray(3, 9), new Uint8Array(0)]) {
      const taken = bytes(given, 'x');
      expect(Object.getPrototypeOf(taken)).toBe(Uint8Array.prototype);
      expect(hex(taken)).toBe(hex(given));
      expect(taken.buffer).toBe(given.buffer);
    }
  });

  test('may come from another realm', () => {
    const foreign = runInNewContext('Uint8Array.of(1, 2, 3)');
    expect(foreign instanceof Uint8Array).toBe(false);
    const taken = bytes(foreign, 'x');
    expect(Object.getPrototypeOf(taken)).toBe(Uint8Array.prototype);
    expect(hex(taken)).toBe('010203');
  });

  test('is what it is, whatever its own members and those of its class say', () => {
    class Liar extends Uint8Array {
      override get length(): number {
        return 3;
      }
      override subarray(): never {
        throw new Error('subarray of the caller was used');
      }
    }
    expect(hex(bytes(new Liar(octets), 'x'))).toBe(hex(octets));
    expect(hex(bytes(trapped(), 'x'))).toBe(hex(octets));
    expect(hex(bytes(Object.setPrototypeOf(octets.slice(), null), 'x'))).toBe(hex(octets));
  });

  test('is nothing else that looks like it (not_bytes)', () => {
    for (const bad of [
      new Proxy(octets, {}),
      Object.create(Uint8Array.prototype),
      Object.create(octets),
      { [Symbol.toStringTag]: 'Uint8Array', length: 0 },
      new Uint8ClampedArray(3),
      new Int8Array(3),
      new DataView(new ArrayBuffer(3)),
      new ArrayBuffer(3),
      [1, 2],
      'text',
      null,
      undefined,
      5,
    ]) {
      expect(codeOf(() => bytes(bad, 'x'))).toBe('not_bytes');
      expect(codeOf(() => target(bad, 'x'))).toBe('not_bytes');
    }
  });

  test('whose memory was transferred away is refused (not_bytes)', () => {
    for (const view of [new Uint8Array(8), new Uint8Array(8).subarray(2, 5), Buffer.from(new ArrayBuffer(8))]) {
      detach(view);
      expect(codeOf(() => bytes(view, 'x'))).toBe('not_bytes');
      expect(codeOf(() => target(view, 'x'))).toBe('not_bytes');
    }
  });

  test('is copied from shared memory, which other threads write', () => {
    for (const given of [shared(octets), Buffer.from(shared(octets).buffer)]) {
      const taken = bytes(given, 'x');
      given[0] = (given[0] as number) ^ 1;
      expect(taken.buffer).toBeInstanceOf(ArrayBuffer);
      expect(hex(taken)).toBe(hex(octets));
    }
  });

  test('is copied from resizable memory, and refused when that has shrunk below it (not_bytes)', () => {
    for (const tracking of [false, true]) {
      const given = resizable(octets, tracking);
      const taken = bytes(given, 'x');
      expect(hex(taken)).toBe(hex(octets));
      resize(given, 7);
      expect(hex(taken)).toBe(hex(octets));
      if (tracking) expect(hex(bytes(given, 'x'))).toBe(hex(octets.subarray(0, 7)));
      else expect(codeOf(() => bytes(given, 'x'))).toBe('not_bytes');
      detach(given);
      expect(codeOf(() => bytes(given, 'x'))).toBe('not_bytes');
    }
  });

  test('that is written to is taken as it is, shared memory included', () => {
    for (const given of [new Uint8Array(20), shared(new Uint8Array(20)), resizable(new Uint8Array(20)), trapped()]) {
      target(given, 'out').set(octets);
      expect([...Array(20).keys()].map((i) => given[i])).toEqual([...octets]);
    }
  });
});
