/**
 * `mathmesh key new` and `mathmesh key public`: the options of the commands, and where the files go. What is in the files: keyring.ts.
 */
import { wipe } from '../bytes.ts';
import { udf } from '../entry/udf.ts';
import { randomBytes } from '../random.ts';
import { fromUtf8 } from '../utf8.ts';
import { checkFree, unwritable, writePrivate } from './file.ts';
import { nameOf } from './input.ts';
import { loadKeyring } from './keyfile.ts';
import { described, forget, type Keyring, publicFile, publicJson, readKeyring } from './keyring.ts';
import { lock } from './locked.ts';
import { newPassphrase } from './passphrase.ts';
import { deliver, openSink } from './sink.ts';
import { note, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
export const keyNewHelp = `mathmesh key new [options]

Makes a new key: by default one seed for two key pairs, X448 to encrypt to and Ed448
to sign with. There is one secret to keep and one public file to give away.

  --encrypt             an X448 key for encryption only
  --sign                an Ed448 key for signatures only
  --symmetric           a key without a public part, which both sides must have
  -o, --output FILE     write the key to FILE, for its owner only, and the public file
                        to standard output; by default the key goes there
  --passphrase          lock the key under a passphrase, which is asked for twice
  --passphrase-file F   likewise; the passphrase is the line in F (or /dev/fd/3)
  --force               replace FILE if it exists
  --json                an object with the public keys, and the key unless it went to FILE

  mathmesh key new -o me.key > me.pub
  mathmesh key new --sign --passphrase -o release.key > release.pub
  mathmesh key share --quorum 2 --shares 3 me.key

A key file is text: a line Z... (a seed) or E... (a symmetric key), and lines beginning
with # for people. "mathmesh key recover" writes such a line, too.

Exit status: 0 made, 1 failed, 2 wrong usage, 130 interrupted.
`;

/** The help of the command. */
export const keyPublicHelp = `mathmesh key public [options] [FILE|-]

Writes the public keys that belong to a key file, with their fingerprints: what others
need to encrypt to you and to check your signatures. A public file may be given, too.

  -o, --output FILE     write to FILE; default standard output
  --passphrase-file F   the passphrase of a locked key is the line in F
  --force               replace FILE if it exists
  --json                a list of objects with use, fingerprint, public and PublicKeyECDH

  mathmesh key public me.key > me.pub

Exit status: 0 written, 1 not a key file, 2 wrong usage, 130 interrupted.
`;

const common = {
  output: { type: 'string', short: 'o' },
  'passphrase-file': { type: 'string' },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const newOptions = {
  ...common,
  encrypt: { type: 'boolean', default: false },
  sign: { type: 'boolean', default: false },
  symmetric: { type: 'boolean', default: false },
  passphrase: { type: 'boolean', default: false },
} as const;

const [newCommand, publicCommand] = ['mathmesh key new', 'mathmesh key public'];

/** Octets of a seed and of a symmetric key: beyond the 224 bits of the curves. */
const secretLength = 32;

type Values = ReturnType<typeof parseNew>['values'];

const parseNew = (args: string[]) => parsed({ args, options: newOptions, allowPositionals: false }, newCommand);

function misuse(message: string): never {
  throw new UsageError(message, newCommand);
}

/** The line of a new key. */
function newSecret({ encrypt, sign, symmetric }: Values): string {
  const octets = randomBytes(secretLength);
  try {
    if (symmetric) return udf.encryptionKey(octets);
    return udf.seed(encrypt ? 'X448' : sign ? 'Ed448' : 'any', octets);
  } finally {
    wipe(octets);
  }
}

/** The text of the key file. */
async function keyText(secret: string, ring: Keyring, values: Values, terminal: Terminal): Promise<string> {
  const created = `${new Date().toISOString().slice(0, 19)}Z`;
  const about = `# mathmesh key of ${created}: keep it secret\n${described(ring.secretKeys)}`;
  const path = values['passphrase-file'];
  if (!values.passphrase && path === undefined) return `${about}${secret}\n`;
  const octets = fromUtf8(secret);
  const locked = await lock(octets, await newPassphrase(path, terminal, newCommand));
  wipe(octets);
  return `${about}${locked}`;
}

/** Does something with the file. @throws UsageError for what the file system refuses */
function onFile(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    misuse(unwritable(path, code));
  }
}

/** Runs `mathmesh key new`. Gives the exit status. */
export async function keyNew(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseNew(args);
  const { output, json } = values;
  if (values.help) {
    terminal.write(keyNewHelp);
    return 0;
  }
  if ([values.encrypt, values.sign, values.symmetric].filter(Boolean).length > 1) {
    misuse('choose one of --encrypt, --sign, --symmetric');
  }
  if (values.force && output === undefined) misuse('--force is for --output');
  // Before anybody is asked for a passphrase.
  if (output !== undefined) onFile(output, () => checkFree(output, values.force));
  const secret = newSecret(values);
  const ring = readKeyring(secret);
  try {
    const text = await keyText(secret, ring, values, terminal);
    if (output !== undefined) {
      onFile(output, () => writePrivate([{ path: output, text }], values.force));
      terminal.complain(`written: ${nameOf(output)}\n`);
    }
    const publicKeys = publicJson(ring.secretKeys);
    const object = output === undefined ? { key: text, public: publicKeys } : { public: publicKeys };
    if (json) terminal.write(`${JSON.stringify(object, undefined, 2)}\n`);
    else terminal.write(output === undefined ? text : publicFile(ring.secretKeys));
    if (output === undefined && terminal.watched) note(terminal, 'the terminal keeps this key until it is cleared');
    return 0;
  } finally {
    forget(ring);
  }
}

/** Runs `mathmesh key public`. Gives the exit status. */
export async function keyPublic(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed({ args, options: common, allowPositionals: true }, publicCommand);
  if (values.help) {
    terminal.write(keyPublicHelp);
    return 0;
  }
  const [path = '-', ...others] = positionals;
  if (others.length > 0) throw new UsageError('one FILE at most', publicCommand);
  if (values.force && values.output === undefined) throw new UsageError('--force is for --output', publicCommand);
  const passphraseFile = values['passphrase-file'];
  const ring = await loadKeyring(path, { terminal, command: publicCommand, passphraseFile });
  const keys = [...ring.publicKeys, ...ring.secretKeys];
  forget(ring);
  if (keys.length === 0) throw new UsageError(`${nameOf(path)}: a symmetric key has no public part`, publicCommand);
  const text = values.json ? `${JSON.stringify(publicJson(keys), undefined, 2)}\n` : publicFile(keys);
  const { output, force } = values;
  if (output === undefined) terminal.write(text);
  else await writeText(output, text, force, terminal);
  return 0;
}

async function writeText(path: string, text: string, force: boolean, terminal: Terminal): Promise<void> {
  const sink = await openSink(path, { force, secret: false }, terminal, publicCommand);
  await deliver(one(fromUtf8(text)), sink);
}

async function* one(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield octets;
}
