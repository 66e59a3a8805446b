/**
 * Key files and public keys as options name them: a path, or the text of a public key itself. What is in them: keyring.ts.
 */
import { statSync } from 'node:fs';
import { udf } from '../entry/udf.ts';
import { MeshError } from '../errors.ts';
import { nameOf, readSource, textOf } from './input.ts';
import { type Keyring, type PublicKey, parseObject, readKeyring, withoutComments } from './keyring.ts';
import { isLocked, unlock } from './locked.ts';
import { knownPassphrase } from './passphrase.ts';
import { Failure, note, type Terminal, UsageError } from './terminal.ts';

/** How key files are opened. */
export interface KeyFileOptions {
  terminal: Terminal;
  command: string;
  /** A file with the passphrase, instead of a question. */
  passphraseFile?: string | undefined;
}

/** What was wrong, with the name of the file. */
function named(path: string, error: unknown): unknown {
  if (error instanceof Failure) return new Failure(`${nameOf(path)}: ${error.message}`);
  return error instanceof MeshError ? new Failure(`${nameOf(path)}: ${error.message} (${error.code})`) : error;
}

/** Says so when others can read a file of secrets. Windows has no such permissions. */
function noteReaders(path: string, terminal: Terminal): void {
  const state = path === '-' || process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (!state?.isFile() || (state.mode & 0o077) === 0) return;
  note(terminal, `${nameOf(path)}: others can use this key file: chmod 600`);
}

/**
 * The keys in a file, or on standard input for `-`; whoever calls forgets them.
 *
 * @throws UsageError when the file cannot be read or is empty, Failure for anything in it that is no key
 */
export async function loadKeyring(path: string, options: KeyFileOptions): Promise<Keyring> {
  const { terminal, command, passphraseFile } = options;
  const text = textOf(await readSource(path, terminal.input, command));
  const bare = withoutComments(text);
  if (bare === '') throw new UsageError(`${nameOf(path)}: no key`, command);
  try {
    const object = bare.startsWith('{') ? parseObject(bare) : {};
    if (!isLocked(object)) {
      const ring = readKeyring(text);
      if (ring.secretKeys.length + ring.symmetric.length > 0) noteReaders(path, terminal);
      return ring;
    }
    const passphrase = () => knownPassphrase(passphraseFile, nameOf(path), terminal, command);
    return readKeyring(textOf(await unlock(object, passphrase)));
  } catch (error) {
    throw named(path, error);
  }
}

/** The keys that an argument names: a file, or a public key as text `O...`; whoever calls forgets them. @throws as {@link loadKeyring} */
export async function keysOf(argument: string, options: KeyFileOptions): Promise<Keyring> {
  let publicKey: PublicKey;
  try {
    publicKey = udf.oidKey(argument);
  } catch {
    return loadKeyring(argument, options);
  }
  return { publicKeys: [publicKey], secretKeys: [], symmetric: [] };
}
