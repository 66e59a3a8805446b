/**
 * Names in a folder of Node that last: that a file was made, renamed or removed is on the medium only when its folder is. Not what is in the file.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Errors of systems that cannot do this with folders, or not with this one; all others are of the medium. */
const unable: ReadonlySet<string | undefined> = /* @__PURE__ */ new Set([
  ...['EACCES', 'EPERM', 'EISDIR', 'EBADF', 'EROFS'],
  ...['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'],
]);

/** That a name was made or removed is on the medium, where the system can do that. @throws the error of a medium that fails */
export function syncFolder(path: string): void {
  try {
    const fd = openSync(dirname(path), 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!unable.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}
