import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { vectorFolder } from '../../src/conformance/files.ts';
import { runCli } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'adapter-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: string[], tty = false, env: Record<string, string> = {}) => runCli(args, { tty, env });
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

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
      expect(out).toContain('mathmesh COMMAND --help');
      for (const name of ['key', 'dare', 'sequence', 'hash', 'conformance']) {
        expect(out).toContain(`  mathmesh ${name} `);
        expect((await run([name, option === 'help' ? '--help' : option])).out).toContain('Exit status: 0 ');
      }
    }
  });

  it('prints the version of the package', async () => {
    for (const option of ['--version', '-v']) {
      expect(await run([option])).toMatchObject({ code: 0, out: `${packageJson.version}\n`, err: '' });
    }
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
    const help = args[0] === 'conformance' ? 'mathmesh conformance --help' : 'mathmesh --help';
    expect(err.endsWith(`\nTry: ${help}\n`)).toBe(true);
  });
});

describe('the program', () => {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  /** Runs the built program by a shell, which says where its output goes. */
  const shell = (command: string) =>
    spawnSync('sh', ['-c', `"$0" "$1" ${command}`, process.execPath, main], { encoding: 'utf8' });

  it('hands its arguments on and sets the exit status', () => {
    const { status, stdout, stderr } = shell('dance');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('mathmesh: unknown command dance\nTry: mathmesh --help\n');
  });

  it.each([['--help'], ['conformance --backend js --suite hash'], ['conformance --backend js --suite hash --json']])(
    'ends with 1 and without a word when nobody reads the output of %s',
    (args) => {
      // The status of the program goes to the error stream, since that of a pipeline is its last command's.
      const { stderr } = spawnSync(
        'sh',
        ['-c', `{ sleep 0.3; "$0" "$1" ${args}; echo $? >&2; } | true`, process.execPath, main],
        {
          encoding: 'utf8',
        },
      );
      expect(stderr).toBe('1\n');
    },
  );

  it('says so when the output cannot be written', () => {
    const { status, stderr } = shell('--help > /dev/full');
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'mathmesh: cannot write the output: ENOSPC\n' });
  });

  it('keeps its exit status when complaints cannot be written', () => {
    expect(shell('dance 2> /dev/full').status).toBe(2);
  });

  it('does not take the end of the process for success', () => {
    const exits = adapter('exits.mjs', "export const implementation = { name: 'x', sha512: () => process.exit(0) };");
    const { status, stderr } = shell(`conformance --suite hash --adapter '${exits}'`);
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'mathmesh: the process ended before the command did\n' });
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
          totals: { reproduced: 42, proven: 0, unverifiable: 0, failed: 0, notProvided: 0, slow: 0 },
          documents: expect.arrayContaining([
            { document: 'RFC 4231', reproduced: 7, proven: 0, unverifiable: 0, failed: 0, notProvided: 0, slow: 0 },
          ]),
          failures: [],
          missing: [],
        },
      ],
    });
  });

  it('runs an adapter, alone unless a backend is named', async () => {
    const noble = join(vectorFolder(), 'adapters/noble.mjs');
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

  it('exits with 1 when an adapter provides nothing, and says how much it does not provide', async () => {
    const nothing = adapter('nothing.mjs', "export const implementation = { name: 'nothing' };");
    const { code, out } = await run(['conformance', '--adapter', nothing, '--suite', 'x448']);
    expect(code).toBe(1);
    expect(out.endsWith('\nnot ok: nothing reproduced nothing\n')).toBe(true);
    const noble = join(vectorFolder(), 'adapters/noble.mjs');
    const some = await run(['conformance', '--adapter', noble, '--suite', 'threshold'], true);
    expect(some.code).toBe(0);
    expect(some.out).toMatch(/\[32mok as far as it goes: \d+ not provided/);
    expect(some.out.endsWith(' not provided\u001b[0m\n')).toBe(true);
  });

  it.each([
    ['export const other = 1;', 'no export "implementation"'],
    ['throw null;', 'null'],
    ['throw new Error("\\u001b[2J");', 'Error: \ufffd[2J'],
    ['export const implementation = null;', 'must be an object'],
    ['export const implementation = { name: 5 };', 'must have a name'],
    ["export const implementation = { name: 'x', sha215() {} };", 'unknown member sha215'],
    ["export const implementation = { name: 'x', 'a\\u001bb'() {} };", 'unknown member a\ufffdb'],
    ["export const implementation = { name: 'x', get sha512() { throw 'no'; } };", ': no\n'],
  ])('exits with 2 for the module %s', async (source, message) => {
    const { code, out, err } = await run(['conformance', '--adapter', adapter(`${hash(source)}.mjs`, source)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
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
