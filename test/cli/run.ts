/**
 * Runs a command line in this process and collects what it prints.
 */
import { cli } from '../../src/cli/cli.ts';
import { type Input, makeTerminal } from '../../src/cli/terminal.ts';

/** What a command finds around it. */
export interface Surroundings {
  /** Whether its outputs are a terminal. */
  tty?: boolean;
  env?: Record<string, string>;
  /** Chunks of standard input. */
  input?: readonly (string | Uint8Array)[];
  /** Whether its input is a terminal. */
  asked?: boolean;
}

/** Runs a command line. `raw`: how the input was switched between silence and echo. */
export async function runCli(args: string[], { tty = false, env = {}, input = [], asked = false }: Surroundings = {}) {
  const text = { out: '', err: '' };
  const raw: boolean[] = [];
  const octets: Uint8Array[] = [];
  const stream = (name: 'out' | 'err') => ({
    isTTY: tty,
    columns: 60,
    write(part: string | Uint8Array) {
      if (typeof part === 'string') text[name] += part;
      else octets.push(part);
    },
  });
  const source: Input = {
    isTTY: asked,
    setRawMode: (mode) => raw.push(mode),
    async *[Symbol.asyncIterator]() {
      for (const part of input) yield typeof part === 'string' ? new TextEncoder().encode(part) : part.slice();
    },
  };
  const code = await cli(args, makeTerminal(source, stream('out'), stream('err'), env));
  return { code, ...text, raw, octets: Buffer.concat(octets) };
}
