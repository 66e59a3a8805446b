/**
 * `mathmesh sequence`: frames from files and pipes, what is read of them and with which keys, signed heads, damage, and processes that end in the middle.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { current } from '../../src/backend/select.ts';
import { makeSequences } from '../../src/sequence/index.ts';
import { makePeople } from './people.ts';
import { main, makeFolder } from './program.ts';
import { runCli } from './run.ts';

const folder = makeFolder('sequence');
afterAll(() => folder.remove());
const { at } = folder;
const sequences = makeSequences(current);

beforeAll(() => makePeople(folder));

const run = (name: string, args: string[], input: (string | Uint8Array)[] = []) =>
  runCli(['sequence', name, ...args], { input });
/** As {@link run}, but it must succeed. */
async function done(name: string, args: string[], input: (string | Uint8Array)[] = []) {
  const result = await run(name, args, input);
  expect({ code: result.code, err: result.err }).toEqual({ code: 0, err: '' });
  return result;
}
const byAlice = ['--sign', at('alice.key')];
const fromAlice = ['--trust', at('alice.pub')];
const asBob = ['--key', at('bob.key')];

let count = 0;
/** A new sequence with frames of these texts. */
async function made(texts: readonly string[], create: string[] = [], append: string[] = []): Promise<string> {
  const path = at(`sequence-${count++}`);
  await done('create', [...create, path]);
  for (const text of texts) await done('append', [...append, path], [text]);
  return path;
}

const texts = ['first', '', 'third \u{1f600}'];

describe('mathmesh sequence create and append', () => {
  it('write what the library reads and verifies, for the owner only', async () => {
    for (const type of ['Merkle', 'Chain', 'Digest', 'Tree', 'List']) {
      const path = await made(texts, ['--type', type]);
      expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
      const sequence = await sequences.open(sequences.bytes(readFileSync(path)));
      expect(sequence.type).toBe(type);
      expect(sequence.length).toBe(4);
      for (const [i, text] of texts.entries()) {
        expect(Buffer.from((await sequence.read(i + 1)).payload).toString()).toBe(text);
      }
      const linked = ['Merkle', 'Chain'].includes(type);
      expect((await sequence.verify()).protects === 'sequence').toBe(linked);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
  });

  it('append files in their order, all or none', async () => {
    const path = await made([]);
    const payloads = [0, 1, 100_000].map((length, i) => folder.file(`payload-${i}`, randomBytes(length)));
    const { out } = await done('append', ['--json', '-t', 'application/octet-stream', path, ...payloads]);
    expect(JSON.parse(out)).toEqual({ file: path, first: 1, appended: 3, frames: 4 });
    for (const [i, payload] of payloads.entries()) {
      const { octets } = await done('read', [path, `${i + 1}`]);
      expect(octets.equals(readFileSync(payload))).toBe(true);
    }
    const before = readFileSync(path);
    expect(await run('append', [path, payloads[0] as string, at('missing')])).toMatchObject({ code: 2 });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('append each line of a pipe, however it is cut', async () => {
    const lines = ['one', '', 'two \u{1f600}', '\r', 'no end'];
    const octets = Buffer.from(lines.join('\n'));
    for (const pieces of [[octets], [...octets].map((octet) => Uint8Array.of(octet))]) {
      const path = await made([]);
      const { out } = await done('append', ['--lines', path], pieces);
      expect(out).toBe('appended: 5, from 1\n');
      for (const [i, line] of lines.entries()) {
        expect((await done('read', [path, `${i + 1}`])).octets.toString()).toBe(line);
      }
    }
    const empty = await made([]);
    expect((await done('append', ['--lines', empty])).out).toBe('appended: 0, from 1\n');
  });

  it('append what a pipe gives in very many small pieces', async () => {
    const path = await made([]);
    const pieces = Array<string>(200_000).fill('x');
    await done('append', [path], pieces);
    await done('append', ['--lines', path], pieces);
    for (const frame of ['1', '2']) expect((await done('read', [path, frame])).octets.length).toBe(200_000);
  });

  it('say as JSON what they made', async () => {
    const path = at('json');
    expect(JSON.parse((await done('create', ['--json', '--type', 'Chain', path])).out)).toEqual({
      file: path,
      type: 'Chain',
      frames: 1,
    });
  });
});

describe('mathmesh sequence read', () => {
  it('decrypts frames with the key of a recipient, and checks who signed them', async () => {
    const path = await made(texts, ['--to', at('bob.pub')], byAlice);
    for (const [i, text] of texts.entries()) {
      const { octets } = await done('read', [...asBob, ...fromAlice, path, `${i + 1}`]);
      expect(octets.toString()).toBe(text);
    }
    for (const [args, code] of [
      [[...asBob, '--trust', at('eve.pub')], 'signature'],
      [['--key', at('eve.key'), ...fromAlice], 'no-recipient'],
      [fromAlice, 'no-recipient'],
    ] as const) {
      const { err, ...result } = await run('read', [...args, path, '1']);
      expect(result).toMatchObject({ code: 1, out: '' });
      expect(result.octets).toHaveLength(0);
      expect(err).toContain(`(${code})`);
    }
    const unasked = await run('read', [...asBob, path, '1']);
    expect(unasked).toMatchObject({ code: 1, out: '' });
    expect(unasked.err).toContain('nothing shows that nobody has changed this frame');
    expect((await done('read', [...asBob, '--unauthenticated', path, '1'])).octets.toString()).toBe('first');
  });

  it('writes the last frame to a file, and says what was checked', async () => {
    const path = await made(texts, ['--to', at('bob.pub')]);
    const { out } = await done('read', [...asBob, '--json', '-o', at('last'), path, 'last']);
    expect(readFileSync(at('last'), 'utf8')).toBe(texts[2]);
    expect(folder.mode('last')).toBe('600');
    expect(JSON.parse(out)).toMatchObject({
      output: at('last'),
      frame: 3,
      octets: 10,
      assurance: { cipher: 'A256GCM', unauthenticated: false },
    });
    expect(await run('read', [...asBob, '-o', at('last'), path, '1'])).toMatchObject({ code: 2 });
    await done('read', [...asBob, '--force', '-o', at('last'), path, '1']);
    expect(readFileSync(at('last'), 'utf8')).toBe('first');
  });

  it('has no frame behind the last', async () => {
    const { code, err } = await run('read', [await made(texts), '4']);
    expect(code).toBe(1);
    expect(err).toContain('(no-frame)');
  });
});

describe('mathmesh sequence list', () => {
  it('lists frames forwards and backwards, for people and programs', async () => {
    const path = await made(texts, [], ['-t', 'text/\u001b[2Jplain']);
    const { octets } = await done('list', [path]);
    expect(octets.toString()).toBe(
      [
        '     0           0  none',
        '     1           5  none  text/\ufffd[2Jplain',
        '     2           0  none  text/\ufffd[2Jplain',
        '     3          10  none  text/\ufffd[2Jplain',
        '',
      ].join('\n'),
    );
    const json = await done('list', ['--json', '--reverse', '--from', '1', '--until', '2', path]);
    const listed = JSON.parse(json.octets.toString() + json.out);
    expect(listed).toMatchObject([
      { index: 2, octets: 0, enc: 'none', contentType: 'text/\u001b[2Jplain' },
      { index: 1, octets: 5 },
    ]);
    const none = await done('list', ['--json', '--from', '2', '--until', '1', path]);
    expect(JSON.parse(none.octets.toString() + none.out)).toEqual([]);
  });
});

describe('mathmesh sequence verify', () => {
  it('says what protects a sequence', async () => {
    const merkle = await made(texts);
    const linked = 'every payload is bound to all before it';
    expect((await done('verify', [merkle])).out).toBe(`ok Merkle, 4 frames, rule linked: ${linked}\n`);
    expect((await done('verify', ['--linked', '-q', merkle])).out).toBe('');
    const report = JSON.parse((await done('verify', ['--json', merkle])).out);
    expect(report).toMatchObject({ ok: true, type: 'Merkle', frames: 4, rule: 'linked', protects: 'sequence' });
    const digest = await made(texts, ['--type', 'Digest']);
    expect((await done('verify', [digest])).out).toBe(
      'ok Digest, 4 frames, rule none: digests find accidents in payloads\n',
    );
    const refused = await run('verify', ['--linked', digest]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('(not-linked)');
  });

  it('finds changes that a signed head shows: frames that are missing at the end, and another history', async () => {
    const path = await made(texts);
    const [before, fork] = [at('before'), at('fork')];
    copyFileSync(path, before);
    await done('append', [path], ['fourth']);
    const head = at('head');
    await done('verify', [...byAlice, '-o', head, path]);
    expect((await done('verify', ['--head', head, ...fromAlice, path])).out).toContain(
      '; as the head says, and 0 since\n',
    );
    await done('append', [path], ['fifth']);
    expect((await done('verify', ['--head', head, ...fromAlice, path])).out).toContain(
      '; as the head says, and 1 since\n',
    );
    copyFileSync(before, fork);
    await done('append', [fork], ['another fourth']);
    const other = await made(texts);
    for (const [file, trust, code] of [
      [before, 'alice', 'rollback'],
      [fork, 'alice', 'fork'],
      [other, 'alice', 'head-mismatch'],
      [path, 'eve', 'signature'],
    ] as const) {
      const args = ['--head', head, '--trust', at(`${trust}.pub`), file];
      const { err, ...result } = await run('verify', args);
      expect(result).toMatchObject({ code: 1, out: '' });
      expect(err).toContain(`(${code})`);
      const json = await run('verify', ['--json', ...args]);
      expect(json.code).toBe(1);
      expect(JSON.parse(json.out)).toMatchObject({ ok: false, code });
    }
  });

  it('finds a payload that was changed', async () => {
    const path = await made(texts);
    const octets = readFileSync(path);
    octets[octets.indexOf('first')] = 0x46;
    writeFileSync(path, octets);
    const { code, err } = await run('verify', [path]);
    expect(code).toBe(1);
    expect(err).toContain('(payload-digest)');
    expect((await run('read', [path, '1'])).code).toBe(1);
  });
});

describe('damage', () => {
  it('behind the end of a file that was closed in order is refused each time, and left alone', async () => {
    const path = await made(['first']);
    const octets = Buffer.concat([readFileSync(path), Buffer.from('f420616263', 'hex')]);
    writeFileSync(path, octets);
    for (const _ of [1, 2]) {
      expect(await run('append', [path], ['second'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('(torn)'),
      });
      expect(readFileSync(path).equals(octets)).toBe(true);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
    await done('repair', [path]);
    await done('append', [path], ['second']);
  });

  it('leaves no lock beside a file that is no sequence', async () => {
    const path = folder.file('letter', Buffer.from('a letter'));
    for (const command of ['append', 'repair']) {
      expect((await run(command, [path], ['x'])).code).toBe(1);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }
  });

  it('behind the last whole frame is listed as such, refused by append, and removed by repair, which keeps it', async () => {
    const path = await made(texts);
    const whole = statSync(path).size;
    await done('append', [path], ['fourth']);
    truncateSync(path, statSync(path).size - 3);
    const size = statSync(path).size;
    const listed = await run('list', [path]);
    expect(listed.code).toBe(1);
    expect(listed.octets.toString().split('\n')).toHaveLength(5);
    expect(listed.err).toContain(`${size - whole} octets behind the last whole frame, at ${whole}`);
    expect((await run('verify', [path])).code).toBe(1);
    const refused = await run('append', [path], ['x']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('(torn)');
    const { out } = await done('repair', [path]);
    expect(out).toMatch(new RegExp(`^removed: ${size - whole} octets at ${whole} \\([a-z-]+\\); 4 frames are left\n$`));
    expect(statSync(path).size).toBe(whole);
    expect(readdirSync(folder.path).filter((name) => at(name).startsWith(`${path}.torn-${whole}`))).toHaveLength(1);
    expect((await done('repair', [path])).out).toBe('whole: 4 frames\n');
    expect(JSON.parse((await done('repair', ['--json', path])).out)).toEqual({ file: path, frames: 4, removed: null });
    await done('append', [path], ['fourth']);
    expect((await done('verify', [path])).code).toBe(0);
  });

  it('of the first frame is a refusal by every command', async () => {
    const path = folder.file('nothing', 'no sequence');
    for (const name of ['append', 'list', 'verify', 'repair']) {
      expect(await run(name, [path], ['x'])).toMatchObject({ code: 1, out: '' });
      expect(readFileSync(path, 'utf8')).toBe('no sequence');
    }
  });

  it('is a JSON value on standard output for programs', async () => {
    const path = folder.file('nothing for programs', 'no sequence');
    for (const args of [
      ['append', '--json', path],
      ['verify', '--json', path],
      ['repair', '--json', path],
      ['read', '--json', '-o', at('never'), path, '1'],
    ] as const) {
      const [name, ...rest] = args;
      const { code, out, err } = await run(name, rest, ['x']);
      expect({ code, err }).toEqual({ code: 1, err: '' });
      const { message, ...others } = JSON.parse(out);
      expect([others, typeof message]).toEqual([{ ok: false, code: expect.stringMatching(/^[a-z-]+$/) }, 'string']);
    }
    expect(await run('append', ['--json', at('missing')])).toMatchObject({ code: 2, out: '' });
  });
});

describe('the program', () => {
  it('loses no frame of a pipe when it is killed, and goes on where it was', async () => {
    const path = await made([]);
    const child = spawn(process.execPath, [main, 'sequence', 'append', '--lines', path], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const end = once(child, 'exit');
    child.stdin.write('one\ntwo\n');
    await expect
      .poll(async () => (await run('read', [path, 'last'])).octets.toString(), { timeout: 20_000 })
      .toBe('two');
    const locked = await run('append', [path], ['x']);
    expect(locked).toMatchObject({ code: 1, out: '' });
    expect(locked.err).toContain('(locked)');
    child.kill('SIGKILL');
    await end;
    await done('append', [path], ['three']);
    const { octets } = await done('list', [path]);
    expect(octets.toString().trim().split('\n')).toHaveLength(4);
    expect((await done('verify', ['--linked', path])).code).toBe(0);
  });

  it('works by the shell', () => {
    const { status, stdout, stderr } = folder.shell(`
      set -e; mathmesh sequence create --to bob.pub --sign alice.key journal
      seq 100 | mathmesh sequence append --lines --sign alice.key journal
      mathmesh sequence read --key bob.key --trust alice.pub journal 42; echo
      mathmesh sequence list journal | wc -l; mathmesh sequence list journal | head -n 1
      mathmesh sequence verify --linked -q journal && echo good`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^made: journal, Merkle\nappended: 100, from 1\n42\n101\n {5}0 {10}16 {2}A256CBC\ngood\n$/);
  });
});

describe('wrong usage of mathmesh sequence', () => {
  const some = folder.file('some', '');
  it.each([
    [[], 'no command'],
    [['dance'], 'unknown command: create, append, repair, list, read, verify'],
    [['create'], 'FILE is missing'],
    [['create', 'a', 'b'], 'one FILE only'],
    [['create', some], 'some: exists'],
    [['create', '--type', 'Tower', at('new')], '--type must be one of List, Digest, Chain, Tree, Merkle'],
    [['create', '--to', at('missing'), at('new')], 'cannot be read (ENOENT)'],
    [['create', '--sign', at('alice.pub'), at('new')], 'no secret key for signatures'],
    [['append'], 'FILE is missing'],
    [['append', at('missing')], 'cannot be read (ENOENT)'],
    [['append', '--lines', some, some], '--lines reads standard input'],
    [['append', some, '-', '-'], 'standard input can be read once only'],
    [['list', '--from', 'x', some], '--from must be the number of a frame'],
    [['read', some], 'FILE and the number of a frame'],
    [['read', some, '-1'], "Unknown option '-1'"],
    [['read', some, 'first'], 'N must be the number of a frame'],
    [['read', '--json', some, '1'], '--json is for --output'],
    [['read', '--force', some, '1'], '--force is for --output'],
    [['verify', '--head', some, some], '--head HEAD and --trust KEY belong together'],
    [['verify', '--trust', some, some], '--head HEAD and --trust KEY belong together'],
    [['verify', '--sign', some, some], '--sign KEYFILE and --output HEAD belong together'],
    [['verify', '--force', some], '--force is for --output'],
    [['repair', at('missing')], 'cannot be read (ENOENT)'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCli(['sequence', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(existsSync(at('new'))).toBe(false);
  });

  it('explains each command', async () => {
    for (const name of ['create', 'append', 'repair', 'list', 'read', 'verify']) {
      const { out } = await done(name, ['--help']);
      expect(out).toContain(`mathmesh sequence ${name} `);
      expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(95);
    }
    expect((await done('help', [])).out).toContain('mathmesh sequence list');
  });
});
