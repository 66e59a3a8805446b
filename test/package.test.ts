/**
 * The package as users get it: packed, unpacked in an empty folder, with its two dependencies beside it but not the one that draws QR codes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
let contents: string[];

const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mathmesh-package-'));
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  contents = files.map(({ path }) => path);
  const target = join(folder, 'node_modules', 'mathmesh');
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1']);
  symlinkSync(resolve('node_modules/@noble'), join(folder, 'node_modules', '@noble'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the packed package', () => {
  it('works by import, from every subpath', () => {
    const code = `
      import * as all from 'mathmesh'; import * as js from 'mathmesh/js'; import * as wasm from 'mathmesh/wasm'; import * as backend from 'mathmesh/backend';
      import * as hash from 'mathmesh/hash'; import * as ed448 from 'mathmesh/ed448'; import * as x448 from 'mathmesh/x448';
      import * as group448 from 'mathmesh/group448'; import * as overlay from 'mathmesh/overlay'; import * as udf from 'mathmesh/udf';
      import * as key from 'mathmesh/key'; import * as shamir from 'mathmesh/shamir'; import * as threshold from 'mathmesh/threshold';
      import * as frost from 'mathmesh/frost'; import * as jsonb from 'mathmesh/jsonb'; import * as dare from 'mathmesh/dare';
      import { fileStorage } from 'mathmesh/file'; import { opfsStorage } from 'mathmesh/opfs'; import * as conformance from 'mathmesh/conformance';
      const parts = [hash, ed448, x448, group448, overlay, udf, key, shamir, threshold, frost, jsonb, dare];
      const same = parts.every((part) => Object.entries(part).every(([name, value]) => all[name] === value));
      const names = (module) => Object.keys(module).sort().join();
      const shared = [...Object.keys(threshold), ...Object.keys(frost), ...Object.keys(dare), ...Object.keys(jsonb)]; // need @noble/curves, or no backend
      const alone = Object.fromEntries(Object.entries(js).filter(([name]) => !shared.includes(name)));
      console.log(typeof fileStorage, typeof opfsStorage, same, names(all) === names(js), names(alone) === names(wasm), all.backend().name, all.udf.nonce().length, Object.keys(backend).sort().join());`;
    expect(node('--input-type=module', '--eval', code)).toBe(
      'function function true true true wasm 34 backend,init,initFrom,initSync,use',
    );
  });

  it('works by require', () => {
    const code = `const { ed448, backend } = require('mathmesh'); console.log(ed448.keygen().publicKey.length, backend().name)`;
    expect(node('--no-warnings', '--eval', code)).toBe('57 wasm');
  });

  it('loads no module of Node where there may be none: entries but mathmesh/file, and what they import', () => {
    const at = (path: string) => join(folder, 'node_modules/mathmesh/dist', path);
    const seen = new Set<string>();
    const load = (path: string): string[] => {
      if (seen.has(path)) return [];
      seen.add(path);
      const imports = readFileSync(path, 'utf8').matchAll(
        /^(?:import|export)\s[^;]*?from\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm,
      );
      const names = [...imports].map(([, from, bare]) => from ?? bare ?? '');
      const local = names.filter((name) => name.startsWith('.'));
      return [
        ...names.filter((name) => name.startsWith('node:')),
        ...local.flatMap((name) => load(join(path, '..', name))),
      ];
    };
    const entries = ['index.js', 'js.js', 'wasm.js', 'pool/index.js', 'conformance/index.js'].map(at);
    const parts = readdirSync(at('entry')).filter((name) => name.endsWith('.js') && name !== 'file.js');
    expect([...entries, ...parts.map((name) => at(`entry/${name}`))].flatMap(load)).toEqual([]);
    expect(load(at('entry/file.js'))).toContain('node:fs');
  });

  it('names the file of the worker in one place, where bundlers see a Web Worker', () => {
    const read = (path: string) => readFileSync(join(folder, 'node_modules/mathmesh', path), 'utf8');
    const urls = contents
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => read(path).match(/new URL\(["'][^)]*worker[^)]*import\.meta\.url\)/g) ?? []);
    expect(urls.length).toBe(1);
  });

  it('verifies on workers', () => {
    const code = `
      import { ed448 } from 'mathmesh'; import { createPool } from 'mathmesh/pool';
      const { secretKey, publicKey } = ed448.keygen();
      const message = Uint8Array.of(1);
      const item = { signature: ed448.sign(message, secretKey), message, publicKey };
      const pool = createPool({ size: 2 });
      const verdicts = await pool.verifyBatch(Array(100).fill(item));
      console.log(verdicts.filter(Boolean).length, pool.workers);`;
    expect(node('--input-type=module', '--eval', code)).toBe('100 2');
  });

  it('exports the module as a file', () => {
    const code = `const fs = require('node:fs'); console.log(WebAssembly.validate(fs.readFileSync(require.resolve('mathmesh/mesh.wasm'))))`;
    expect(node('--eval', code)).toBe('true');
  });

  it('has a command that runs', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(node('node_modules/mathmesh/dist/cli/main.js', '--version')).toBe(version);
  });

  it('shares a secret without the library that draws QR codes', () => {
    const out = node(
      'node_modules/mathmesh/dist/cli/main.js',
      'key',
      'share',
      '--new',
      '--quorum',
      '2',
      '--shares',
      '3',
    );
    expect(out.split('\n')).toHaveLength(3);
  });

  it('holds the built files, the vectors and the documents, and no sources, tests or build tools', () => {
    const roots = new Set(contents.map((path) => path.split('/')[0]));
    expect([...roots].sort()).toEqual(
      [
        'CHANGELOG.md',
        'CONTRIBUTING.md',
        'LICENSE',
        'README.md',
        'SECURITY.md',
        'dist',
        'docs',
        'package.json',
        'vectors',
      ].sort(),
    );
  });

  it('runs no script on installation', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
  });
});
