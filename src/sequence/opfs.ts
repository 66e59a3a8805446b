/**
 * A sequence in the private file system of a browser (File System Standard, synchronous access handles). Only workers have them. The handle
 * locks the file by itself.
 */
import { bytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { SequenceStorage } from './storage.ts';

/** What is used of a `FileSystemSyncAccessHandle`. */
export interface SyncAccessHandle {
  getSize(): number;
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** What is used of a `FileSystemFileHandle`. */
export interface SyncAccessFile {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoModificationAllowedError';
}

/**
 * A file of the origin's private file system as a storage, in a worker.
 *
 * @param file - a handle, from `directory.getFileHandle(name, { create: true })`
 * @throws MeshError `locked` while another worker or tab has it open, `storage`
 */
export async function opfsStorage(file: SyncAccessFile): Promise<SequenceStorage> {
  if (typeof file?.createSyncAccessHandle !== 'function') fail('bad_option', 'a file handle, in a worker, is needed');
  let handle: SyncAccessHandle;
  try {
    handle = await file.createSyncAccessHandle();
  } catch (error) {
    return fail(isLocked(error) ? 'locked' : 'storage', error instanceof Error ? error.message : undefined);
  }
  return {
    clean: false,
    size: () => handle.getSize(),
    read(offset, length) {
      const out = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const count = handle.read(out.subarray(done), { at: offset + done });
        if (count === 0) fail('storage', 'the file is shorter than it was');
        done += count;
      }
      return out;
    },
    append(given) {
      const octets = bytes(given, 'octets') as Uint8Array<ArrayBuffer>;
      const end = handle.getSize();
      let done = 0;
      while (done < octets.length) {
        const count = handle.write(octets.subarray(done), { at: end + done });
        if (count === 0) fail('storage', 'nothing more can be written');
        done += count;
      }
    },
    truncate: (size) => handle.truncate(size),
    sync: () => handle.flush(),
    close: () => handle.close(),
  };
}
