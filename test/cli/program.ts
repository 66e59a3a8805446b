/**
 * The built program as a process of its own, run by a shell in a folder of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A folder for tests, which goes with them. */
export function makeFolder(name: string) {
  const path = mkdtempSync(join(tmpdir(), `mathmesh-${name}-`));
  return {
    path,
    /** The path of a file in it. */
    at: (file: string) => join(path, file),
    /** A new file in it. */
    file(file: string, content: string | Uint8Array): string {
      writeFileSync(join(path, file), content);
      return join(path, file);
    },
    /** Permissions of a file in it, in octal digits. */
    mode: (file: string) => (statSync(join(path, file)).mode & 0o777).toString(8),
    /** Runs lines of a shell in it, in which `mathmesh` is the built program. */
    shell: (lines: string, env: Record<string, string> = {}) =>
      spawnSync('bash', ['-c', `mathmesh() { "$NODE" "$MAIN" "$@"; }; ${lines}`], {
        encoding: 'utf8',
        cwd: path,
        env: { ...process.env, NODE: process.execPath, MAIN: main, ...env },
        maxBuffer: 2 ** 28,
      }),
    remove: () => rmSync(path, { recursive: true }),
  };
}
