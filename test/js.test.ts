import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { MeshError } from '../src/errors.ts';
import * as main from '../src/index.ts';
import * as js from '../src/js.ts';
import { codeOf } from './support/errors.ts';
import { hex, pattern } from './support/octets.ts';

/** The source files that a module loads, itself included; types are not loaded. */
function loaded(file: URL, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file.href)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file.href, text);
  for (const [, names, path] of text.matchAll(/^(?:import|export) (?!type\b)([^;]*?)from '(\.[^']+)';/gms)) {
    if (names !== undefined && path !== undefined) loaded(new URL(path, file), seen);
  }
  return seen;
}

test('mathmesh/js has the names of mathmesh', () => {
  const names = (module: object) => Object.keys(module).sort();
  expect(names(js)).toEqual(names(main));
  const rooms = ({ ed448, ed448ph, x448, group448, overlay, udf, key }: typeof js | typeof main) =>
    [ed448, ed448ph, x448, group448, overlay, udf, key].map(names);
  expect(rooms(js)).toEqual(rooms(main));
  expect(js.MeshError).toBe(main.MeshError);
});

test('mathmesh/js runs on the JavaScript backend and gives the results of mathmesh', () => {
  expect(js.backend()).toEqual({ name: 'js' });
  const seed = pattern(57);
  expect(hex(js.ed448.getPublicKey(seed))).toBe(hex(main.ed448.getPublicKey(seed)));
  expect(hex(js.hkdfSha512(seed, undefined, undefined, 32))).toBe(hex(main.hkdfSha512(seed, undefined, undefined, 32)));
});

test('nothing that mathmesh/js loads mentions WebAssembly', () => {
  const files = loaded(new URL('../src/js.ts', import.meta.url));
  expect(files.size).toBeGreaterThan(30);
  for (const [name, text] of files) {
    expect(text, name).not.toMatch(/WebAssembly/i);
    expect(name).not.toMatch(/wasm/i);
  }
});

test('multiplications by secrets refuse to run unblinded when the random source fails (random_failed)', () => {
  const scalar = js.group448.scalarFromSeed(pattern(57));
  const point = js.group448.baseMultiply(scalar);
  vi.stubGlobal('crypto', {
    getRandomValues() {
      throw new Error('no entropy');
    },
  });
  try {
    expect(codeOf(() => js.group448.pointMultiply(scalar, point))).toBe('random_failed');
    expect(codeOf(() => js.group448.baseMultiply(scalar))).toBe('random_failed');
    expect(codeOf(() => js.ed448.sign(pattern(3), pattern(57)))).toBe('random_failed');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(hex(js.group448.baseMultiply(scalar))).toBe(hex(point));
});

test('MeshError carries a code, a message without secrets, and its cause', () => {
  const cause = new Error('why');
  const error = new MeshError('bad_length', 'detail', { cause });
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.code, error.cause]).toEqual(['MeshError', 'bad_length', cause]);
  expect(error.message).toContain('detail');
});
