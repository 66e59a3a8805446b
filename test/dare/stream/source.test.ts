/**
 * Sources that give nothing, again and again: passed over, and refused before they take all the time there is.
 */
import { describe, expect, test } from 'vitest';
import { hex, pattern } from '../../support/octets.ts';
import { blobOf, collect } from './sources.ts';
import { libraries, ways } from './subjects.ts';

const nothing = new Uint8Array(0);

/** The octets one at a time, each behind so many empty chunks, and that many at the end. */
function sparse(octets: Uint8Array, empties: number): ReadableStream<Uint8Array> {
  function* chunks() {
    for (let at = 0; at <= octets.length; at++) {
      for (let n = 0; n < empties; n++) yield nothing;
      if (at < octets.length) yield octets.slice(at, at + 1);
    }
  }
  const each = chunks();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = each.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

const [gcm, clear] = [ways[0], ways.at(-1)] as [(typeof ways)[0], (typeof ways)[0]];

describe.each(libraries)('a source on $name', ({ streams: { sealStream, openStream } }) => {
  test.each([gcm, clear])('may have empty chunks anywhere: $name', async ({ seal, open }) => {
    const sealed = await collect(sealStream(sparse(pattern(3), 1024), seal));
    const { payload } = await openStream(() => sparse(sealed, 3), open);
    expect(hex(await collect(payload))).toBe(hex(pattern(3)));
  });

  test('with more than 1,024 in a row is refused, wherever they begin', async () => {
    const refusal = { code: 'limit' };
    await expect(collect(sealStream(sparse(pattern(3), 1025), gcm.seal))).rejects.toMatchObject(refusal);
    const sealed = await collect(sealStream(blobOf(pattern(3)), gcm.seal));
    for (let length = 0; length < sealed.length; length += 7) {
      let given = sealed.subarray(0, length);
      let pulls = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (pulls++ > 2000) controller.error(new RangeError('too many'));
          controller.enqueue(given);
          given = nothing;
        },
      });
      const opened = openStream(endless, gcm.open).then(({ payload }) => collect(payload));
      await expect(opened).rejects.toMatchObject(refusal);
    }
  });
});
