/**
 * A256GCM, the body of an envelope under AES-256-GCM: the plaintext is cut into chunks of 65,536 octets, of which the last one may be
 * shorter, and only the one chunk of an empty plaintext is empty. Each chunk is sealed by itself, with its tag of 16 octets behind it; its
 * nonce is the prefix of the envelope (7 octets), its number (4 octets, big-endian, from 0) and one octet that is 1 for the last chunk and
 * else 0. So a chunk opens in its place only, and what is cut off behind any chunk shows. Associated data are the caller's and the same for
 * all chunks. A key is used for one body.
 */
import { fail } from '../errors.ts';
import { type Aes, type Gcm, tagLength } from './index.ts';
import { refuse } from './refusal.ts';

/** Octets of plaintext in every chunk but the last. */
export const chunkLength = 65536;
/** Octets of every sealed chunk but the last. */
export const sealedChunkLength = chunkLength + tagLength;
/** Octets of the part of the nonces that belongs to the envelope. */
export const noncePrefixLength = 7;

/** What all chunks of a body share. */
export interface ChunkKeys {
  /** 32 octets. */
  key: Uint8Array;
  /** {@link noncePrefixLength} octets. */
  noncePrefix: Uint8Array;
  aad: Uint8Array;
}

/** The nonce of a chunk. @throws MeshError `bad_length` beyond 2^32 chunks */
export function chunkNonce(prefix: Uint8Array, index: number, last: boolean): Uint8Array {
  if (index > 0xffffffff) fail('bad_length', 'a body has at most 2^32 chunks');
  const nonce = new Uint8Array(noncePrefixLength + 5);
  nonce.set(prefix);
  new DataView(nonce.buffer).setUint32(noncePrefixLength, index);
  nonce[nonce.length - 1] = Number(last);
  return nonce;
}

/** Octets of a body whose plaintext has so many. */
export function sealedLength(plaintext: number): number {
  return plaintext + tagLength * Math.max(1, Math.ceil(plaintext / chunkLength));
}

/** Octets of the plaintext of a body that has so many. @throws Refusal `ciphertext-length` when no body has */
export function openedLength(sealed: number): number {
  const chunks = Math.ceil(sealed / sealedChunkLength);
  const last = sealed - (chunks - 1) * sealedChunkLength;
  // Nothing at all, less than a tag, or an empty chunk behind others.
  if (chunks === 0 || last < tagLength || (last === tagLength && chunks > 1)) refuse('ciphertext-length');
  return sealed - chunks * tagLength;
}

/** Does every chunk of a body in order, and puts the results together. */
function each(
  body: Uint8Array,
  size: number,
  out: Uint8Array,
  turn: (chunk: Uint8Array, index: number, last: boolean) => readonly Uint8Array[],
): Uint8Array {
  let at = 0;
  for (let index = 0, from = 0; index === 0 || from < body.length; index++, from += size) {
    for (const piece of turn(body.subarray(from, from + size), index, from + size >= body.length)) {
      out.set(piece, at);
      at += piece.length;
    }
  }
  return out;
}

/** Does something with a key, and wipes it. */
function using<T>(gcm: Gcm, action: (gcm: Gcm) => T): T {
  try {
    return action(gcm);
  } finally {
    gcm.destroy();
  }
}

/** The body of a plaintext. */
export function sealChunks(aes: Aes, { key, noncePrefix, aad }: ChunkKeys, plaintext: Uint8Array): Uint8Array {
  const out = new Uint8Array(sealedLength(plaintext.length));
  return using(aes.gcm(key), (gcm) =>
    each(plaintext, chunkLength, out, (chunk, index, last) =>
      gcm.seal(chunkNonce(noncePrefix, index, last), chunk, aad),
    ),
  );
}

/** The plaintext of a body. @throws Refusal `ciphertext-length`, `tag`; no octet comes out then */
export function openChunks(aes: Aes, { key, noncePrefix, aad }: ChunkKeys, sealed: Uint8Array): Uint8Array {
  const out = new Uint8Array(openedLength(sealed.length));
  try {
    return using(aes.gcm(key), (gcm) =>
      each(sealed, sealedChunkLength, out, (chunk, index, last) => [
        gcm.open(chunkNonce(noncePrefix, index, last), chunk, aad),
      ]),
    );
  } catch (error) {
    out.fill(0);
    throw error;
  }
}
