import { createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const value = utf8('UDF Data Value');

describe.each(backends)('UDF digests on $name', ({ mesh: { udf } }) => {
  test.each([
    [100, 'MDDK-7N6A-727A-JZNO-STRX'],
    [120, 'MDDK-7N6A-727A-JZNO-STRX-XKS7'],
    [140, 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF'],
    [200, 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF-XI6O-ZSLU-2VOA'],
  ])('gives the printed value with %i bits (mesh-udf-08 section 5.1.6)', (bits, text) => {
    expect(udf.digest('text/plain', value, { bits })).toBe(text);
  });

  test('gives the printed SHA-3 value (mesh-udf-08 section 5.1.6)', () => {
    expect(udf.digest('text/plain', value, { algorithm: 'sha3-512' })).toBe('KCFI-NCQG-DRKG-47R7-OVPT-TCHZ-7UXY');
  });

  test.each([
    ['SHA-2', 'UDF Compressed Document 4187123', 'sha2-512', 'MGHB-JWIZ-J3LA-EEWD-GCT3-WX6H-C5W2'],
    ['SHA-3', 'UDF Compressed Document 774665', 'sha3-512', 'KEJI-Y225-BDUG-XX22-MXKE-5ITF-YVYM'],
  ] as const)('marks 20 zero bits at the end, %s (mesh-udf-08 section 5.1.8)', (_, text, algorithm, expected) => {
    expect(udf.digest('text/plain', utf8(text), { algorithm })).toBe(expected);
  });

  test.each([
    [0, 0],
    [19, 0],
    [20, 1],
    [29, 1],
    [30, 2],
    [39, 2],
    [40, 3],
    [49, 3],
    [50, 4],
    [64, 4],
    [512, 4],
  ])('derives the identifier from %i zero bits (mesh-udf-08 section 5.1.3)', (zeros, level) => {
    const bits = '1'.repeat(512 - zeros) + '0'.repeat(zeros);
    const digest = Uint8Array.from(bits.match(/.{8}/g) as string[], (octet) => Number.parseInt(octet, 2));
    expect(udf.digestType(digest)).toBe(96 + level);
    expect(udf.digestType(digest, 'sha3-512')).toBe(80 + level);
  });

  test('hashes twice as OpenSSL does, for any type and data', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.uint8Array({ maxLength: 300 }), (contentType, data) => {
        for (const [algorithm, name] of [
          ['sha2-512', 'sha512'],
          ['sha3-512', 'sha3-512'],
        ] as const) {
          const inner = createHash(name).update(data).digest();
          const outer = createHash(name).update(`${contentType}:`, 'utf8').update(inner).digest();
          expect(Buffer.from(udf.typedDigest(contentType, data, { algorithm }))).toEqual(outer);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('gives a prefix when it gives less, from 20 to 440 bits and no further (mesh-udf-08 section 5.1)', () => {
    const longest = udf.digest('text/plain', value, { bits: 440 });
    expect(longest.replaceAll('-', '').length).toBe(88);
    expect(udf.digest('text/plain', value, { bits: 1000 })).toBe(longest);
    for (let bits = 20; bits < 440; bits += 20) {
      const text = udf.digest('text/plain', value, { bits });
      expect(text.replaceAll('-', '').length).toBe(bits / 5);
      expect(longest.startsWith(text)).toBe(true);
    }
  });

  test('uses low bits for the last octet in the first generation (mesh-reference-08)', () => {
    const digest = udf.typedDigest('text/plain', value);
    const octets = [...digest.subarray(0, 17), ((digest[17] as number) << 2) & 0xff];
    expect(udf.digest('text/plain', value, { generation: 'G1' })).toBe(
      udf.format(96, Uint8Array.from(octets), { bits: 150, group: 5 }),
    );
    expect(udf.digest('text/plain', value, { generation: 'G1', bits: 200 })).toBe(
      udf.format(96, digest.subarray(0, 24), { bits: 200, group: 5 }),
    );
    expect(udf.parse(udf.digest('text/plain', value, { generation: 'G1', algorithm: 'sha3-512' })).type).toBe(144);
  });

  test('has groups of five on demand (example of February 2019)', () => {
    expect(udf.digest('text/plain', value, { bits: 125, group: 5 })).toBe('MDDK7-N6A72-7AJZN-OSTRX-XKS7D');
  });

  test('does not depend on later generations', () => {
    for (const generation of ['G2', 'G3', 'G4'] as const) {
      expect(udf.digest('text/plain', value, { generation })).toBe('MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF');
    }
  });

  test('refuses malformed arguments, halves of surrogate pairs among them', () => {
    expectCode('not_bytes', () => udf.digest('text/plain', 'text' as unknown as Uint8Array));
    expectCode('bad_option', () => udf.digest(5 as unknown as string, value));
    for (const lone of ['\ud800', '\udc00\ud800', 'a\udbffb', '\ud800\ud800\udc00', '\ud800\udc00\udc00', 'a\udfff']) {
      expectCode('bad_option', () => udf.digest(lone, value));
    }
    for (const paired of ['\ud800\udc00', '\u{10ffff}\u{10000}', '\ud7ff\ue000', 'a\u{1f600}b']) {
      const inner = createHash('sha512').update(value).digest();
      const outer = createHash('sha512').update(`${paired}:`, 'utf8').update(inner).digest();
      expect(Buffer.from(udf.typedDigest(paired, value))).toEqual(outer);
    }
    expectCode('bad_option', () => udf.digest('', value, { bits: 19 }));
    expectCode('bad_option', () => udf.digest('', value, { bits: 140.5 }));
    expectCode('unsupported_algorithm', () => udf.digest('', value, { algorithm: 'sha-256' as 'sha2-512' }));
    expectCode('unsupported_algorithm', () => udf.digest('', value, { generation: 'G5' as 'G4' }));
    expectCode('unsupported_algorithm', () => udf.digestType(new Uint8Array(64), 'md5' as 'sha2-512'));
    expectCode('bad_length', () => udf.digestType(new Uint8Array(63)));
  });
});

describe.each(backends)('UDF authenticators on $name', ({ mesh: { udf } }) => {
  const key = 'NDD7-6CMX-H2FW-ISAL-K4VB-DQ3E-PEDM';

  test('gives the printed value (mesh-udf-08 section 5.2.2)', () => {
    expect(udf.authenticator('text/plain', utf8('Konrad is the traitor'), key)).toBe(
      'ABGM-G76T-7GPF-FTYH-SB2F-HBDF-SW6B',
    );
  });

  test('is HKDF and HMAC of OpenSSL', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ minLength: 1, maxLength: 40 }),
        (contentType, data, keyText) => {
          const okm = hkdfSync('sha512', keyText, 'KeyedUDFMaster', 'KeyedUDFExpand', 64);
          const inner = createHash('sha512').update(data).digest();
          const code = createHmac('sha512', new Uint8Array(okm)).update(`${contentType}:`).update(inner).digest();
          expect(udf.authenticator(contentType, data, keyText)).toBe(udf.format(0, code, { bits: 140 }));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('takes the key text as it is: separators and case count', () => {
    const all = [key, key.toLowerCase(), key.replaceAll('-', '')].map((text) => udf.authenticator('', value, text));
    expect(new Set(all).size).toBe(3);
  });

  test('refuses SHA-3 and malformed arguments', () => {
    expectCode('unsupported_algorithm', () => udf.authenticator('', value, key, { algorithm: 'sha3-512' }));
    expectCode('not_bytes', () => udf.authenticator('', 'x' as unknown as Uint8Array, key));
    expectCode('bad_option', () => udf.authenticator('', value, new Uint8Array(4) as unknown as string));
    expectCode('bad_option', () => udf.authenticator('', value, '\udc00'));
    expectCode('too_short', () => udf.authenticator('', value, ''));
    expectCode('bad_option', () => udf.authenticator('', value, key, { bits: 8 }));
  });
});
