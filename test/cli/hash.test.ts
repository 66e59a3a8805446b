/**
 * `mathmesh hash`: values by node:crypto, sha512sum and the drafts; files, pipes, lists.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { udf } from '../../src/entry/udf.ts';
import { main, makeFolder } from './program.ts';
import { hasPty, onTerminal } from './pty.ts';
import { runCli } from './run.ts';

const folder = makeFolder('hash');
afterAll(() => folder.remove());

const sha512 = (data: string | Uint8Array) => createHash('sha512').update(data).digest('hex');
const shake256 = (data: string | Uint8Array, length: number) =>
  createHash('shake256', { outputLength: length }).update(data).digest('hex');
const digest = ['hash', 'digest'];
const fingerprint = ['hash', 'udf', '--content-type', 'text/plain'];
/** draft-hallambaker-mesh-udf section 5.1. */
const published = { text: 'UDF Data Value', udf: 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF' };
const hasCoreutils = spawnSync('sha512sum', ['--version']).status === 0;

describe('mathmesh hash digest', () => {
  it('gives SHA-512 and SHAKE256 of files and of standard input (node:crypto)', async () => {
    const data = new Uint8Array(1_000_003).map((_, i) => i * i);
    const path = folder.file('data', data);
    expect(await runCli([...digest, path])).toMatchObject({ code: 0, out: `${sha512(data)}  ${path}\n`, err: '' });
    for (const args of [[], ['-'], ['--quiet']]) {
      expect((await runCli([...digest, ...args], { input: [data] })).out).toBe(`${sha512(data)}  -\n`);
    }
    for (const length of [16, 64, 1024]) {
      const { out } = await runCli([...digest, '-a', 'shake256', '--length', `${length}`, path]);
      expect(out).toBe(`${shake256(data, length)}  ${path}\n`);
    }
    expect((await runCli([...digest, '-a', 'shake256', path])).out).toBe(`${shake256(data, 64)}  ${path}\n`);
  });

  it('gives one value for any pieces of the input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 })), async (input) => {
        const { out } = await runCli(digest, { input });
        expect(out).toBe(`${sha512(Buffer.concat(input))}  -\n`);
      }),
      { numRuns: 50 },
    );
  });

  it('describes several files as JSON, one after the other', async () => {
    const [a, b] = [folder.file('a', 'first'), folder.file('b', '')];
    const { code, out } = await runCli([...digest, '--json', a, '-', b], { input: ['second'] });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      { file: a, algorithm: 'sha512', digest: sha512('first'), octets: 5 },
      { file: '-', algorithm: 'sha512', digest: sha512('second'), octets: 6 },
      { file: b, algorithm: 'sha512', digest: sha512(''), octets: 0 },
    ]);
  });

  it.skipIf(!hasCoreutils)('writes and checks the lists of sha512sum, strange names included', () => {
    const names = ['plain', 'with space', ' *', 'back\\slash', 'line\nend', '\\n', 'r\rr', 'täglich', '\\\n\\'];
    for (const name of names) folder.file(name, `content of ${name}`);
    const quoted = names.map((name) => `'${name}'`).join(' ');
    const { status, stdout, stderr } = folder.shell(`set -e; set -- ${quoted}
      mathmesh hash digest -- "$@" > ours; sha512sum -- "$@" > theirs; cmp ours theirs
      sha512sum --quiet -c ours; mathmesh hash digest --check theirs --quiet
      sha512sum -b -- "$@" | mathmesh hash digest --check - | grep -c "^ok "`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${names.length}\n`, stderr: '' });
  });

  it('says which files of a list differ or are missing, and exits with 1', async () => {
    const [good, changed] = [folder.file('good', 'good'), folder.file('changed', 'changed')];
    const missing = folder.at('missing');
    const text = [
      `${sha512('good').toUpperCase()}  ${good}`,
      `${sha512('x')} *${changed}`,
      `${sha512('x')}  ${missing}`,
    ];
    const path = folder.file('list', text.join('\r\n'));
    const { code, out } = await runCli([...digest, '--check', path]);
    expect({ code, out }).toEqual({
      code: 1,
      out: `ok ${good}\nFAILED ${changed}: different\nFAILED ${missing}: unreadable\n`,
    });
    const quiet = await runCli([...digest, '--check', '-', '--quiet'], { input: [`${text[0]}\n`] });
    expect(quiet).toMatchObject({ code: 0, out: '' });
    const json = await runCli([...digest, '--check', path, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual([
      { file: good, verdict: 'ok' },
      { file: changed, verdict: 'different' },
      { file: missing, verdict: 'unreadable' },
    ]);
  });

  it.each([
    ['', 'an empty list'],
    ['\n', 'line 1 is not'],
    ['abc\n', 'line 1 is not'],
    ['abc  \n', 'line 1 is not'],
    ['\\abc  a\\tb\n', 'line 1 is not'],
    ['\\abc  a\\\n', 'line 1 is not'],
    [Uint8Array.of(0x61, 0x20, 0x20, 0xff), 'not UTF-8'],
    [Uint8Array.of(0x61, 0x20, 0x20, 0xc3), 'not UTF-8'],
    ['a'.repeat(20_000), 'a line of more than'],
  ])('exits with 1 for the malformed list %#', async (list, message) => {
    const { code, err } = await runCli([...digest, '--check', '-'], { input: [list] });
    expect(code).toBe(1);
    expect(err).toContain(`mathmesh: standard input: ${message}`);
    const json = await runCli([...digest, '--check', '-', '--json'], { input: [list] });
    expect({ code: json.code, err: json.err }).toEqual({ code: 1, err: '' });
    const { message: said, ...others } = JSON.parse(json.out);
    expect(others).toEqual({ ok: false, code: 'failure' });
    expect(said).toContain(`standard input: ${message}`);
  });

  it('takes a name off its power over a terminal', async () => {
    const path = folder.file('\u001b[2Jx', '');
    expect((await runCli([...digest, path], { tty: true })).out).not.toContain('\u001b');
    expect((await runCli([...digest, path])).out).toContain('\u001b[2J');
  });
});

describe('mathmesh hash udf', () => {
  it('gives the fingerprint that draft-hallambaker-mesh-udf section 5.1 prints', async () => {
    const { code, out } = await runCli(fingerprint, { input: [...published.text] });
    expect({ code, out }).toEqual({ code: 0, out: `${published.udf}  -\n` });
    const json = await runCli([...fingerprint, '--json'], { input: [published.text] });
    expect(JSON.parse(json.out)).toEqual([
      { file: '-', contentType: 'text/plain', udf: published.udf, octets: published.text.length },
    ]);
  });

  it('gives what the library gives for the octets in one piece, with any type and precision', async () => {
    const bits = fc.integer({ min: 20, max: 440 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.stringMatching(/^[a-z/]{0,9}$/), bits, async (data, type, precision) => {
        const args = ['hash', 'udf', `--content-type=${type}`, '--bits', `${precision}`];
        const { out } = await runCli(args, { input: [data] });
        expect(out).toBe(`${udf.digest(type, data, { bits: precision })}  -\n`);
      }),
      { numRuns: 50 },
    );
  });

  it('compares with a fingerprint of any precision from 100 bits', async () => {
    const input = [published.text];
    const long = udf.digest('text/plain', new TextEncoder().encode(published.text), { bits: 440 });
    for (const match of [published.udf, published.udf.slice(0, 24), published.udf.toLowerCase(), long]) {
      expect(await runCli([...fingerprint, '--match', match], { input })).toMatchObject({
        code: 0,
        out: 'ok standard input\n',
      });
    }
    for (const match of [published.udf.replace('MDDK', 'MDDL'), `${long.slice(0, -1)}B`]) {
      expect(await runCli([...fingerprint, '--match', match], { input })).toMatchObject({
        code: 1,
        out: 'FAILED standard input: different\n',
      });
    }
  });

  it('checks a list that it has written', async () => {
    const [a, b] = [folder.file('u', 'one'), folder.file('v', 'two')];
    const { out } = await runCli([...fingerprint, a, b]);
    expect(await runCli([...fingerprint, '--check', '-'], { input: [out] })).toMatchObject({
      code: 0,
      out: `ok ${a}\nok ${b}\n`,
    });
    writeFileSync(b, 'too');
    expect(await runCli([...fingerprint, '--check', '-'], { input: [`${out}no-udf!  ${a}\n`] })).toMatchObject({
      code: 1,
    });
    expect(await runCli([...fingerprint, '--check', '-', '-q'], { input: [out] })).toMatchObject({
      code: 1,
      out: `FAILED ${b}: different\n`,
    });
  });
});

describe('progress', () => {
  const seconds = (args: string[], tty = true) => {
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 600));
    return runCli(args, { tty, input: ['one', 'two', 'three'], env: { NO_COLOR: '1' } }).finally(() =>
      clock.mockRestore(),
    );
  };

  it('shows on a terminal when the work takes long, without colour, and is cleared', async () => {
    const { err } = await seconds(digest);
    expect(err).toMatch(/^\rstandard input {2}6 B {2}5 B\/s\rstandard input {2}11 B {2}6 B\/s\r +\r$/);
  });

  it.each([['--quiet'], ['--json']])('does not show with %s', async (option) => {
    expect((await seconds([...digest, option])).err).toBe('');
  });

  it('does not show elsewhere', async () => {
    expect((await seconds(digest, false)).err).toBe('');
  });

  it.skipIf(!hasPty)('shows a bar on a real terminal', () => {
    const path = folder.file('big', '');
    truncateSync(path, 2 ** 30);
    const { status, shown } = onTerminal([...digest, path], [{ wait: ' left', signal: 0 }]);
    expect(status).toBe(0);
    expect(shown).toMatch(/ \[=* +\] \d+ % {2}0:\d\d left {2}\d+ MiB of 1/);
    expect(shown).toContain(`${zeros(1024)}  ${path}`);
  });
});

describe('wrong usage of mathmesh hash', () => {
  const some = folder.file('some', '');
  it.each([
    [['hash'], 'no command'],
    [['hash', 'md5'], 'unknown command: digest or udf'],
    [[...digest, '-a', 'md5'], '--algorithm must be sha512 or shake256'],
    [[...digest, '--length', '32'], '--length is for shake256'],
    [[...digest, '-a', 'shake256', '--length', '15'], '--length must be a number from 16 to 1024'],
    [[...digest, '-', '-'], 'standard input can be read once only'],
    [[...digest, '--check', some, some], '--check has the files'],
    [[...digest, folder.at('none')], 'cannot be read (ENOENT)'],
    [[...digest, folder.path], 'cannot be read (EISDIR)'],
    [[...digest, 'EDHU-YN7V-M2WI-5NZS-3FKF-CBFR-YFJA'], 'a secret does not belong on the command line'],
    [['hash', 'udf'], '--content-type is missing'],
    [[...fingerprint, '--bits', '19'], '--bits must be a number from 20 to 440'],
    [[...fingerprint, '--match', 'MDDK-7N6A'], '--match has 100 bits at least'],
    [[...fingerprint, '--match', '!'], '--match: a character outside'],
    [[...fingerprint, '--match', published.udf, '--check', some], '--check has the files'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    const [, name = ''] = args;
    const command = ['digest', 'udf'].includes(name) ? `hash ${name}` : 'hash';
    expect(err.endsWith(`\nTry: mathmesh ${command} --help\n`)).toBe(true);
  });

  it('explains each command', async () => {
    for (const args of [
      ['hash', 'help'],
      [...digest, '-h'],
      ['hash', 'udf', '--help'],
    ]) {
      const { code, out } = await runCli(args);
      expect(code).toBe(0);
      expect(out.startsWith('mathmesh hash ')).toBe(true);
      expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(93);
    }
  });
});

describe('the program', () => {
  it('reads a pipe of 1 GiB in memory that does not grow with it', () => {
    // The largest resident set of the process, in KiB on Linux.
    const probe = `process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));`;
    const preload = folder.file('probe.cjs', probe);
    const peak = (mebibytes: number) => {
      const { status, stdout, stderr } = folder.shell(
        `head -c ${mebibytes}M /dev/zero | "$NODE" --require '${preload}' '${main}' hash digest`,
      );
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${zeros(mebibytes)}  -\n` });
      return Number(stderr);
    };
    expect(peak(1024) - peak(1)).toBeLessThan(64 * 1024);
  });

  it('ends quietly when nobody reads its output', () => {
    const { stderr } = folder.shell('{ sleep 0.3; echo x | mathmesh hash digest; echo $? >&2; } | true');
    expect(stderr).toBe('1\n');
  });
});

/** SHA-512 of so many MiB of zeros (node:crypto). */
function zeros(mebibytes: number): string {
  const hash = createHash('sha512');
  const part = new Uint8Array(2 ** 20);
  for (let i = 0; i < mebibytes; i++) hash.update(part);
  return hash.digest('hex');
}
