/**
 * Cuts a stream of octets into pieces of one length, the last of which is known as such when it comes: a full piece waits until there is
 * more behind it or an end.
 */
import { wipe } from '../../bytes.ts';

/** Pieces of `length` octets. Between calls it holds a copy of at most one: a source may use the memory of its chunks again. */
export class Cutter {
  readonly #held: Uint8Array;
  #count = 0;

  constructor(length: number) {
    this.#held = new Uint8Array(length);
  }

  /** The pieces behind which there is more, as views of the chunk or of what is held: good until the next one is asked for. */
  *push(chunk: Uint8Array): Generator<Uint8Array> {
    const { length } = this.#held;
    let at = 0;
    if (this.#count > 0) {
      at = Math.min(length - this.#count, chunk.length);
      this.#held.set(chunk.subarray(0, at), this.#count);
      this.#count += at;
      if (at === chunk.length) return;
      yield this.#held;
    }
    for (; at + length < chunk.length; at += length) yield chunk.subarray(at, at + length);
    this.#held.set(chunk.subarray(at));
    this.#count = chunk.length - at;
  }

  /** The last piece, of 0 to `length` octets. */
  end(): Uint8Array {
    return this.#held.subarray(0, this.#count);
  }

  wipe(): void {
    wipe(this.#held);
    this.#count = 0;
  }
}
