/**
 * `mathmesh key recover`: the options of the command, where the shares come from and how the secret is shown. The recovery is the library's.
 */
import { equal, wipe } from '../bytes.ts';
import { udf } from '../entry/udf.ts';
import { fail, MeshError } from '../errors.ts';
import type { Share } from '../shamir/share.ts';
import { nameOf, readSource, textOf } from './input.ts';
import { askUntil, openPrompt } from './prompt.ts';
import { qrLine } from './qr.ts';
import { type Kind, kindOf, writeHex } from './secret.ts';
import { parseShare, shamir } from './shamir.ts';
import { note, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the command. */
export const recoverHelp = `mathmesh key recover [FILE|-]...

Recovers a secret from shares: from files or standard input, one share a line, or
as "mathmesh key share --json" writes them. A person at a terminal is asked for the
others, one after the other and without showing them, until there are enough; what
is no share of the set is said at once. Shares are never part of the command line.

  --key            the secret is a key, shown as a UDF E...
  --seed           the secret is a seed, shown as a UDF Z...
                   Shares do not say which; by default a secret that begins as the
                   seeds of known algorithms do is a seed, and any other a key
  --fingerprint U  refuse a seed which does not give the key with the fingerprint U
  --hex            the octets of the secret as hexadecimal digits
  --raw            the octets of the secret as they are; not to a terminal
  --json           an object with kind, secret, hex, quorum and octets

With more shares than the quorum, all have to agree. With just the quorum a wrong
share cannot be noticed, except by --fingerprint: it gives another secret.
A terminal keeps what it has shown, and so a note on standard error says when the
secret was written to one.

Exit status: 0 recovered, 1 the shares are malformed, too few or of different
secrets, or the seed is not that of the fingerprint, 2 wrong usage, 130 interrupted.
`;

const options = {
  key: { type: 'boolean', default: false },
  seed: { type: 'boolean', default: false },
  fingerprint: { type: 'string' },
  hex: { type: 'boolean', default: false },
  raw: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const command = 'mathmesh key recover';

/** A mistake in the use of this command. */
function misuse(message: string): never {
  throw new UsageError(message, command);
}

const parse = (args: string[]) => parsed({ args, options, allowPositionals: true }, command);

type Values = ReturnType<typeof parse>['values'];

function check(values: Values, terminal: Terminal): void {
  const { fingerprint } = values;
  try {
    if (fingerprint !== undefined) udf.parse(fingerprint);
  } catch (error) {
    misuse(`--fingerprint: ${(error as Error).message}`);
  }
  if (values.key && (values.seed || fingerprint !== undefined)) {
    misuse('choose one of --key, --seed; --fingerprint is for seeds');
  }
  if ([values.hex, values.raw, values.json].filter(Boolean).length > 1) misuse('choose one of --hex, --raw, --json');
  if (values.raw && terminal.watched) misuse('--raw writes to a file or a pipe, not to a terminal');
}

/** The shares in an object of `mathmesh key share --json`; what JSON itself says of a mistake would quote them. */
function listed(text: string, name: string): string[] {
  let value: { shares?: unknown };
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    misuse(`${name}: begins like JSON, but is none`);
  }
  const { shares } = value;
  if (Array.isArray(shares) && shares.every((share) => typeof share === 'string')) return shares as string[];
  return misuse(`${name}: JSON without a list "shares" of texts`);
}

/** The shares in a file: one a line, but for empty lines and QR codes. */
async function readShares(path: string, terminal: Terminal): Promise<string[]> {
  const name = nameOf(path);
  const text = textOf(await readSource(path, terminal.input, command));
  const lines = text.trimStart().startsWith('{') ? listed(text, name) : text.split(/\r\n|\r|\n/);
  const shares: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '' || qrLine.test(line)) continue;
    try {
      wipe(parseShare(line).value);
    } catch (error) {
      throw error instanceof MeshError ? new MeshError(error.code, `${name}, share or line ${i + 1}`) : error;
    }
    shares.push(line);
  }
  return shares;
}

/**
 * Takes a share into the set, unless it is there. Gives whether it was new.
 *
 * @throws MeshError every error of one share, and of a share of another set
 */
function admit(kept: Share[], text: string): boolean {
  const share = parseShare(text);
  try {
    const [first = share] = kept;
    if (share.quorum !== first.quorum || share.value.length !== first.value.length) fail('mismatched_shares');
    const other = kept.find(({ x }) => x === share.x);
    if (other !== undefined && !equal(other.value, share.value)) fail('conflicting_shares', `number ${share.x}`);
    if (other === undefined) kept.push({ ...share, value: share.value.slice() });
    return other === undefined;
  } finally {
    wipe(share.value);
  }
}

/** Asks for as many shares as are missing from those given. */
async function askShares(given: readonly string[], terminal: Terminal): Promise<string[]> {
  const kept: Share[] = [];
  const texts: string[] = [];
  const prompt = openPrompt(terminal);
  try {
    for (const text of given) admit(kept, text);
    while (kept[0] === undefined || kept.length < kept[0].quorum) {
      const total = kept[0]?.quorum;
      const question = `Share ${kept.length + 1}${total === undefined ? '' : ` of ${total}`}: `;
      const text = await askUntil(prompt, terminal, question, (answer) => {
        if (!admit(kept, answer)) fail('insufficient_shares', 'this one was given before');
        return answer;
      });
      if (text === undefined) fail('insufficient_shares', total === undefined ? 'none' : `${kept.length} of ${total}`);
      texts.push(text);
    }
    return texts;
  } finally {
    for (const { value } of kept) wipe(value);
    prompt.close();
  }
}

/** The shares that the files, standard input or a person give. */
async function obtain(paths: readonly string[], terminal: Terminal): Promise<string[]> {
  const asked = (path: string) => path === '-' && terminal.input.isTTY === true;
  const shares: string[] = [];
  const all = paths.length > 0 ? paths : ['-'];
  for (const path of all.filter((each) => !asked(each))) shares.push(...(await readShares(path, terminal)));
  // A person is asked last, for what the files do not have.
  if (all.some(asked)) shares.push(...(await askShares(shares, terminal)));
  return shares;
}

/** The secret as it is shown. */
function shown(values: Values, shares: readonly string[], octets: Uint8Array): string | Uint8Array {
  const { fingerprint } = values;
  const kind: Kind = values.seed || fingerprint !== undefined ? 'seed' : values.key ? 'key' : kindOf(octets);
  const secret =
    kind === 'key'
      ? shamir.combineKey(shares)
      : shamir.combineSeed(shares, fingerprint === undefined ? {} : { fingerprint });
  if (values.raw) return octets.slice();
  const hex = writeHex(octets);
  if (values.hex) return `${hex}\n`;
  if (!values.json) return `${secret}\n`;
  const { quorum, value } = parseShare(shares[0] as string);
  wipe(value);
  return `${JSON.stringify({ kind, secret, hex, quorum, octets: octets.length }, undefined, 2)}\n`;
}

/** Runs the command. Gives the exit status. */
export async function recover(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    terminal.write(recoverHelp);
    return 0;
  }
  check(values, terminal);
  const shares = await obtain(positionals, terminal);
  const octets = shamir.combine(shares);
  try {
    terminal.write(shown(values, shares, octets));
  } finally {
    wipe(octets);
  }
  if (terminal.watched) note(terminal, 'the terminal keeps this secret until it is cleared');
  return 0;
}
