import { describe, expect, test } from 'vitest';
import { hex, unhex } from '../support/octets.ts';
import { cut, engines, refused, streamEngines, through } from './engines.ts';

const empty = new Uint8Array(0);

// NIST SP 800-38A appendix F.2.5 and F.2.6.
const cbc = {
  key: unhex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'),
  iv: unhex('000102030405060708090a0b0c0d0e0f'),
  plaintext: unhex(
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
  ),
  ciphertext:
    'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b',
};

// The Galois/Counter Mode of Operation (McGrew and Viega), test cases 13 to 16.
const gcmKey = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const gcmText =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const gcmSealed =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const gcm = [
  ['00'.repeat(32), '00'.repeat(12), '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
  [
    '00'.repeat(32),
    '00'.repeat(12),
    '00'.repeat(16),
    '',
    'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  ],
  [gcmKey, 'cafebabefacedbaddecaf888', gcmText, '', `${gcmSealed}b094dac5d93471bdec1a502270e3cc6c`],
  [
    gcmKey,
    'cafebabefacedbaddecaf888',
    gcmText.slice(0, -8),
    'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    `${gcmSealed.slice(0, -8)}76fc6ece0f4e1768cddf8853bb2d551b`,
  ],
] as const;

// RFC 3394 sections 4.3, 4.5 and 4.6: the key encryption keys of 256 bits.
const kek = unhex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
const wrapped = [
  ['00112233445566778899aabbccddeeff', '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7'],
  [
    '00112233445566778899aabbccddeeff0001020304050607',
    'a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1',
  ],
  [
    '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
    '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
  ],
] as const;

describe.each(engines)('AES-256 by $name', (aes) => {
  test('CBC is that of SP 800-38A F.2.5, with a block of padding behind it', () => {
    const sealed = aes.cbcEncrypt(cbc.key, cbc.iv, cbc.plaintext);
    expect(hex(sealed).slice(0, -32)).toBe(cbc.ciphertext);
    expect(hex(aes.cbcDecrypt(cbc.key, cbc.iv, sealed))).toBe(hex(cbc.plaintext));
    // The published ciphertext by itself has no padding.
    expect(refused(() => aes.cbcDecrypt(cbc.key, cbc.iv, unhex(cbc.ciphertext)))).toBe('padding');
  });

  test.each(gcm)('GCM gives what its authors published (key %s)', (key, nonce, plaintext, aad, sealed) => {
    const [k, n, p, a] = [key, nonce, plaintext, aad].map(unhex) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    expect(hex(aes.gcmSeal(k, n, p, a))).toBe(sealed);
    expect(hex(aes.gcmOpen(k, n, unhex(sealed), a))).toBe(plaintext);
  });

  test.each(wrapped)('key wrap gives what RFC 3394 prints for %s', (key, expected) => {
    expect(hex(aes.wrapKey(kek, unhex(key)))).toBe(expected);
    expect(hex(aes.unwrapKey(kek, unhex(expected)))).toBe(key);
  });

  test('key wrap refuses every length that no wrapped key has, and every flipped bit', () => {
    for (const length of [0, 8, 16, 23, 25, 31]) {
      expect(refused(() => aes.unwrapKey(kek, new Uint8Array(length)))).toBe('unwrap');
    }
    const good = unhex(wrapped[2][1]);
    for (let bit = 0; bit < 8 * good.length; bit++) {
      const bad = good.slice();
      bad[bit >> 3] = (bad[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(refused(() => aes.unwrapKey(kek, bad))).toBe('unwrap');
    }
  });

  test('GCM refuses every flipped bit, a cut tag, another nonce and other associated data', () => {
    const [key, nonce, plaintext, aad] = [kek, new Uint8Array(12), unhex('0102030405'), unhex('aa')];
    const sealed = aes.gcmSeal(key, nonce, plaintext, aad);
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const bad = sealed.slice();
      bad[bit >> 3] = (bad[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(refused(() => aes.gcmOpen(key, nonce, bad, aad))).toBe('tag');
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(refused(() => aes.gcmOpen(key, nonce, sealed.subarray(0, length), aad))).toBe('tag');
    }
    expect(refused(() => aes.gcmOpen(key, new Uint8Array(12).fill(1), sealed, aad))).toBe('tag');
    expect(refused(() => aes.gcmOpen(key, nonce, sealed, empty))).toBe('tag');
  });
});

describe.each(streamEngines)('AES-256 for streams by $name', (aes) => {
  test('CBC in single blocks is that of SP 800-38A F.2.5', async () => {
    const sealed = await through(aes.cbcEncryptor(cbc.key, cbc.iv), cut(cbc.plaintext, 0, 1, 1, 2, 3));
    expect(hex(sealed).slice(0, -32)).toBe(cbc.ciphertext);
    const opened = await through(aes.cbcDecryptor(cbc.key, cbc.iv), cut(sealed, 0, 1, 1, 2, 3, 4));
    expect(hex(opened)).toBe(hex(cbc.plaintext));
  });

  test.each(gcm)('GCM gives what its authors published (key %s)', async (key, nonce, plaintext, aad, sealed) => {
    const [k, n, p, a] = [key, nonce, plaintext, aad].map(unhex) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const held = aes.gcm(k);
    expect((await held.seal(n, p, a)).map(hex).join('')).toBe(sealed);
    expect(hex(await held.open(n, unhex(sealed), a))).toBe(plaintext);
    const bad = unhex(sealed);
    bad[0] = (bad[0] as number) ^ 1;
    await expect((async () => held.open(n, bad, a))()).rejects.toMatchObject({ reason: 'tag' });
    await expect((async () => held.open(n, empty, a))()).rejects.toMatchObject({ reason: 'tag' });
    held.destroy();
  });
});
