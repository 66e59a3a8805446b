/**
 * What `mathmesh hash` computes: digests as hexadecimal digits and content digest UDFs, of octets that come in pieces.
 */
import { sha512, shake256 } from '../entry/hash.ts';
import { udf } from '../entry/udf.ts';
import { typed } from '../udf/digest.ts';
import { writeHex } from './secret.ts';

/** A function of the octets of a file, and how its values are written and compared. */
export interface Hash {
  /** Name of the value in JSON. */
  readonly name: 'digest' | 'udf';
  /** What else an object in JSON says. */
  readonly about: object;
  /** The value of the octets. */
  of(pieces: AsyncIterable<Uint8Array>): Promise<string>;
  /** Whether a text that claims to be the value is. A text of another form is not. */
  matches(claimed: string, value: string): boolean;
}

/** A hash object of the library. */
interface Hasher {
  update(octets: Uint8Array): unknown;
  digest(): Uint8Array;
}

async function absorbed(hasher: Hasher, pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const piece of pieces) hasher.update(piece);
  return hasher.digest();
}

/** SHA-512, or SHAKE256 with so many octets of output. */
export function digestHash(algorithm: 'sha512' | 'shake256', length: number): Hash {
  const create = () => (algorithm === 'sha512' ? sha512.create() : shake256.create({ dkLen: length }));
  return {
    name: 'digest',
    about: { algorithm },
    of: async (pieces) => writeHex(await absorbed(create(), pieces)),
    matches: (claimed, value) => claimed.toLowerCase() === value,
  };
}

/** The content digest UDF for a media type, of the SHA-512 digest of the content. */
export function contentUdf(contentType: string, contentDigest: Uint8Array, bits: number): string {
  const digest = sha512(typed(contentType, contentDigest));
  return udf.format(udf.digestType(digest), digest, { bits });
}

/** The content digest UDF for a media type. */
export function udfHash(contentType: string, bits: number): Hash {
  return {
    name: 'udf',
    about: { contentType },
    of: async (pieces) => contentUdf(contentType, await absorbed(sha512.create(), pieces), bits),
    matches(claimed, value) {
      try {
        return udf.matches(claimed, value);
      } catch {
        return false;
      }
    },
  };
}
