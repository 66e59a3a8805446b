/**
 * Web streams of pieces, and pieces of web streams. A stream is pulled, one piece at a time.
 */

/** A stream of the pieces; cancelling it ends them, and calls `close`: pieces that have not begun have nothing to end. */
export function webStream(
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  close: () => Promise<void>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return();
        await close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The pieces of a stream, which is cancelled when they are not read to the end. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
  }
}
