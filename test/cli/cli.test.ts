import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { cli } from '../../src/cli/cli.ts';
import { makeTerminal } from '../../src/cli/terminal.ts';
import { vectorFolder } from '../../src/conformance/files.ts';

/** Runs a command line and collects what it prints. */
async function run(args: string[], tty = false, env: Record<string, string> = {}) {
  const text = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY: tty,
    columns: 60,
    write(part: string) {
      text[name] += part;
    },
  });
  const code = await cli(args, makeTerminal(stream('out'), stream('err'), env));
  return { code, ...text };
}

const folder = mkdtempSync(join(tmpdir(), 'adapter-'));
afterAll(() => rmSync(folder, { recursive: true }));

function adapter(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

describe('mathmesh', () => {
  it('explains itself and its exit status', async () => {
    for (const option of ['--help', '-h', 'help']) {
      const { code, out } = await run([option]);
      expect(code).toBe(0);
      expect(out).toContain('Exit status: 0 everything reproduced, 1 a vector failed');
    }
  });

  it('prints the version of the package', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
  });

  it.each([
    [[], 'no command'],
    [['dance'], 'unknown command dance'],
    [['conformance', '--unknown'], "Unknown option '--unknown'"],
    [['conformance', 'extra'], 'extra'],
    [['conformance', '--suite', 'dance'], '--suite dance: not one of hash'],
    [['conformance', '--backend', 'dance'], '--backend dance: not one of wasm, js, all'],
    [['conformance', '--adapter', 'no-such-file.mjs'], '--adapter no-such-file.mjs: '],
  ])('exits with 2 and a message for %j', async (args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('the program', () => {
  it('hands its arguments on and sets the exit status', () => {
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'dance'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('mathmesh: unknown command dance\nTry: mathmesh --help\n');
  });
});

describe('mathmesh conformance', () => {
  it('prints a table and exits with 0 when everything is reproduced', async () => {
    const { code, out, err } = await run(['conformance', '--backend', 'all', '--suite', 'hash']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('implementation: mathmesh (wasm)');
    expect(out).toContain('implementation: mathmesh (js)');
    expect(out).toMatch(/^source document +reproduced +errata proven +failed$/m);
    expect(out.endsWith('ok\n')).toBe(true);
  });

  it('prints the report as JSON', async () => {
    const { code, out } = await run(['conformance', '--backend', 'js', '--suite', 'hash', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      problems: [],
      runs: [
        {
          implementation: 'mathmesh (js)',
          totals: { reproduced: 42, proven: 0, failed: 0, notProvided: 0, slow: 0 },
          documents: expect.arrayContaining([
            { document: 'RFC 4231', reproduced: 7, proven: 0, failed: 0, notProvided: 0, slow: 0 },
          ]),
          failures: [],
          missing: [],
        },
      ],
    });
  });

  it('runs an adapter, alone unless a backend is named', async () => {
    const noble = fileURLToPath(new URL('adapters/noble.mjs', vectorFolder));
    const { code, out } = await run(['conformance', '--adapter', noble, '--suite', 'hash']);
    expect(code).toBe(0);
    expect(out.match(/^implementation: .*$/gm)).toEqual(['implementation: noble']);
  });

  it('exits with 1 when a vector fails', async () => {
    const path = adapter(
      'wrong.mjs',
      "export const implementation = { name: 'wrong', sha512: () => new Uint8Array(64) };",
    );
    const { code, out } = await run(['conformance', '--adapter', path, '--suite', 'hash']);
    expect(code).toBe(1);
    expect(out).toContain('FAILED fips1804/hash.json sha512-empty');
    expect(out.endsWith('not ok\n')).toBe(true);
  });

  it('exits with 2 for a module that exports no implementation', async () => {
    const { code, err } = await run(['conformance', '--adapter', adapter('empty.mjs', 'export const other = 1;')]);
    expect(code).toBe(2);
    expect(err).toContain('no export "implementation" with a name');
  });

  it('has its own help', async () => {
    const { code, out } = await run(['conformance', '--help']);
    expect(code).toBe(0);
    expect(out.startsWith('mathmesh conformance [options]')).toBe(true);
  });

  it('shows progress on the error stream of a terminal, and clears it', async () => {
    const { err } = await run(['conformance', '--backend', 'js', '--suite', 'hash'], true);
    expect(err).toContain('\rmathmesh (js): 1/4 fips1804/hash.json');
    expect(err.endsWith(' \r')).toBe(true);
  });

  it('colours the verdict on a terminal, unless NO_COLOR is set', async () => {
    const args = ['conformance', '--backend', 'js', '--suite', 'hash'];
    expect((await run(args, true)).out).toContain('\u001b[32mok\u001b[0m');
    expect((await run(args, true, { NO_COLOR: '1' })).out).not.toContain('\u001b');
    expect((await run(args)).out).not.toContain('\u001b');
  });
});
