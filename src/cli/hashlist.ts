/**
 * Lists of digests as sha512sum has them: `VALUE  NAME`, one file a line. A backslash before the value says that the name is escaped.
 */
import { Failure } from './terminal.ts';

/** A line of a list. */
export interface Entry {
  value: string;
  path: string;
}

/** Characters of the longest line: a path has 4,096 octets and a value 2,048 digits at most. */
const mostCharacters = 16_384;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };
const meant: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };

/** The line of a file. */
export function listLine({ value, path }: Entry): string {
  const escaped = path.replace(/[\\\n\r]/g, (found) => escapes[found] as string);
  return `${escaped === path ? '' : '\\'}${value}  ${escaped}\n`;
}

/** A line taken apart; `*` before the name means what a space means. `undefined` when it is none. */
function entryOf(line: string): Entry | undefined {
  const [, mark, value, name] = /^(\\?)([0-9A-Za-z-]+) [ *](.+)$/s.exec(line) ?? [];
  if (value === undefined || name === undefined) return undefined;
  if (mark === '') return { value, path: name };
  if (/\\(?![\\nr])/.test(name.replaceAll('\\\\', ''))) return undefined;
  return { value, path: name.replace(/\\[\\nr]/g, (found) => meant[found] as string) };
}

/** The lines of a text in pieces. @throws Failure for one that is too long or not UTF-8 */
async function* linesOf(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  function decode(piece?: Uint8Array): string {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new Failure(`${name}: not UTF-8`);
    }
  }
  function* whole(text: string): Generator<string> {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    if (rest.length > mostCharacters) throw new Failure(`${name}: a line of more than ${mostCharacters} characters`);
    yield* lines;
  }
  for await (const piece of pieces) yield* whole(decode(piece));
  yield* whole(decode());
  if (rest !== '') yield rest;
}

/** The entries of a list. @throws Failure for any other line, and when there is none */
export async function* entriesOf(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Entry> {
  let number = 0;
  for await (const line of linesOf(pieces, name)) {
    number++;
    yield entryOf(line.replace(/\r$/, '')) ?? malformed(`${name}: line ${number} is not "VALUE  NAME"`);
  }
  if (number === 0) malformed(`${name}: an empty list`);
}

function malformed(message: string): never {
  throw new Failure(message);
}
