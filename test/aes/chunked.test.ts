import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { chunkNonce, openChunks, openedLength, sealChunks, sealedLength } from '../../src/aes/chunked.ts';
import { MeshError } from '../../src/errors.ts';
import { hex, pattern } from '../support/octets.ts';
import { engines, refused } from './engines.ts';

const keys = { key: pattern(32), noncePrefix: pattern(7, 2), aad: pattern(64, 3) };

/** The body as the specification of A256GCM describes it, by OpenSSL. */
function body(plaintext: Uint8Array, { from = 0, more = false } = {}): Uint8Array {
  const out: Uint8Array[] = [];
  for (let i = 0; i === 0 || i * 65536 < plaintext.length; i++) {
    const last = !more && (i + 1) * 65536 >= plaintext.length;
    const nonce = Buffer.alloc(12);
    nonce.set(keys.noncePrefix);
    nonce.writeUInt32BE(from + i, 7);
    nonce[11] = last ? 1 : 0;
    const cipher = createCipheriv('aes-256-gcm', keys.key, nonce).setAAD(keys.aad);
    out.push(cipher.update(plaintext.subarray(i * 65536, (i + 1) * 65536)), cipher.final(), cipher.getAuthTag());
  }
  return Uint8Array.from(Buffer.concat(out));
}

const lengths = [0, 1, 15, 16, 17, 65535, 65536, 65537, 131072, 131073, 200000];
describe.each(engines)('bodies in chunks by $name', (aes) => {
  test.each(lengths)('%d octets are sealed as the format says, and opened', (length) => {
    const plaintext = pattern(length, 4);
    const sealed = sealChunks(aes, keys, plaintext);
    expect(hex(sealed)).toBe(hex(body(plaintext)));
    expect(sealed.length).toBe(sealedLength(length));
    expect(openedLength(sealed.length)).toBe(length);
    expect(hex(openChunks(aes, keys, sealed))).toBe(hex(plaintext));
  });

  test('a body that ends early is refused, wherever it ends', () => {
    const sealed = body(pattern(140000, 4));
    const ends = [0, 1, 15, 16, 17, 65551, 65552, 65553, 65567, 65568, 65569, 131103, 131104, 131105, 131120, 131121];
    for (const end of [...ends, sealed.length - 1]) {
      expect(refused(() => openChunks(aes, keys, sealed.subarray(0, end)))).not.toBe('opened');
    }
    const small = body(pattern(40, 4));
    for (let end = 0; end < small.length; end++) {
      expect(refused(() => openChunks(aes, keys, small.subarray(0, end)))).not.toBe('opened');
    }
  });

  test('chunks dropped, exchanged, repeated, put behind the last one or brought from elsewhere are refused', () => {
    const sealed = body(pattern(65536 * 3, 4));
    const [a, b, c] = [0, 1, 2].map((i) => sealed.subarray(i * 65552, (i + 1) * 65552)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const orders = [
      [a, b],
      [a, c],
      [b, c],
      [a],
      [c],
      [b, a, c],
      [a, c, b],
      [a, a, b, c],
      [a, b, b, c],
      [a, b, c, c],
      [c, b, a],
    ];
    for (const order of orders) expect(refused(() => openChunks(aes, keys, Buffer.concat(order)))).toBe('tag');
    expect(hex(openChunks(aes, keys, Buffer.concat([a, b, c])).subarray(0, 16))).toBe(hex(pattern(16, 4)));
  });

  test('an empty last chunk behind others is refused: there is one body for a plaintext', () => {
    const full = body(pattern(65536, 4), { more: true });
    const end = body(new Uint8Array(0), { from: 1 });
    expect(refused(() => openChunks(aes, keys, Buffer.concat([full, end])))).toBe('ciphertext-length');
  });

  test('every flipped octet is refused, and so are other keys, prefixes and associated data', () => {
    const sealed = body(pattern(100, 4));
    for (let i = 0; i < sealed.length; i++) {
      const bad = sealed.slice();
      bad[i] = (bad[i] as number) ^ 0x40;
      expect(refused(() => openChunks(aes, keys, bad))).toBe('tag');
    }
    for (const other of [{ key: pattern(32, 8) }, { noncePrefix: pattern(7, 8) }, { aad: pattern(64, 8) }]) {
      expect(refused(() => openChunks(aes, { ...keys, ...other }, sealed))).toBe('tag');
    }
  });
});

test('the number of a chunk never wraps', () => {
  expect(hex(chunkNonce(new Uint8Array(7), 0xffffffff, true))).toBe('00000000000000ffffffff01');
  expect(() => chunkNonce(new Uint8Array(7), 2 ** 32, true)).toThrow(MeshError);
});
