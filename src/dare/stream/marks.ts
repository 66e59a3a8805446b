/**
 * What makes a second reading as good as the first: the first pass of a source is marked piece by piece, and the second gives out only
 * pieces that have their mark. A mark is a MAC (the tag of AES-256-GCM over associated data) under a key that nobody else has, so that whoever
 * can change the source between the passes gains nothing. 16 octets are kept for each 256 KiB: a longer piece leaves the caches of a processor
 * before it is digested, a shorter one costs a cipher object more often.
 */
import type { StreamAes, StreamGcm } from '../../aes/stream.ts';
import { concat, empty, equal, settle, wipe } from '../../bytes.ts';
import { fail } from '../../errors.ts';
import { randomBytes } from '../../random.ts';
import { Cutter } from './cutter.ts';

const pieceLength = 1 << 18;

/** The nonce of a mark: the number of its piece. */
function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, index);
  return nonce;
}

/** Marks of one source: {@link marking} once, then {@link checking} once. */
export class Marks {
  readonly #gcm: StreamGcm;
  readonly #marks: Uint8Array[] = [];

  constructor(aes: StreamAes) {
    const key = settle(randomBytes(32));
    this.#gcm = aes.gcm(key);
    wipe(key);
  }

  async #mark(index: number, piece: Uint8Array): Promise<Uint8Array> {
    return concat(...(await this.#gcm.seal(nonceOf(index), empty, piece)));
  }

  /** The octets, marked. */
  async *marking(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces(chunks)) {
      this.#marks.push(await this.#mark(this.#marks.length, piece));
      yield piece;
    }
  }

  /** The octets again. @throws MeshError `payload-digest` in place of the first piece that is another one, missing or too many */
  async *checking(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let index = 0;
    for await (const piece of pieces(chunks)) {
      const mark = this.#marks[index];
      if (mark === undefined || !equal(mark, await this.#mark(index, piece))) {
        fail('payload-digest', 'the source has changed since it was verified');
      }
      index++;
      yield piece;
    }
    if (index !== this.#marks.length) fail('payload-digest', 'the source has become shorter since it was verified');
  }

  destroy(): void {
    this.#gcm.destroy();
  }
}

/** Pieces of one length; the last one may be shorter, and empty. */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const cutter = new Cutter(pieceLength);
  for await (const chunk of chunks) yield* cutter.push(chunk);
  yield cutter.end();
}
