import { createPrivateKey, createPublicKey, sign as opensslSign, verify as opensslVerify } from 'node:crypto';
import { ed448 as noble, ed448ph as noblePh } from '@noble/curves/ed448.js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  contexts,
  messages,
  mixedOrderEdwards,
  nonCanonicalEdwards,
  offCurveEdwards,
  primeOrderEdwards,
  smallOrderEdwards,
} from './arbitraries.ts';
import { backends } from './support/backends.ts';
import { B, decodeEdwards, edwardsAdd, edwardsMultiply, encodeEdwards, L, mod, torsion } from './support/curve448.ts';
import { codeOf } from './support/errors.ts';
import { fromLittleEndian, hex, littleEndian, pattern, unhex, utf8 } from './support/octets.ts';

const seeds = fc.uint8Array({ minLength: 57, maxLength: 57 });
const pkcs8Prefix = unhex('3047020100300506032b6571043b0439');
const spkiPrefix = unhex('3043300506032b6571033a00');

const opensslSecret = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
const opensslPublic = (key: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([spkiPrefix, key]), format: 'der', type: 'spki' });

describe.each(backends)('ed448 on $name', ({ mesh, backend }) => {
  const { ed448, ed448ph, shake256 } = mesh;
  const secretKey = pattern(57);
  const publicKey = ed448.getPublicKey(secretKey);
  const message = utf8('a message');
  const signature = ed448.sign(message, secretKey);

  test('reproduces the test "1 octet (with context)" (RFC 8032 section 7.4)', () => {
    const seed = unhex(
      'c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e',
    );
    expect(hex(ed448.getPublicKey(seed))).toBe(
      '43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480',
    );
    const expected =
      'd4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea00' +
      '0c85741de5c8da1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d5428407e85dcbc98a49155c13764e66c3c00';
    expect(hex(ed448.sign(unhex('03'), seed, { context: unhex('666f6f') }))).toBe(expected);
  });

  test('equals OpenSSL for random seeds and messages (RFC 8032 section 5.2)', () => {
    fc.assert(
      fc.property(seeds, messages, (seed, text) => {
        const key = opensslSecret(seed);
        const pub = ed448.getPublicKey(seed);
        expect(hex(pub)).toBe(
          createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12).toString('hex'),
        );
        const mine = ed448.sign(text, seed);
        expect(hex(mine)).toBe(opensslSign(null, text, key).toString('hex'));
        expect(ed448.verify(mine, text, pub)).toBe(true);
        expect(opensslVerify(null, text, opensslPublic(pub), mine)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('equals noble with contexts and prehashed (RFC 8032 section 5.2)', () => {
    fc.assert(
      fc.property(seeds, messages, contexts, (seed, text, context) => {
        const pub = ed448.getPublicKey(seed);
        const pure = ed448.sign(text, seed, { context });
        const hashed = ed448ph.sign(text, seed, { context });
        expect(hex(pure)).toBe(hex(noble.sign(text, seed, { context })));
        expect(hex(hashed)).toBe(hex(noblePh.sign(text, seed, { context })));
        expect(ed448.verify(pure, text, pub, { context })).toBe(true);
        expect(ed448ph.verify(hashed, text, pub, { context })).toBe(true);
        expect(ed448.verify(hashed, text, pub, { context })).toBe(false);
        expect(ed448ph.verify(pure, text, pub, { context })).toBe(false);
      }),
      { numRuns: 8 },
    );
  });

  test('contexts of 0, 254 and 255 octets sign and verify as in noble (RFC 8032 section 5.2)', () => {
    for (const length of [0, 1, 254, 255]) {
      const context = pattern(length, 3);
      const bound = ed448.sign(message, secretKey, { context });
      expect(hex(bound)).toBe(hex(noble.sign(message, secretKey, { context })));
      expect(ed448.verify(bound, message, publicKey, { context })).toBe(true);
      expect(ed448.prepare(publicKey).verify(bound, message, { context })).toBe(true);
    }
  });

  test('a 56-octet Mesh seed and the same seed padded are different keys', () => {
    const short = pattern(56);
    const padded = new Uint8Array(57);
    padded.set(short);
    expect(hex(backend.ed448PublicKey(short))).not.toBe(hex(backend.ed448PublicKey(padded)));
    const signed = backend.ed448Sign(message, short, new Uint8Array(0), 0);
    expect(ed448.verify(signed, message, backend.ed448PublicKey(short))).toBe(true);
  });

  test('a changed bit anywhere in signature, key or message is rejected (RFC 8032 section 5.2.7)', () => {
    const prepared = ed448.prepare(publicKey);
    for (let bit = 0; bit < 114 * 8; bit += 13) {
      const changed = signature.slice();
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      expect(ed448.verify(changed, message, publicKey)).toBe(false);
      expect(prepared.verify(changed, message)).toBe(false);
    }
    for (let bit = 0; bit < 57 * 8; bit += 17) {
      const changed = publicKey.slice();
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      expect(ed448.verify(signature, message, changed)).toBe(false);
    }
    expect(ed448.verify(signature, utf8('a messagf'), publicKey)).toBe(false);
    expect(ed448.verify(signature, message, publicKey, { context: utf8('x') })).toBe(false);
  });

  test('rejects S >= L and every bit above it (RFC 8032 section 5.2.7 step 1)', () => {
    const S = fromLittleEndian(signature.subarray(57));
    for (const bad of [S + L, S + 2n * L, L, S | (1n << 448n), S | (1n << 455n), 2n ** 456n - 1n]) {
      const changed = signature.slice();
      changed.set(littleEndian(bad, 57), 57);
      expect(ed448.verify(changed, message, publicKey)).toBe(false);
    }
  });

  test('rejects an R or A that is not canonical or not on the curve (RFC 8032 section 5.2.3)', () => {
    for (const bad of [...nonCanonicalEdwards, ...offCurveEdwards]) {
      const changed = signature.slice();
      changed.set(bad);
      expect(ed448.verify(changed, message, publicKey)).toBe(false);
      expect(ed448.verify(signature, message, bad)).toBe(false);
    }
  });

  test('rejects public keys of small order, all-zero ones included, with any signature', () => {
    for (const bad of smallOrderEdwards) {
      expect(ed448.verify(signature, message, bad)).toBe(false);
      // S = 0 and R = identity satisfy the equation for the identity as key.
      for (const R of smallOrderEdwards) {
        const forged = new Uint8Array(114);
        forged.set(R);
        expect(ed448.verify(forged, message, bad)).toBe(false);
      }
    }
    expect(ed448.verify(new Uint8Array(114), message, new Uint8Array(57))).toBe(false);
  });

  test('accepts what only the cofactored equation accepts: torsion in R and A (RFC 8032 section 5.2.7)', () => {
    const a = 0x1234567890abcdefn;
    const r = 0xfedcba0987654321n;
    for (const [i, j] of [
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 3],
    ] as const) {
      const A = encodeEdwards(edwardsAdd(edwardsMultiply(a, B), torsion[i]!));
      const R = encodeEdwards(edwardsAdd(edwardsMultiply(r, B), torsion[j]!));
      const dom4 = [utf8('SigEd448'), Uint8Array.of(0, 0)];
      const k = fromLittleEndian(shake256(Buffer.concat([...dom4, R, A, message]), { dkLen: 114 })) % L;
      const forged = Buffer.concat([R, littleEndian(mod(r + k * a, L), 57)]);
      expect(ed448.verify(forged, message, A)).toBe(true);
      expect(ed448.prepare(A).verify(forged, message)).toBe(true);
      expect(noble.verify(Uint8Array.from(forged), message, A)).toBe(true);
    }
  });

  test('accepts an R of small order when the equation holds', () => {
    const a = 77n;
    const A = encodeEdwards(edwardsMultiply(a, B));
    for (const R of smallOrderEdwards) {
      const hashed = shake256(Buffer.concat([utf8('SigEd448'), Uint8Array.of(0, 0), R, A, message]), { dkLen: 114 });
      const forged = Buffer.concat([R, littleEndian(mod((fromLittleEndian(hashed) % L) * a, L), 57)]);
      expect(ed448.verify(forged, message, A)).toBe(true);
    }
  });

  test('verifyBatch gives each item the verdict of verify', () => {
    const other = ed448.keygen();
    const items = [
      { signature, message, publicKey },
      { signature, message: utf8('other'), publicKey },
      { signature, message, publicKey: other.publicKey },
      { signature, message, publicKey: new Uint8Array(57) },
      { signature: new Uint8Array(114).fill(255), message, publicKey },
      {
        signature: ed448.sign(message, other.secretKey, { context: utf8('c') }),
        message,
        publicKey: other.publicKey,
        context: utf8('c'),
      },
    ];
    const verdicts = items.map((item) => ed448.verify(item.signature, item.message, item.publicKey, item));
    expect(ed448.verifyBatch(items)).toEqual(verdicts);
    expect(verdicts).toEqual([true, false, false, false, false, true]);
    expect(ed448.verifyBatch([])).toEqual([]);
    const hashed = [{ signature: ed448ph.sign(message, secretKey), message, publicKey }];
    expect(ed448ph.verifyBatch(hashed)).toEqual([true]);
    expect(ed448.verifyBatch(hashed)).toEqual([false]);
  });

  test('prepare keeps its own copy and says why a key is refused', () => {
    const key = publicKey.slice();
    const prepared = ed448.prepare(key);
    key.fill(0);
    expect(prepared.verify(signature, message)).toBe(true);
    expect(prepared.verify(signature, message, { context: utf8('x') })).toBe(false);
    expect(ed448ph.prepare(publicKey).verify(ed448ph.sign(message, secretKey), message)).toBe(true);
    for (const bad of smallOrderEdwards) expect(codeOf(() => ed448.prepare(bad))).toBe('small_order_base');
    for (const bad of nonCanonicalEdwards) expect(codeOf(() => ed448.prepare(bad))).toBe('noncanonical_encoding');
    for (const bad of offCurveEdwards) expect(codeOf(() => ed448.prepare(bad))).toBe('not_on_curve');
    for (const mixed of mixedOrderEdwards) expect(codeOf(() => ed448.prepare(mixed))).toBe('returned');
  });

  test('keygen copies a seed and draws another key each time', () => {
    const seed = pattern(57, 9);
    const pair = ed448.keygen(seed);
    seed.fill(0);
    expect(hex(pair.secretKey)).toBe(hex(pattern(57, 9)));
    expect(hex(pair.publicKey)).toBe(hex(ed448.getPublicKey(pattern(57, 9))));
    expect(hex(ed448.keygen().secretKey)).not.toBe(hex(ed448.keygen().secretKey));
    expect(ed448.utils.randomSecretKey().length).toBe(57);
    expect(decodeEdwards(pair.publicKey)).toBeDefined();
  });

  test('a random source that is missing, throws or repeats itself is refused (random_failed)', () => {
    for (const getRandomValues of [
      undefined,
      () => {
        throw new Error('no entropy');
      },
      (out: Uint8Array) => out.fill(0),
    ]) {
      vi.stubGlobal('crypto', { getRandomValues });
      try {
        expect(codeOf(() => ed448.keygen())).toBe('random_failed');
        expect(codeOf(() => ed448.utils.randomSecretKey())).toBe('random_failed');
      } finally {
        vi.unstubAllGlobals();
      }
    }
    expect(ed448.verify(signature, message, publicKey)).toBe(true);
  });

  test('wrong lengths and types throw by code, content never does', () => {
    for (const length of [0, 1, 55, 56, 58, 114]) {
      const wrong = new Uint8Array(length);
      expect(codeOf(() => ed448.getPublicKey(wrong))).toBe('bad_private_length');
      expect(codeOf(() => ed448.keygen(wrong))).toBe('bad_private_length');
      expect(codeOf(() => ed448.sign(message, wrong))).toBe('bad_private_length');
      expect(codeOf(() => ed448.verify(signature, message, wrong))).toBe('bad_public_length');
      expect(codeOf(() => ed448.prepare(wrong))).toBe('bad_public_length');
    }
    for (const length of [0, 113, 115]) {
      const wrong = new Uint8Array(length);
      expect(codeOf(() => ed448.verify(wrong, message, publicKey))).toBe('bad_signature_length');
      expect(codeOf(() => ed448.prepare(publicKey).verify(wrong, message))).toBe('bad_signature_length');
      expect(codeOf(() => ed448.verifyBatch([{ signature: wrong, message, publicKey }]))).toBe('bad_signature_length');
    }
    for (const bad of ['text', null, undefined, 5, [1, 2]]) {
      expect(codeOf(() => ed448.sign(bad as never, secretKey))).toBe('not_bytes');
      expect(codeOf(() => ed448.sign(message, bad as never))).toBe('not_bytes');
      expect(codeOf(() => ed448.verify(bad as never, message, publicKey))).toBe('not_bytes');
      expect(codeOf(() => ed448.verify(signature, bad as never, publicKey))).toBe('not_bytes');
      expect(codeOf(() => ed448ph.verify(signature, bad as never, publicKey))).toBe('not_bytes');
      expect(codeOf(() => ed448.verify(signature, message, bad as never))).toBe('not_bytes');
      if (bad !== undefined) {
        expect(codeOf(() => ed448.sign(message, secretKey, { context: bad as never }))).toBe('not_bytes');
        expect(codeOf(() => ed448.verify(signature, message, publicKey, { context: bad as never }))).toBe('not_bytes');
      }
    }
    expect(codeOf(() => ed448.sign(message, secretKey, 'x' as never))).toBe('bad_option');
    for (const bad of [undefined, null, 'x', {}]) {
      expect(codeOf(() => ed448.verifyBatch(bad as never))).toBe('bad_option');
    }
    for (const bad of [undefined, null, 'x', {}]) {
      expect(codeOf(() => ed448.verifyBatch([bad as never]))).toMatch(/^(not_bytes|bad_option)$/);
    }
  });

  test('a context of 256 octets is an error for signing and verifying (RFC 8032 section 5.2)', () => {
    const context = new Uint8Array(256);
    expect(codeOf(() => ed448.sign(message, secretKey, { context }))).toBe('context_too_long');
    expect(codeOf(() => ed448.verify(signature, message, publicKey, { context }))).toBe('context_too_long');
    expect(codeOf(() => ed448ph.sign(message, secretKey, { context }))).toBe('context_too_long');
    expect(codeOf(() => ed448.verifyBatch([{ signature, message, publicKey, context }]))).toBe('context_too_long');
  });

  test('inputs stay as they are, outputs are fresh, and a refused call leaves the next one correct', () => {
    const [m, s, c] = [message.slice(), secretKey.slice(), utf8('ctx')];
    const first = ed448.sign(m, s, { context: c });
    expect(codeOf(() => ed448.sign(m, s, { context: new Uint8Array(256) }))).toBe('context_too_long');
    const second = ed448.sign(m, s, { context: c });
    first.fill(0);
    expect(ed448.verify(second, m, publicKey, { context: c })).toBe(true);
    expect([hex(m), hex(s), hex(c)]).toEqual([hex(message), hex(secretKey), hex(utf8('ctx'))]);
    // One buffer for everything.
    const buffer = new Uint8Array(300);
    buffer.set(secretKey);
    expect(hex(ed448.sign(buffer, buffer.subarray(0, 57)))).toBe(hex(noble.sign(buffer, secretKey)));
  });

  test('signing with a bare scalar verifies, and its nonce depends on the prefix', () => {
    const scalar = littleEndian(12345n, 56);
    const none = new Uint8Array(0);
    const A = encodeEdwards(edwardsMultiply(12345n, B));
    const [one, two] = [1, 2].map((n) =>
      backend.ed448SignKey(message, { scalar, prefix: pattern(57, n), publicKey: A }, none, 0),
    ) as [Uint8Array, Uint8Array];
    expect(ed448.verify(one, message, A)).toBe(true);
    expect(ed448.verify(two, message, A)).toBe(true);
    expect(hex(one.subarray(0, 57))).not.toBe(hex(two.subarray(0, 57)));
    for (const length of [1, 114, 128]) {
      const key = { scalar, prefix: pattern(length), publicKey: A };
      expect(ed448.verify(backend.ed448SignKey(message, key, none, 0), message, A)).toBe(true);
    }
    // A signature under a key that was never a base multiple fails.
    expect(ed448.verify(one, message, primeOrderEdwards[1]!)).toBe(false);
  });
});
