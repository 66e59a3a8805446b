/**
 * `mathmesh sequence list`, `read` and `verify`: what is in a sequence, and what protects it.
 */
import { statSync } from 'node:fs';
import { printable } from '../conformance/printable.ts';
import { parseHeader } from '../dare/header.ts';
import { writeObject } from '../dare/json.ts';
import type { Signer } from '../dare/keys.ts';
import { type DareLimits, limitsOf } from '../dare/limits.ts';
import type { SequenceFrame } from '../sequence/frame.ts';
import type { SequenceReport } from '../sequence/report.ts';
import type { Sequence } from '../sequence/sequence.ts';
import { fromUtf8 } from '../utf8.ts';
import { answered } from './answer.ts';
import { decryptionKeysOf, forgetKeys, openKeyOptions, signersOf, trustOf } from './darekeys.ts';
import { jsonOf, shownAssurance } from './dareshow.ts';
import { nameOf, readSource } from './input.ts';
import { startProgress, unseen } from './progress.ts';
import { forScreen } from './screen.ts';
import { sequencePath, sequences, withSequence } from './sequencefile.ts';
import { checkOutput, deliver, openSink } from './sink.ts';
import { Failure, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
export const sequenceReadHelp = `mathmesh sequence list [options] FILE

Lists the frames: number, octets of the payload as carried, cipher, content type and name.

  --from N, --until N      only these; the first frame is 0 and says what the sequence is
  --reverse                the last one first
  --json                   a list of objects, one a line

mathmesh sequence read [options] FILE N

Writes the payload of frame N, or of the last one for "last".

  -k, --key KEYFILE        decrypt with the keys in KEYFILE. Several: whichever fits. Refuses
                           what is in clear
  --trust KEY              demand a signature by KEY. Several: by any one of them
  -o, --output FILE        write to FILE, for its owner only; by default standard output
  --unauthenticated        take an encrypted payload that anybody may have changed
  --passphrase-file F      the passphrase of a locked key is the line in F
  --force                  replace FILE if it exists
  --json                   with --output: an object with what was checked, and what not

mathmesh sequence verify [options] FILE

Checks all frames and digests, and says what they protect. Digests find accidents; that
nobody has changed, exchanged or cut off payloads on purpose, only a signed head shows that
was kept elsewhere. Digests cover payloads as carried, and a head frame 0, too: content types,
names and recipients of other frames can be changed and their signatures removed, which
"read --trust" notices of signatures, and "read --key" of all that A256GCM binds.
A signature says nothing of what it is for: whoever can have any octets signed by the key of
the heads can make a head. Sign heads with a key that signs no payloads of others.

  --linked                 demand digests that bind every frame to all before it
  --head HEAD --trust KEY  compare with the signed head in the file HEAD, signed by KEY
  --sign KEYFILE -o HEAD   sign the head of what was verified, and write it to HEAD
  --passphrase-file F      the passphrase of a locked key is the line in F
  --force                  replace HEAD if it exists
  -q, --quiet              no progress, and no line when all is right
  --json                   an object with what was found

  mathmesh sequence verify --sign me.key -o monday.head journal
  mathmesh sequence verify --head monday.head --trust me.pub journal

Exit status: 0 done, 1 refused, damaged, or not what the head says, 2 wrong usage,
130 interrupted.
`;

const shared = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const listOptions = {
  ...shared,
  from: { type: 'string' },
  until: { type: 'string' },
  reverse: { type: 'boolean', default: false },
} as const;

const readOptions = {
  ...shared,
  ...openKeyOptions,
  output: { type: 'string', short: 'o' },
  unauthenticated: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

const { key: _, ...trustOptions } = openKeyOptions;
const verifyOptions = {
  ...shared,
  ...trustOptions,
  linked: { type: 'boolean', default: false },
  head: { type: 'string' },
  sign: { type: 'string', short: 's', multiple: true, default: [] as string[] },
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const;

const commands = {
  list: 'mathmesh sequence list',
  read: 'mathmesh sequence read',
  verify: 'mathmesh sequence verify',
} as const;

const limits: Required<DareLimits> = limitsOf(undefined);

function help(terminal: Terminal): number {
  terminal.write(sequenceReadHelp);
  return 0;
}

/** The number of a frame. @throws UsageError */
function frameNumber(name: string, text: string, command: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new UsageError(`${name} must be the number of a frame`, command);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What is listed of a frame; nothing of it is checked. */
function described({ header }: SequenceFrame) {
  const { contentMeta, enc = 'none' } = parseHeader(writeObject(header), limits);
  const name = textOf(contentMeta['UniqueId']) ?? textOf(contentMeta['Filename']);
  return { enc, contentType: textOf(contentMeta['cty']), name, event: textOf(contentMeta['Event']) };
}

/** Runs `mathmesh sequence list`. Gives the exit status. */
export async function list(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.list;
  const { values, positionals } = parsed({ args, options: listOptions, allowPositionals: true }, command);
  if (values.help) return help(terminal);
  const path = sequencePath(positionals, command);
  const { from, until, reverse, json } = values;
  const range = {
    ...(from === undefined ? {} : { from: frameNumber('--from', from, command) }),
    ...(until === undefined ? {} : { to: frameNumber('--until', until, command) }),
    reverse,
  };
  return withSequence(path, command, unseen, async (sequence) => {
    let count = 0;
    for await (const frame of sequence.frames(range)) {
      const { index, payloadLength: octets, position } = frame;
      const about = described(frame);
      if (json) {
        const object = JSON.stringify({ index, octets, position, ...about });
        await terminal.send(fromUtf8(`${count === 0 ? '[\n' : ',\n'}${object}`));
      } else {
        const text = Object.values(about).filter((value) => value !== undefined);
        const line = [String(index).padStart(6), String(octets).padStart(10), ...text].join('  ');
        await terminal.send(fromUtf8(`${printable(line)}\n`));
      }
      count++;
    }
    if (json) terminal.write(count === 0 ? '[]\n' : '\n]\n');
    if (sequence.torn !== undefined) {
      const { octets, offset, code } = sequence.torn;
      throw new Failure(`${nameOf(path)}: ${octets} octets behind the last whole frame, at ${offset} (${code})`);
    }
    return 0;
  });
}

/** Runs `mathmesh sequence read`. Gives the exit status. */
export async function read(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.read;
  const { values, positionals } = parsed({ args, options: readOptions, allowPositionals: true }, command);
  if (values.help) return help(terminal);
  const [path, which, ...others] = positionals;
  if (path === undefined || which === undefined || others.length > 0) {
    throw new UsageError('FILE and the number of a frame, please', command);
  }
  const wanted = which === 'last' ? undefined : frameNumber('N', which, command);
  const { output, force, json, unauthenticated } = values;
  if (force && output === undefined) throw new UsageError('--force is for --output', command);
  if (json && output === undefined) throw new UsageError('--json is for --output', command);
  if (output !== undefined) checkOutput(output, force, command);
  const files = { terminal, command, passphraseFile: values['passphrase-file'] };
  const trust = await trustOf(values.trust, files);
  const keys = await decryptionKeysOf(values.key, files);
  try {
    return await answered(json, terminal, () =>
      withSequence(path, command, unseen, async (sequence) => {
        const frame = await sequence.frame(wanted ?? sequence.length - 1);
        const requireEncryption = keys.length > 0;
        const { payload, assurance } = await frame.open({
          keys,
          requireEncryption,
          ...(trust.length === 0 ? {} : { trust }),
        });
        if (frame.encrypted && assurance.unauthenticated && !unauthenticated) {
          throw new Failure(
            'nothing shows that nobody has changed this frame: --trust KEY demands a signature, --unauthenticated takes it as it is',
          );
        }
        const sink = await openSink(output, { force, secret: true }, terminal, command);
        await deliver(forScreen(one(payload), output === undefined && terminal.watched), sink);
        if (json) {
          const object = { output, frame: frame.index, octets: payload.length, assurance: shownAssurance(assurance) };
          terminal.write(jsonOf(object));
        }
        return 0;
      }),
    );
  } finally {
    forgetKeys(keys);
  }
}

async function* one(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  yield octets;
}

type VerifyValues = ReturnType<typeof parseVerify>['values'];

const parseVerify = (args: string[]) =>
  parsed({ args, options: verifyOptions, allowPositionals: true }, commands.verify);

function checkVerify(values: VerifyValues): void {
  const { head, trust, sign, output, force } = values;
  const misuse = (message: string) => {
    throw new UsageError(message, commands.verify);
  };
  if ((head === undefined) !== (trust.length === 0)) misuse('--head HEAD and --trust KEY belong together');
  if (sign.length > 0 !== (output !== undefined)) misuse('--sign KEYFILE and --output HEAD belong together');
  if (force && output === undefined) misuse('--force is for --output');
  if (output !== undefined) checkOutput(output, force, commands.verify);
}

/** What was found, for people. */
function found({ frames, type, rule, protects }: SequenceReport, later: number | undefined): string {
  const binds = {
    sequence: 'every payload is bound to all before it',
    payloads: 'digests find accidents in payloads',
    nothing: 'nothing protects the payloads',
  }[protects];
  const since = later === undefined ? '' : `; as the head says, and ${later} since`;
  return `ok ${type}, ${frames} frames, rule ${rule}: ${binds}${since}\n`;
}

/** Runs `mathmesh sequence verify`. Gives the exit status. */
export async function verify(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.verify;
  const { values, positionals } = parseVerify(args);
  if (values.help) return help(terminal);
  const path = sequencePath(positionals, command);
  checkVerify(values);
  const { head, linked, output, force, quiet, json } = values;
  const files = { terminal, command, passphraseFile: values['passphrase-file'] };
  const trust = await trustOf(values.trust, files);
  const signers = await signersOf(values.sign, files);
  const headText = head === undefined ? undefined : await readSource(head, terminal.input, command);
  const progress = quiet || json ? unseen : startProgress(terminal, nameOf(path), sizeOf(path));
  try {
    return await answered(json, terminal, () =>
      withSequence(path, command, progress, async (sequence) => {
        const report = await sequence.verify({ requireLinked: linked });
        const later =
          headText === undefined ? undefined : (await sequences.checkHead(sequence, headText, { trust })).later;
        if (output !== undefined) await writeHead(sequence, signers, output, force, terminal);
        progress.end();
        if (json) terminal.write(jsonOf({ ok: true, ...report, ...(later === undefined ? {} : { later }) }));
        else if (!quiet) terminal.write(terminal.paint(found(report, later)));
        return 0;
      }),
    );
  } finally {
    progress.end();
    forgetKeys(signers);
  }
}

async function writeHead(sequence: Sequence, signers: Signer[], output: string, force: boolean, terminal: Terminal) {
  const signed = await sequences.signHead(sequence, { signers });
  const sink = await openSink(output, { force, secret: false }, terminal, commands.verify);
  await deliver(one(fromUtf8(`${signed}\n`)), sink);
}

/** Octets of a file, for progress; it may be gone when it is opened. */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
