import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fileStorage } from '../../src/sequence/file.ts';
import { payloadOf, refusal, sequences, text } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'sequence-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const fresh = () => join(folder, `file-${++made}`);
const child = new URL('./child.mjs', import.meta.url).pathname;
const maker = new URL('./maker.mjs', import.meta.url).pathname;

async function written(path: string, last: number): Promise<void> {
  const sequence = await sequences.create(await fileStorage(path, { create: true }), { type: 'Chain' });
  for (let n = 1; n <= last; n++) await sequence.append(payloadOf(n));
  await sequence.close();
}
const open = async (path: string, given: object = {}) => sequences.open(await fileStorage(path, given));
const locksOf = (path: string) => readdirSync(folder).filter((name) => join(folder, name).startsWith(`${path}.lock`));
const lock = (path: string, owner: object) => writeFileSync(`${path}.lock`, JSON.stringify(owner));
const orNothing = (read: () => string) => {
  try {
    return read();
  } catch {
    return '';
  }
};
const owner = (more: object) => ({
  token: 'a'.repeat(32),
  pid: process.pid,
  started: '',
  host: hostname(),
  boot: orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  namespace: orNothing(() => readlinkSync('/proc/self/ns/pid')),
  ...more,
});
/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const process_ = execFile(process.execPath, ['--eval', '']);
  await once(process_, 'exit');
  return process_.pid as number;
}

describe.each([{ blocking: false }, { blocking: true }])('a file, blocking: $blocking', ({ blocking }) => {
  test('that somebody without a lock has made longer or shorter is not written to, nor cut', async () => {
    for (const change of [
      (path: string) => appendFileSync(path, 'of somebody else'),
      (path: string) => truncateSync(path, statSync(path).size - 1),
    ]) {
      const path = fresh();
      await written(path, 2);
      const sequence = await open(path, { blocking });
      change(path);
      const before = readFileSync(path);
      expect(await refusal(sequence.append(payloadOf(3)))).toBe('storage');
      await sequence.close();
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  test('is made for its owner only, kept after closing, and opened again', async () => {
    const path = fresh();
    const sequence = await sequences.create(await fileStorage(path, { create: true, blocking }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await sequence.append(payloadOf(1))).toBe(1);
    expect(await sequence.appendAll([payloadOf(2), payloadOf(3)])).toBe(2);
    expect(existsSync(`${path}.lock`)).toBe(true);
    expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
    await sequence.close();
    expect(await refusal(sequence.append(payloadOf(4)))).toBe('closed');
    expect(await refusal(sequence.read(1))).toBe('closed');
    expect(readdirSync(folder).filter((name) => name.startsWith(`${path.split('/').at(-1)}.`))).toEqual([]);
    const again = await sequences.open(await fileStorage(path, { blocking }));
    expect([again.length, again.recovered]).toEqual([4, undefined]);
    expect((await again.read(3)).payload).toEqual(payloadOf(3));
    expect(await again.append(payloadOf(4))).toBe(4);
    await again.verify({ requireLinked: true });
    await again.close();
  });

  test('is not made over another one', async () => {
    const path = fresh();
    writeFileSync(path, 'mine');
    expect(await refusal(fileStorage(path, { create: true, blocking }))).toBe('storage');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});

describe('a file that is made', () => {
  const left = (path: string) => readdirSync(folder).filter((name) => join(folder, name).startsWith(`${path}.`));

  test('has its name when frame 0 is in it, and leaves nothing when it never is', async () => {
    const path = fresh();
    const storage = await fileStorage(path, { create: true });
    await storage.append(Uint8Array.of(1));
    expect(existsSync(path)).toBe(false);
    await storage.close(false);
    expect([existsSync(path), left(path)]).toEqual([false, []]);
  });

  test('replaces no file that somebody else has made meanwhile', async () => {
    const path = fresh();
    const storage = await fileStorage(path, { create: true });
    writeFileSync(path, 'mine');
    expect(await refusal(sequences.create(storage))).toBe('storage');
    await storage.close(true);
    expect([readFileSync(path, 'utf8'), left(path)]).toEqual(['mine', []]);
  });

  test('by a process killed between its two names is opened under the right one', async () => {
    const path = fresh();
    await written(path, 1);
    linkSync(path, `${path}.lock.new`);
    lock(path, owner({ pid: 0 }));
    await (await open(path)).close();
    expect([statSync(path).nlink, left(path)]).toEqual([1, []]);
  });

  test.each([
    ['opened', false],
    ['appended', false],
    ['synced', true],
  ])('by a process killed when it has %s is there: %s; then one is made or opened', async (stage, there) => {
    const path = fresh();
    const killed = spawn(process.execPath, ['--import', 'tsx', maker, path, stage], { stdio: 'inherit' });
    const [, signal] = await once(killed, 'exit');
    expect([signal, existsSync(path)]).toEqual(['SIGKILL', there]);
    const storage = await fileStorage(path, { create: !there });
    const sequence = there ? await sequences.open(storage) : await sequences.create(storage);
    expect(await sequence.append(payloadOf(1))).toBe(1);
    await sequence.close();
    expect(left(path)).toEqual([]);
  });
});

describe('a file', () => {
  test('that is not there, or options of the wrong form, are refused', async () => {
    expect(await refusal(fileStorage(fresh()))).toBe('storage');
    expect(await refusal(fileStorage(''))).toBe('bad_option');
    expect(await refusal(fileStorage('x', { create: 1 as unknown as boolean }))).toBe('bad_option');
    expect(await refusal(fileStorage('x', { create: true, readOnly: true }))).toBe('bad_option');
  });

  test('is locked for a second writer, also by another name, and not for readers', async () => {
    const path = fresh();
    await written(path, 2);
    const first = await open(path);
    expect(await refusal(fileStorage(path))).toBe('locked');
    symlinkSync(path, `${path}-link`);
    expect(await refusal(fileStorage(`${path}-link`))).toBe('locked');
    const reader = await open(path, { readOnly: true });
    await first.append(payloadOf(3));
    expect([reader.length, reader.writable]).toEqual([3, false]);
    expect(await refusal(reader.append(payloadOf(3)))).toBe('read-only');
    await first.close();
    const second = await open(path);
    expect(second.length).toBe(4);
    await second.close();
  });

  test('with the lock of a dead process, of another start of the computer, or given up after an error is opened; all frames are read', async () => {
    const pid = await deadPid();
    for (const stale of [{ pid }, { pid: 1, boot: 'another' }, { pid: 0 }, { started: '1' }]) {
      const path = fresh();
      await written(path, 3);
      lock(path, owner(stale));
      const storage = await fileStorage(path);
      expect(storage.clean).toBe(false);
      const sequence = await sequences.open(storage);
      expect(sequence.length).toBe(4);
      await sequence.close();
      expect(locksOf(path)).toEqual([]);
    }
  });

  test('with the lock of a process whose number is of another PID namespace, or of none that is known, stays locked', async () => {
    const path = fresh();
    await written(path, 1);
    const pid = await deadPid();
    for (const namespace of ['pid:[1]', undefined]) {
      lock(path, owner({ pid, namespace }));
      expect(await refusal(fileStorage(path))).toBe('locked');
    }
    lock(path, owner({ pid, namespace: 'pid:[1]', boot: 'another' }));
    await (await open(path)).close();
  });

  test('with the lock of a living process, of another computer, or one that is no lock stays locked', async () => {
    const path = fresh();
    await written(path, 1);
    for (const content of [owner({}), owner({ pid: 1 }), owner({ host: 'elsewhere', pid: 1 }), { token: '../x' }]) {
      lock(path, content);
      expect(await refusal(fileStorage(path))).toBe('locked');
    }
    writeFileSync(`${path}.lock`, '');
    expect(await refusal(fileStorage(path))).toBe('locked');
    rmSync(`${path}.lock`);
    await (await open(path)).close();
  });

  test('whose lock was removed by hand and taken by another does not remove that one when it is closed', async () => {
    const path = fresh();
    await written(path, 1);
    const first = await open(path);
    rmSync(`${path}.lock`);
    const second = await open(path);
    await first.close();
    expect(await refusal(fileStorage(path))).toBe('locked');
    await second.close();
    expect(locksOf(path)).toEqual([]);
  });

  test('whose lock a dead process was about to break is opened', async () => {
    const path = fresh();
    await written(path, 1);
    const pid = await deadPid();
    lock(path, owner({ pid }));
    writeFileSync(`${path}.lock.break-${'a'.repeat(32)}`, JSON.stringify(owner({ pid, token: 'b'.repeat(32) })));
    await (await open(path)).close();
    expect(locksOf(path)).toEqual([]);
    lock(path, owner({ pid }));
    writeFileSync(`${path}.lock.break-${'a'.repeat(32)}`, JSON.stringify(owner({ token: 'b'.repeat(32) })));
    expect(await refusal(fileStorage(path))).toBe('locked');
    rmSync(`${path}.lock`);
    rmSync(`${path}.lock.break-${'a'.repeat(32)}`);
  });

  test('with a torn end after a crash is repaired, and what was cut off is kept aside', async () => {
    const path = fresh();
    await written(path, 3);
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 5);
    // Closed in order, and torn all the same: somebody else's doing.
    expect(await refusal(open(path))).toBe('torn');
    rmSync(`${path}.lock`);
    lock(path, owner({ pid: 0 }));
    const sequence = await open(path);
    const offset = sequence.recovered?.offset as number;
    expect([sequence.length, sequence.recovered?.octets]).toEqual([3, whole.length - 5 - offset]);
    const aside = `${path}.torn-${offset}-1`;
    expect(readFileSync(aside)).toEqual(whole.subarray(offset, -5));
    expect(statSync(aside).mode & 0o777).toBe(0o600);
    await sequence.append(payloadOf(3));
    await sequence.close();
    expect(readFileSync(path)).toEqual(whole);
  });
});

describe('processes', () => {
  function appender(path: string, batch: number) {
    const started = spawn(process.execPath, ['--import', 'tsx', child, path, String(batch)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    started.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const acknowledged = () => Number([...out.matchAll(/^ack (\d+)\n/gm)].at(-1)?.[1] ?? 0);
    return { started, acknowledged };
  }

  test.each([1, 7])(
    'killed while they append %d at a time lose no acknowledged frame, and no append is there in part',
    async (batch) => {
      const path = fresh();
      await written(path, 0);
      let frames = 1;
      for (let round = 0; round < 6; round++) {
        const { started, acknowledged } = appender(path, batch);
        const goal = frames + 3 * batch;
        while (acknowledged() < goal && started.exitCode === null) await new Promise((done) => setTimeout(done, 5));
        await new Promise((done) => setTimeout(done, Math.random() * 10));
        started.kill('SIGKILL');
        await once(started, 'exit');
        await new Promise((done) => setTimeout(done, 5));
        const promised = acknowledged();
        expect(promised).toBeGreaterThanOrEqual(goal);
        const sequence = await open(path);
        expect(sequence.length).toBeGreaterThan(promised);
        expect((sequence.length - 1) % batch).toBe(0);
        for (const n of [1, promised, sequence.length - 1]) {
          expect(text((await sequence.read(n)).payload)).toMatch(new RegExp(`^frame ${n} y+$`));
        }
        await sequence.verify({ requireLinked: true });
        frames = sequence.length;
        await sequence.close();
      }
    },
  );

  test('two at once: one has the file, the other a lock error, and the first goes on', async () => {
    const path = fresh();
    await written(path, 0);
    const { started, acknowledged } = appender(path, 1);
    while (acknowledged() < 1) await new Promise((done) => setTimeout(done, 5));
    for (let i = 0; i < 20; i++) expect(await refusal(fileStorage(path))).toBe('locked');
    const before = acknowledged();
    while (acknowledged() < before + 3) await new Promise((done) => setTimeout(done, 5));
    started.kill('SIGKILL');
    await once(started, 'exit');
    const winners = await Promise.allSettled(Array.from({ length: 8 }, () => fileStorage(path)));
    expect(winners.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
