/**
 * Where a result of any size goes: a file that appears under its name when it is complete and not before, or standard output.
 * Not the files of secrets that are written at once: see file.ts.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { syncFolder } from '../sequence/folder.ts';
import { checkFree, unwritable } from './file.ts';
import { guard, release } from './scratch.ts';
import { Failure, type Terminal, UsageError } from './terminal.ts';

/** Where octets go. */
export interface Sink {
  /** Writes a piece; resolves when there is room for the next. @throws Failure on a full disk and the like */
  write(octets: Uint8Array): Promise<void>;
  /** All was written: the file appears, and lasts. @throws Failure */
  commit(): Promise<void>;
  /** Removes what was written to a file; nothing after {@link commit}. */
  discard(): Promise<void>;
}

/** How a file is written. */
export interface SinkOptions {
  /** Whether it replaces one that exists. */
  force: boolean;
  /** Whether it can be read by its owner only. */
  secret: boolean;
}

/** Errors of file systems that have no links. */
const linkless: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

function failure(path: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  throw new Failure(unwritable(path, code));
}

/** Writes all octets: one call may write fewer. */
async function writeAll(file: FileHandle, octets: Uint8Array): Promise<void> {
  for (let at = 0; at < octets.length; ) at += (await file.write(octets, at)).bytesWritten;
}

function refuse(path: string, error: unknown, command: string): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  throw new UsageError(unwritable(path, code), command);
}

/** Whether there is a pipe, a device or a terminal. */
function isStream(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && !there.isFile() && !there.isDirectory();
}

/** Gives the file its name. Without `force` by a link, which never replaces anything, whoever else is at work. */
function publish(temporary: string, path: string, force: boolean): void {
  if (!force) {
    try {
      linkSync(temporary, path);
      rmSync(temporary);
      return;
    } catch (error) {
      if (!linkless.has((error as NodeJS.ErrnoException).code)) throw error;
      checkFree(path, false);
    }
  }
  renameSync(temporary, path);
}

/** A pipe, a device or a terminal has no room for temporary files beside it and needs none. */
function streamSink(path: string, file: FileHandle): Sink {
  return {
    write: (octets) => writeAll(file, octets).catch((error) => failure(path, error)),
    commit: () => file.close(),
    discard: () => file.close().catch(() => {}),
  };
}

function fileSink(path: string, temporary: string, file: FileHandle, { force, secret }: SinkOptions): Sink {
  let open = true;
  return {
    write: (octets) => writeAll(file, octets).catch((error) => failure(path, error)),
    async commit() {
      try {
        if (!secret) await file.chmod(0o666 & ~process.umask());
        await file.sync();
        await file.close();
        publish(temporary, path, force);
        open = false;
        release(temporary);
        syncFolder(path);
      } catch (error) {
        failure(path, error);
      }
    },
    async discard() {
      if (!open) return;
      open = false;
      await file.close().catch(() => {});
      rmSync(temporary, { force: true });
      release(temporary);
    },
  };
}

/**
 * A file, or standard output when there is none or it is `-`.
 *
 * @throws UsageError of `command` when the file cannot be written, or exists
 */
export async function openSink(
  path: string | undefined,
  options: SinkOptions,
  terminal: Terminal,
  command: string,
): Promise<Sink> {
  if (path === undefined || path === '-') {
    return { write: terminal.send, commit: async () => {}, discard: async () => {} };
  }
  try {
    if (isStream(path)) return streamSink(path, await open(path, 'w'));
    checkFree(path, options.force);
    const temporary = `${path}.${randomUUID()}.tmp`;
    guard(temporary);
    try {
      return fileSink(path, temporary, await open(temporary, 'wx', 0o600), options);
    } catch (error) {
      release(temporary);
      throw error;
    }
  } catch (error) {
    refuse(path, error, command);
  }
}

/** Refuses a file that exists, before there is work to lose. @throws UsageError of `command` */
export function checkOutput(path: string, force: boolean, command: string): void {
  try {
    if (path !== '-' && !isStream(path)) checkFree(path, force);
  } catch (error) {
    refuse(path, error, command);
  }
}

/** Writes all pieces, or nothing that anybody could take for the whole. */
export async function deliver(pieces: AsyncIterable<Uint8Array>, sink: Sink): Promise<void> {
  try {
    for await (const piece of pieces) await sink.write(piece);
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
