/**
 * `mathmesh hash`: the options of its commands, and what is said of each file.
 */
import { printable } from '../conformance/printable.ts';
import { udf } from '../entry/udf.ts';
import { answered } from './answer.ts';
import { type Entry, entriesOf, listLine } from './hashlist.ts';
import { digestHash, type Hash, udfHash } from './hashof.ts';
import { nameOf } from './input.ts';
import { counting, startProgress, unseen } from './progress.ts';
import { openSource } from './source.ts';
import { Failure, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the command. */
const digestHelp = `mathmesh hash digest [options] [FILE|-]...

The digest of each file, of any size, in lines as sha512sum has them. Without FILE, or
for -, standard input is read.

  -a, --algorithm A        sha512 (the default) or shake256
  --length N               octets of SHAKE256 output, 16 to 1024; default 64
  -c, --check LIST         check the files in LIST (or - for standard input), which this
                           command has written, or sha512sum
  -q, --quiet              no progress, and with --check no line for files that are as listed
  --json                   a list of objects with file, algorithm, digest and octets

  mathmesh hash digest *.tar > sums
  mathmesh hash digest --check sums

Exit status: 0 done, 1 a file differs from the list or cannot be read to its end,
2 wrong usage.
`;

/** The help of the command. */
const udfHelp = `mathmesh hash udf --content-type TYPE [options] [FILE|-]...

The content digest of each file, of any size, as a UDF (draft-hallambaker-mesh-udf section
5.1): a fingerprint of octets and media type. Without FILE, or for -, standard input is read.

  -t, --content-type TYPE  media type such as text/plain, exactly as others give it
  --bits N                 precision, 20 to 440; default 140, which is 28 characters
  --match UDF              say of each file whether this is its fingerprint; UDF has 100 bits
                           or more, the longer the better
  -c, --check LIST         check the files in LIST (or - for standard input), which this
                           command has written
  -q, --quiet              no progress, and with --check and --match no line for files that
                           are as they should be
  --json                   a list of objects with file, contentType, udf and octets

  mathmesh hash udf -t text/plain letter.txt
  mathmesh hash udf -t text/plain --match MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF letter.txt

Exit status: 0 done, 1 a file has another fingerprint or cannot be read to its end,
2 wrong usage.
`;

/** The help of both commands. */
const hashHelp = `${digestHelp}
${udfHelp}`;

const common = {
  check: { type: 'string', short: 'c' },
  quiet: { type: 'boolean', short: 'q', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const digestOptions = {
  ...common,
  algorithm: { type: 'string', short: 'a' },
  length: { type: 'string' },
} as const;

const udfOptions = {
  ...common,
  'content-type': { type: 'string', short: 't' },
  bits: { type: 'string' },
  match: { type: 'string' },
} as const;

const [digestCommand, udfCommand] = ['mathmesh hash digest', 'mathmesh hash udf'];

/** What is asked for. */
interface Task {
  command: string;
  hash: Hash;
  paths: readonly string[];
  /** The list to check. */
  check: string | undefined;
  /** The value that every file should have. */
  match?: string | undefined;
  quiet: boolean;
  json: boolean;
}

/** The number that an option has. */
function integer(name: string, value: string, least: number, most: number, command: string): number {
  const number = /^\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${name} must be a number from ${least} to ${most}`, command);
}

/** The value of a file, and how many octets it has. */
async function measure(path: string, { hash, quiet, json, command }: Task, terminal: Terminal) {
  const source = await openSource(path, terminal, command);
  const progress = counting(quiet || json ? unseen : startProgress(terminal, source.name, source.size));
  try {
    return { value: await hash.of(source.read(progress)), octets: progress.octets };
  } finally {
    progress.end();
    await source.close();
  }
}

function writeObjects(objects: readonly object[], terminal: Terminal): void {
  terminal.write(`${JSON.stringify(objects, undefined, 2)}\n`);
}

/** Writes the value of each file. */
async function list(task: Task, terminal: Terminal): Promise<number> {
  const objects: object[] = [];
  for (const path of task.paths) {
    const { value, octets } = await measure(path, task, terminal);
    if (task.json) objects.push({ file: path, ...task.hash.about, [task.hash.name]: value, octets });
    // A name is kept for programs, and kept from doing anything to a screen.
    else terminal.write(listLine({ value, path: terminal.watched ? printable(path) : path }));
  }
  if (task.json) writeObjects(objects, terminal);
  return 0;
}

/** Whether a file is as it should be. */
async function verdictOf({ path, value }: Entry, task: Task, terminal: Terminal): Promise<string> {
  try {
    const found = await measure(path, task, terminal);
    return task.hash.matches(value, found.value) ? 'ok' : 'different';
  } catch (error) {
    if (error instanceof UsageError || error instanceof Failure) return 'unreadable';
    throw error;
  }
}

/** Says of each file whether it is as it should be. */
async function check(entries: AsyncIterable<Entry>, task: Task, terminal: Terminal): Promise<number> {
  const objects: object[] = [];
  let bad = 0;
  for await (const entry of entries) {
    const verdict = await verdictOf(entry, task, terminal);
    if (verdict !== 'ok') bad++;
    if (task.json) objects.push({ file: entry.path, verdict });
    else if (verdict !== 'ok') terminal.write(terminal.paint(`FAILED ${nameOf(entry.path)}: ${verdict}\n`));
    else if (!task.quiet) terminal.write(terminal.paint(`ok ${nameOf(entry.path)}\n`));
  }
  if (task.json) writeObjects(objects, terminal);
  return bad === 0 ? 0 : 1;
}

async function* every(paths: readonly string[], value: string): AsyncGenerator<Entry> {
  for (const path of paths) yield { path, value };
}

async function run(given: Task, terminal: Terminal): Promise<number> {
  const { command } = given;
  const task = { ...given, paths: given.paths.length > 0 ? given.paths : ['-'] };
  if (task.paths.filter((path) => path === '-').length > 1) {
    throw new UsageError('standard input can be read once only', command);
  }
  if (given.check !== undefined) {
    if (given.paths.length > 0 || given.match !== undefined) {
      throw new UsageError('--check has the files and their values in its list', command);
    }
    const source = await openSource(given.check, terminal, command);
    const entries = entriesOf(source.read(unseen), source.name);
    return answered(task.json, terminal, () => check(entries, task, terminal)).finally(source.close);
  }
  const { match } = task;
  return answered(task.json, terminal, () =>
    match === undefined ? list(task, terminal) : check(every(task.paths, match), task, terminal),
  );
}

function digest(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed({ args, options: digestOptions, allowPositionals: true }, digestCommand);
  if (values.help) return show(digestHelp, terminal);
  const { algorithm = 'sha512', length, ...rest } = values;
  if (algorithm !== 'sha512' && algorithm !== 'shake256') {
    throw new UsageError('--algorithm must be sha512 or shake256', digestCommand);
  }
  if (length !== undefined && algorithm === 'sha512') throw new UsageError('--length is for shake256', digestCommand);
  const octets = length === undefined ? 64 : integer('length', length, 16, 1024, digestCommand);
  const { check: listed, quiet, json } = rest;
  const hash = digestHash(algorithm, octets);
  return run({ command: digestCommand, hash, paths: positionals, check: listed, quiet, json }, terminal);
}

/** A fingerprint to compare with. @throws UsageError */
function checkMatch(match: string | undefined): void {
  if (match === undefined) return;
  try {
    if (udf.matches(match, match)) return;
  } catch (error) {
    throw new UsageError(`--match: ${(error as Error).message}`, udfCommand);
  }
  throw new UsageError('--match has 100 bits at least, which are 20 characters', udfCommand);
}

function fingerprint(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed({ args, options: udfOptions, allowPositionals: true }, udfCommand);
  if (values.help) return show(udfHelp, terminal);
  const { 'content-type': contentType, match, check: listed, quiet, json } = values;
  if (contentType === undefined) throw new UsageError('--content-type is missing: a UDF depends on it', udfCommand);
  checkMatch(match);
  const bits = values.bits === undefined ? 140 : integer('bits', values.bits, 20, 440, udfCommand);
  // A claim is compared with all its precision.
  const hash = udfHash(contentType, match === undefined && listed === undefined ? bits : 440);
  return run({ command: udfCommand, hash, paths: positionals, check: listed, match, quiet, json }, terminal);
}

async function show(text: string, terminal: Terminal): Promise<number> {
  terminal.write(text);
  return 0;
}

/** Runs a command. Gives the exit status. */
export async function hash(args: string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  switch (name) {
    case 'digest':
      return digest(rest, terminal);
    case 'udf':
      return fingerprint(rest, terminal);
    case '--help':
    case '-h':
    case 'help':
      return show(hashHelp, terminal);
    default:
      throw new UsageError(name === undefined ? 'no command' : 'unknown command: digest or udf', 'mathmesh hash');
  }
}
