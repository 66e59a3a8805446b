/**
 * Files and standard input of any size, as pieces that are read when they are wanted. Not what is read to its end: see input.ts.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { nameOf } from './input.ts';
import type { Progress } from './progress.ts';
import { isSecret, misplaced } from './secret.ts';
import { Failure, type Terminal, UsageError } from './terminal.ts';

/** Octets of a piece. */
const pieceLength = 1 << 18;

/** Something to read. */
export interface Source {
  /** What messages call it. */
  readonly name: string;
  /** Octets in all, where that is known: of files, not of pipes. */
  readonly size: number | undefined;
  /** The octets in pieces, once. @throws Failure when reading breaks off */
  read(progress: Progress): AsyncGenerator<Uint8Array, void, undefined>;
  /** Gives it back unread. */
  close(): Promise<void>;
}

/** The code of an error of the file system. Any other is not for people. */
function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code;
}

async function openFile(path: string, command: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError(isSecret(path) ? misplaced : `${nameOf(path)}: cannot be read (${code})`, command);
  }
}

/**
 * A file, or standard input for `-`.
 *
 * @throws UsageError of `command` when it cannot be opened
 */
export async function openSource(path: string, { input }: Terminal, command: string): Promise<Source> {
  const name = nameOf(path);
  const file = path === '-' ? undefined : await openFile(path, command);
  const state = await file?.stat();
  if (state?.isDirectory()) {
    await file?.close();
    throw new UsageError(`${name}: cannot be read (EISDIR)`, command);
  }

  async function* read(progress: Progress): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const piece of file?.createReadStream({ highWaterMark: pieceLength }) ?? input) {
        progress.add(piece.length);
        yield piece;
      }
    } catch (error) {
      throw new Failure(`${name}: cannot be read (${codeOf(error)})`);
    }
  }

  return { name, size: state?.isFile() ? state.size : undefined, read, close: async () => file?.close() };
}
