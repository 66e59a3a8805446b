/**
 * Names in a folder of Node that last: that a file was made, renamed or removed is on the medium only when its folder is. Not what is in the file.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** That a name was made or removed is on the medium. Some systems cannot do this with folders. */
export function syncFolder(path: string): void {
  try {
    const fd = openSync(dirname(path), 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Nothing else can be done about it.
  }
}
