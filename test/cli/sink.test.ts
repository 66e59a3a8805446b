/**
 * Files that appear when they are complete: what is on the medium when that is said. No crash is staged: the calls are watched.
 */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { writePrivate } from '../../src/cli/file.ts';
import { deliver, openSink } from '../../src/cli/sink.ts';
import { makeFolder } from './program.ts';

const files = vi.hoisted(() => ({
  opened: new Map<number, string>(),
  synced: [] as { path: string; names: string[] }[],
}));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    openSync: vi.fn((path: string, ...rest: [string]) => {
      const fd = fs.openSync(path, ...rest);
      files.opened.set(fd, path);
      return fd;
    }),
    fsyncSync: vi.fn((fd: number) => {
      const path = files.opened.get(fd) as string;
      files.synced.push({ path, names: fs.statSync(path).isDirectory() ? fs.readdirSync(path) : [] });
      fs.fsyncSync(fd);
    }),
  };
});

const folder = makeFolder('sink');
afterAll(() => folder.remove());
afterEach(() => files.synced.splice(0));

async function* pieces() {
  yield Uint8Array.of(0x61);
}

it.each([false, true])('the folder is synced once the file has its name; force: %s', async (force) => {
  const path = folder.at(`file-${force}`);
  if (force) folder.file(`file-${force}`, 'old');
  const terminal = {} as Parameters<typeof openSink>[2];
  const sink = await openSink(path, { force, secret: false }, terminal, 'test');
  expect(existsSync(path)).toBe(force);
  await deliver(pieces(), sink);
  expect(readFileSync(path, 'utf8')).toBe('a');
  expect(files.synced).toEqual([{ path: folder.path, names: expect.arrayContaining([`file-${force}`]) }]);
});

it.each([false, true])('so are the folders of files that hold secrets; force: %s', (force) => {
  const paths = [folder.at(`key-${force}`), folder.at(`pub-${force}`)];
  writePrivate(
    paths.map((path) => ({ path, text: 'x' })),
    force,
  );
  const names = expect.arrayContaining([`key-${force}`, `pub-${force}`]);
  expect(files.synced.filter(({ path }) => path === folder.path).at(-1)).toEqual({ path: folder.path, names });
});
