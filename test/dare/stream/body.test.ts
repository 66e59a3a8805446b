import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sealChunks } from '../../../src/aes/chunked.ts';
import { aes, Refusal } from '../../../src/aes/index.ts';
import type { BodyKeys } from '../../../src/dare/derive.ts';
import { type Body, opening, sealing, through } from '../../../src/dare/stream/body.ts';
import { Input } from '../../../src/dare/stream/source.ts';
import { streamEngines } from '../../aes/engines.ts';
import { hex, pattern } from '../../support/octets.ts';
import { streamOf } from './sources.ts';

const key = pattern(32);
const gcm: BodyKeys = { cipher: 'A256GCM', key, noncePrefix: pattern(7, 2), aad: pattern(64, 3) };
const cbc: BodyKeys = { cipher: 'A256CBC', key, iv: pattern(16, 2) };
const ciphers: [string, BodyKeys | undefined, (plaintext: Uint8Array) => Uint8Array][] = [
  ['A256GCM', gcm, (plaintext) => sealChunks(aes, gcm, plaintext)],
  ['A256CBC', cbc, (plaintext) => aes.cbcEncrypt(key, cbc.iv, plaintext)],
  ['nothing', undefined, (plaintext) => plaintext],
];
const subjects = streamEngines.flatMap((engine) => ciphers.map((cipher) => [engine.name, ...cipher, engine] as const));

async function run(body: Body, octets: Uint8Array, ...lengths: number[]): Promise<Uint8Array> {
  const input = await Input.open(streamOf(octets, ...lengths));
  const pieces: Uint8Array[] = [];
  for await (const some of through(body, input.chunks())) pieces.push(...some.map((piece) => piece.slice()));
  return Uint8Array.from(Buffer.concat(pieces));
}

async function verdict(body: Body, octets: Uint8Array): Promise<string> {
  try {
    await run(body, octets, 70000);
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'opened';
}

describe.each(subjects)('a body by %s under %s', (_, name, keys, whole, engine) => {
  test.each([0, 1, 65535, 65536, 65537, 131072, 200000])(
    'of %d octets has the octets of one sealed whole',
    async (n) => {
      const plaintext = pattern(n, 5);
      const sealed = await run(sealing(engine, keys), plaintext, 1000, 65536, 7, 70000);
      expect(hex(sealed)).toBe(hex(whole(plaintext)));
      expect(hex(await run(opening(engine, keys), sealed, 65536))).toBe(hex(plaintext));
    },
  );

  test('is the same in any chunks', async () => {
    const plaintext = pattern(140000, 5);
    const sealed = whole(plaintext);
    const some = fc.array(fc.integer({ min: 100, max: 150000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, async (lengths) => {
        expect(hex(await run(sealing(engine, keys), plaintext, ...lengths))).toBe(hex(sealed));
        expect(hex(await run(opening(engine, keys), sealed, ...lengths))).toBe(hex(plaintext));
      }),
      { numRuns: 6 },
    );
  });

  test.skipIf(keys === undefined)('is refused when it is cut off in a block or in a tag', async () => {
    const sealed = whole(pattern(70000, 5));
    for (const length of [0, 1, 15, 17, 65551, 65553, sealed.length - 1]) {
      expect(await verdict(opening(engine, keys), sealed.subarray(0, length))).not.toBe('opened');
    }
    if (name !== 'A256GCM') return;
    // The end of a chunk is no end of the body, and no empty chunk follows one.
    expect(await verdict(opening(engine, keys), sealed.subarray(0, 65552))).toBe('tag');
    expect(await verdict(opening(engine, keys), sealed.subarray(0, 65568))).toBe('ciphertext-length');
  });

  test.skipIf(name !== 'A256GCM')('with chunks dropped, exchanged or repeated is refused', async () => {
    const sealed = whole(pattern(3 * 65536, 5));
    const [a, b, c] = [0, 1, 2].map((i) => sealed.subarray(i * 65552, (i + 1) * 65552)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    for (const order of [[a, b], [a, c], [b, c], [c], [b, a, c], [a, a, b, c], [a, b, b, c], [a, b, c, c]]) {
      expect(await verdict(opening(engine, keys), Buffer.concat(order))).toBe('tag');
    }
    const short = whole(pattern(65536, 5));
    expect(await verdict(opening(engine, keys), Buffer.concat([short, short.subarray(0, 16)]))).toBe('tag');
  });
});
