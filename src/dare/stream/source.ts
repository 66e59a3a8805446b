/**
 * Where octets come from: a stream that is read once, or something that can be opened again. Reading takes one chunk at a time, so that a
 * slow reader slows the source down.
 */
import { bytes } from '../../bytes.ts';
import { fail } from '../../errors.ts';

/** A stream of octets, a file or blob, or a function that opens one. */
export type StreamSource = ReadableStream<Uint8Array> | Blob | (() => StreamSource | Promise<StreamSource>);

/** Whether a source can be read twice. */
export function isRepeatable(source: StreamSource): boolean {
  return typeof source === 'function' || isBlob(source);
}

const isBlob = (source: unknown): source is Blob => typeof Blob !== 'undefined' && source instanceof Blob;

const isStream = (source: unknown): source is ReadableStream<Uint8Array> =>
  typeof source === 'object' && source !== null && typeof (source as { getReader?: unknown }).getReader === 'function';

/** Empty chunks in a row that are passed over: a source with more of them never ends, and takes all the time of its reader. */
const mostEmpty = 1024;

/** The chunks of a stream. */
export class Input {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #cancelled = false;
  #ended = false;

  private constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** @throws MeshError `bad_option` for what is no source, and whatever the stream or the function throws */
  static async open(source: StreamSource): Promise<Input> {
    let from: unknown = source;
    if (typeof from === 'function') from = await (from as () => unknown)();
    if (isBlob(from)) from = from.stream();
    if (!isStream(from)) fail('bad_option', 'a source must be a ReadableStream, a Blob or a function that gives one');
    try {
      return new Input(from);
    } catch {
      return fail('bad_option', 'the source is being read already');
    }
  }

  /** Lets go of a source that has not been opened. Never throws. */
  static async discard(source: StreamSource, reason: unknown): Promise<void> {
    if (isStream(source)) await source.cancel(reason).catch(() => {});
  }

  /** The next chunk with anything in it, or `undefined` at the end. @throws MeshError `not_bytes`, `limit`, and whatever the stream throws */
  async next(): Promise<Uint8Array | undefined> {
    for (let count = 0; count <= mostEmpty; count++) {
      const chunk = await this.#read();
      if (chunk === undefined || chunk.length > 0) return chunk;
    }
    return fail('limit', `more than ${mostEmpty} empty chunks in a row`);
  }

  async #read(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#reader.read();
    // Cancelling ends a read that waits; that is no end of the data.
    if (this.#cancelled) throw new DOMException('cancelled', 'AbortError');
    if (done) {
      this.#ended = true;
      this.#reader.releaseLock();
      return undefined;
    }
    return bytes(value, 'chunk');
  }

  /** The rest, chunk by chunk. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
  }

  /** Lets the source go, unless it has ended. Never throws. */
  async cancel(reason?: unknown): Promise<void> {
    if (this.#ended || this.#cancelled) return;
    this.#cancelled = true;
    await this.#reader.cancel(reason).catch(() => {});
    this.#reader.releaseLock();
  }
}
