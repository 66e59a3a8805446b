/**
 * Keyring: the keys in a key file. A key file is text: lines that begin with `#` are for people, the others are
 *
 *   Z...   a seed, one a line (draft-hallambaker-mesh-udf section 4.4). A seed for "any" algorithm is an X448 key for encryption and an
 *          Ed448 key for signatures, other seeds are the key they name; derived in the `info` form without a key name
 *   E...   a key that both sides have (section 4.3), one a line
 *   O...   a public key, one a line (section 4.2)
 *   { }    instead of lines one object `PrivateKeyECDH` or `PublicKeyECDH` (draft-hallambaker-mesh-dare), or `EncryptedKey` (locked.ts)
 *
 * Whose keys they are, nobody knows from the file.
 */
import { current } from '../backend/select.ts';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { wipe } from '../bytes.ts';
import { udf } from '../entry/udf.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';
import { type GroupName, groupOf } from '../threshold/group.ts';
import { algorithmCodes, algorithmMask } from '../udf/seed.ts';
import { type } from '../udf/type.ts';
import { Failure } from './terminal.ts';

/** A public key. X448: 57 octets, the last one with the sign. */
export interface PublicKey {
  crv: GroupName;
  publicKey: Uint8Array;
}

/** A key pair. Ed448: a seed of 56 (Mesh) or 57 octets. */
interface SecretKey extends PublicKey {
  secretKey: Uint8Array;
}

/** What a file holds. */
export interface Keyring {
  publicKeys: PublicKey[];
  secretKeys: SecretKey[];
  /** Texts `E...`. */
  symmetric: string[];
}

/** What a curve is for. */
export const useOf: Readonly<Record<GroupName, 'encryption' | 'signatures'>> = {
  X448: 'encryption',
  X25519: 'encryption',
  Ed448: 'signatures',
  Ed25519: 'signatures',
};

const names: ReadonlyMap<number, string> = new Map(Object.entries(algorithmCodes).map(([name, code]) => [code, name]));

/** Octets of a public key in the Mesh's forms. */
const publicLength: Readonly<Record<GroupName, number>> = { X448: 57, Ed448: 57, X25519: 32, Ed25519: 32 };

function isGroup(value: unknown): value is GroupName {
  return typeof value === 'string' && Object.hasOwn(useOf, value);
}

/** The key pair of a secret key. @throws MeshError `bad_private_length` */
function pair(crv: GroupName, secretKey: Uint8Array): SecretKey {
  const group = groupOf(current, crv);
  const scalar = group.fromSecretKey(secretKey, `secret key of ${crv}`);
  const publicKey = group.base(scalar).slice(0, publicLength[crv]);
  wipe(scalar);
  return { crv, publicKey, secretKey };
}

/** The fingerprint as envelopes have it: `kid`, `PKIXKey` (draft-hallambaker-mesh-dare-09 and later). */
export function fingerprint({ crv, publicKey }: PublicKey): string {
  return udf.publicKey({ crv, publicKey }, { generation: 'G4' });
}

/** The public key as one line of text. */
function publicText({ crv, publicKey }: PublicKey): string {
  return udf.oid({ crv, publicKey });
}

/** The key pairs of a seed. @throws MeshError `unsupported_algorithm` for seeds of profiles, whose keys have names */
function fromSeed(text: string, data: Uint8Array): SecretKey[] {
  const name = names.get((((data[0] as number) << 8) | (data[1] as number)) & algorithmMask);
  const curves: unknown[] = name === 'any' ? ['X448', 'Ed448'] : [name];
  return curves.map((crv) => {
    if (!isGroup(crv)) return fail('unsupported_algorithm', 'a seed for keys that files do not have');
    return pair(crv, udf.deriveKey(text, { form: 'info', algorithm: crv }));
  });
}

function addLine(ring: Keyring, line: string): void {
  const { type: id, data, text } = udf.parse(line);
  try {
    if (id === type.seed && data.length > 2) ring.secretKeys.push(...fromSeed(text, data));
    else if (id === type.encryptionKey && data.length > 0) ring.symmetric.push(text);
    else if (id === type.oid) ring.publicKeys.push(udf.oidKey(text));
    else fail('wrong_type', 'keys are seeds (Z...), encryption keys (E...) and public keys (O...)');
  } finally {
    wipe(data);
  }
}

function malformed(detail: string): never {
  throw new Failure(`not a key file: ${detail}`);
}

/** The octets of a member. @throws Failure */
export function octetsOf(object: object, name: string): Uint8Array {
  const value = own(object, name);
  if (typeof value !== 'string') malformed(`${name} must be a text`);
  try {
    return fromBase64url(value, 'bad_character');
  } catch {
    return malformed(`${name} must be base64url`);
  }
}

/** A member that is an object. @throws Failure */
export function objectOf(object: object, name: string): object {
  const value = own(object, name);
  return typeof value === 'object' && value !== null ? value : malformed(`${name} must be an object`);
}

function addObject(ring: Keyring, object: object): void {
  const secret = own(object, 'PrivateKeyECDH') !== undefined;
  const value = objectOf(object, secret ? 'PrivateKeyECDH' : 'PublicKeyECDH');
  const crv = own(value, 'crv');
  if (!isGroup(crv)) malformed('crv must be X448, Ed448, X25519 or Ed25519');
  if (secret) {
    ring.secretKeys.push(pair(crv, octetsOf(value, 'Private')));
    return;
  }
  const publicKey = octetsOf(value, 'Public');
  if (publicKey.length !== publicLength[crv]) fail('bad_public_length', `${crv} has ${publicLength[crv]} octets`);
  ring.publicKeys.push({ crv, publicKey });
}

/** The object of a text that is JSON. @throws Failure without a word of the text */
export function parseObject(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return malformed('begins like JSON, but is none');
  }
}

/** The text of a key file without the lines for people. */
export function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*(?:\r\n|\r|\n|$)/gm, '').trim();
}

/**
 * The keys in a text.
 *
 * @throws Failure for a malformed object; MeshError `unsupported_algorithm`, `wrong_type`, `bad_private_length`, `bad_public_length`, and as `udf.parse`
 */
export function readKeyring(text: string): Keyring {
  const ring: Keyring = { publicKeys: [], secretKeys: [], symmetric: [] };
  const bare = withoutComments(text);
  if (bare.startsWith('{')) addObject(ring, parseObject(bare));
  else for (const line of bare.split(/[\r\n]+/)) addLine(ring, line);
  return ring;
}

/** Lines for people about public keys. */
export function described(keys: readonly PublicKey[]): string {
  return keys.map((key) => `# ${useOf[key.crv]}, ${key.crv}, fingerprint ${fingerprint(key)}\n`).join('');
}

/** The text of a file of public keys. */
export function publicFile(keys: readonly PublicKey[]): string {
  return keys.map((key) => `${described([key])}${publicText(key)}\n`).join('');
}

/** Public keys for programs. */
export function publicJson(keys: readonly PublicKey[]): object[] {
  return keys.map((key) => ({
    use: useOf[key.crv],
    fingerprint: fingerprint(key),
    public: publicText(key),
    PublicKeyECDH: { crv: key.crv, Public: toBase64url(key.publicKey) },
  }));
}

/** Overwrites the secret keys. */
export function forget(ring: Keyring): void {
  for (const { secretKey } of ring.secretKeys) wipe(secretKey);
}
