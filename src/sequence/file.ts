/**
 * A sequence in a file of Node. Appending is one write and one fdatasync; a second process, or the same one a second time, is locked out. A file that is
 * made appears with frame 0 in it, or not at all. Not for other runtimes: everything of node:fs is here, in folder.ts and in lock.ts.
 */
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  read,
  realpathSync,
  rmSync,
  write,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { syncFolder } from './folder.ts';
import { type Lock, takeLock } from './lock.ts';
import { guarded, type SequenceStorage } from './storage.ts';

/** How a file is opened. */
export interface FileStorageOptions {
  /** Makes the file, which must not exist; readable for its owner only (0600). It has its name once something in it has been synced. */
  create?: boolean;
  /** For reading only: no lock is taken, and frames that are appended later are not seen. */
  readOnly?: boolean;
  /** Appends on this thread, which waits for the medium: a third faster where that is fast. Otherwise the process does other things meanwhile. */
  blocking?: boolean;
}

const flush = /* @__PURE__ */ promisify(fdatasync);

function readAll(fd: number, offset: number, length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  return new Promise((resolve, reject) => {
    const more = (done: number): void =>
      read(fd, out, done, length - done, offset + done, (error, count) => {
        if (error) reject(error);
        else if (count === 0) reject(new Error('the file is shorter than it was'));
        else if (done + count < length) more(done + count);
        else resolve(out);
      });
    more(0);
  });
}

function writeAll(fd: number, octets: Uint8Array, offset: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const more = (done: number): void =>
      write(fd, octets, done, octets.length - done, offset + done, (error, count) => {
        if (error) reject(error);
        else if (done + count < octets.length) more(done + count);
        else resolve();
      });
    more(0);
  });
}

function writeAllNow(fd: number, octets: Uint8Array, offset: number): void {
  for (let done = 0; done < octets.length; ) {
    done += writeSync(fd, octets, done, octets.length - done, offset + done);
  }
}

/** A new file beside the sequence with what is cut off; never over another one. */
function keep(path: string, octets: Uint8Array, offset: number): void {
  for (let n = 1; ; n++) {
    try {
      writeFileSync(`${path}.torn-${offset}-${n}`, octets, { flag: 'wx', mode: 0o600, flush: true });
      syncFolder(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A new file under another name until it has something in it: a crash leaves the whole of frame 0 at `path`, or nothing. */
interface Draft {
  fd: number;
  /** Gives it its name, which nobody else has. @throws `EEXIST` */
  publish(): void;
  discard(): void;
}

/** Where a file is begun. Only who has the lock may touch it: what a dead process has left there is nobody's. */
const draftOf = (path: string): string => `${path}.lock.new`;

function begin(path: string): Draft {
  const draft = draftOf(path);
  const discard = () => rmSync(draft, { force: true });
  return {
    fd: openSync(draft, 'wx+', 0o600),
    // A link never replaces anything, whoever else is at work.
    publish() {
      linkSync(draft, path);
      discard();
    },
    discard,
  };
}

function openStorage(path: string, create: boolean, readOnly: boolean, blocking: boolean): SequenceStorage {
  const real = create ? join(realpathSync(dirname(path)), basename(path)) : realpathSync(path);
  if (create && lstatSync(real, { throwIfNoEntry: false }) !== undefined) fail('storage', `${path} exists`);
  const lock: Lock | undefined = readOnly ? undefined : takeLock(`${real}.lock`);
  let draft: Draft | undefined;
  let fd = -1;
  try {
    if (lock !== undefined) rmSync(draftOf(real), { force: true });
    draft = create ? begin(real) : undefined;
    fd = draft?.fd ?? openSync(real, readOnly ? 'r' : 'r+');
    if (!readOnly) syncFolder(real);
  } catch (error) {
    if (fd !== -1) closeSync(fd);
    draft?.discard();
    lock?.release(lock.clean);
    throw error;
  }
  const sizeNow = () => fstatSync(fd).size;
  let size = sizeNow();
  let open = true;
  let touched = false;
  /** Before every change: somebody without a lock may have been there, and keeps what is theirs. */
  const touch = () => {
    if (sizeNow() !== size) fail('storage', 'the file was changed by somebody else');
    touched = true;
  };
  return {
    readOnly,
    clean: lock?.clean ?? true,
    size: () => size,
    read: (offset, length) => readAll(fd, offset, length),
    async append(given) {
      const octets = bytes(given, 'octets');
      touch();
      const end = size;
      try {
        if (blocking) writeAllNow(fd, octets, end);
        else await writeAll(fd, octets, end);
      } finally {
        size = sizeNow();
      }
    },
    truncate(to) {
      touch();
      ftruncateSync(fd, to);
      size = to;
    },
    async sync() {
      if (blocking) fdatasyncSync(fd);
      else await flush(fd);
      if (size === 0) return;
      if (draft === undefined) return;
      draft.publish();
      draft = undefined;
      syncFolder(real);
    },
    keepAside: (octets, offset) => keep(real, octets, offset),
    close(clean) {
      if (!open) return;
      open = false;
      closeSync(fd);
      draft?.discard();
      // What has no name yet is gone, and what was not touched is as it was found.
      lock?.release(clean || draft !== undefined || (lock.clean && !touched));
    },
  };
}

/**
 * A file as the storage of a sequence. Unless it is opened for reading only, `path.lock` locks it until the sequence is closed or the process ends.
 *
 * @param path - the file
 * @param given - see {@link FileStorageOptions}
 * @throws MeshError `locked` while another process has it open, `storage` when the file system refuses, `bad_option`
 */
export async function fileStorage(path: string, given?: FileStorageOptions): Promise<SequenceStorage> {
  const { create = false, readOnly = false, blocking = false } = options(given);
  if (typeof path !== 'string' || path === '') fail('bad_option', 'path must be a text');
  flag(create, 'create');
  flag(readOnly, 'readOnly');
  flag(blocking, 'blocking');
  if (create && readOnly) fail('bad_option', 'a file that is made is not for reading only');
  return guarded(path, () => openStorage(path, create, readOnly, blocking));
}
