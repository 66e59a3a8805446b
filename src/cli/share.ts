/**
 * `mathmesh key share`: the options of the command, where the secret comes from and where the shares go. The sharing is the library's.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { equal, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';
import { type PrivateFile, unwritable, writePrivate } from './file.ts';
import { nameOf, readSource, textOf } from './input.ts';
import { withoutComments } from './keyring.ts';
import { type Page, pageSvg, pagesHtml } from './page.ts';
import { askUntil, openPrompt } from './prompt.ts';
import { type QrCode, qrCode, qrLines } from './qr.ts';
import { kindOf, readHex, readUdf, type Secret } from './secret.ts';
import { shamir } from './shamir.ts';
import { note, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the command. */
export const shareHelp = `mathmesh key share --quorum K --shares N [FILE|-]

Splits a secret into N shares, of which any K recover it and fewer tell nothing.
The secret comes from FILE, from standard input, or from a question whose answer
does not show. It is never part of the command line.

  --quorum K       shares that are needed, 1 to N
  --shares N       shares that are made, up to 15

  What the input holds; by default a UDF: a key E... or a seed Z...
  --hex            hexadecimal digits, of 1 to 64 octets
  --raw            the 1 to 64 octets of a file or a pipe as they are, a line end included
  --new            nothing: share a new random key, which only the shares can tell
  --octets N       length of the new key, 16 to 64; default 16

  What is written; by default one share a line on standard output
  --json           an object with quorum, shares, kind and octets
  --qr             a QR code under each share
  --print FILE     a page for each share in FILE, as HTML; standard output then
                   has shares only if --json or --qr asks for them
  --svg FOLDER     likewise, each page an SVG of its own: share-I-of-N.svg
  --label TEXT     a line of up to 40 characters on the pages, such as whose secret it is
  --date           today's date (UTC) on the pages
  --force          replace files that exist

The files of --print and --svg can be read by their owner only; where standard output
goes is for the shell. All shares together are the secret: give them away one by one,
and keep no copy. A terminal keeps what it has shown, and so a note on standard error
says when shares were written to one.

Exit status: 0 shared, 1 what was read is no secret, 2 wrong usage, 130 interrupted.
`;

const options = {
  quorum: { type: 'string' },
  shares: { type: 'string' },
  hex: { type: 'boolean', default: false },
  raw: { type: 'boolean', default: false },
  new: { type: 'boolean', default: false },
  octets: { type: 'string' },
  json: { type: 'boolean', default: false },
  qr: { type: 'boolean', default: false },
  print: { type: 'string' },
  svg: { type: 'string' },
  label: { type: 'string' },
  date: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const command = 'mathmesh key share';
const mostShares = 15;
const [leastOctets, mostOctets] = [16, 64];
/** So many fit a line of a page in any script. */
const mostLabel = 40;

/** A mistake in the use of this command. */
function misuse(message: string): never {
  throw new UsageError(message, command);
}

const parse = (args: string[]) => parsed({ args, options, allowPositionals: true }, command);

type Values = ReturnType<typeof parse>['values'];

/** The number that an option has. */
function integer(name: string, value: string | undefined, least: number, most: number): number {
  if (value === undefined) misuse(`--${name} is missing`);
  const number = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  misuse(`--${name} must be a number from ${least} to ${most}`);
}

/** What the options and the file name ask for, checked before anybody is asked for a secret. */
function plan(args: string[]) {
  const { values, positionals } = parse(args);
  const [path, ...others] = positionals;
  if (values.help) return undefined;
  if (others.length > 0) misuse('one FILE at most');
  const shares = integer('shares', values.shares, 1, mostShares);
  const quorum = integer('quorum', values.quorum, 1, shares);
  const sources = ['hex', 'raw', 'new'] as const;
  if (sources.filter((name) => values[name]).length > 1) misuse('choose one of --hex, --raw, --new');
  if (values.new && path !== undefined) misuse('--new reads no FILE');
  if (values.octets !== undefined && !values.new) misuse('--octets is for --new');
  if (values.json && values.qr) misuse('choose one of --json, --qr');
  const paper = values.print !== undefined || values.svg !== undefined;
  if (!paper) {
    for (const name of ['label', 'date', 'force'] as const) {
      if (values[name]) misuse(`--${name} is for --print and --svg`);
    }
  }
  if ((values.label ?? '').length > mostLabel) misuse(`--label has ${mostLabel} characters at most`);
  const octets = values.octets === undefined ? leastOctets : integer('octets', values.octets, leastOctets, mostOctets);
  return { values, path, shares, quorum, octets, paper };
}

/** What a text or octets hold, by the options. */
function read(values: Values, text: string): Secret {
  return values.hex ? { kind: 'key', octets: readHex(text) } : readUdf(withoutComments(text));
}

/** Asks twice: nothing in a secret shows a slip of the hand, and shares of another secret are worthless. */
async function ask(values: Values, terminal: Terminal): Promise<Secret> {
  if (values.raw) misuse('--raw reads a file or a pipe, not a terminal');
  const question = values.hex ? 'Secret, hexadecimal: ' : 'Secret (E... or Z...): ';
  const prompt = openPrompt(terminal);
  try {
    for (;;) {
      const secret = await askUntil(prompt, terminal, question, (answer) => read(values, answer));
      if (secret === undefined) break;
      const again = await askUntil(prompt, terminal, 'The same again: ', (answer) => read(values, answer));
      const same = again?.kind === secret.kind && equal(again.octets, secret.octets);
      if (again !== undefined) wipe(again.octets);
      if (same) return secret;
      wipe(secret.octets);
      if (again === undefined) break;
      terminal.complain('mathmesh: the two differ\n');
    }
    return misuse('no secret');
  } finally {
    prompt.close();
  }
}

async function obtain(values: Values, path: string | undefined, octets: number, terminal: Terminal): Promise<Secret> {
  if (values.new) return { kind: 'key', octets: randomBytes(octets) };
  if ((path === undefined || path === '-') && terminal.input.isTTY === true) return ask(values, terminal);
  const data = await readSource(path ?? '-', terminal.input, command);
  if (data.length === 0) misuse(`${nameOf(path ?? '-')}: no secret`);
  return values.raw ? { kind: 'key', octets: data } : read(values, textOf(data));
}

/** The shares of a secret, after a look whether they give it back. */
function split(octets: Uint8Array, shares: number, quorum: number): string[] {
  const texts = shamir.split(octets, { shares, quorum });
  const recovered = shamir.combine(texts);
  const same = equal(recovered, octets);
  wipe(recovered);
  return same ? texts : fail('inconsistent_shares', 'the shares do not give the secret back');
}

/** Writes the pages to their files. Gives what to say about them. */
async function writePages(values: Values, texts: readonly string[], quorum: number, recovery: string): Promise<string> {
  const notes = [values.label, values.date ? new Date().toISOString().slice(0, 10) : undefined];
  const pages: Page[] = [];
  for (const [i, share] of texts.entries()) {
    pages.push({
      share,
      index: i + 1,
      shares: texts.length,
      quorum,
      code: await qrCode(share),
      notes: notes.filter((note) => note !== undefined),
      command: recovery,
    });
  }
  const files: PrivateFile[] = [];
  if (values.print !== undefined) files.push({ path: values.print, text: pagesHtml(pages) });
  if (values.svg !== undefined) {
    const folder = values.svg;
    for (const page of pages) {
      files.push({ path: join(folder, `share-${page.index}-of-${page.shares}.svg`), text: pageSvg(page) });
    }
  }
  if (new Set(files.map(({ path }) => resolve(path))).size < files.length)
    misuse('--print and --svg name the same file');
  try {
    if (values.svg !== undefined) mkdirSync(values.svg, { recursive: true, mode: 0o700 });
    writePrivate(files, values.force);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    misuse(unwritable(path ?? '', code));
  }
  return files.map(({ path }) => `written: ${nameOf(path)}\n`).join('');
}

/** The shares as standard output has them. */
async function listing(values: Values, texts: readonly string[], quorum: number, secret: Secret, terminal: Terminal) {
  const { kind, octets } = secret;
  if (values.json) {
    return `${JSON.stringify({ quorum, shares: texts, kind, octets: octets.length }, undefined, 2)}\n`;
  }
  if (!values.qr) return texts.map((text) => `${text}\n`).join('');
  const codes = await Promise.all(texts.map(qrCode));
  return texts.map((text, i) => `${text}\n\n${qrLines(codes[i] as QrCode, terminal.coloured)}\n`).join('');
}

/** Runs the command. Gives the exit status. */
export async function share(args: string[], terminal: Terminal): Promise<number> {
  const wanted = plan(args);
  if (wanted === undefined) {
    terminal.write(shareHelp);
    return 0;
  }
  const { values, path, shares, quorum, octets, paper } = wanted;
  const secret = await obtain(values, path, octets, terminal);
  try {
    const texts = split(secret.octets, shares, quorum);
    const recovery = `mathmesh key recover${kindOf(secret.octets) === secret.kind ? '' : ` --${secret.kind}`}`;
    if (paper) terminal.complain(await writePages(values, texts, quorum, recovery));
    const shown = !paper || values.json || values.qr;
    if (shown) terminal.write(await listing(values, texts, quorum, secret, terminal));
    if (recovery.includes('--')) note(terminal, `to recover this secret use: ${recovery}`);
    if (quorum === 1) note(terminal, 'with a quorum of 1 each share alone gives the secret');
    if (shown && terminal.watched) note(terminal, 'the terminal keeps these shares until it is cleared');
    return 0;
  } finally {
    wipe(secret.octets);
  }
}
