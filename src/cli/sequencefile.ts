/**
 * Sequences in files as the commands open them.
 */
import { existsSync } from 'node:fs';
import { current } from '../backend/select.ts';
import { fileStorage } from '../sequence/file.ts';
import { makeSequences } from '../sequence/index.ts';
import type { OpenSequenceOptions } from '../sequence/open.ts';
import type { Sequence } from '../sequence/sequence.ts';
import { nameOf } from './input.ts';
import type { Progress } from './progress.ts';
import { UsageError } from './terminal.ts';

export const sequences = makeSequences(current);

/** Octets of a payload at most: a frame is made and read as one. */
export const mostPayload = 2 ** 28;

/** The one argument of a command, the file of a sequence. @throws UsageError */
export function sequencePath(positionals: readonly string[], command: string): string {
  const [path, ...others] = positionals;
  if (path === undefined) throw new UsageError('FILE is missing', command);
  if (others.length > 0) throw new UsageError('one FILE only', command);
  return path;
}

function checkThere(path: string, command: string): void {
  if (!existsSync(path)) throw new UsageError(`${nameOf(path)}: cannot be read (ENOENT)`, command);
}

/** What a command does with a sequence, which is closed afterwards. */
type Use<T> = (sequence: Sequence) => Promise<T>;

async function using<T>(sequence: Sequence, use: Use<T>): Promise<T> {
  try {
    return await use(sequence);
  } finally {
    await sequence.close();
  }
}

/** Opens a sequence for reading; what is read is counted. */
export async function withSequence<T>(path: string, command: string, progress: Progress, use: Use<T>): Promise<T> {
  checkThere(path, command);
  const storage = await fileStorage(path, { readOnly: true });
  const counted = {
    ...storage,
    read(offset: number, length: number) {
      progress.add(length);
      return storage.read(offset, length);
    },
  };
  try {
    return await using(await sequences.open(counted, { limits: { payload: mostPayload } }), use);
  } finally {
    progress.end();
    await storage.close(true);
  }
}

/** Opens a sequence for appending, or repairs it first. */
export async function withWritable<T>(path: string, command: string, repair: boolean, use: Use<T>): Promise<T> {
  checkThere(path, command);
  const storage = await fileStorage(path);
  const options: OpenSequenceOptions = { limits: { payload: mostPayload } };
  let sequence: Sequence;
  try {
    sequence = repair ? await sequences.repair(storage, options) : await sequences.open(storage, options);
  } catch (error) {
    await storage.close(false);
    throw error;
  }
  return using(sequence, use);
}
