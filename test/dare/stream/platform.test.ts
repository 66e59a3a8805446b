import { afterEach, expect, test, vi } from 'vitest';
import { jsBackend } from '../../../src/backend/js/index.ts';
import { withBuiltin } from '../../aes/engines.ts';
import { hex, pattern } from '../../support/octets.ts';
import { reproducibly } from './random.ts';
import { blobOf, collect, streamOf } from './sources.ts';
import { ways } from './subjects.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Streams as a page with or without a secure context has them: no modules of Node, so that AES is WebCrypto's or JavaScript. */
async function streamsWithout(...globals: ('process' | 'subtle')[]) {
  vi.resetModules();
  const { crypto } = globalThis;
  if (globals.includes('process')) vi.stubGlobal('process', withBuiltin(undefined));
  if (globals.includes('subtle')) {
    vi.stubGlobal('crypto', {
      getRandomValues: (array: Uint8Array) => crypto.getRandomValues(array as Uint8Array<ArrayBuffer>),
    });
  }
  const [{ makeDareStreams }, { streamAes }] = await Promise.all([
    import('../../../src/dare/stream/index.ts'),
    import('../../../src/aes/stream.ts'),
  ]);
  return { ...makeDareStreams(() => jsBackend), engine: streamAes().name };
}

test.each(ways)('$name: every platform writes the same octets and opens them', async ({ seal, open }) => {
  const plaintext = pattern(140000, 7);
  const sealed: string[] = [];
  for (const [engine, ...without] of [['node'], ['web', 'process'], ['noble', 'process', 'subtle']] as const) {
    const streams = await streamsWithout(...without);
    expect(streams.engine).toBe(engine);
    const octets = await reproducibly(() => collect(streams.sealStream(streamOf(plaintext, 50000), seal)));
    sealed.push(hex(octets));
    const { payload, assurance } = await streams.openStream(blobOf(octets), open);
    expect(hex(await collect(payload))).toBe(hex(plaintext));
    await assurance;
    vi.unstubAllGlobals();
  }
  expect(new Set(sealed).size).toBe(1);
});

test('WebCrypto: a wrong chunk and a stream that is given up are errors like everywhere', async () => {
  const { sealStream, openStream } = await streamsWithout('process');
  const [{ seal, open }] = ways as [(typeof ways)[0]];
  const octets = await collect(sealStream(blobOf(pattern(200000)), seal));
  octets[150000] = (octets[150000] as number) ^ 1;
  const { payload, assurance } = await openStream(streamOf(octets, 65536), open);
  await expect(collect(payload)).rejects.toMatchObject({ code: 'decryption-failed' });
  await expect(assurance).rejects.toMatchObject({ code: 'decryption-failed' });

  const reader = sealStream(blobOf(pattern(200000)), seal).getReader();
  await reader.read();
  const pending = reader.read();
  await reader.cancel();
  await pending;
});
