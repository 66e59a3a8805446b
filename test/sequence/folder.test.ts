/**
 * A medium that fails when a folder is synced, and systems that cannot sync folders. No crash is staged: the call fails.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { writePrivate } from '../../src/cli/file.ts';
import { fileStorage } from '../../src/sequence/file.ts';
import { payloadOf, refusal, sequences } from './support.ts';

/** The code that syncing fails with, once so many have gone well. */
const medium = vi.hoisted(() => ({ code: undefined as string | undefined, after: 0 }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    fsyncSync(fd: number) {
      if (medium.code !== undefined && medium.after-- <= 0)
        throw Object.assign(new Error('sync'), { code: medium.code });
      fs.fsyncSync(fd);
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'folder-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  medium.code = undefined;
});
let made = 0;
const fresh = () => join(folder, `file-${++made}`);
const left = (path: string) => readdirSync(folder).filter((name) => join(folder, name).startsWith(`${path}.`));

test.each(['EIO', 'ENOSPC', 'EDQUOT'])('a name that is not on the medium is not said to be: %s', async (code) => {
  const path = fresh();
  const storage = await fileStorage(path, { create: true });
  Object.assign(medium, { code, after: 0 });
  expect(await refusal(sequences.create(storage))).toBe('storage');
  medium.code = undefined;
  await storage.close(false);
  expect(existsSync(`${path}.lock.new`)).toBe(false);
  // What has its name is whole, and is opened later.
  const again = await sequences.open(await fileStorage(path));
  expect([again.length, await again.append(payloadOf(1))]).toEqual([1, 1]);
  await again.close();
});

test('a file whose folder cannot be synced is not opened, and leaves neither lock nor draft', async () => {
  const path = fresh();
  Object.assign(medium, { code: 'EIO', after: 0 });
  expect(await refusal(fileStorage(path, { create: true }))).toBe('storage');
  expect([existsSync(path), left(path)]).toEqual([false, []]);
});

test('files of secrets are not said to be there when their folder fails', () => {
  const path = fresh();
  Object.assign(medium, { code: 'EIO', after: 1 });
  expect(() => writePrivate([{ path, text: 'x' }], false)).toThrow('sync');
  expect(existsSync(path)).toBe(false);
});

test.each(['EINVAL', 'EPERM', 'ENOTSUP'])('a system that cannot sync folders does without: %s', async (code) => {
  Object.assign(medium, { code, after: 0 });
  const sequence = await sequences.create(await fileStorage(fresh(), { create: true }));
  expect(await sequence.append(payloadOf(1))).toBe(1);
  await sequence.close();
});
