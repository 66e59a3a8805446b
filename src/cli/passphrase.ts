/**
 * Passphrases: asked for at a terminal or read from a file or a descriptor, and never part of a command line or of the environment,
 * which others can read.
 */
import { fail } from '../errors.ts';
import { nameOf, readSource, textOf } from './input.ts';
import { askUntil, openPrompt, type Prompt } from './prompt.ts';
import { type Person, type Terminal, UsageError } from './terminal.ts';

/** Fewest characters of a new passphrase, and most of any. */
const [leastCharacters, mostCharacters] = [8, 1024];

/**
 * A passphrase has printable characters of ASCII only: others have several forms, and not every terminal sends the same.
 *
 * @throws MeshError `bad_character`, `too_short`, `bad_length`
 */
function check(text: string, least: number): string {
  if (!/^[ -~]*$/.test(text)) fail('bad_character', 'a passphrase has printable ASCII characters only');
  if (text.length < least) fail('too_short', `a passphrase has ${least} characters at least`);
  if (text.length > mostCharacters) fail('bad_length', `a passphrase has ${mostCharacters} characters at most`);
  return text;
}

function personOf(terminal: Terminal, command: string): Person {
  const person = terminal.person();
  if (person === undefined) throw new UsageError('no terminal to ask for a passphrase; use --passphrase-file', command);
  return person;
}

/** The first line of a file. */
async function fromFile(path: string, terminal: Terminal, command: string): Promise<string> {
  const text = textOf(await readSource(path, terminal.input, command));
  const [line = '', ...others] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (others.length > 0) throw new UsageError(`${nameOf(path)}: more than one line`, command);
  // As from a terminal.
  return line.trim();
}

async function ask<T>(person: Person, answer: (prompt: Prompt) => Promise<T | undefined>, command: string): Promise<T> {
  const prompt = openPrompt(person);
  try {
    return (await answer(prompt)) ?? missing(command);
  } finally {
    prompt.close();
  }
}

function missing(command: string): never {
  throw new UsageError('no passphrase', command);
}

/** The passphrase of a key file, from the file `path` or from a person. */
export async function knownPassphrase(
  path: string | undefined,
  what: string,
  terminal: Terminal,
  command: string,
): Promise<string> {
  if (path !== undefined) return check(await fromFile(path, terminal, command), 0);
  const person = personOf(terminal, command);
  const read = (answer: string) => check(answer, 0);
  return ask(person, (prompt) => askUntil(prompt, person, `Passphrase of ${what}: `, read), command);
}

/** A passphrase for a new key file, from the file `path` or from a person, who types it twice. */
export async function newPassphrase(path: string | undefined, terminal: Terminal, command: string): Promise<string> {
  if (path !== undefined) return check(await fromFile(path, terminal, command), leastCharacters);
  const person = personOf(terminal, command);
  const read = (answer: string) => check(answer, leastCharacters);
  const twice = async (prompt: Prompt): Promise<string | undefined> => {
    for (;;) {
      const first = await askUntil(prompt, person, 'New passphrase: ', read);
      if (first === undefined) return undefined;
      const again = await askUntil(prompt, person, 'The same again: ', (answer) => answer);
      if (again === undefined) return undefined;
      if (again === first) return first;
      person.complain('mathmesh: the two differ\n');
    }
  };
  return ask(person, twice, command);
}
