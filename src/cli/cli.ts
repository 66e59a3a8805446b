/**
 * The command line: which command, and what its errors mean for the exit status. Not the process: see main.ts.
 */
import { readFileSync } from 'node:fs';
import { printable } from '../conformance/printable.ts';
import { conformance } from './conformance.ts';
import { dare } from './dare.ts';
import { hash } from './hash.ts';
import { key } from './key.ts';
import { Interrupted } from './prompt.ts';
import { isSecret, misplaced } from './secret.ts';
import { sequence } from './sequence.ts';
import { explained, type Terminal, UsageError } from './terminal.ts';

const help = `mathmesh: the cryptographic core of the Mathematical Mesh

  mathmesh key new         make a key for encryption and signatures
  mathmesh key public      the public part of a key
  mathmesh key share       split a secret into shares
  mathmesh key recover     recover a secret from shares

  mathmesh dare seal       encrypt and sign a file or pipe
  mathmesh dare open       decrypt and check an envelope
  mathmesh dare inspect    what an envelope says about itself
  mathmesh dare verify     who has signed an envelope

  mathmesh sequence create, append, list, read, verify, repair
                           files of many envelopes, each bound to those before it

  mathmesh hash digest     SHA-512 and SHAKE256 of files
  mathmesh hash udf        fingerprints of files as UDFs

  mathmesh conformance     run the published vectors

  mathmesh --help, -h      this text; "mathmesh COMMAND --help" explains a command
  mathmesh --version, -v   the version

Exit status: 0 done, 1 a negative answer or a failure, 2 wrong usage, 130 interrupted.
`;

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function command(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'conformance':
      return conformance(rest, terminal);
    case 'key':
      return key(rest, terminal);
    case 'dare':
      return dare(rest, terminal);
    case 'sequence':
      return sequence(rest, terminal);
    case 'hash':
      return hash(rest, terminal);
    case '--help':
    case '-h':
    case 'help':
      terminal.write(help);
      return 0;
    case '--version':
    case '-v':
      terminal.write(`${version()}\n`);
      return 0;
    case undefined:
      throw new UsageError('no command', 'mathmesh');
    default:
      throw new UsageError(isSecret(name) ? misplaced : `unknown command ${name}`, 'mathmesh');
  }
}

/** Runs a command line. Gives the exit status: 0 success, 1 failure, 2 wrong usage, 130 interrupted. */
export async function cli(args: string[], terminal: Terminal): Promise<number> {
  try {
    return await command(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.complain(`mathmesh: ${printable(error.message)}\nTry: ${error.command} --help\n`);
      return 2;
    }
    if (error instanceof Interrupted) return 130;
    if (explained(error, terminal)) return 1;
    throw error;
  }
}
