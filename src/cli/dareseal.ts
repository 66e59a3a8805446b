/**
 * `mathmesh dare seal`: the options of the command, and the way from a file or pipe into an envelope. The envelope is the library's.
 */
import { current } from '../backend/select.ts';
import { join, wipe } from '../bytes.ts';
import { makeDare } from '../dare/index.ts';
import type { Signer } from '../dare/keys.ts';
import type { SealOptions } from '../dare/prepare.ts';
import { makeSealStream } from '../dare/stream/seal.ts';
import { fromUtf8 } from '../utf8.ts';
import { answered } from './answer.ts';
import { forgetKeys, recipientsOf, sealKeyOptions, signersOf } from './darekeys.ts';
import { counting, type Progress, startProgress, unseen } from './progress.ts';
import { checkOutput, deliver, openSink } from './sink.ts';
import { openSource, type Source } from './source.ts';
import { Failure, parsed, type Terminal, UsageError } from './terminal.ts';
import { piecesOf, webStream } from './web.ts';

/** The help of the command. */
export const sealHelp = `mathmesh dare seal [options] [FILE|-]

Encrypts or signs a file or pipe of any size, or both: a DARE envelope.

  -r, --to KEY             encrypt to KEY: a public file, a public key O..., or a key file;
                           a symmetric key only as a file. Several: each can open it
  -s, --sign KEYFILE       sign with the key in KEYFILE. Several: all sign
  -o, --output FILE        write to FILE, which appears when it is complete; by default
                           standard output
  -a, --armor              JSON text, for mail and the like, instead of JSON-B; up to 64 MiB
  -t, --content-type TYPE  media type, which the envelope shows to everybody
  --name NAME              file name, which the envelope shows to everybody
  --cipher NAME            A256GCM, or A256CBC together with --sign. By default A256GCM,
                           an extension of this package, without signatures, and with them
                           A256CBC, which all software for these envelopes reads
  --profile NAME           current (the default), or schema-03: the form of August 2019
  --passphrase-file F      the passphrase of a locked key is the line in F
  --force                  replace FILE if it exists
  -q, --quiet              no progress
  --json                   with --output: an object with what was written

  mathmesh dare seal --to bob.pub -o report.dare report.pdf
  tar c folder | mathmesh dare seal -r bob.pub -r me.pub --sign me.key > folder.dare
  mathmesh dare seal --sign me.key --armor letter.txt

Signatures cover the payload; content type and name are signed by nobody, and bound to the
payload by A256GCM only.

Exit status: 0 sealed, 1 failed, 2 wrong usage, 130 interrupted.
`;

const options = {
  ...sealKeyOptions,
  output: { type: 'string', short: 'o' },
  armor: { type: 'boolean', short: 'a', default: false },
  'content-type': { type: 'string', short: 't' },
  name: { type: 'string' },
  cipher: { type: 'string' },
  profile: { type: 'string' },
  force: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const command = 'mathmesh dare seal';

const dare = makeDare(current);
const sealStream = makeSealStream(current);

/** Most octets of a payload that becomes JSON text, which is made at once. */
const mostArmored = 2 ** 26;

function misuse(message: string): never {
  throw new UsageError(message, command);
}

const parse = (args: string[]) => parsed({ args, options, allowPositionals: true }, command);

type Values = ReturnType<typeof parse>['values'];

/** Checks what can be checked before anything is read. */
function check(values: Values, path: string, terminal: Terminal): void {
  const { to, sign, output, armor, cipher, profile } = values;
  if (to.length + sign.length === 0)
    misuse('nobody to encrypt to and nobody who signs: --to KEY, --sign KEYFILE or both');
  if (cipher !== undefined && cipher !== 'A256GCM' && cipher !== 'A256CBC')
    misuse('--cipher must be A256GCM or A256CBC');
  if (cipher !== undefined && to.length === 0) misuse('--cipher is for --to');
  if (cipher === 'A256CBC' && sign.length === 0) misuse('A256CBC does not protect from changes: add --sign KEYFILE');
  if (profile !== undefined && profile !== 'current' && profile !== 'schema-03') {
    misuse('--profile must be current or schema-03');
  }
  if (values.force && output === undefined) misuse('--force is for --output');
  if (values.json && output === undefined) misuse('--json is for --output');
  if (output === undefined && terminal.watched && !armor)
    misuse('octets are for a file or a pipe: --output or --armor');
  if ([path, ...to, ...sign].filter((each) => each === '-').length > 1) misuse('standard input can be read once only');
}

/** The options of the library; whoever calls forgets the keys. */
async function sealOptions(values: Values, terminal: Terminal): Promise<SealOptions & { signers: Signer[] }> {
  const keys = { terminal, command, passphraseFile: values['passphrase-file'] };
  const { 'content-type': contentType, name, cipher, profile } = values;
  const recipients = await recipientsOf(values.to, keys);
  const signers = await signersOf(values.sign, keys);
  return {
    recipients,
    signers,
    ...(contentType === undefined ? {} : { contentType }),
    ...(name === undefined ? {} : { contentMeta: { Filename: name } }),
    ...(cipher === undefined ? {} : { cipher: cipher as 'A256GCM' }),
    ...(profile === undefined ? {} : { profile: profile as 'current' }),
  };
}

/** The payload as one, for what is made at once. */
async function whole(source: Source, progress: Progress): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of source.read(progress)) {
    parts.push(part);
    if ((length += part.length) > mostArmored) throw new Failure(`${source.name}: too long for --armor`);
  }
  return join(parts);
}

async function* armored(source: Source, progress: Progress, options: SealOptions): AsyncGenerator<Uint8Array> {
  const payload = await whole(source, progress);
  yield fromUtf8(`${dare.seal(payload, { ...options, form: 'json' })}\n`);
  wipe(payload);
}

/** Runs the command. Gives the exit status. */
export async function seal(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    terminal.write(sealHelp);
    return 0;
  }
  const [path = '-', ...others] = positionals;
  if (others.length > 0) misuse('one FILE at most');
  check(values, path, terminal);
  // Before anybody is asked for a passphrase.
  if (values.output !== undefined) checkOutput(values.output, values.force, command);
  const { output, armor, force, quiet, json } = values;
  const options = await sealOptions(values, terminal);
  const sealed = async () => {
    const source = await openSource(path, terminal, command);
    const progress = counting(quiet || json ? unseen : startProgress(terminal, source.name, source.size));
    try {
      const sink = await openSink(output, { force, secret: false }, terminal, command);
      const pieces = armor
        ? armored(source, progress, options)
        : piecesOf(sealStream(webStream(source.read(progress), source.close), options));
      await deliver(pieces, sink);
    } finally {
      progress.end();
      await source.close();
    }
    if (json) terminal.write(`${JSON.stringify({ output, octets: progress.octets }, undefined, 2)}\n`);
    return 0;
  };
  try {
    return await answered(json, terminal, sealed);
  } finally {
    forgetKeys(options.signers);
  }
}
