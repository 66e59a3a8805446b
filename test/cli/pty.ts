/**
 * The built program on a pseudo-terminal: see session.py, which is only for systems that have such terminals and Python.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Waits for a text, then types another or sends a signal. */
export type Step = { wait: string } & ({ send: string } | { signal: number });

/** What happened. */
export interface Session {
  /** Everything that the terminal showed. */
  shown: string;
  /** Exit status; negative for a signal. */
  status: number;
  /** Whether the terminal echoed before each step. */
  echo: boolean[];
  echoAfter: boolean;
}

const driver = fileURLToPath(new URL('session.py', import.meta.url));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Whether there are pseudo-terminals. */
export const hasPty = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;

/** Runs a command line on a terminal. `input`: whether standard input is that terminal too, or empty. */
export function onTerminal(
  args: string[],
  steps: readonly Step[],
  env: Record<string, string> = {},
  input: 'terminal' | 'empty input' = 'terminal',
): Session {
  const argv = [process.execPath, main, ...args];
  const { stdout, stderr, status } = spawnSync('python3', [driver], {
    input: JSON.stringify({ argv, steps, env, empty: input !== 'terminal' }),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Session;
}
