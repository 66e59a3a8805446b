import { checkPrimeSync, hkdfSync } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeriveKeyOptions, SeedAlgorithm } from '../../src/udf/index.ts';
import { nextPrime } from '../../src/udf/prime.ts';
import { toScalar } from '../../src/udf/scalar.ts';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';

const toHex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const integer = (octets: Uint8Array) => BigInt(`0x0${toHex(octets)}`);
const any = 'ZAAA-A6WP-XMGW-FUOF-2T5L-AHNL-FBPY-RSY';
const ed448 = 'ZAAA-ILZB-KTQV-YWUK-FO7E-MQVV-EWPR-UPA';
const rsa = 'ZAAA-RJ5I-OSMI-X2KH-MBHX-KUPB-OC54-NQI';
const device = 'ZAAQ-AGWA-OA2N-4YTE-LVH6-TM26-WVHO-35CJ-TOYF-NUJZ-7D4V-IGUP-SF3P-M6T3';
const account = 'ZAAQ-E5Z4-47NC-6QAL-KB4E-2KV5-QHGQ-RL4C-O433-3RKB-KMRM-VBUB-PSJD-37MY';

describe.each(backends)('UDF values and seeds on $name', ({ mesh: { udf } }) => {
  test.each([
    ['nonce', 'NAJ3-D7WK-DTBA-4HJK-2N2E-72S6-QVLQ', '13b1feca1cc20e1d2ad3744fea5e8557'],
    ['encryptionKey', 'EDHU-YN7V-M2WI-5NZS-3FKF-CBFR-YFJA', 'cf4c37f566ac8eb732d9545104b1c152'],
    ['macKey', 'AB23-ZBOI-CEIZ-MTD4-VQ', '75bc85c81111964c7cac'],
  ] as const)('writes a %s as printed (mesh-udf-08 section 1.1.1, mesh-schema-07 section 6.3)', (name, text, data) => {
    expect(udf[name](new Uint8Array(Buffer.from(data, 'hex')))).toBe(text);
  });

  test.each([
    ['X25519', 'ZAAA-CDJ5-DHPA-DUUW-WIPQ-UXNC-DSAR-U7A', '0d3d19de01d296b21f0a5da21c811a7c'],
    ['P-521', 'ZAAA-PQCC-YFVT-LRWP-7MUZ-GJV3-HLX2-JPQ', 'c042c16b35c6cffb299326bb3aefa4be'],
    ['RSA-2048', rsa, 'a7a874988be947604f7551e170bbc6c1'],
    ['any', any, '7acfbb0d62d1c5d4fab01dab285f88cb'],
  ] as const)('writes a seed for %s as printed (mesh-udf-08 section 4.4)', (algorithm, text, data) => {
    expect(udf.seed(algorithm, new Uint8Array(Buffer.from(data, 'hex')))).toBe(text);
  });

  test('draws 128 bits, so that text and value agree, and different ones each time', () => {
    const draws = [udf.nonce, udf.encryptionKey, udf.macKey, () => udf.seed('Ed448')];
    for (const [index, draw] of draws.entries()) {
      const texts = [draw(), draw()];
      expect(new Set(texts).size).toBe(2);
      for (const text of texts) {
        const { type, data } = udf.parse(text, { canonical: true });
        expect(type).toBe([104, 32, 0, 200][index]);
        expect(data.length).toBe(index === 3 ? 18 : 16);
      }
    }
  });

  test('writes the whole key specifier, use bits included, and both its octets first', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.uint8Array({ minLength: 1, maxLength: 64 }), (specifier, data) => {
        const before = data.slice();
        const parsed = udf.parse(udf.seed(specifier, data));
        expect(parsed.type).toBe(200);
        expect(parsed.data).toEqual(Uint8Array.of(specifier >> 8, specifier & 0xff, ...data));
        expect(data).toEqual(before);
      }),
    );
  });

  test('refuses empty values, other types and unknown algorithms', () => {
    for (const write of [udf.nonce, udf.encryptionKey, udf.macKey, (data: Uint8Array) => udf.seed('X448', data)]) {
      expectCode('bad_length', () => write(new Uint8Array(0)));
      expectCode('not_bytes', () => write('00' as unknown as Uint8Array));
      expectCode('not_bytes', () => write(null as unknown as Uint8Array));
    }
    for (const algorithm of ['x448', 'constructor', 0x10000, -1, 1.5, undefined, {}]) {
      expectCode('unsupported_algorithm', () => udf.seed(algorithm as SeedAlgorithm));
    }
  });
});

describe.each(backends)('keys from UDF seeds on $name', ({ mesh: { udf } }) => {
  test.each([
    ['ZAAA-CDJ5-DHPA-DUUW-WIPQ-UXNC-DSAR-U7A', 'e72239e1ab77ac9cb46aa01227689e2814602fa87608385ed5e65de70cc842e8'],
    [
      'ZAAA-FFQA-3LE5-SAHG-E6K6-HOTN-TVLB-K4A',
      'ae6a6d0bcc48c331e7550f52f99683c5157c8a748036b7e91724d7dda156763c150068b723f5db32481b72c02eb02245a3b88067b388069f',
    ],
    ['ZAAA-GZ5N-PSNF-7LMS-QJZN-3O2X-GJXV-X6I', '3a3600562eec2f24a78c22f3a9a2ef1b6eaf07d4992853a55b0accee4c3b7d30'],
    [
      ed448,
      'df5a89b81d56924132d1b2c94f7469e3c9e55f2333a1ce225408ee53460f9b139d54952bf9d9772afa073c9d89ccc50e7e867e847c585d89',
    ],
  ])('gives the printed key of %s, salt form (mesh-udf-08 section 4.4.1)', (seed, key) => {
    expect(toHex(udf.deriveKey(seed, { form: 'salt' }))).toBe(key);
  });

  test('gives the printed key of a test string, info form (threshold-04)', () => {
    expect(toHex(udf.deriveKey('ZAAA-ITKG-ED44-XKEY-X', { form: 'info' }))).toBe(
      '0381d65a175320cbf4024066c828a5e785c6877d413a33cd5b099fe5df1a804d4f6eb135f7468b1c46996e6da4b523ecfd9cdfa49ae517c6',
    );
  });

  test.each([
    [
      device,
      'BaseDeviceSign',
      '15c2d47f0b9de6067da1c7e56c0538d2a7df985a1035bc4668640779054084f69f4c530948bc70a07088d9012b44f0b00be2313d61f9750c',
    ],
    [
      device,
      'BaseDeviceEncrypt',
      'c02e9c4e50c48624fa87bdf10f3d1dda11f49d3237a570c12c94b59e32a51c0471cba712be353e2e40e4cd884b8b4fcb0dede25bd813dbb8',
    ],
    [
      account,
      'CompleteAccountAdminSign',
      '9007f99c46c6a6384dfcb5c443cb9e677b03236a39a8e7e81a9e2e23b2a344eb7308750d75f1f53eef7f3fbb7848494eed70c6af800461d1',
    ],
  ])('takes the algorithm from the key name of a profile, %s %s (mesh-schema-06, -08)', (seed, keyName, key) => {
    expect(toHex(udf.deriveKey(seed, { form: 'info', keyName }))).toBe(key);
  });

  test('keeps the specifier of the seed in the salt form of a profile (mesh-architecture-13)', () => {
    const seed = 'ZAAQ-AIPX-QBJK-P2KC-QVST-RXUF-2H6K-6G75-EYCG-IO7D-S5TK-IX7L-NRVS-KXPC';
    expect(toHex(udf.deriveKey(seed, { form: 'salt', algorithm: 'Ed448' }))).toBe(
      '8efd7c6ac410ec3a178e4b244cf03dc86399abdda842beafcfb76b9072fdd2c5290b96190d403d8f40c39b978e0b44cd6229d2c0cf9869ff',
    );
  });

  test('uses a seed for any algorithm under the specifier of the one wanted (documentation of 2024)', () => {
    expect(toHex(udf.deriveKey(any, { form: 'info', algorithm: 'X25519' }))).toBe(
      '7f9fd570da710386438d2e91e5cc24b41f9d95012c848aa358b557d1053471e8',
    );
  });

  test.each([
    [
      'P-256',
      'ZAAA-LLBO-4A4E-LFMH-EJ73-XVFG-7PZ5-V7Y',
      82352103978746514619167815909572981157103618409885983602799410986678676075099n,
    ],
    [
      'P-384',
      'ZAAA-NPLI-G7Z3-WFD2-GBJ6-OONN-ELTO-MHA',
      36904921143188906308790025170320747449095307663051394962072923012683284321458397574918591433311657724460124046828583n,
    ],
    [
      'P-521',
      'ZAAA-PQCC-YFVT-LRWP-7MUZ-GJV3-HLX2-JPQ',
      634654264002940134552342747000178673315150389242882127875899967179893357080737359910264830086847526999862042693445504370476919922072068801363203357706689700n,
    ],
  ] as const)(
    'gives the printed scalar of %s by the field prime, and another by the order (mesh-udf-08 section 4.4.3)',
    (name, seed, scalar) => {
      const curve = { 'P-256': p256, 'P-384': p384, 'P-521': p521 }[name];
      const { Fp, Fn } = curve.Point;
      const field = udf.deriveKey(seed, { form: 'salt', modulus: 'field' });
      expect(integer(field)).toBe(scalar);
      expect(field.length).toBe(Fp.BYTES);

      const { data } = udf.parse(seed);
      const okm = new Uint8Array(hkdfSync('sha512', data, data.subarray(0, 2), '', Fp.BYTES + 8));
      expect(integer(field)).toBe((integer(okm) % (Fp.ORDER - 1n)) + 1n);
      expect(integer(udf.deriveKey(seed, { form: 'salt' }))).toBe((integer(okm) % (Fn.ORDER - 1n)) + 1n);
    },
  );

  test('is HKDF of OpenSSL in both forms', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.stringMatching(/^[A-Za-z]{0,20}$/),
        (data, keyName) => {
          const seed = udf.seed('Ed448', data);
          const ikm = Uint8Array.of(0, 4, ...data);
          const label = Buffer.concat([Buffer.of(0, 4), Buffer.from(keyName)]);
          const info = new Uint8Array(hkdfSync('sha512', ikm, new Uint8Array(0), label, 56));
          const salt = new Uint8Array(hkdfSync('sha512', ikm, Buffer.of(0, 4), new Uint8Array(0), 56));
          expect(udf.deriveKey(seed, { form: 'info', keyName })).toEqual(info);
          expect(udf.deriveKey(seed, { form: 'salt' })).toEqual(salt);
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    [
      rsa,
      66413758812235725334838013235321881586339612574162219539634589986848279686793n,
      593713231506709718978311683387355253795918273379156509909895725618914057069n,
    ],
    [
      any,
      18437770556273302343384069787329923965493769166213940128456164676903354830137n,
      74101698940301025126555268512889815535724251370021060722478350575007811846521n,
    ],
  ])('gives the printed primes of %s (mesh-udf-08 sections 4.4.4, 4.4.5)', (seed, p, q) => {
    const primes = udf.derivePrimes(seed, { form: 'salt', algorithm: 'RSA-2048', primeBits: 256 });
    expect(integer(primes.p)).toBe(p);
    expect(integer(primes.q)).toBe(q);
  });

  test('gives primes of half the modulus: the first from the derived number on, by OpenSSL', () => {
    const { p } = udf.derivePrimes(rsa, { form: 'info', primeBits: 512 });
    const ikm = udf.parse(rsa).data;
    const start = new Uint8Array(hkdfSync('sha512', ikm, new Uint8Array(0), Buffer.from([0, 8, 0x70]), 64));
    expect(checkPrimeSync(integer(p))).toBe(true);
    for (let n = integer(start) | 1n; n < integer(p); n += 2n) expect(checkPrimeSync(n)).toBe(false);
    expect(udf.derivePrimes(rsa, { form: 'info' }).q.length).toBe(128);
  }, 20_000);

  test('refuses what is not settled, not supported or not for this seed', () => {
    const refuse = (seed: string, opts: Partial<DeriveKeyOptions>) => () =>
      udf.deriveKey(seed, opts as DeriveKeyOptions);
    expectCode('unsupported_algorithm', refuse(any, { form: 'info' }));
    expectCode('unsupported_algorithm', refuse(any, { form: 'info', keyName: 'BaseDeviceUnknown' }));
    expectCode('unsupported_algorithm', refuse(ed448, { form: 'info', algorithm: 'X448' }));
    expectCode('unsupported_algorithm', refuse(device, { form: 'info' }));
    expectCode('unsupported_algorithm', refuse(rsa, { form: 'info' }));
    expectCode('unsupported_algorithm', refuse(any, { form: 'info', algorithm: 'any' as 'X448' }));
    expectCode('unsupported_algorithm', refuse(any, { form: 'info', algorithm: 'toString' as 'X448' }));
    for (const code of [11, 255, 262, 0x3fff]) {
      expectCode('unsupported_algorithm', refuse(udf.seed(code), { form: 'info', algorithm: 'X448' }));
    }
    expectCode('unsupported_algorithm', () => udf.derivePrimes(ed448, { form: 'salt' }));
  });

  test('refuses other types, short seeds and malformed options', () => {
    const refuse = (seed: unknown, opts: unknown) => () => udf.deriveKey(seed as string, opts as DeriveKeyOptions);
    expectCode('wrong_type', refuse('MDDK-7N6A-727A-JZNO-STRX', { form: 'salt' }));
    expectCode('unknown_type', refuse(udf.format(7, new Uint8Array(18)), { form: 'salt' }));
    expectCode('too_short', refuse(udf.format(200, Uint8Array.of(0, 4)), { form: 'salt' }));
    expectCode('bad_character', refuse('ZAAA-1', { form: 'salt' }));
    expectCode('bad_option', refuse(undefined, { form: 'salt' }));
    expectCode('bad_option', refuse(ed448, {}));
    expectCode('bad_option', refuse(ed448, undefined));
    expectCode('bad_option', refuse(ed448, { form: 'both' }));
    expectCode('bad_option', refuse(ed448, { form: 'salt', keyName: 'BaseDeviceSign' }));
    expectCode('bad_option', refuse(ed448, { form: 'info', keyName: '\udfff' }));
    expectCode('bad_option', refuse(ed448, { form: 'info', keyName: 5 }));
    expectCode('bad_option', refuse(ed448, { form: 'info', modulus: 'prime' }));
    for (const primeBits of [0, 56, 100, 2056, 256.5]) {
      expectCode('bad_option', () => udf.derivePrimes(rsa, { form: 'salt', primeBits }));
    }
  });
});

test('finds the first odd prime from any number on, by OpenSSL', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.bigInt({ min: 0n, max: 1n << 10n }),
        fc.bigInt({ min: (1n << 18n) - 40n, max: (1n << 18n) + 40n }),
        fc.bigInt({ min: 1n << 18n, max: 1n << 80n }),
        fc.bigInt({ min: 1n << 200n, max: 1n << 256n }),
      ),
      (start) => {
        let expected = start | 1n;
        while (!checkPrimeSync(expected)) expected += 2n;
        expect(nextPrime(start)).toBe(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test('finds the end of a gap that is wider than one sieve', () => {
  const before = 1693182318746371n;
  expect(nextPrime(before)).toBe(before);
  expect(nextPrime(before + 2n)).toBe(before + 1132n);
  expect(checkPrimeSync(before + 1132n)).toBe(true);
});

test('reduces any number into 1 to m - 1 as BigInt does (FIPS 186-4 appendix B.4.1)', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.oneof(fc.bigInt({ min: 3n, max: 1n << 530n }), fc.constantFrom(3n, 255n, 256n, 257n, p521.Point.Fn.ORDER)),
      (c, m) => {
        expect(integer(toScalar(c, m))).toBe((integer(c) % (m - 1n)) + 1n);
      },
    ),
    { numRuns: 200 },
  );
});
