import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunked, messages } from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import { codeOf } from '../support/errors.ts';
import { hex, pattern, unhex, utf8 } from '../support/octets.ts';

const sha512Of = (message: Uint8Array) => createHash('sha512').update(message).digest('hex');
const shake256Of = (message: Uint8Array, outputLength: number) =>
  createHash('shake256', { outputLength }).update(message).digest('hex');

describe.each(backends)('hashes on $name', ({ mesh, backend }) => {
  const { sha512, shake256, hmacSha512, hkdfSha512, hkdfSha256 } = mesh;

  test('sha512 gives the digest of "abc" (FIPS 180-4, NIST example)', () => {
    expect(hex(sha512(utf8('abc')))).toBe(
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
        '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    );
    expect(sha512.outputLen).toBe(64);
    expect(sha512.blockLen).toBe(128);
  });

  test('every message length up to three blocks gives what OpenSSL gives (FIPS 180-4, FIPS 202)', () => {
    const message = pattern(420);
    for (let length = 0; length <= 420; length++) {
      const part = message.subarray(0, length);
      expect(hex(sha512(part))).toBe(sha512Of(part));
      expect(hex(shake256(part, { dkLen: 32 }))).toBe(shake256Of(part, 32));
      expect(hex(backend.sha3_512(part))).toBe(createHash('sha3-512').update(part).digest('hex'));
    }
  });

  test('messages beyond one I/O page give what OpenSSL gives', () => {
    for (const length of [4095, 4096, 65535, 65536, 65537, 300_001]) {
      const message = pattern(length, length);
      expect(hex(sha512(message))).toBe(sha512Of(message));
      expect(hex(shake256(message, { dkLen: 64 }))).toBe(shake256Of(message, 64));
    }
  });

  test('shake256 gives output of any length as OpenSSL gives it (FIPS 202 section 6.2)', () => {
    for (const dkLen of [0, 1, 57, 114, 135, 136, 137, 272, 1000, 70_000]) {
      const out = shake256(utf8('abc'), { dkLen });
      expect(out.length).toBe(dkLen);
      if (dkLen > 0) expect(hex(out)).toBe(shake256Of(utf8('abc'), dkLen));
    }
  });

  test('any chunking equals one call (FIPS 180-4, FIPS 202)', () => {
    fc.assert(
      fc.property(chunked, ({ message, chunks }) => {
        const [a, b] = [sha512.create(), shake256.create({ dkLen: 114 })];
        for (const chunk of chunks) {
          a.update(chunk);
          b.update(chunk);
        }
        expect(hex(a.digest())).toBe(sha512Of(message));
        expect(hex(b.digest())).toBe(shake256Of(message, 114));
      }),
      { numRuns: 150 },
    );
  });

  test('every split of two blocks in two equals one call', () => {
    const message = pattern(273);
    const [a, b] = [sha512Of(message), shake256Of(message, 32)];
    for (let cut = 0; cut <= message.length; cut++) {
      const [head, tail] = [message.subarray(0, cut), message.subarray(cut)];
      expect(hex(sha512.create().update(head).update(tail).digest())).toBe(a);
      expect(hex(shake256.create({ dkLen: 32 }).update(head).update(tail).digest())).toBe(b);
    }
  });

  test('output in pieces equals output at once (FIPS 202 section 6.2)', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(200), { maxLength: 8 }), (message, sizes) => {
        const hash = shake256.create({ dkLen: 0 }).update(message);
        const pieces = sizes.map((size) => hash.xof(size));
        const all = Buffer.concat(pieces);
        if (all.length > 0) expect(all.toString('hex')).toBe(shake256Of(message, all.length));
      }),
      { numRuns: 100 },
    );
  });

  test('a clone goes its own way, also between two pieces of output', () => {
    const hash = sha512.create().update(utf8('a'));
    const clone = hash.clone().update(utf8('x'));
    hash.update(utf8('b'));
    expect(hex(clone.digest())).toBe(sha512Of(utf8('ax')));
    expect(hex(hash.digest())).toBe(sha512Of(utf8('ab')));

    const xof = shake256.create({ dkLen: 32 }).update(utf8('a'));
    xof.xof(100);
    const other = xof.clone();
    expect(hex(other.xof(100))).toBe(shake256Of(utf8('a'), 200).slice(200));
    expect(hex(xof.xof(50))).toBe(shake256Of(utf8('a'), 150).slice(200));
  });

  test('interleaved and abandoned objects do not disturb each other', () => {
    const all = Array.from({ length: 20 }, () => [sha512.create(), shake256.create({ dkLen: 64 })] as const);
    for (let round = 0; round < 3; round++) {
      all.forEach(([a, b], i) => {
        a.update(pattern(100 + i, round));
        b.update(pattern(100 + i, round));
      });
    }
    sha512.create().update(pattern(1000));
    all.forEach(([a, b], i) => {
      const message = Buffer.concat([0, 1, 2].map((round) => pattern(100 + i, round)));
      expect(hex(a.digest())).toBe(sha512Of(message));
      expect(hex(b.digest())).toBe(shake256Of(message, 64));
    });
  });

  test('digestInto writes the digest and nothing behind it, also over its own input', () => {
    const buffer = new Uint8Array(200).fill(7);
    sha512.create().update(buffer).digestInto(buffer.subarray(10));
    expect(hex(buffer.subarray(10, 74))).toBe(sha512Of(new Uint8Array(200).fill(7)));
    expect(buffer.subarray(0, 10).every((octet) => octet === 7)).toBe(true);
    expect(buffer.subarray(74).every((octet) => octet === 7)).toBe(true);
    const out = new Uint8Array(40);
    shake256.create({ dkLen: 32 }).update(utf8('abc')).digestInto(out);
    expect(hex(out)).toBe(`${shake256Of(utf8('abc'), 32)}${'00'.repeat(8)}`);
  });

  test('inputs stay as they are and outputs are fresh', () => {
    const message = pattern(300);
    const copy = message.slice();
    const [a, b] = [sha512(message), sha512(message)];
    a.fill(0);
    expect(hex(b)).toBe(sha512Of(copy));
    expect(message).toEqual(copy);
  });

  test('views, Node buffers and shared memory are read as the octets they are', () => {
    const message = pattern(300);
    const padded = new Uint8Array(310);
    padded.set(message, 7);
    const shared = new Uint8Array(new SharedArrayBuffer(300));
    shared.set(message);
    for (const view of [padded.subarray(7, 307), Buffer.from(message), shared]) {
      expect(hex(sha512(view))).toBe(sha512Of(message));
      expect(hex(shake256(view, { dkLen: 32 }))).toBe(shake256Of(message, 32));
    }
  });

  test('use after the digest is refused (finished)', () => {
    const hash = sha512.create();
    hash.digest();
    expect(codeOf(() => hash.update(new Uint8Array(1)))).toBe('finished');
    expect(codeOf(() => hash.digest())).toBe('finished');
    expect(codeOf(() => hash.digestInto(new Uint8Array(64)))).toBe('finished');
    expect(codeOf(() => hash.clone())).toBe('finished');
    const xof = shake256.create({ dkLen: 8 });
    xof.xof(8);
    expect(codeOf(() => xof.update(new Uint8Array(1)))).toBe('finished');
    expect(codeOf(() => xof.digest())).toBe('finished');
    const done = shake256.create({ dkLen: 8 });
    done.digest();
    expect(codeOf(() => done.xof(8))).toBe('finished');
  });

  test('use after destroy is refused (destroyed)', () => {
    for (const hash of [sha512.create(), shake256.create({ dkLen: 8 })]) {
      hash.destroy();
      hash.destroy();
      expect(codeOf(() => hash.update(new Uint8Array(1)))).toBe('destroyed');
      expect(codeOf(() => hash.digest())).toBe('destroyed');
      expect(codeOf(() => hash.clone())).toBe('destroyed');
    }
    const finished = sha512.create();
    finished.digest();
    finished.destroy();
    expect(codeOf(() => finished.digest())).toBe('destroyed');
  });

  test('a refused call leaves the object as it was', () => {
    const hash = sha512.create().update(utf8('ab'));
    expect(codeOf(() => hash.update('c' as never))).toBe('not_bytes');
    expect(codeOf(() => hash.digestInto(new Uint8Array(63)))).toBe('bad_length');
    expect(codeOf(() => hash.digestInto([] as never))).toBe('not_bytes');
    expect(hex(hash.update(utf8('c')).digest())).toBe(sha512Of(utf8('abc')));
    const xof = shake256.create({ dkLen: 32 }).update(utf8('abc'));
    expect(codeOf(() => xof.xof(-1))).toBe('bad_length');
    expect(hex(xof.digest())).toBe(shake256Of(utf8('abc'), 32));
  });

  test('malformed arguments are refused by code (not_bytes, bad_length, bad_option)', () => {
    for (const bad of ['abc', [1], null, undefined, 5, new Uint16Array(2), new ArrayBuffer(4)]) {
      expect(codeOf(() => sha512(bad as never))).toBe('not_bytes');
      expect(codeOf(() => shake256(bad as never, { dkLen: 1 }))).toBe('not_bytes');
    }
    for (const dkLen of [-1, 1.5, Number.NaN, '1', undefined, 2 ** 26 + 1, Number.POSITIVE_INFINITY]) {
      expect(codeOf(() => shake256(new Uint8Array(0), { dkLen } as never))).toBe('bad_length');
      expect(codeOf(() => shake256.create({ dkLen } as never))).toBe('bad_length');
    }
    expect(codeOf(() => shake256(new Uint8Array(0), 32 as never))).toBe('bad_option');
    expect(codeOf(() => shake256(new Uint8Array(0), null as never))).toBe('bad_option');
  });

  test('hmacSha512 equals OpenSSL for keys and messages around a block (RFC 2104)', () => {
    for (const keyLength of [0, 1, 20, 64, 127, 128, 129, 131, 300]) {
      const key = pattern(keyLength, 3);
      for (const length of [0, 1, 111, 128, 200]) {
        const message = pattern(length, 4);
        expect(hex(hmacSha512(key, message))).toBe(createHmac('sha512', key).update(message).digest('hex'));
      }
    }
  });

  test('hmacSha512 gives the code of test case 2 (RFC 4231 section 4.3)', () => {
    expect(hex(hmacSha512(utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554' +
        '9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    );
  });

  test('hkdfSha256 gives the output of test case 1 (RFC 5869 appendix A.1)', () => {
    const okm = hkdfSha256(
      new Uint8Array(22).fill(0x0b),
      unhex('000102030405060708090a0b0c'),
      unhex('f0f1f2f3f4f5f6f7f8f9'),
      42,
    );
    expect(hex(okm)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  });

  test('hkdf equals OpenSSL and noble for all kinds of lengths (RFC 5869)', () => {
    for (const length of [1, 31, 32, 33, 56, 63, 64, 65, 128, 129, 255 * 32]) {
      for (const salt of [undefined, new Uint8Array(0), pattern(13), pattern(200)]) {
        const [ikm, info] = [pattern(40, length), pattern(length % 50)];
        const expected = Buffer.from(hkdfSync('sha512', ikm, salt ?? new Uint8Array(0), info, length));
        expect(hex(hkdfSha512(ikm, salt, info, length))).toBe(expected.toString('hex'));
        expect(hex(hkdfSha256(ikm, salt, info, length))).toBe(hex(hkdf(sha256, ikm, salt, info, length)));
      }
    }
    expect(hkdfSha512(pattern(5), undefined, undefined, 255 * 64).length).toBe(16_320);
  });

  test('hkdf refuses lengths outside 1 to 255 blocks, and what is not bytes (RFC 5869 section 2.3)', () => {
    const ikm = pattern(5);
    for (const length of [0, -1, 1.5, 255 * 64 + 1, Number.NaN]) {
      expect(codeOf(() => hkdfSha512(ikm, undefined, undefined, length))).toBe('bad_length');
    }
    expect(codeOf(() => hkdfSha256(ikm, undefined, undefined, 255 * 32 + 1))).toBe('bad_length');
    expect(codeOf(() => hkdfSha512('ikm' as never, undefined, undefined, 1))).toBe('not_bytes');
    expect(codeOf(() => hkdfSha512(ikm, null as never, undefined, 1))).toBe('not_bytes');
    expect(codeOf(() => hkdfSha512(ikm, undefined, 'x' as never, 1))).toBe('not_bytes');
    expect(codeOf(() => hmacSha512('key' as never, ikm))).toBe('not_bytes');
    expect(codeOf(() => hmacSha512(ikm, null as never))).toBe('not_bytes');
  });
});
