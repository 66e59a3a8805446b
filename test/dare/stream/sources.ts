/**
 * Streams for tests: octets in chunks of chosen lengths, and what comes out of a stream.
 */

/** What a source has been through. */
export interface Watched {
  stream: ReadableStream<Uint8Array>;
  /** Chunks that were asked for. */
  pulls: number;
  cancelled: unknown[];
}

/** The octets cut at the given lengths, again and again. Each chunk is wiped when the next one is asked for. */
export function watched(octets: Uint8Array, ...lengths: number[]): Watched {
  let at = 0;
  let given = new Uint8Array(0);
  const result: Watched = {
    pulls: 0,
    cancelled: [],
    stream: new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          given.fill(0xee);
          if (at >= octets.length) return controller.close();
          const length = lengths[result.pulls++ % lengths.length] ?? octets.length;
          given = Uint8Array.from(octets.subarray(at, at + length));
          at += length;
          controller.enqueue(given);
        },
        cancel(reason) {
          result.cancelled.push(reason);
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return result;
}

/** {@link watched}, when nobody needs to know. */
export function streamOf(octets: Uint8Array, ...lengths: number[]): ReadableStream<Uint8Array> {
  return watched(octets, ...lengths).stream;
}

/** All octets of a stream or of a generator. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const out: Uint8Array[] = [];
  for await (const chunk of chunks) out.push(Uint8Array.from(chunk));
  return Uint8Array.from(Buffer.concat(out));
}

/** The octets as a Blob. */
export function blobOf(octets: Uint8Array): Blob {
  return new Blob([octets as Uint8Array<ArrayBuffer>]);
}
