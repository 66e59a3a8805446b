#!/usr/bin/env node
/**
 * The program `mathmesh`: exit status, and outputs that go away.
 */
import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { cli } from './cli.ts';
import { makeTerminal, type Person } from './terminal.ts';

/** Unknown until the command has ended: code under test may end the process, and must not make it look like success. */
let status: number | undefined;

process.on('exit', (code) => {
  if (status === undefined) process.stderr.write('mathmesh: the process ended before the command did\n');
  process.exitCode = (status ?? 1) || code;
});

// A reader that has seen enough is no news; a full disk is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  status = 1;
  if (error.code !== 'EPIPE') process.stderr.write(`mathmesh: cannot write the output: ${error.code}\n`);
  process.exit();
});
process.stderr.on('error', () => {});

/** The terminal of the process, for questions while standard input is a pipe. */
function controlling(): Person | undefined {
  try {
    const file = openSync('/dev/tty', 'r+');
    return { input: new ReadStream(file), complain: (text) => void writeSync(file, text) };
  } catch {
    return undefined;
  }
}

const terminal = makeTerminal(process.stdin, process.stdout, process.stderr, process.env, controlling);
status = await cli(process.argv.slice(2), terminal);
