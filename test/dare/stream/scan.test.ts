/**
 * verifyStream and inspectStream say what dare.verify and dare.inspect say, of sources that are read once, in memory that does not grow.
 */
import { describe, expect, test } from 'vitest';
import { makeDare } from '../../../src/dare/index.ts';
import { MeshError } from '../../../src/errors.ts';
import { pattern, utf8 } from '../../support/octets.ts';
import { blobOf, collect, streamOf, watched } from './sources.ts';
import { libraries, symmetric, trust, ways } from './subjects.ts';

/** What is found, or the code of what is refused. */
async function found(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
}

describe.each(libraries)('on $name', ({ p, streams: { sealStream, verifyStream, inspectStream } }) => {
  const dare = makeDare(p);

  test.each(ways)(
    '$name: both say of a stream what is said of it in one piece',
    async ({ seal, open: { trust: demanded } }) => {
      const options = { ...seal, annotations: [pattern(3)], contentType: 'text/plain' };
      const policy = demanded === undefined ? {} : { trust: demanded };
      for (const octets of [
        await collect(sealStream(blobOf(pattern(70000)), options)),
        dare.seal(pattern(300), { ...options, form: 'json' }).bytes,
      ]) {
        const source = () => streamOf(octets, 5000);
        expect(await verifyStream(source(), policy)).toEqual(dare.verify(octets, policy));
        expect(await inspectStream(source())).toEqual(dare.inspect(octets));
      }
    },
  );

  test('the cases of refusal are those of dare.verify, and dare.inspect says what is wrong', async () => {
    const [, , cbc, , , clear] = ways.map(({ seal }) => dare.seal(pattern(40), { ...seal, form: 'jsonb' }).bytes);
    const changed = (cbc as Uint8Array).slice();
    changed[changed.indexOf(0x88) + 5]! ^= 1;
    const cases: [Uint8Array, object, unknown][] = [
      [cbc as Uint8Array, { trust }, expect.objectContaining({ digest: 'match', cipher: 'A256CBC' })],
      [changed, {}, 'payload-digest'],
      [clear as Uint8Array, { trust }, 'signature'],
      [clear as Uint8Array, { requireEncryption: true }, 'not-encrypted'],
      [clear as Uint8Array, { limits: { payload: 39 } }, 'limit'],
      [clear as Uint8Array, { keys: [symmetric] }, 'bad_option'],
      [(clear as Uint8Array).subarray(0, -1), {}, 'truncated'],
      [utf8('{}'), {}, 'structure'],
    ];
    for (const [octets, given, expected] of cases) {
      expect(await found(() => verifyStream(streamOf(octets, 9), given))).toEqual(expected);
      expect(await found(() => dare.verify(octets, given))).toEqual(expected);
    }
    expect((await inspectStream(streamOf(changed, 9))).digest).toBe('mismatch');
    expect(await found(() => inspectStream(streamOf(cbc as Uint8Array, 9), { limits: { payload: 47 } }))).toBe('limit');
    expect(await found(() => inspectStream({} as Blob))).toBe('bad_option');
  });

  test('a source is read no further than what is wrong with it, and let go', async () => {
    const octets = Buffer.concat([utf8('[{},7,'), new Uint8Array(100_000)]);
    for (const read of [verifyStream, inspectStream]) {
      const source = watched(octets, 1000);
      expect(await found(() => read(source.stream))).toBe('structure');
      expect(source.pulls).toBe(1);
      expect(source.cancelled).toHaveLength(1);
    }
  });
});
