/**
 * What commands read from files and pipes: key files, lists of digests, hexadecimal digits, secrets. A failure in words is a refusal, too.
 */
import { entriesOf, listLine } from '../../src/cli/hashlist.ts';
import { forget, parseObject, readKeyring, withoutComments } from '../../src/cli/keyring.ts';
import { isLocked, unlock } from '../../src/cli/locked.ts';
import { isSecret, kindOf, readHex, readUdf, writeHex } from '../../src/cli/secret.ts';
import { Failure } from '../../src/cli/terminal.ts';
import { MeshError } from '../../src/errors.ts';
import { pieces, textOf, utf8, withChoices } from '../input.ts';
import { agree, expect, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

/** Refusals of commands become those of the library. */
function inCode<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof Failure ? new MeshError('structure', error.message) : error;
  }
}

async function entries(octets: Uint8Array, by: number) {
  async function* source() {
    yield* pieces(octets, by);
  }
  const all: { value: string; path: string }[] = [];
  try {
    for await (const entry of entriesOf(source(), 'list')) all.push(entry);
  } catch (error) {
    if (error instanceof Failure) return { entries: all, failure: error.message };
    throw error;
  }
  return { entries: all, failure: undefined };
}

async function readList(octets: Uint8Array, by: number): Promise<void> {
  const whole = await entries(octets, 0);
  const parts = await entries(octets, by);
  // A line that is too long is refused when its end has not come yet.
  if (!whole.failure?.includes('characters') && !parts.failure?.includes('characters')) {
    agree('whether a list in pieces is refused', parts.failure === undefined, whole.failure === undefined);
  }
  if (whole.failure !== undefined) return;
  agree('a list in pieces', parts.entries, whole.entries);
  const written = utf8(whole.entries.map(listLine).join(''));
  agree('a list that was written', (await entries(written, 0)).entries, whole.entries);
}

class Asked extends Error {}

async function readKeys(text: string): Promise<void> {
  const ring = outcome(() => inCode(() => readKeyring(text)));
  if (ring.code === undefined) {
    const { publicKeys, secretKeys, symmetric } = ring.value;
    expect('a key file has keys', publicKeys.length + secretKeys.length + symmetric.length > 0);
    forget(ring.value);
  }
  const bare = withoutComments(text);
  const object = outcome(() => inCode(() => parseObject(bare)));
  if (!bare.startsWith('{') || object.code !== undefined || !isLocked(object.value)) return;
  try {
    // Whoever asks for the passphrase has found the form sound.
    await unlock(object.value, () => Promise.reject(new Asked()));
  } catch (error) {
    if (!(error instanceof Asked || error instanceof Failure || error instanceof MeshError)) throw error;
  }
}

function readSecrets(text: string): void {
  const octets = outcome(() => readHex(text));
  if (octets.code === undefined)
    agree('hexadecimal digits', writeHex(octets.value), text.replace(/\s/g, '').toLowerCase());
  const secret = outcome(() => readUdf(text));
  if (secret.code === undefined) {
    expect('a secret has octets', secret.value.octets.length > 0);
    kindOf(secret.value.octets);
  }
  isSecret(text);
}

const locked =
  '{"EncryptedKey":{"kdf":"scrypt","N":131072,"r":8,"p":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA","enc":"A256GCM","data":"AAAAAAAAAAAAAAAAAAAAAAAA"}}';
const digest = 'cf83e1357eefb8bdf1542850d66d8007';

export const cli: Target = {
  name: 'cli',
  about: 'key files, lists of digests, secrets, as commands read them',
  maxLength: 4096,
  words: ['PrivateKeyECDH', 'PublicKeyECDH', '"Private":"', '"Public":"', '"crv":"X448"', '\\n', '\\\\', '  '],
  seeds: (vectors) => [
    ...['seed', 'key', 'udf'].flatMap((name) => {
      const texts = vectors.flatMap(({ kind, inputs }) => (kind.startsWith('udf-') ? [inputs[name]] : []));
      return texts.filter((text) => text !== undefined).map((text) => withChoices([1], utf8(text)));
    }),
    ...[`${digest}  a file\n`, `\\${digest} *a\\nb\\\\c\r\n`].map((text) => withChoices([0, 3], utf8(text))),
    ...[
      locked,
      `# a comment\r\n${locked}`,
      '{"PrivateKeyECDH":{"crv":"X25519","Private":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}',
      '{"PublicKeyECDH":{"crv":"Ed25519","Public":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}',
    ].map((text) => withChoices([1], utf8(text))),
    withChoices([2], utf8('00 ff aA\n')),
    withChoices([2], utf8('EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J')),
  ],
  async run(input) {
    const [choice = 0, by = 0] = input;
    if (choice % 3 === 0) await readList(input.subarray(2), by);
    else if (choice % 3 === 1) await readKeys(textOf(input.subarray(1)));
    else readSecrets(textOf(input.subarray(1)));
  },
};
