/**
 * Bodies in pieces: plaintext to octets as carried, and back, for each cipher of an envelope. The keys, and who may see what comes out, are
 * the business of seal.ts and open.ts.
 */
import { chunkLength, chunkNonce, sealedChunkLength } from '../../aes/chunked.ts';
import { tagLength } from '../../aes/index.ts';
import { refuse } from '../../aes/refusal.ts';
import type { Eventually, StreamAes, StreamCbc } from '../../aes/stream.ts';
import type { BodyKeys } from '../derive.ts';
import { Cutter } from './cutter.ts';

/** Octets that follow each other. */
type Pieces = readonly Uint8Array[];

/** How the pieces of a body are done, one after the other. */
export interface Body {
  /** Octets of every piece but the last, which has 0 to as many. */
  readonly length: number;
  /** What becomes of a piece, itself in pieces: good until the next one goes in, and fresh when opening. @throws Refusal when opening */
  piece(octets: Uint8Array, last: boolean): Eventually<Pieces>;
  /** Wipes keys and what is held. */
  destroy(): void;
}

/** A payload in clear. What is opened is copied, because it goes in as the memory of others; what is sealed is copied anyway. */
function plain(copy: boolean): Body {
  return { length: chunkLength, piece: (octets) => [copy ? octets.slice() : octets], destroy() {} };
}

function cbcBody(cbc: StreamCbc): Body {
  return {
    length: chunkLength,
    async piece(octets, last) {
      return [await (last ? cbc.final(octets) : cbc.update(octets))];
    },
    destroy: () => cbc.destroy(),
  };
}

/** Pieces with numbers. The prefix of their nonces is no secret. */
function gcmBody(
  length: number,
  prefix: Uint8Array,
  turn: (nonce: Uint8Array, octets: Uint8Array) => Eventually<Pieces>,
  destroy: () => void,
): Body {
  const held = prefix.slice();
  let index = 0;
  return { length, piece: (octets, last) => turn(chunkNonce(held, index++, last), octets), destroy };
}

/** From plaintext to what is carried; without keys they are the same. */
export function sealing(aes: StreamAes, keys: BodyKeys | undefined): Body {
  if (keys === undefined) return plain(false);
  if (keys.cipher === 'A256CBC') return cbcBody(aes.cbcEncryptor(keys.key, keys.iv));
  const gcm = aes.gcm(keys.key);
  const { noncePrefix, aad } = keys;
  return gcmBody(chunkLength, noncePrefix, (nonce, octets) => gcm.seal(nonce, octets, aad), gcm.destroy);
}

/** And back. A256GCM: a piece comes out when its tag is right. */
export function opening(aes: StreamAes, keys: BodyKeys | undefined): Body {
  if (keys === undefined) return plain(true);
  if (keys.cipher === 'A256CBC') return cbcBody(aes.cbcDecryptor(keys.key, keys.iv));
  const gcm = aes.gcm(keys.key);
  const { noncePrefix, aad } = keys;
  let first = true;
  const turn = async (nonce: Uint8Array, octets: Uint8Array) => {
    // As in one piece: at least a tag, and no empty chunk behind others.
    if (octets.length < tagLength || (octets.length === tagLength && !first)) refuse('ciphertext-length');
    first = false;
    return [await gcm.open(nonce, octets, aad)];
  };
  return gcmBody(sealedChunkLength, noncePrefix, turn, gcm.destroy);
}

/** What comes out of a body that goes in as chunks of any length. */
export async function* through(body: Body, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Pieces> {
  const cutter = new Cutter(body.length);
  try {
    for await (const chunk of chunks) {
      for (const piece of cutter.push(chunk)) yield body.piece(piece, false);
    }
    yield body.piece(cutter.end(), true);
  } finally {
    cutter.wipe();
  }
}
