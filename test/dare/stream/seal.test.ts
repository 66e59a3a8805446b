import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDare } from '../../../src/dare/index.ts';
import { limitsOf } from '../../../src/dare/limits.ts';
import { EnvelopeReader } from '../../../src/dare/stream/reader.ts';
import { Input } from '../../../src/dare/stream/source.ts';
import type { MeshError } from '../../../src/errors.ts';
import { hex, pattern } from '../../support/octets.ts';
import { reproducibly } from './random.ts';
import { blobOf, collect, streamOf, watched } from './sources.ts';
import { keys, libraries, symmetric, ways } from './subjects.ts';

async function parts(octets: Uint8Array) {
  const reader = new EnvelopeReader(await Input.open(streamOf(octets, 1000)), limitsOf(undefined));
  const header = hex(await reader.header());
  const payload = hex(await collect(reader.payload()));
  return { header, payload, trailer: hex((await reader.trailer()) ?? new Uint8Array(0)) };
}

describe.each(libraries)('sealStream on $name', ({ p, streams }) => {
  const { sealStream } = streams;
  const dare = makeDare(p);

  test.each(ways)(
    '$name: with the same random octets it writes what dare.seal writes, but for chunks',
    async ({ seal }) => {
      for (const length of [0, 1, 65536, 150000]) {
        const plaintext = pattern(length, 7);
        const whole = await reproducibly(() => dare.seal(plaintext, { ...seal, form: 'jsonb' }).bytes);
        const stream = await reproducibly(() => collect(sealStream(streamOf(plaintext, 5000), seal)));
        expect(await parts(stream)).toEqual(await parts(whole));
        if (length === 0) expect(hex(stream).replace('8c00', '')).toContain('2c0a2020');
      }
    },
  );

  test.each(ways)('$name: the chunks of the source do not show', async ({ seal }) => {
    const plaintext = pattern(140000, 7);
    const expected = hex(await reproducibly(() => collect(sealStream(blobOf(plaintext), seal))));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 50, max: 150000 }), { minLength: 1, maxLength: 4 }),
        async (lengths) => {
          const source = streamOf(plaintext, ...lengths);
          expect(hex(await reproducibly(() => collect(sealStream(source, seal))))).toBe(expected);
        },
      ),
      { numRuns: 5 },
    );
  });

  test.each(ways)('$name: dare.open opens what it writes', async ({ seal, open }) => {
    for (const length of [0, 70000]) {
      const plaintext = pattern(length, 7);
      const { payload } = dare.open(await collect(sealStream(blobOf(plaintext), seal)), open);
      expect(hex(payload)).toBe(hex(plaintext));
    }
  });

  test('annotations and content type are those of the options', async () => {
    const options = { recipients: keys, contentType: 'text/plain', annotations: [pattern(5), pattern(70000, 2)] };
    const opened = dare.open(await collect(sealStream(new Blob(['x']), options)), { keys });
    expect(opened.contentType).toBe('text/plain');
    expect(opened.annotations.map(hex)).toEqual(options.annotations.map(hex));
  });

  test('a source is a stream, a Blob or a function that gives one, also later', async () => {
    const plaintext = pattern(10);
    const sources = [
      streamOf(plaintext, 3),
      blobOf(plaintext),
      () => streamOf(plaintext, 3),
      () => blobOf(plaintext),
      async () => blobOf(plaintext).stream(),
    ];
    for (const source of sources) {
      expect(hex(dare.open(await collect(sealStream(source, { recipients: keys })), { keys }).payload)).toBe(
        hex(plaintext),
      );
    }
  });

  test('wrong options are refused at once, wrong sources in the stream', async () => {
    const codes = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        return (error as MeshError).code;
      }
      return 'returned';
    };
    const source = new Blob(['x']);
    expect(codes(() => sealStream(source, { recipients: [symmetric], cipher: 'A256CBC' }))).toBe('bad_option');
    expect(codes(() => sealStream(source, { recipients: 7 as never }))).toBe('bad_option');
    expect(codes(() => sealStream(source, 7 as never))).toBe('bad_option');

    const text = new ReadableStream({
      start(controller) {
        controller.enqueue('text');
        controller.close();
      },
    });
    const locked = streamOf(pattern(3), 1);
    locked.getReader();
    for (const [wrong, code] of [
      [text, 'not_bytes'],
      [locked, 'bad_option'],
      [pattern(3), 'bad_option'],
      ['text', 'bad_option'],
      [null, 'bad_option'],
      [() => 7, 'bad_option'],
    ] as [never, string][]) {
      await expect(collect(sealStream(wrong))).rejects.toMatchObject({ code });
    }
  });

  test.each(ways)('$name: no more is read than is asked for', async ({ seal }) => {
    const source = watched(pattern(2 ** 20, 7), 65536);
    const reader = sealStream(source.stream, seal).getReader();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(source.pulls).toBe(0);
    await reader.read();
    expect(source.pulls).toBe(0);
    for (let pieces = 1; pieces <= 5; pieces++) {
      await reader.read();
      await new Promise((resolve) => setTimeout(resolve, 2));
      // A whole piece waits for more behind it.
      expect(source.pulls).toBe(pieces + 1);
    }
    await reader.cancel();
  });

  test.each(ways)('$name: cancelling cancels the source, wherever it is', async ({ seal }) => {
    for (const reads of [0, 1, 2, 5]) {
      const source = watched(pattern(2 ** 19, 7), 65536);
      const reader = sealStream(source.stream, seal).getReader();
      for (let i = 0; i < reads; i++) await reader.read();
      await reader.cancel('enough');
      expect(source.cancelled).toEqual(['enough']);
      expect((await reader.read()).done).toBe(true);
    }
  });

  test('cancelling does not wait for a source that gives nothing, or that never opens', async () => {
    let cancelled: unknown;
    const silent = new ReadableStream<Uint8Array>({
      cancel(reason) {
        cancelled = reason;
      },
    });
    const reader = sealStream(silent, { recipients: keys }).getReader();
    await reader.read();
    const pending = reader.read();
    await reader.cancel('enough');
    expect((await pending).done).toBe(true);
    expect(cancelled).toBe('enough');

    const never = sealStream(() => new Promise(() => {}), { recipients: keys }).getReader();
    const waiting = never.read();
    await never.cancel();
    expect((await waiting).done).toBe(true);
  });

  test('an error of the source is the error of the stream', async () => {
    let pulls = 0;
    const failing = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (pulls++ < 3) controller.enqueue(pattern(70000));
        else controller.error(new RangeError('the disk'));
      },
    });
    await expect(collect(sealStream(failing, { recipients: keys }))).rejects.toThrow('the disk');
    const closed = () => {
      throw new RangeError('no such file');
    };
    await expect(collect(sealStream(closed, { recipients: keys }))).rejects.toThrow('no such file');
  });
});
