/**
 * Files that hold secrets: for their owner only, all of them or none, and never over another file by accident.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { syncFolder } from '../sequence/folder.ts';
import { nameOf } from './input.ts';

/** A file to be written. */
export interface PrivateFile {
  path: string;
  text: string;
}

/** Writes a new file with mode 0600; `created` hears of it before there is anything in it. @throws `EEXIST`, also for a link to nowhere */
function create({ path, text }: PrivateFile, created: (path: string) => void): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    created(path);
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Refuses a name that is taken; with `force` only what a rename must not replace: folders, devices, pipes.
 *
 * @throws an error with a `code` and the `path`
 */
export function checkFree(path: string, force: boolean): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined || (force && (there.isFile() || there.isSymbolicLink()))) return;
  const code = force ? (there.isDirectory() ? 'EISDIR' : 'EINVAL') : 'EEXIST';
  throw Object.assign(new Error('not free'), { code, path });
}

/** What is said of a file that cannot be written. */
export function unwritable(path: string, code: string): string {
  return `${nameOf(path)}: ${code === 'EEXIST' ? 'exists; --force replaces it' : `cannot be written (${code})`}`;
}

/**
 * Writes new files with mode 0600.
 *
 * @param force - replace files that exist: by a rename, so that neither the mode of the old file nor a link in its place counts
 * @throws the error of the file system, with its `code`, after what was written has been removed; `EEXIST` for a file that exists
 */
export function writePrivate(files: readonly PrivateFile[], force: boolean): void {
  const written: string[] = [];
  if (force) for (const { path } of files) checkFree(path, force);
  try {
    for (const { path, text } of files) {
      const target = force ? `${path}.${randomUUID()}.tmp` : path;
      create({ path: target, text }, (name) => written.push(name));
    }
    files.forEach(({ path }, i) => {
      if (force) renameSync(written[i] as string, path);
      syncFolder(path);
    });
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    throw error;
  }
}
