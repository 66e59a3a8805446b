/**
 * Locked: the text of a key file under a passphrase, as an object
 *
 *   { "EncryptedKey": { "kdf": "scrypt", "N": 131072, "r": 8, "p": 1, "salt": S, "enc": "A256GCM", "data": D } }
 *
 * S is the base64url text of 16 random octets, D that of AES-256-GCM(scrypt(passphrase, S, N, r, p, 32), nonce of 12 zeros, text) and
 * the tag of 16 octets; a key of its own for every S makes the nonce unique. scrypt is RFC 7914. Not the question for the passphrase.
 */
import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { toBase64url } from '../base64url.ts';
import { concat, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';
import { randomBytes } from '../random.ts';
import { objectOf, octetsOf } from './keyring.ts';
import { Failure } from './terminal.ts';

/** Cost of a new file: 128 MiB, and less than a second. */
const cost = 2 ** 17;
/** Costs that are read: less is no protection, and more than 1 GiB is an attack on the reader. */
const [leastCost, mostCost] = [2 ** 14, 2 ** 20];
const [r, p] = [8, 1];
const [saltLength, tagLength] = [16, 16];

const nonce = new Uint8Array(12);
const name = 'EncryptedKey';

/** The key of a passphrase; whoever calls wipes it. */
function stretch(passphrase: string, salt: Uint8Array, N: number): Promise<Uint8Array> {
  const maxmem = 128 * r * (N + p) + 2 ** 20;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N, r, p, maxmem }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** The text of a file that holds `text` under a passphrase. */
export async function lock(text: Uint8Array, passphrase: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const key = await stretch(passphrase, salt, cost);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const data = concat(cipher.update(text), cipher.final(), cipher.getAuthTag());
  wipe(key);
  const members = { kdf: 'scrypt', N: cost, r, p, salt: toBase64url(salt), enc: 'A256GCM', data: toBase64url(data) };
  return `${JSON.stringify({ [name]: members }, undefined, 2)}\n`;
}

/** Whether the object is of this form. */
export function isLocked(object: object): boolean {
  return own(object, name) !== undefined;
}

/** The members, checked before anything is computed with them. @throws Failure, MeshError `unsupported_algorithm` */
function members(object: object) {
  const value = objectOf(object, name);
  const N = own(value, 'N');
  if (own(value, 'kdf') !== 'scrypt' || own(value, 'enc') !== 'A256GCM') fail('unsupported_algorithm', name);
  if (own(value, 'r') !== r || own(value, 'p') !== p)
    fail('unsupported_algorithm', `scrypt has r ${r} and p ${p} here`);
  if (typeof N !== 'number' || !Number.isInteger(Math.log2(N)) || N < leastCost || N > mostCost) {
    fail('unsupported_algorithm', `scrypt has N from ${leastCost} to ${mostCost}, a power of two`);
  }
  const [salt, data] = [octetsOf(value, 'salt'), octetsOf(value, 'data')];
  if (salt.length !== saltLength || data.length < tagLength) throw new Failure(`not a key file: ${name} is too short`);
  return { N, salt, data };
}

/** The text in the object, with a passphrase that is asked for once the object is known to be of this form; whoever calls wipes it. @throws Failure for the wrong passphrase or a damaged file; MeshError as {@link members} */
export async function unlock(object: object, passphrase: () => Promise<string>): Promise<Uint8Array> {
  const { N, salt, data } = members(object);
  const key = await stretch(await passphrase(), salt, N);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAuthTag(data.subarray(-tagLength));
  try {
    return concat(decipher.update(data.subarray(0, -tagLength)), decipher.final());
  } catch {
    throw new Failure('wrong passphrase, or a damaged file');
  } finally {
    wipe(key);
  }
}
