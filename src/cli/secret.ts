/**
 * What is shared and recovered: octets, and whether they are a key or the seed of one. Shares do not say which of the two.
 */
import { concat, wipe } from '../bytes.ts';
import { udf } from '../entry/udf.ts';
import { fail } from '../errors.ts';
import { algorithmCodes, algorithmMask } from '../udf/seed.ts';
import { type } from '../udf/type.ts';

/** A key is shared as its octets, a seed as its whole UDF with type and key specifier (udf-11, architecture-15). */
export type Kind = 'key' | 'seed';

/** What is shared. */
export interface Secret {
  kind: Kind;
  octets: Uint8Array;
}

const codes: ReadonlySet<number> = new Set(Object.values(algorithmCodes));

/** Octets before a seed: type and key specifier. */
const headerLength = 3;

/** What recovered octets are taken for: a seed if they begin like one whose algorithm is known, zeros before it apart. */
export function kindOf(octets: Uint8Array): Kind {
  const start = octets.findIndex((octet) => octet !== 0);
  if (start < 0 || octets.length - start <= headerLength) return 'key';
  const [first, high, low] = octets.subarray(start, start + headerLength) as unknown as [number, number, number];
  return first === type.seed && codes.has(((high << 8) | low) & algorithmMask) ? 'seed' : 'key';
}

/**
 * The secret in a UDF.
 *
 * @throws MeshError `wrong_type` for anything but keys and seeds; `noncanonical_text` for a key with bits beyond its octets, which shares would
 * lose; and as `udf.parse`
 */
export function readUdf(text: string): Secret {
  const { type: id, data, text: canonical } = udf.parse(text);
  try {
    if (id === type.encryptionKey && data.length > 0) {
      udf.parse(canonical, { canonical: true });
      return { kind: 'key', octets: data.slice() };
    }
    if (id === type.seed && data.length >= headerLength) {
      return { kind: 'seed', octets: concat(Uint8Array.of(id), data) };
    }
    return fail('wrong_type', 'a secret is a key (E...) or a seed (Z...)');
  } finally {
    wipe(data);
  }
}

/** The octets of hexadecimal digits; white space between them is skipped. @throws MeshError `bad_character`, `bad_length` */
export function readHex(text: string): Uint8Array {
  const digits = text.replace(/\s/g, '');
  if (!/^[0-9a-f]*$/i.test(digits)) fail('bad_character', 'not a hexadecimal digit');
  if (digits.length % 2 !== 0) fail('bad_length', 'an odd number of hexadecimal digits');
  // A buffer of so few octets lies in memory that others get later.
  const shared = Buffer.from(digits, 'hex');
  const octets = new Uint8Array(shared);
  wipe(shared);
  return octets;
}

/** Hexadecimal digits of octets. */
export function writeHex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex');
}

/** Fewest characters of what is taken for a secret: some words are UDFs. */
const leastCharacters = 20;

/** What is said of a secret that stands where others can read it; the secret is not repeated. */
export const misplaced = 'a secret does not belong on the command line, which others can read';

/** Whether a text that should be the name of a file or a command is a secret or a share. */
export function isSecret(text: string): boolean {
  if (text.length < leastCharacters) return false;
  if (/^[0-9a-f]+$/i.test(text)) return true;
  try {
    const { type: id } = udf.parse(text);
    return [type.encryptionKey, type.seed, type.share].some((secret) => secret === id);
  } catch {
    return false;
  }
}
