/**
 * What a command reads: a file or standard input, to its end. Not questions to a person: see prompt.ts.
 */
import { createReadStream } from 'node:fs';
import { concat, wipe } from '../bytes.ts';
import { printable } from '../conformance/printable.ts';
import { isSecret, misplaced } from './secret.ts';
import { type Input, UsageError } from './terminal.ts';

/** Secrets have 64 octets and shares a line each: what is longer is another file. */
const mostOctets = 1 << 16;

/** What a source is called in messages. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : printable(path);
}

/**
 * The octets of a file, or of standard input for `-`; whoever calls wipes them.
 *
 * @throws UsageError of `command` when there is no such file, or when it is longer than any input
 */
export async function readSource(path: string, input: Input, command: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of path === '-' ? input : createReadStream(path)) {
      parts.push(part);
      if ((length += part.length) > mostOctets) break;
    }
    if (length > mostOctets) throw new UsageError(`${nameOf(path)}: longer than ${mostOctets} octets`, command);
    return concat(...parts);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (isSecret(path)) throw new UsageError(misplaced, command);
    throw new UsageError(`${nameOf(path)}: cannot be read (${code})`, command);
  } finally {
    wipe(...parts);
  }
}

/** The text of octets, which are wiped. What is not UTF-8 becomes characters that no secret has. */
export function textOf(octets: Uint8Array): string {
  const text = new TextDecoder().decode(octets);
  wipe(octets);
  return text;
}
