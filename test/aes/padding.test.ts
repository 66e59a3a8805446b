import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/aes/index.ts';
import { hex, pattern } from '../support/octets.ts';
import { cut, engines, streamEngines, through } from './engines.ts';

const [key, iv] = [pattern(32), pattern(16, 2)];

/** CBC of whole blocks by OpenSSL, whatever they end with. */
function raw(blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([cipher.update(blocks), cipher.final()]));
}

/** RFC 5652 section 6.3, said another way: the number of octets that padding takes, or none. */
function rightPadding(block: Uint8Array): number | undefined {
  const count = block[15] as number;
  if (count < 1 || count > 16) return undefined;
  return Buffer.from(block.subarray(16 - count)).equals(Buffer.alloc(count, count)) ? count : undefined;
}

async function verdict(open: () => Uint8Array | Promise<Uint8Array>): Promise<string> {
  try {
    return hex(await open());
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}

/** Every last block that is nearly padding: each count with each of its octets changed, and counts that are none. */
function* lastBlocks(): Generator<Uint8Array> {
  for (let count = 0; count < 256; count++) {
    const block = pattern(16, 9);
    block.fill(count, count >= 1 && count <= 16 ? 16 - count : 15);
    yield block;
    for (let i = 0; i < 16; i++) {
      const other = block.slice();
      other[i] = (other[i] as number) ^ 1;
      if (count <= 17) yield other;
    }
  }
}

describe.each(engines)('padding by $name', (aes) => {
  test('is accepted exactly where RFC 5652 section 6.3 has it', async () => {
    const first = pattern(16, 5);
    for (const last of lastBlocks()) {
      const count = rightPadding(last);
      const expected = count === undefined ? 'padding' : hex(first) + hex(last.subarray(0, 16 - count));
      const sealed = raw(Buffer.concat([first, last]));
      expect(await verdict(() => aes.cbcDecrypt(key, iv, sealed))).toBe(expected);
    }
  });

  test('a ciphertext of no octets or of a part of a block is refused by its length', async () => {
    for (let length = 0; length < 50; length++) {
      if (length % 16 === 0 && length > 0) continue;
      expect(await verdict(() => aes.cbcDecrypt(key, iv, pattern(length)))).toBe('ciphertext-length');
    }
  });

  test('results are plain arrays in memory of their own, and arguments stay as they are', () => {
    const plaintext = pattern(33);
    const sealed = aes.cbcEncrypt(key, iv, plaintext);
    const opened = aes.cbcDecrypt(key, iv, sealed);
    for (const out of [sealed, opened, aes.wrapKey(key, key), aes.unwrapKey(key, aes.wrapKey(key, key))]) {
      expect(Object.getPrototypeOf(out)).toBe(Uint8Array.prototype);
    }
    opened.fill(0);
    expect(hex(plaintext)).toBe(hex(pattern(33)));
    expect(hex(key)).toBe(hex(pattern(32)));
  });
});

describe.each(streamEngines)('CBC in runs by $name', (aes) => {
  test('any runs of any plaintext give the octets of OpenSSL, and back', async () => {
    const places = fc.array(fc.nat(7), { maxLength: 6 });
    const octets = fc.uint8Array({ maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(octets, places, places, async (plaintext, there, back) => {
        const cipher = createCipheriv('aes-256-cbc', key, iv);
        const expected = Buffer.concat([cipher.update(plaintext), cipher.final()]);
        const sealed = await through(aes.cbcEncryptor(key, iv), cut(plaintext, ...there));
        expect(hex(sealed)).toBe(hex(expected));
        expect(hex(await through(aes.cbcDecryptor(key, iv), cut(sealed, ...back)))).toBe(hex(plaintext));
      }),
      { numRuns: 100 },
    );
  });

  test('any runs of anything get the same verdict', async () => {
    const places = fc.array(fc.nat(5), { maxLength: 5 });
    const reference = engines[0];
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), places, async (octets, there) => {
        const whole = await verdict(() => reference!.cbcDecrypt(key, iv, octets));
        expect(await verdict(() => through(aes.cbcDecryptor(key, iv), cut(octets, ...there)))).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('right and wrong padding get the same verdict wherever the last block is cut', async () => {
    const first = pattern(16, 5);
    const some = [...lastBlocks()].filter((_, i) => i % 7 === 0);
    for (const last of some) {
      const count = rightPadding(last);
      const expected = count === undefined ? 'padding' : hex(first) + hex(last.subarray(0, 16 - count));
      const sealed = raw(Buffer.concat([first, last]));
      expect(await verdict(() => through(aes.cbcDecryptor(key, iv), cut(sealed, (last[15] as number) % 3)))).toBe(
        expected,
      );
    }
  });
});
