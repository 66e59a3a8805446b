import { afterEach, describe, expect, test, vi } from 'vitest';
import { assemble } from '../src/assemble.ts';
import type { Backend, SigningKey } from '../src/backend/types.ts';
import { backends } from './support/backends.ts';
import { pattern, utf8 } from './support/octets.ts';

const typedArray: { set: Uint8Array['set'] } = Object.getPrototypeOf(Uint8Array.prototype);
const zero = (octets: Uint8Array) => octets.every((octet) => octet === 0);

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs `make` and gives, beside its result, the arrays that secrets were moved to (bytes.ts, settle) and the arrays they came from. */
function watchSettling<T>(make: () => T): { made: T; held: Uint8Array[]; left: Uint8Array[] } {
  const set = vi.spyOn(typedArray, 'set');
  const made = make();
  const held: Uint8Array[] = [];
  const left: Uint8Array[] = [];
  (set.mock.contexts as Uint8Array[]).forEach((array, i) => {
    if (array.buffer.byteLength !== 128 || array.byteLength === 128) return;
    held.push(array);
    left.push(set.mock.calls[i]?.[0] as Uint8Array);
  });
  set.mockRestore();
  return { made, held, left };
}

describe.each(backends)('secrets held by objects on $name', ({ backend }) => {
  const message = utf8('a message');
  const keys: SigningKey[] = [];
  const seeds: Uint8Array[] = [];
  const spy: Backend = {
    ...backend,
    ed448SignKey(text, key, ...rest) {
      keys.push(key);
      return backend.ed448SignKey(text, key, ...rest);
    },
    shake256(text, length) {
      const digest = backend.shake256(text, length);
      seeds.push(digest);
      return digest;
    },
  };
  const { ed448, overlay } = assemble(() => spy);
  afterEach(() => {
    keys.length = 0;
    seeds.length = 0;
  });

  test('Ed448Signer.destroy overwrites the scalar and the prefix that it signs with', () => {
    const signer = ed448.prepareSigner(pattern(57));
    signer.sign(message);
    const [key] = keys as [SigningKey];
    expect([zero(key.scalar), zero(key.prefix)]).toEqual([false, false]);
    signer.destroy();
    expect([zero(key.scalar), zero(key.prefix)]).toEqual([true, true]);
  });

  test('CompositeKey.destroy overwrites the scalar, and every prefix is gone once the signature is there', () => {
    for (const key of [overlay.composeKey(pattern(56), pattern(56, 2)), overlay.seedKey(pattern(57))]) {
      key.sign(message);
      key.sign(message, { deterministic: true });
      expect(keys.map(({ scalar, prefix }) => [zero(scalar), zero(prefix)])).toEqual([
        [false, true],
        [false, true],
      ]);
      key.destroy();
      expect(keys.map(({ scalar }) => zero(scalar))).toEqual([true, true]);
      keys.length = 0;
    }
  });

  test('a prefix is gone also when signing fails', () => {
    const prefixes: Uint8Array[] = [];
    const failing: Backend = {
      ...backend,
      ed448SignKey(_text, key) {
        prefixes.push(key.prefix);
        throw new Error('fault');
      },
    };
    const key = assemble(() => failing).overlay.seedKey(pattern(57));
    expect(() => key.sign(message)).toThrow('fault');
    expect(() => key.sign(message, { deterministic: false })).toThrow('fault');
    expect(prefixes.map((prefix) => [prefix.length, zero(prefix)])).toEqual([
      [57, true],
      [114, true],
    ]);
  });

  test.each([
    ['Ed448Signer', 2, () => ed448.prepareSigner(pattern(57))],
    ['CompositeKey of two seeds', 2, () => overlay.composeKey(pattern(56), pattern(56, 2))],
    ['CompositeKey of one seed', 2, () => overlay.seedKey(pattern(57))],
    ['CompositeKey on X448', 1, () => overlay.composeKey(pattern(56), pattern(56, 2), { crv: 'X448' })],
  ] as const)('%s: all that is held is overwritten by destroy, and all that it came from at once', (_, count, make) => {
    const { made, held, left } = watchSettling(make);
    const secrets = held.filter((array) => array.length > 0);
    expect(secrets.length).toBe(count);
    expect(secrets.map(zero)).toEqual(secrets.map(() => false));
    expect(left.map(zero)).toEqual(left.map(() => true));
    expect(seeds.map(zero)).toEqual(seeds.map(() => true));
    made.destroy();
    expect(secrets.map((array) => zero(new Uint8Array(array.buffer)))).toEqual(secrets.map(() => true));
  });

  test('a combined X448 key, which never signs, computes no prefix', () => {
    overlay.composeKey(pattern(56), pattern(56, 2), { crv: 'X448' });
    expect(seeds).toEqual([]);
  });
});
