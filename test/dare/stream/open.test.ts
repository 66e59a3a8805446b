import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDare } from '../../../src/dare/index.ts';
import { dataChunk, dataEnd } from '../../../src/dare/stream/data.ts';
import type { OpenedStream } from '../../../src/dare/stream/index.ts';
import { MeshError } from '../../../src/errors.ts';
import { hex, pattern, utf8 } from '../../support/octets.ts';
import { blobOf, collect, streamOf, watched } from './sources.ts';
import { keys, libraries, symmetric, trust, ways } from './subjects.ts';

const [gcm, , cbc, , clear] = ways as [(typeof ways)[0], ...(typeof ways)[0][]] as (typeof ways)[0][];

/** The code, and what came out before. */
async function fate(opening: () => Promise<OpenedStream>): Promise<{ code: string; released: string }> {
  const released: Uint8Array[] = [];
  const result = (error: unknown) => {
    if (!(error instanceof MeshError)) throw error;
    return { code: error.code as string, released: hex(Buffer.concat(released)) };
  };
  let opened: OpenedStream;
  try {
    opened = await opening();
  } catch (error) {
    return result(error);
  }
  try {
    for await (const piece of opened.payload) released.push(piece.slice());
    await opened.assurance;
  } catch (error) {
    await expect(opened.assurance).rejects.toBe(error);
    await expect(opened.annotations).rejects.toBe(error);
    return result(error);
  }
  return { code: 'opened', released: hex(Buffer.concat(released)) };
}

/** Where chunks of a data item begin, and the end of the item. */
function chunkOffsets(octets: Uint8Array): number[] {
  const offsets: number[] = [];
  let at = octets.indexOf(0x8e);
  for (; octets[at] === 0x8e; at += 5 + new DataView(octets.buffer, octets.byteOffset).getUint32(at + 1))
    offsets.push(at);
  return [...offsets, at];
}

describe.each(libraries)('openStream on $name', ({ name: backend, p, streams }) => {
  const { sealStream, openStream } = streams;
  const dare = makeDare(p);
  const sealed = (plaintext: Uint8Array, seal: (typeof ways)[0]['seal']) =>
    collect(sealStream(blobOf(plaintext), seal));

  test.each(ways)('$name: opens what sealStream writes, with the assurance of dare.open', async ({ seal, open }) => {
    for (const length of [0, 1, 65536, 131072, 150000]) {
      const plaintext = pattern(length, 7);
      const octets = await sealed(plaintext, { ...seal, annotations: [pattern(3)], contentType: 'text/plain' });
      const whole = dare.open(octets, open);
      const opened = await openStream(blobOf(octets), open);
      expect(opened.contentType).toBe('text/plain');
      expect(opened.contentMeta).toEqual(whole.contentMeta);
      expect(opened.header).toEqual(whole.header);
      expect(hex(await collect(opened.payload))).toBe(hex(plaintext));
      expect(await opened.assurance).toEqual(whole.assurance);
      expect((await opened.annotations).map(hex)).toEqual(whole.annotations.map(hex));
    }
  });

  test.each(ways)('$name: opens what dare.seal writes, in both forms', async ({ seal, open }) => {
    const plaintext = pattern(100000, 7);
    for (const form of ['json', 'jsonb'] as const) {
      const { bytes } = dare.seal(plaintext, { ...seal, form });
      for (const octets of [bytes, Buffer.concat([utf8('{"DareEnvelope":'), bytes, utf8('}\n')])]) {
        const opened = await openStream(() => streamOf(octets, 7000), open);
        expect(hex(await collect(opened.payload))).toBe(hex(plaintext));
      }
    }
  });

  test.each(ways)('$name: any chunks of the source give the same plaintext', async ({ seal, open }) => {
    const plaintext = pattern(140000, 7);
    const octets = await sealed(plaintext, seal);
    const lengths = fc.array(fc.integer({ min: 40, max: 150000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lengths, async (some) => {
        const { payload } = await openStream(() => streamOf(octets, ...some), open);
        expect(hex(await collect(payload))).toBe(hex(plaintext));
      }),
      { numRuns: 5 },
    );
    const small = await sealed(pattern(100, 7), seal);
    const { payload } = await openStream(() => streamOf(small, 1), open);
    expect(hex(await collect(payload))).toBe(hex(pattern(100, 7)));
  });

  test.each(ways)('$name: an envelope cut off at any octet is an error', async ({ immediate, seal, open }) => {
    const octets = await sealed(pattern(40, 7), seal);
    for (let length = 0; length < octets.length; length++) {
      const { code, released } = await fate(() => openStream(() => streamOf(octets.subarray(0, length), 500), open));
      expect(code).toBe('truncated');
      if (!immediate) expect(released).toBe('');
    }
    const long = await sealed(pattern(3 * 65536, 7), seal);
    const ends = chunkOffsets(long).flatMap((offset) => [offset - 1, offset, offset + 1, offset + 5]);
    for (const length of [...ends, long.length - 1]) {
      expect((await fate(() => openStream(() => streamOf(long.subarray(0, length), 50000), open))).code).toBe(
        'truncated',
      );
    }
  });

  test.each(ways)('$name: no flipped octet changes the plaintext', async ({ name, immediate, seal, open }) => {
    const plaintext = pattern(40, 7);
    const octets = await sealed(plaintext, { ...seal, contentType: 'a/b' });
    const payloadAt = octets.indexOf(0x8c);
    // Signatures in JavaScript take their time.
    const step = backend === 'js' && open.trust !== undefined ? 11 : 1;
    for (let i = 0; i < octets.length; i += step) {
      const bad = octets.slice();
      bad[i] = (bad[i] as number) ^ 1;
      // Without this demand a header that no longer says `enc` turns ciphertext into a clear payload.
      const demand = { ...open, requireEncryption: seal.recipients !== undefined };
      const { code, released } = await fate(() => openStream(blobOf(bad), demand));
      if (code !== 'opened' && !immediate) expect(released).toBe('');
      if (code === 'opened' && !name.endsWith('alone') && name !== 'clear') expect(released).toBe(hex(plaintext));
      if (name.startsWith('A256GCM') && i > 0 && i < payloadAt - 4) expect(code).not.toBe('opened');
      if (i > payloadAt + 1 && i < payloadAt + 40) expect(code).not.toBe('opened');
    }
  });

  test('A256GCM: chunks dropped, exchanged, repeated or put behind the end are an error', async () => {
    const octets = await sealed(pattern(3 * 65536, 7), gcm!.seal);
    const offsets = chunkOffsets(octets);
    const [a, b, c] = [0, 1, 2].map((i) => octets.subarray(offsets[i], offsets[i + 1])) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const [head, tail] = [octets.subarray(0, offsets[0]), octets.subarray(offsets[3])];
    const orders = [
      [],
      [a],
      [c],
      [a, b],
      [a, c],
      [b, c],
      [b, a, c],
      [a, c, b],
      [a, a, b, c],
      [a, b, b, c],
      [a, b, c, c],
    ];
    for (const order of orders) {
      const bad = Buffer.concat([head, ...order, tail]);
      expect((await fate(() => openStream(streamOf(bad, 60000), { keys }))).code).toBe('decryption-failed');
    }
    // Chunks of the data item are no chunks of the cipher: cut in other places they are the same payload.
    const carried = Buffer.concat([a, b, c].map((chunk) => chunk.subarray(5)));
    const recut = [carried.subarray(0, 100), carried.subarray(100, 100000), carried.subarray(100000)].map((piece) =>
      dataChunk(piece),
    );
    const good = Buffer.concat([head, ...recut, Uint8Array.from(dataEnd), tail.subarray(2)]);
    expect((await fate(() => openStream(streamOf(good, 60000), { keys }))).code).toBe('opened');
  });

  test('A256GCM: what comes out before an error is the beginning of the plaintext', async () => {
    const plaintext = pattern(3 * 65536, 7);
    const octets = await sealed(plaintext, gcm!.seal);
    const offsets = chunkOffsets(octets);
    for (const [i, whole] of [0, 1, 2].entries()) {
      const bad = octets.slice();
      bad[(offsets[i] as number) + 100] = (bad[(offsets[i] as number) + 100] as number) ^ 1;
      const { code, released } = await fate(() => openStream(streamOf(bad, 60000), { keys }));
      expect(code).toBe('decryption-failed');
      expect(released).toBe(hex(plaintext.subarray(0, whole * 65536)));
      const exact = await fate(() => openStream(streamOf(bad, 60000), { keys, unsafeDetail: true }));
      expect(exact.code).toBe('authentication');
    }
  });

  test.each(ways)('$name: a source that can be read once is enough only where chunks are authentic', async (way) => {
    const octets = await sealed(pattern(70000, 7), way.seal);
    const once = await fate(() => openStream(streamOf(octets, 50000), way.open));
    expect(once.code).toBe(way.immediate ? 'opened' : 'bad_option');
    const source = watched(octets, 50000);
    await fate(() => openStream(source.stream, way.open));
    expect(source.cancelled.length).toBe(way.immediate ? 0 : 1);
    const risky = await fate(() => openStream(streamOf(octets, 50000), { ...way.open, releaseUnverified: true }));
    expect(risky).toEqual({ code: 'opened', released: hex(pattern(70000, 7)) });
  });

  test.each(ways)('$name: a source that can be opened again is opened as often as needed', async (way) => {
    const octets = await sealed(pattern(70000, 7), way.seal);
    let count = 0;
    const source = () => {
      count++;
      return streamOf(octets, 50000);
    };
    expect((await fate(() => openStream(source, way.open))).code).toBe('opened');
    expect(count).toBe(way.immediate ? 1 : 2);
  });

  test('a wrong digest or signature: nothing comes out, or with releaseUnverified an error in the end', async () => {
    const plaintext = pattern(70000, 7);
    for (const way of [cbc!, clear!]) {
      const octets = await sealed(plaintext, way.seal);
      const changed = octets.slice();
      const at = chunkOffsets(octets)[0]! + 100;
      changed[at] = (changed[at] as number) ^ 1;
      expect(await fate(() => openStream(blobOf(changed), way.open))).toEqual({ code: 'payload-digest', released: '' });
      const risky = await fate(() => openStream(streamOf(changed, 50000), { ...way.open, releaseUnverified: true }));
      expect(risky.code).toBe('payload-digest');
      expect(risky.released.length).toBe(140000);

      const stranger = { ...way.open, trust: [{ crv: 'Ed448', publicKey: pattern(57) } as const] };
      expect(await fate(() => openStream(blobOf(octets), stranger))).toEqual({ code: 'signature', released: '' });
      const late = await fate(() => openStream(streamOf(octets, 50000), { ...stranger, releaseUnverified: true }));
      expect(late.code).toBe('signature');
    }
  });

  test('padding that a change has broken shows no earlier than digest and signatures', async () => {
    const octets = await sealed(pattern(20, 7), ways[2]!.seal);
    // Two blocks; the last octet of the first one changes the last octet of the padding.
    const at = octets.indexOf(0x8c) + 2 + 15;
    for (const flip of [0x00, 0x01, 0x0d, 0x80]) {
      const changed = octets.slice();
      changed[at] = (changed[at] as number) ^ flip;
      const options = { ...ways[2]!.open, releaseUnverified: true };
      const { code } = await fate(() => openStream(streamOf(changed, 7), options));
      expect(code).toBe(flip === 0 ? 'opened' : 'payload-digest');
    }
  });

  test.each(ways)('$name: a source that changes between the readings gives out only what was verified', async (way) => {
    if (way.immediate) return;
    const plaintext = pattern(2.5 * 2 ** 20, 7);
    const octets = await sealed(plaintext, way.seal);
    const changes: Uint8Array[] = [octets.subarray(0, octets.length - 100000), octets.slice(0, 20)];
    for (const at of [20, 2000, 2 ** 20 + 2000, octets.length - 70000]) {
      const changed = octets.slice();
      changed[at] = (changed[at] as number) ^ 1;
      changes.push(changed);
    }
    for (const changed of changes) {
      let count = 0;
      const source = () => streamOf(count++ === 0 ? octets : changed, 65536);
      const { code, released } = await fate(() => openStream(source, way.open));
      expect(code).not.toBe('opened');
      expect(hex(plaintext).startsWith(released)).toBe(true);
    }
  });

  test('without the key nothing is read but the header, and every refusal of a key is one code', async () => {
    const octets = await sealed(pattern(200000, 7), gcm!.seal);
    const other = 'EAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA';
    for (const open of [{}, { keys: [other] }]) {
      const source = watched(octets, 5000);
      expect((await fate(() => openStream(source.stream, open))).code).toBe('no-recipient');
      expect(source.pulls).toBe(1);
      expect(source.cancelled.length).toBe(1);
    }
    const stolen = utf8(
      Buffer.from(octets)
        .toString('latin1')
        .replace(/"wmk":"..../, '"wmk":"AAAA'),
    ).subarray(0, octets.indexOf(0x8e));
    const bad = Buffer.concat([stolen, octets.subarray(octets.indexOf(0x8e))]);
    expect((await fate(() => openStream(streamOf(bad, 5000), { keys }))).code).toBe('decryption-failed');
  });

  test('bounds on header and payload hold', async () => {
    const octets = await sealed(pattern(70000, 7), gcm!.seal);
    const limits = (some: object) => fate(() => openStream(streamOf(octets, 5000), { keys, limits: some }));
    expect((await limits({ header: 100 })).code).toBe('limit');
    expect((await limits({ payload: 70031 })).code).toBe('limit');
    expect((await limits({ payload: 70032 })).code).toBe('opened');
    expect((await limits({ payload: 1000 })).released).toBe('');
  });

  test('wrong options and sources are refused', async () => {
    const octets = await sealed(pattern(5), gcm!.seal);
    const code = async (source: unknown, options?: unknown) =>
      (await fate(() => openStream(source as never, options as never))).code;
    expect(await code(blobOf(octets), { keys, releaseUnverified: 1 })).toBe('bad_option');
    expect(await code(blobOf(octets), 7)).toBe('bad_option');
    expect(await code(octets, { keys })).toBe('bad_option');
    expect(await code(blobOf(octets), { keys, trust: [] })).toBe('bad_option');
    expect(await code(blobOf(utf8('[{"enc":"A128CBC"},""]')))).toBe('algorithm');
    expect(await code(blobOf(utf8('[{},""]')), { requireEncryption: true })).toBe('not-encrypted');
    expect(await code(blobOf(utf8('[{},"AA",{"PayloadDigest":"AA"}]')))).toBe('payload-digest');
    expect(await code(blobOf(utf8('[{},"AA",{"PayloadDigest":7}]')))).toBe('structure');
  });

  test('no more is read than is asked for, and cancelling cancels the source', async () => {
    const octets = await sealed(pattern(2 ** 20, 7), gcm!.seal);
    const source = watched(octets, 65557);
    const { payload, assurance } = await openStream(source.stream, { keys });
    expect(source.pulls).toBe(1);
    const reader = payload.getReader();
    await reader.read();
    await reader.read();
    expect(source.pulls).toBeLessThan(6);
    await reader.cancel('enough');
    expect(source.cancelled).toEqual(['enough']);
    await expect(assurance).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('an error of the source is the error of the plaintext', async () => {
    const octets = await sealed(pattern(200000, 7), gcm!.seal);
    let at = 0;
    const failing = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at > 100000) return controller.error(new RangeError('the disk'));
        controller.enqueue(octets.slice(at, (at += 50000)));
      },
    });
    const { payload, assurance } = await openStream(failing, { keys });
    await expect(collect(payload)).rejects.toThrow('the disk');
    await expect(assurance).rejects.toThrow('the disk');
  });

  test('a signature that is not demanded is reported', async () => {
    const octets = await sealed(pattern(5), { ...cbc!.seal, cipher: 'A256GCM' });
    const opened = await openStream(streamOf(octets, 100), { keys: [symmetric], known: trust });
    await collect(opened.payload);
    const { trusted, signatures } = await opened.assurance;
    expect([trusted, signatures[0]?.verdict, signatures[0]?.witness]).toEqual([false, 'valid', 'valid']);
  });
});
