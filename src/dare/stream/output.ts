/**
 * A stream made of what a generator yields: it runs as far as it is read and not further, and stops when nobody wants more.
 */

/**
 * @param produce - the pieces; its `finally` blocks release what it uses
 * @param stop - makes whatever `produce` waits for fail; called when the reader cancels
 */
export function output(
  produce: AsyncGenerator<Uint8Array>,
  stop: (reason: unknown) => Promise<void>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let piece: IteratorResult<Uint8Array>;
        // An empty piece is none: a pull that adds nothing is not repeated.
        do piece = await produce.next();
        while (!piece.done && piece.value.length === 0);
        if (piece.done) controller.close();
        else controller.enqueue(piece.value);
      },
      async cancel(reason) {
        // Not waited for: a source that never opens must not hold up the reader.
        produce.return(undefined).catch(() => {});
        await stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
