/**
 * Streams that cost next to nothing: what is measured is what reads and writes them.
 */

/** Octets of a chunk, as files give them. */
export const chunkLength = 65536;

/** A stream of so many chunks, always the same one, none before it is asked for. */
export function zeros(chunks: number): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(chunkLength).fill(7);
  let given = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (given++ < chunks) controller.enqueue(chunk);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The octets in chunks, without a copy. */
export function stream(octets: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= octets.length) return controller.close();
        controller.enqueue(octets.subarray(at, (at += chunkLength)));
      },
    },
    { highWaterMark: 0 },
  );
}

/** Reads a stream to its end. @returns how many octets came */
export async function drain(
  source: ReadableStream<Uint8Array>,
  seen: (total: number) => void = () => {},
): Promise<number> {
  const reader = source.getReader();
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return total;
    total += value.length;
    seen(total);
  }
}
