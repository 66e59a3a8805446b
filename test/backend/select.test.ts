/**
 * Which backend is live, in processes of their own on the built package: the state under test is that of a fresh import.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const abc =
  'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';
const digest = `Buffer.from(sha512(new TextEncoder().encode('abc'))).toString('hex') === '${abc}'`;

/** What a module prints, as JSON, in a fresh process. */
async function fresh(code: string, ...flags: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '--eval', code]);
  return JSON.parse(stdout);
}

describe('choosing a backend', () => {
  it('takes WASM on first use, and says so: no silent fallback on this platform', async () => {
    const code = `import { backend, sha512 } from 'mathmesh'; console.log(JSON.stringify([${digest}, backend()]));`;
    expect(await fresh(code)).toEqual([true, { name: 'wasm' }]);
  });

  it('does no work on import: nothing is compiled before the first operation', async () => {
    const code = `
      let compiled = 0;
      const { Module } = WebAssembly;
      WebAssembly.Module = class extends Module { constructor(...a) { super(...a); compiled++; } };
      const { sha512, backend } = await import('mathmesh');
      const before = compiled;
      sha512(new Uint8Array(0)); sha512(new Uint8Array(1));
      console.log(JSON.stringify([before, compiled, backend().name]));`;
    expect(await fresh(code)).toEqual([0, 1, 'wasm']);
  });

  it('falls back to JavaScript without WebAssembly (--jitless), with a reason and the same results', async () => {
    const code = `import { backend, sha512, ed448 } from 'mathmesh';
      const { secretKey, publicKey } = ed448.keygen(); const m = Uint8Array.of(1);
      console.log(JSON.stringify([${digest}, ed448.verify(ed448.sign(m, secretKey), m, publicKey), backend()]));`;
    const result = (await fresh(code, '--jitless')) as [boolean, boolean, { name: string; reason: string }];
    expect(result).toEqual([true, true, { name: 'js', reason: expect.stringContaining('WebAssembly is missing') }]);
  });

  it('remembers a refused compilation, shows it, and does not try again at every call', async () => {
    const code = `
      let attempts = 0;
      WebAssembly.Module = class { constructor() { attempts++; throw new Error('blocked by policy'); } };
      const { sha512, backend } = await import('mathmesh');
      const { use } = await import('mathmesh/backend');
      const good = ${digest}; sha512(new Uint8Array(3));
      let refused; try { use('wasm'); } catch (error) { refused = error.code; }
      console.log(JSON.stringify([good, attempts, backend(), refused]));`;
    expect(await fresh(code)).toEqual([
      true,
      1,
      { name: 'js', reason: expect.stringContaining('blocked by policy') },
      'backend_unavailable',
    ]);
  });

  it('obeys use() before and after the first use; running hashes keep their backend', async () => {
    const code = `
      import { backend, sha512 } from 'mathmesh';
      import { use } from 'mathmesh/backend';
      use('js'); const first = backend();
      const running = sha512.create().update(new TextEncoder().encode('a'));
      use('wasm'); const second = backend();
      const finished = Buffer.from(running.update(new TextEncoder().encode('bc')).digest()).toString('hex') === '${abc}';
      use('js'); const third = backend().name;
      let bad; try { use('native'); } catch (error) { bad = error.code; }
      console.log(JSON.stringify([first, second, finished, third, bad]));`;
    expect(await fresh(code)).toEqual([
      { name: 'js', reason: expect.stringContaining("use('js')") },
      { name: 'wasm' },
      true,
      'js',
      'bad_option',
    ]);
  });

  it('compiles ahead with init(), now with initSync(), and keeps an earlier choice', async () => {
    const code = `
      import { backend, init, initSync, use } from 'mathmesh/backend';
      const { Module } = WebAssembly;
      await init(); const ahead = backend().name;
      use('js'); await init(); initSync();
      console.log(JSON.stringify([ahead, backend().name]));`;
    expect(await fresh(code)).toEqual(['wasm', 'js']);
    const refused = `
      WebAssembly.compile = () => Promise.reject(new Error('no compiler today'));
      const { backend, init, initSync } = await import('mathmesh/backend');
      await init(); initSync();
      console.log(JSON.stringify(backend()));`;
    expect(await fresh(refused)).toEqual({ name: 'js', reason: expect.stringContaining('no compiler today') });
  });

  it('runs on a module or octets of the host with initFrom(), also after a failure; refuses anything else', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const octets = readFileSync(createRequire(process.cwd() + '/').resolve('mathmesh/mesh.wasm'));
      const real = WebAssembly.Module;
      WebAssembly.Module = class { constructor() { throw new Error('blocked'); } };
      const { backend, initFrom } = await import('mathmesh/backend');
      const { sha512 } = await import('mathmesh');
      const before = backend().name;
      WebAssembly.Module = real;
      const codes = [new Uint8Array(8), new real(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)), 5, undefined].map((module) => {
        try { initFrom(module); } catch (error) { return error.code; }
      });
      const still = backend().name;
      initFrom(new real(octets)); const module = [${digest}, backend().name];
      initFrom(octets);
      console.log(JSON.stringify([before, codes, still, module, ${digest}]));`;
    expect(await fresh(code)).toEqual(['js', Array(4).fill('backend_unavailable'), 'js', [true, 'wasm'], true]);
  });

  it('has no WebAssembly in mathmesh/js, neither loaded nor mentioned', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      const seen = new Set();
      const visit = (url) => {
        if (seen.has(url)) return; seen.add(url);
        const text = readFileSync(new URL(url), 'utf8');
        for (const [, specifier] of text.matchAll(/from ["'](\\.[^"']+)["']/g)) visit(new URL(specifier, url).href);
      };
      visit(import.meta.resolve('mathmesh/js'));
      delete globalThis.WebAssembly;
      const { sha512, backend } = await import('mathmesh/js');
      const mentions = [...seen].filter((url) => /webassembly|wasm/i.test(readFileSync(new URL(url), 'utf8').replace(/'wasm'/g, '')));
      console.log(JSON.stringify([seen.size, mentions, ${digest}, backend()]));`;
    expect(await fresh(code)).toEqual([6, [], true, { name: 'js' }]);
  });

  it('has no fallback in mathmesh/wasm: nothing of @noble/curves is loaded, and without WebAssembly operations refuse', async () => {
    const code = `
      import { backend, ed448, udf } from 'mathmesh/wasm';
      const { publicKey } = ed448.keygen();
      console.log(JSON.stringify([backend().name, udf.publicKey({ crv: 'Ed448', publicKey }).length]));`;
    expect(await fresh(code)).toEqual(['wasm', 34]);
    const refused = `
      import { ed448 } from 'mathmesh/wasm';
      try { ed448.keygen(); } catch (error) { console.log(JSON.stringify(error.code)); }`;
    expect(await fresh(refused, '--jitless')).toBe('backend_unavailable');
    const graph = `
      import { readFileSync } from 'node:fs';
      const seen = new Set(); const packages = new Set();
      const visit = (url) => {
        if (seen.has(url)) return; seen.add(url);
        for (const [, specifier] of readFileSync(new URL(url), 'utf8').matchAll(/from ["']([^"']+)["']/g)) {
          if (specifier.startsWith('.')) visit(new URL(specifier, url).href); else packages.add(specifier);
        }
      };
      visit(import.meta.resolve('mathmesh/wasm'));
      console.log(JSON.stringify([...packages].filter((name) => name.includes('curves'))));`;
    expect(await fresh(graph)).toEqual([]);
  });

  it('loads few files, which is most of what an import costs', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      const files = (url, seen = new Set([url])) => {
        for (const [, specifier] of readFileSync(new URL(url), 'utf8').matchAll(/from ["'](\\.[^"']+)["']/g)) {
          const next = new URL(specifier, url).href;
          if (!seen.has(next)) files(next, seen.add(next));
        }
        return seen.size;
      };
      console.log(JSON.stringify(['mathmesh', 'mathmesh/ed448', 'mathmesh/wasm'].map((name) => files(import.meta.resolve(name)))));`;
    expect(await fresh(code)).toEqual([10, 5, 3]);
  });
});
