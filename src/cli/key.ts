/**
 * `mathmesh key`: which of its commands.
 */
import { keyNew, keyNewHelp, keyPublic, keyPublicHelp } from './keynew.ts';
import { recover, recoverHelp } from './recover.ts';
import { share, shareHelp } from './share.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
const keyHelp = `${keyNewHelp}
${keyPublicHelp}
${shareHelp}
${recoverHelp}`;

/** Runs a command. Gives the exit status. */
export async function key(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'new':
      return keyNew(rest, terminal);
    case 'public':
      return keyPublic(rest, terminal);
    case 'share':
      return share(rest, terminal);
    case 'recover':
      return recover(rest, terminal);
    case '--help':
    case '-h':
    case 'help':
      terminal.write(keyHelp);
      return 0;
    default:
      throw new UsageError(
        name === undefined ? 'no command' : 'unknown command: new, public, share or recover',
        'mathmesh key',
      );
  }
}
