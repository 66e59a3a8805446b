import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from './support/backends.ts';
import { L, p } from './support/curve448.ts';
import { codeOf } from './support/errors.ts';
import { hex, littleEndian, pattern, unhex } from './support/octets.ts';

const secrets = fc.uint8Array({ minLength: 56, maxLength: 56 });
const pkcs8 = unhex('3046020100300506032b656f043a0438');
const spki = unhex('3042300506032b656f033900');
const opensslSecret = (key: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([pkcs8, key]), format: 'der', type: 'pkcs8' });
const opensslPublic = (key: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([spki, key]), format: 'der', type: 'spki' });

describe.each(backends)('x448 on $name', ({ mesh, backend }) => {
  const { x448 } = mesh;
  const secretKey = pattern(56);

  test('reproduces the exchange of Alice and Bob (RFC 7748 section 6.2)', () => {
    const alice = unhex(
      '9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b',
    );
    const bob = unhex(
      '1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d',
    );
    const [a, b] = [alice, bob].map((secret) => x448.getPublicKey(secret)) as [Uint8Array, Uint8Array];
    expect(hex(a)).toBe(
      '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
    );
    expect(hex(b)).toBe(
      '3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609',
    );
    const shared =
      '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d';
    expect(hex(x448.getSharedSecret(alice, b))).toBe(shared);
    expect(hex(x448.getSharedSecret(bob, a))).toBe(shared);
  });

  test('equals OpenSSL for random keys (RFC 7748 section 5)', () => {
    fc.assert(
      fc.property(secrets, secrets, (a, b) => {
        const pub = x448.getPublicKey(b);
        const exported = createPublicKey(opensslSecret(b)).export({ format: 'der', type: 'spki' });
        expect(hex(pub)).toBe(exported.subarray(12).toString('hex'));
        const expected = diffieHellman({ privateKey: opensslSecret(a), publicKey: opensslPublic(pub) });
        expect(hex(x448.getSharedSecret(a, pub))).toBe(expected.toString('hex'));
      }),
      { numRuns: 15 },
    );
  });

  test('u on the twist and u of p and more are processed as RFC 7748 section 5 demands', () => {
    for (const u of [2n, 3n, 4n, 6n, 2n ** 224n - 2n]) {
      const expected = diffieHellman({
        privateKey: opensslSecret(secretKey),
        publicKey: opensslPublic(littleEndian(u, 56)),
      });
      expect(hex(x448.getSharedSecret(secretKey, littleEndian(u, 56)))).toBe(expected.toString('hex'));
      expect(hex(x448.getSharedSecret(secretKey, littleEndian(u + p, 56)))).toBe(expected.toString('hex'));
    }
  });

  test('the eight secrets that differ in pruned bits only give one result (RFC 7748 section 5)', () => {
    const results = new Set<string>();
    for (let i = 0; i < 8; i++) {
      const variant = secretKey.slice();
      variant[0] = (variant[0]! & 0xfc) | (i & 3);
      variant[55] = (variant[55]! & 0x7f) | ((i >> 2) << 7);
      results.add(hex(x448.getPublicKey(variant)) + hex(x448.getSharedSecret(variant, littleEndian(9n, 56))));
    }
    expect(results.size).toBe(1);
  });

  test('an all-zero result is refused, from small-order u in every encoding (RFC 7748 section 6.2)', () => {
    for (const u of [0n, 1n, p - 1n, p, p + 1n]) {
      expect(codeOf(() => x448.getSharedSecret(secretKey, littleEndian(u, 56)))).toBe('all_zero_shared_secret');
      expect(hex(backend.x448(secretKey, littleEndian(u, 56)))).toBe('00'.repeat(56));
    }
  });

  test('an all-zero result is refused, from the one pruned secret that is a multiple of L', () => {
    const k = littleEndian(4n * L, 56);
    expect(codeOf(() => x448.getSharedSecret(k, littleEndian(5n, 56)))).toBe('all_zero_shared_secret');
    expect(hex(backend.x448(k, littleEndian(5n, 56)))).toBe('00'.repeat(56));
    expect(hex(x448.getPublicKey(k))).toBe('00'.repeat(56));
  });

  test('the base point has u = 5 (RFC 7748 section 4.2)', () => {
    for (const seed of [1, 2, 3]) {
      const k = pattern(56, seed);
      expect(hex(x448.getPublicKey(k))).toBe(hex(backend.x448(k, littleEndian(5n, 56))));
    }
  });

  test('keygen copies a seed and draws another key each time', () => {
    const seed = pattern(56, 9);
    const pair = x448.keygen(seed);
    seed.fill(0);
    expect(hex(pair.secretKey)).toBe(hex(pattern(56, 9)));
    expect(hex(pair.publicKey)).toBe(hex(x448.getPublicKey(pair.secretKey)));
    expect(hex(x448.keygen().secretKey)).not.toBe(hex(x448.keygen().secretKey));
    expect(x448.utils.randomSecretKey().length).toBe(56);
  });

  test('wrong lengths and types throw by code', () => {
    const peer = x448.getPublicKey(pattern(56, 2));
    for (const length of [0, 32, 55, 57]) {
      const wrong = new Uint8Array(length);
      expect(codeOf(() => x448.getPublicKey(wrong))).toBe('bad_private_length');
      expect(codeOf(() => x448.keygen(wrong))).toBe('bad_private_length');
      expect(codeOf(() => x448.getSharedSecret(wrong, peer))).toBe('bad_private_length');
      expect(codeOf(() => x448.getSharedSecret(secretKey, wrong))).toBe('bad_public_length');
    }
    for (const bad of ['text', null, undefined, 5]) {
      expect(codeOf(() => x448.getPublicKey(bad as never))).toBe('not_bytes');
      expect(codeOf(() => x448.getSharedSecret(bad as never, peer))).toBe('not_bytes');
      expect(codeOf(() => x448.getSharedSecret(secretKey, bad as never))).toBe('not_bytes');
    }
  });

  test('inputs stay as they are and outputs are fresh', () => {
    const [k, u] = [secretKey.slice(), x448.getPublicKey(pattern(56, 2))];
    const copy = u.slice();
    x448.getSharedSecret(k, u).fill(0);
    expect(hex(x448.getSharedSecret(k, u))).not.toBe('00'.repeat(56));
    expect([hex(k), hex(u)]).toEqual([hex(secretKey), hex(copy)]);
  });
});
