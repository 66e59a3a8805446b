/**
 * Spool: standard input as a file that can be read twice. Gone with the process.
 */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard, release } from './scratch.ts';
import { Failure } from './terminal.ts';

/** A temporary file, for its owner only. */
export interface Spool {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes the pieces to a temporary file. @throws Failure on a full disk and the like */
export async function spool(pieces: AsyncIterable<Uint8Array>): Promise<Spool> {
  const path = join(tmpdir(), `mathmesh-${randomUUID()}.tmp`);
  const remove = async () => {
    rmSync(path, { force: true });
    release(path);
  };
  guard(path);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const piece of pieces) await file.appendFile(piece);
    } finally {
      await file.close();
    }
  } catch (error) {
    await remove();
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof Failure) throw error;
    throw new Failure(`a temporary file in ${tmpdir()} cannot be written (${code})`);
  }
  return { path, remove };
}
