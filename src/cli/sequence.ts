/**
 * `mathmesh sequence`: which of its commands.
 */
import { list, read, sequenceReadHelp, verify } from './sequenceread.ts';
import { append, create, repair, sequenceWriteHelp } from './sequencewrite.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
const sequenceHelp = `${sequenceWriteHelp}
${sequenceReadHelp}`;

const commands = { create, append, repair, list, read, verify } as const;

/** Runs a command. Gives the exit status. */
export async function sequence(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.write(sequenceHelp);
    return 0;
  }
  if (name !== undefined && Object.hasOwn(commands, name))
    return commands[name as keyof typeof commands](rest, terminal);
  const message = name === undefined ? 'no command' : `unknown command: ${Object.keys(commands).join(', ')}`;
  throw new UsageError(message, 'mathmesh sequence');
}
