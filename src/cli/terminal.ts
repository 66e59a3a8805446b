/**
 * Where a command reads and prints. Results go to standard output; progress, questions and complaints go to standard error.
 */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { printable } from '../conformance/printable.ts';
import { MeshError } from '../errors.ts';

/** A mistake of the caller: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The command whose `--help` says what would be right. */
  readonly command: string;

  constructor(message: string, command: string) {
    super(message);
    this.command = command;
  }
}

/** What a command was asked for and could not do, in words for people: exit status 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** The arguments of a command. @throws UsageError for what it does not know */
export function parsed<T extends ParseArgsConfig>(config: T, command: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message, command);
  }
}

/** Says what the library refuses, or what failed. Gives whether `error` was of either kind: any other is not for people. */
export function explained(error: unknown, { complain }: Pick<Terminal, 'complain'>): boolean {
  if (error instanceof Failure) {
    complain(`mathmesh: ${printable(error.message)}\n`);
    return true;
  }
  if (!(error instanceof MeshError)) return false;
  complain(`mathmesh: ${printable(error.message)} (${error.code})\n`);
  return true;
}

/** Says what a person should know about a command that succeeds. */
export function note({ complain }: Pick<Terminal, 'complain'>, text: string): void {
  complain(`mathmesh: note: ${text}\n`);
}

/** Standard input as the commands use it. A terminal has `setRawMode`. */
export interface Input extends AsyncIterable<Uint8Array> {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** A person: whose keys are read, and who is asked. */
export interface Person {
  readonly input: Input;
  complain(text: string): void;
}

/** What a command may do to the terminal. */
export interface Terminal {
  /** Standard input. */
  readonly input: Input;
  /** The person at the terminal, also when standard input is a pipe; `undefined` when there is none. */
  person(): Person | undefined;
  /** Whether results are shown to a person, and stay on the screen. */
  readonly watched: boolean;
  /** Whether results may have colour (https://no-color.org). */
  readonly coloured: boolean;
  write(text: string | Uint8Array): void;
  /** Writes a piece of a result of any size; resolves when there is room for the next. */
  send(octets: Uint8Array): Promise<void>;
  complain(text: string): void;
  /** Replaces the line that shows what is going on; empty clears it. Only where a person is watching. */
  progress(text: string): void;
  /** Adds colour to a report, where it is welcome. */
  paint(text: string): string;
}

/** The parts of a stream that matter here. */
export interface Stream {
  isTTY?: boolean;
  columns?: number;
  /** `false` when there is no room for more until `drain`. */
  write(text: string | Uint8Array): unknown;
  once?(event: 'drain', listener: () => void): unknown;
}

const red = '\u001b[31m';
const green = '\u001b[32m';
const reset = '\u001b[0m';

/** A terminal over three streams. `controlling` opens the one that the process belongs to, if any. */
export function makeTerminal(
  input: Input,
  out: Stream,
  err: Stream,
  env: Readonly<Record<string, string | undefined>>,
  controlling: () => Person | undefined = () => undefined,
): Terminal {
  const { NO_COLOR: noColour } = env;
  const watched = out.isTTY === true;
  const coloured = watched && !noColour;
  let shown = 0;
  const complain = (text: string) => {
    err.write(text);
  };
  return {
    input,
    // Standard input can be asked once only: asking ends it.
    person: () => controlling() ?? (input.isTTY === true ? { input, complain } : undefined),
    watched,
    coloured,
    write: (text) => {
      out.write(text);
    },
    async send(octets) {
      // Whoever reads no more ends the process: see main.ts.
      if (out.write(octets) === false) await new Promise<void>((resolve) => out.once?.('drain', resolve));
    },
    complain,
    progress(text) {
      if (err.isTTY !== true) return;
      const line = text.slice(0, (err.columns ?? 80) - 1);
      err.write(`\r${line.padEnd(shown)}${text === '' ? '\r' : ''}`);
      shown = line.length;
    },
    paint(text) {
      if (!coloured) return text;
      return text
        .replace(/^(?:FAILED|PROBLEM|not ok).*$/gm, (line) => `${red}${line}${reset}`)
        .replace(/^ok\b.*$/gm, (line) => `${green}${line}${reset}`);
    },
  };
}
