/**
 * `mathmesh sequence create`, `append` and `repair`: the options of the commands, and where payloads come from.
 */
import { lstatSync } from 'node:fs';
import { join } from '../bytes.ts';
import { fileStorage } from '../sequence/file.ts';
import { type SequenceType, sequenceTypes } from '../sequence/members.ts';
import type { SequenceEntry } from '../sequence/sequence.ts';
import { answered } from './answer.ts';
import { forgetKeys, recipientsOf, sealKeyOptions, signersOf } from './darekeys.ts';
import { nameOf } from './input.ts';
import { type Progress, startProgress, unseen } from './progress.ts';
import { mostPayload, sequencePath, sequences, withWritable } from './sequencefile.ts';
import { openSource, type Source } from './source.ts';
import { Failure, parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the commands. */
export const sequenceWriteHelp = `mathmesh sequence create [options] FILE

Makes a sequence: a file to which frames are appended, each an envelope.

  --type NAME              Merkle (the default) and Chain bind every frame to all before it;
                           Digest and List do not
  -r, --to KEY             encrypt every frame to KEY: a public file, a public key O..., or a
                           key file. Several: each can read it
  -s, --sign KEYFILE       sign the first frame; those that are appended have a --sign of
                           their own
  --passphrase-file F      the passphrase of a locked key is the line in F
  --json                   an object with file, type and frames

mathmesh sequence append [options] FILE [PAYLOAD|-]...

Appends the contents of files, or standard input: one frame each, up to 256 MiB, all or none
even if the power fails. What "appended" is said of is on the medium.

  --lines                  each line of standard input is a frame, from when it is there
  -r, --to KEY             also to KEY, beyond the recipients of the sequence
  -s, --sign KEYFILE       sign each frame
  -t, --content-type TYPE  media type, which each frame shows to everybody
  --passphrase-file F      the passphrase of a locked key is the line in F
  -q, --quiet              no progress
  --json                   an object with file, first, appended and frames

  mathmesh sequence create --to auditor.pub journal
  tail -f events | mathmesh sequence append --lines --sign me.key journal

mathmesh sequence repair [--json] FILE

Removes what is behind the last whole frame, and keeps it in FILE.torn-OFFSET-1. What a crash
has left there, "append" removes without being told to; this is for damage of other kinds.

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.
`;

const shared = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const createOptions = { ...shared, ...sealKeyOptions, type: { type: 'string', default: 'Merkle' } } as const;

const appendOptions = {
  ...shared,
  ...sealKeyOptions,
  lines: { type: 'boolean', default: false },
  'content-type': { type: 'string', short: 't' },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const;

const commands = {
  create: 'mathmesh sequence create',
  append: 'mathmesh sequence append',
  repair: 'mathmesh sequence repair',
} as const;

/** What a command says in the end: an object, or a line for people. */
function say(terminal: Terminal, json: boolean, object: object, line: string): number {
  terminal.write(json ? `${JSON.stringify(object, undefined, 2)}\n` : `${line}\n`);
  return 0;
}

function help(terminal: Terminal): number {
  terminal.write(sequenceWriteHelp);
  return 0;
}

function checkInput(names: readonly string[], command: string): void {
  if (names.filter((name) => name === '-').length > 1) {
    throw new UsageError('standard input can be read once only', command);
  }
}

const isType = (name: string): name is SequenceType => (sequenceTypes as readonly string[]).includes(name);

/** Runs `mathmesh sequence create`. Gives the exit status. */
export async function create(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.create;
  const { values, positionals } = parsed({ args, options: createOptions, allowPositionals: true }, command);
  if (values.help) return help(terminal);
  const path = sequencePath(positionals, command);
  const { type } = values;
  if (!isType(type)) throw new UsageError(`--type must be one of ${sequenceTypes.join(', ')}`, command);
  checkInput([...values.to, ...values.sign], command);
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    throw new UsageError(`${nameOf(path)}: exists`, command);
  const files = { terminal, command, passphraseFile: values['passphrase-file'] };
  const recipients = await recipientsOf(values.to, files);
  const signers = await signersOf(values.sign, files);
  try {
    return await answered(values.json, terminal, async () => {
      const storage = await fileStorage(path, { create: true });
      try {
        await (await sequences.create(storage, { type, recipients, signers })).close();
      } finally {
        await storage.close(true);
      }
      return say(terminal, values.json, { file: path, type, frames: 1 }, `made: ${nameOf(path)}, ${type}`);
    });
  } finally {
    forgetKeys(signers);
  }
}

/** The octets of a source as one payload. */
async function payloadOf(source: Source, progress: Progress): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of source.read(progress)) {
      parts.push(part);
      if ((length += part.length) > mostPayload) throw new Failure(`${source.name}: too long for a frame`);
    }
  } finally {
    await source.close();
  }
  return join(parts);
}

/** The lines of a text, those that are there together; without their ends. The last one need not have one. */
async function* linesOf(pieces: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array[]> {
  let rest: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const lines: Uint8Array[] = [];
    let from = 0;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      lines.push(join([...rest, piece.subarray(from, at)]));
      rest = [];
      length = 0;
      from = at + 1;
    }
    rest.push(piece.slice(from));
    length += piece.length - from;
    if (length > mostPayload) throw new Failure(`${name}: a line that is too long for a frame`);
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [join(rest)];
}

/** Runs `mathmesh sequence append`. Gives the exit status. */
export async function append(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.append;
  const { values, positionals } = parsed({ args, options: appendOptions, allowPositionals: true }, command);
  if (values.help) return help(terminal);
  const path = sequencePath(positionals.slice(0, 1), command);
  const { lines, quiet, json, 'content-type': contentType } = values;
  const payloads = positionals.length > 1 ? positionals.slice(1) : ['-'];
  if (lines && positionals.length > 1) throw new UsageError('--lines reads standard input', command);
  checkInput([...payloads, ...values.to, ...values.sign], command);
  const files = { terminal, command, passphraseFile: values['passphrase-file'] };
  const recipients = await recipientsOf(values.to, files);
  const signers = await signersOf(values.sign, files);
  const entry = (payload: Uint8Array): SequenceEntry => ({
    payload,
    recipients,
    signers,
    ...(contentType === undefined ? {} : { contentType }),
  });
  const watch = ({ name, size }: Source) => (quiet || json ? unseen : startProgress(terminal, name, size));
  try {
    return await answered(json, terminal, () =>
      withWritable(path, command, false, async (sequence) => {
        const first = sequence.length;
        if (sequence.recovered !== undefined) {
          terminal.complain(
            `mathmesh: note: ${sequence.recovered.octets} octets of an append that never ended were removed\n`,
          );
        }
        if (lines) {
          const source = await openSource('-', terminal, command);
          for await (const some of linesOf(source.read(unseen), source.name)) await sequence.appendAll(some.map(entry));
        } else {
          const entries: SequenceEntry[] = [];
          for (const payload of payloads) {
            const source = await openSource(payload, terminal, command);
            const progress = watch(source);
            entries.push(entry(await payloadOf(source, progress)));
            progress.end();
          }
          await sequence.appendAll(entries);
        }
        const { length: frames } = sequence;
        const object = { file: path, first, appended: frames - first, frames };
        return say(terminal, json, object, `appended: ${frames - first}, from ${first}`);
      }),
    );
  } finally {
    forgetKeys(signers);
  }
}

/** Runs `mathmesh sequence repair`. Gives the exit status. */
export async function repair(args: string[], terminal: Terminal): Promise<number> {
  const command = commands.repair;
  const { values, positionals } = parsed({ args, options: shared, allowPositionals: true }, command);
  if (values.help) return help(terminal);
  const path = sequencePath(positionals, command);
  return answered(values.json, terminal, () =>
    withWritable(path, command, true, async ({ length: frames, recovered }) => {
      const object = { file: path, frames, removed: recovered ?? null };
      const line =
        recovered === undefined
          ? `whole: ${frames} frames`
          : `removed: ${recovered.octets} octets at ${recovered.offset} (${recovered.code}); ${frames} frames are left`;
      return say(terminal, values.json, object, line);
    }),
  );
}
