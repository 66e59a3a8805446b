/**
 * Where a command prints. Results go to standard output; progress and complaints go to standard error.
 */

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

/** What a command may do to the terminal. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
  /** Replaces the line that shows what is going on; empty clears it. Only where a person is watching. */
  progress(text: string): void;
  /** Adds colour where it is welcome (https://no-color.org). */
  paint(text: string): string;
}

/** The parts of a stream that matter here. */
export interface Stream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const red = '\u001b[31m';
const green = '\u001b[32m';
const reset = '\u001b[0m';

/** A terminal over two streams. */
export function makeTerminal(out: Stream, err: Stream, env: Readonly<Record<string, string | undefined>>): Terminal {
  const { NO_COLOR: noColour } = env;
  const coloured = out.isTTY === true && !noColour;
  let shown = 0;
  return {
    write: (text) => {
      out.write(text);
    },
    complain: (text) => {
      err.write(text);
    },
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
