/**
 * `mathmesh dare`: which of its commands.
 */
import { open, openHelp } from './dareopen.ts';
import { seal, sealHelp } from './dareseal.ts';
import { inspect, verify, verifyHelp } from './dareverify.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
const dareHelp = `${sealHelp}
${openHelp}
${verifyHelp}`;

/** Runs a command. Gives the exit status. */
export async function dare(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'seal':
      return seal(rest, terminal);
    case 'open':
      return open(rest, terminal);
    case 'inspect':
      return inspect(rest, terminal);
    case 'verify':
      return verify(rest, terminal);
    case '--help':
    case '-h':
    case 'help':
      terminal.write(dareHelp);
      return 0;
    default:
      throw new UsageError(
        name === undefined ? 'no command' : 'unknown command: seal, open, inspect or verify',
        'mathmesh dare',
      );
  }
}
