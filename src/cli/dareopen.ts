/**
 * `mathmesh dare open`: the options of the command, and the way from an envelope into a file or pipe. The checks are the library's; here is what is done
 * with a payload that nothing authenticates: it is refused.
 */
import { current } from '../backend/select.ts';
import type { DareHeader } from '../dare/header.ts';
import { makeOpenStream, type OpenedStream, type StreamOpenOptions } from '../dare/stream/open.ts';
import type { StreamSource } from '../dare/stream/source.ts';
import type { Assurance } from '../dare/verify.ts';
import { answered } from './answer.ts';
import { begin } from './darebegin.ts';
import { decryptionKeysOf, forgetKeys, openKeyOptions, trustOf } from './darekeys.ts';
import { jsonOf, shownAssurance } from './dareshow.ts';
import { counting, type Progress, startProgress, unseen } from './progress.ts';
import { forScreen } from './screen.ts';
import { checkOutput, deliver, openSink } from './sink.ts';
import { openSource, type Source } from './source.ts';
import { spool } from './spool.ts';
import { Failure, note, parsed, type Terminal, UsageError } from './terminal.ts';
import { piecesOf, webStream } from './web.ts';

/** The help of the command. */
export const openHelp = `mathmesh dare open [options] [FILE|-]

Decrypts an envelope of any size and checks it; also one of the drafts since 2018.

  -k, --key KEYFILE        decrypt with the keys in KEYFILE. Several: whichever fits. Refuses
                           what is in clear
  --trust KEY              demand a signature by KEY: a public file, a public key O..., or a
                           key file. Several: by any one of them
  -o, --output FILE        write to FILE, for its owner only, which appears when everything
                           was right; by default standard output
  --unauthenticated        take a payload that anybody may have changed: one in clear or under
                           A256CBC without --trust. Otherwise it is refused
  --passphrase-file F      the passphrase of a locked key is the line in F
  --force                  replace FILE if it exists
  -q, --quiet              no progress
  --json                   with --output: an object with what was checked, and what not

  mathmesh dare open --key me.key -o report.pdf report.dare
  mathmesh dare open --key me.key --trust alice.pub folder.dare | tar x

What is under A256GCM comes out piece by piece, each authentic; whether the end is there, the
exit status says. Everything else is read twice, and comes out when it has been verified;
standard input is kept in a temporary file for that, as it is carried. File names and content
types in an envelope are never used.

Exit status: 0 opened, 1 refused: the key does not fit, a signature is missing or wrong, or
the envelope is damaged; 2 wrong usage, 130 interrupted.
`;

const options = {
  ...openKeyOptions,
  output: { type: 'string', short: 'o' },
  unauthenticated: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const command = 'mathmesh dare open';

const openStream = makeOpenStream(current);

function misuse(message: string): never {
  throw new UsageError(message, command);
}

const parse = (args: string[]) => parsed({ args, options, allowPositionals: true }, command);

type Values = ReturnType<typeof parse>['values'];

function check({ key, trust, output, force, json }: Values, path: string): void {
  if (force && output === undefined) misuse('--force is for --output');
  if (json && output === undefined) misuse('--json is for --output');
  if ([path, ...key, ...trust].filter((each) => each === '-').length > 1)
    misuse('standard input can be read once only');
}

const refused =
  'nothing shows that nobody has changed this: --trust KEY demands a signature, --unauthenticated takes it as it is';

/** Whether the chunks are authentic by themselves and nothing else is demanded: then one reading is enough. */
const isSelfAuthentic = ({ enc }: DareHeader, { trust }: Values) => enc === 'A256GCM' && trust.length === 0;

/** Refuses before anything comes out. What was reached in the end is looked at again. */
function refuseEarly(header: DareHeader, values: Values): void {
  if (values.trust.length > 0 || values.unauthenticated || isSelfAuthentic(header, values)) return;
  throw new Failure(refused);
}

/** Where the library takes an envelope from. */
interface Feed {
  source: StreamSource;
  /** Gives back what was opened or kept. */
  close(): Promise<void>;
}

/** A file is opened anew for each reading. What cannot be is kept in a temporary file, if it has to be read twice. */
async function feedOf(path: string, values: Values, terminal: Terminal, watch: Watch): Promise<Feed> {
  const source = await openSource(path, terminal, command);
  const again = async (from: string, progressOf: Watch) => {
    const next = await openSource(from, terminal, command);
    return webStream(next.read(progressOf(next)), next.close);
  };
  try {
    const isFile = source.size !== undefined;
    const begun = await begin(source.read(isFile ? unseen : watch(source)));
    refuseEarly(begun.header, values);
    if (isFile) return { source: () => again(path, watch), close: source.close };
    if (isSelfAuthentic(begun.header, values)) {
      return { source: webStream(begun.all(), source.close), close: source.close };
    }
    const kept = await spool(begun.all());
    return { source: () => again(kept.path, () => unseen), close: kept.remove };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Shows how far the reading of a source is, in place of the one before. */
type Watch = (source: Source) => Progress;

/** The plaintext, which ends without an error only if it may be believed. */
async function* believed(opened: OpenedStream, values: Values): AsyncGenerator<Uint8Array> {
  yield* piecesOf(opened.payload);
  const { unauthenticated } = await opened.assurance;
  if (unauthenticated && !values.unauthenticated) throw new Failure(refused);
}

/** Says what a person should know who has not asked for it. */
function remark({ signatures }: Assurance, { trust, quiet }: Values, terminal: Terminal): void {
  if (quiet || trust.length > 0 || signatures.length === 0) return;
  note(terminal, 'it is signed, and nobody was asked to check that: --trust KEY demands a signature');
}

async function openTo(values: Values, path: string, given: StreamOpenOptions, terminal: Terminal): Promise<void> {
  const { output, force, quiet, json } = values;
  let progress: Progress = unseen;
  const watch: Watch = ({ name, size }) => {
    progress.end();
    progress = quiet || json ? unseen : startProgress(terminal, name, size);
    return progress;
  };
  const feed = await feedOf(path, values, terminal, watch);
  try {
    const opened = await openStream(feed.source, given);
    const sink = await openSink(output, { force, secret: true }, terminal, command).catch(async (error) => {
      await opened.payload.cancel();
      throw error;
    });
    const pieces = counting(unseen);
    const plaintext = forScreen(believed(opened, values), output === undefined && terminal.watched);
    await deliver(counted(plaintext, pieces), sink);
    progress.end();
    const assurance = await opened.assurance;
    remark(assurance, values, terminal);
    if (json) {
      const object = { output, octets: pieces.octets, assurance: shownAssurance(assurance) };
      terminal.write(jsonOf(object));
    }
  } finally {
    progress.end();
    await feed.close();
  }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, count: Pick<Progress, 'add'>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    count.add(piece.length);
    yield piece;
  }
}

/** Runs the command. Gives the exit status. */
export async function open(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    terminal.write(openHelp);
    return 0;
  }
  const [path = '-', ...others] = positionals;
  if (others.length > 0) misuse('one FILE at most');
  check(values, path);
  const { output, force } = values;
  // Before anybody is asked for a passphrase.
  if (output !== undefined) checkOutput(output, force, command);
  const files = { terminal, command, passphraseFile: values['passphrase-file'] };
  const trust = await trustOf(values.trust, files);
  const keys = await decryptionKeysOf(values.key, files);
  try {
    // A signed ciphertext can be passed on as if it were a signed text in clear: whoever has a key wants it to be used.
    const given = { keys, requireEncryption: keys.length > 0, ...(trust.length === 0 ? {} : { trust }) };
    return await answered(values.json, terminal, async () => {
      await openTo(values, path, given, terminal);
      return 0;
    });
  } finally {
    forgetKeys(keys);
  }
}
