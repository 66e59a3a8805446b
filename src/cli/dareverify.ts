/**
 * `mathmesh dare inspect` and `mathmesh dare verify`: what an envelope of any size says, and who has signed it. Nothing is decrypted.
 */
import { current } from '../backend/select.ts';
import { printable } from '../conformance/printable.ts';
import type { Inspection } from '../dare/inspect.ts';
import { makeInspectStream, makeVerifyStream } from '../dare/stream/scan.ts';
import { answered } from './answer.ts';
import { openKeyOptions, trustOf } from './darekeys.ts';
import { believedSigners, jsonOf, shownAssurance } from './dareshow.ts';
import { readable, startProgress, unseen } from './progress.ts';
import { openSource } from './source.ts';
import { note, parsed, type Terminal, UsageError } from './terminal.ts';
import { webStream } from './web.ts';

/** The help of the commands. */
export const verifyHelp = `mathmesh dare inspect [options] [FILE|-]

Shows what an envelope says about itself, to who has no key. Nothing of it is checked but
the digest of what it carries.

  -q, --quiet              no progress
  --json                   an object with everything, header and trailer included

Exit status: 0 an envelope, 1 none or damaged, 2 wrong usage.

mathmesh dare verify --trust KEY [options] [FILE|-]

Says whether a trusted key has signed an envelope of any size. It is not decrypted.

  --trust KEY              a public file, a public key O..., or a key file. Several: any one
  --passphrase-file F      the passphrase of a locked key is the line in F
  -q, --quiet              no progress, and no line when it is signed
  --json                   an object with what was checked, and what not

  mathmesh dare verify --trust release.pub package.dare

The signature of an encrypted envelope covers what it carries: that its signer knew the
content, only "mathmesh dare open" can show, to who can open it.

Exit status: 0 signed, 1 not signed by a trusted key or damaged, 2 wrong usage.
`;

const common = {
  quiet: { type: 'boolean', short: 'q', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const { key: _, ...trustOptions } = openKeyOptions;
const verifyOptions = { ...common, ...trustOptions } as const;

const [inspectCommand, verifyCommand] = ['mathmesh dare inspect', 'mathmesh dare verify'];

const [inspectStream, verifyStream] = [makeInspectStream(current), makeVerifyStream(current)];

interface Task {
  path: string;
  command: string;
  quiet: boolean;
  json: boolean;
}

/** What `read` finds in the envelope, which it reads to its end. */
async function reading<T>(
  { path, command, quiet, json }: Task,
  terminal: Terminal,
  read: (envelope: ReadableStream<Uint8Array>) => Promise<T>,
): Promise<T> {
  const source = await openSource(path, terminal, command);
  const progress = quiet || json ? unseen : startProgress(terminal, source.name, source.size);
  try {
    return await read(webStream(source.read(progress), source.close));
  } finally {
    progress.end();
    await source.close();
  }
}

function onePath(positionals: readonly string[], command: string): string {
  const [path = '-', ...others] = positionals;
  if (others.length > 0) throw new UsageError('one FILE at most', command);
  return path;
}

const none = '(none)';

/** Lines for people: what a stranger wrote cannot do anything to the screen. */
function lines(it: Inspection): string {
  const { contentType, contentMeta, recipients, signatures } = it;
  const meta = Object.entries(contentMeta).filter(([name]) => name !== 'cty');
  const all: [string, string][] = [
    ['cipher', it.enc],
    ['payload', `${readable(it.payloadLength)} as carried, digest ${it.digest}`],
    ...recipients.map(({ kid = none, crv = 'symmetric' }): [string, string] => ['encrypted to', `${kid} (${crv})`]),
    ...signatures.map(({ kid = none, crv = 'unknown' }): [string, string] => [
      'signed by',
      `${kid} (${crv}), not checked`,
    ]),
    ...(contentType === undefined ? [] : [['content type', contentType] as [string, string]]),
    ...meta.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    ...(it.envelopeId === undefined ? [] : [['envelope', it.envelopeId] as [string, string]]),
    ...(it.annotations === 0 ? [] : [['annotations', String(it.annotations)] as [string, string]]),
  ];
  return all.map(([name, value]) => `${`${printable(name)}:`.padEnd(14)} ${printable(value)}\n`).join('');
}

/** Runs `mathmesh dare inspect`. Gives the exit status. */
export async function inspect(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed({ args, options: common, allowPositionals: true }, inspectCommand);
  if (values.help) {
    terminal.write(verifyHelp);
    return 0;
  }
  const path = onePath(positionals, inspectCommand);
  const { quiet, json } = values;
  return answered(json, terminal, async () => {
    const task = { path, command: inspectCommand, quiet, json };
    const inspection = await reading(task, terminal, (envelope) => inspectStream(envelope));
    terminal.write(json ? jsonOf(inspection) : lines(inspection));
    return inspection.digest === 'mismatch' ? 1 : 0;
  });
}

/** Runs `mathmesh dare verify`. Gives the exit status. */
export async function verify(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed({ args, options: verifyOptions, allowPositionals: true }, verifyCommand);
  if (values.help) {
    terminal.write(verifyHelp);
    return 0;
  }
  const path = onePath(positionals, verifyCommand);
  const { quiet, json } = values;
  if (values.trust.length === 0)
    throw new UsageError('--trust KEY is missing: a signature is by somebody', verifyCommand);
  if ([path, ...values.trust].filter((each) => each === '-').length > 1) {
    throw new UsageError('standard input can be read once only', verifyCommand);
  }
  const files = { terminal, command: verifyCommand, passphraseFile: values['passphrase-file'] };
  const trust = await trustOf(values.trust, files);
  return answered(json, terminal, async () => {
    const task = { path, command: verifyCommand, quiet, json };
    const { cipher, digest, signatures } = await reading(task, terminal, (envelope) =>
      verifyStream(envelope, { trust }),
    );
    if (json) terminal.write(jsonOf({ ok: true, ...shownAssurance({ cipher, digest, signatures }) }));
    else if (!quiet) terminal.write(terminal.paint(`ok signed by ${believedSigners({ signatures }).join(', ')}\n`));
    if (cipher !== 'none' && !quiet && !json)
      note(terminal, 'whether the signer knew the content, "mathmesh dare open" shows');
    return 0;
  });
}
