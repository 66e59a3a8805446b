import { describe, expect, test } from 'vitest';
import { makeUdf } from '../../src/udf/index.ts';
import { expectCode } from '../support/errors.ts';
import { hex, pattern } from '../support/octets.ts';
import { base32, subjects } from './model.ts';

/** The escrow examples of the drafts, with the fingerprints of the profiles as they are printed there (for -15 in protocol-07). */
const escrow = {
  'mesh-architecture-13': [
    'SAQE-Y4MW-BH55-ZL57-4XFP-PQVZ-VLHT-U7C3-X2BA-ZOCW-75EE-KZZM-3KSQ-E47T-O26A-I',
    'SAQZ-QGZL-CPK4-DXZN-EOWK-2AAO-DS76-6JV2-ZXUB-YSVJ-TJKK-ONXT-CDVB-S633-ZANC-M',
    'MDKD-XTUR-GFP4-QD52-STNB-Q7GS-MEWW',
    'ZAAQ-AIPX-QBJK-P2KC-QVST-RXUF-2H6K-6G75-EYCG-IO7D-S5TK-IX7L-NRVS-KXPC',
  ],
  'mesh-architecture-16': [
    'SAQG-6OSG-RP4C-S77T-K737-GP33-HNTF-KN2J-ZTEH-MPZR-O2TO-R5FF-XDC2-U3JR-EGQA',
    'SAQR-M44K-T5T5-VUAL-FNTW-P4LJ-4EFE-ZGLR-QA6J-NPEC-VM5F-HCUM-ADPB-OPSX-6WHA',
    'MAMU-5QXP-TWCD-7PKI-S4FC-IB76-XASH',
    'ZAAQ-E6EI-PAX5-XBEI-P2GY-ZFOC-LXKS-EGKU-KXA6-AQQT-PZPL-64FN-HWOA-UTNS',
  ],
} as const;

describe.each(subjects)('on $name', ({ backend, shamir }) => {
  const udf = makeUdf(() => backend);

  test.each(Object.entries(escrow))(
    'the seed of %s is recovered and checked',
    (_draft, [one, two, fingerprint, seed]) => {
      expect(shamir.combineSeed([one, two])).toBe(seed);
      expect(shamir.combineSeed([two, one], { fingerprint })).toBe(seed);
      expect(shamir.combineSeed([one, two], { fingerprint: fingerprint.toLowerCase() })).toBe(seed);
      expect(shamir.combineSeed([one, two], { fingerprint: fingerprint.slice(0, 24) })).toBe(seed);
      const wrong = fingerprint.slice(0, 23) + (fingerprint[23] === 'A' ? 'B' : 'A');
      expectCode('udf_mismatch', () => shamir.combineSeed([one, two], { fingerprint: wrong }));
      expectCode('udf_mismatch', () => shamir.combineSeed([one, two], { fingerprint: fingerprint.slice(0, 19) }));
      expectCode('bad_character', () => shamir.combineSeed([one, two], { fingerprint: '!' }));
    },
  );

  test('a check can name the form, the rules, the label and the curve (mesh-architecture-16)', () => {
    const [one, two, fingerprint, seed] = escrow['mesh-architecture-16'];
    const check = (options: Parameters<typeof shamir.combineSeed>[1]) => shamir.combineSeed([one, two], options);
    expect(check({ fingerprint, form: 'info', generation: 'G4', keyName: 'CompleteAccountProfile' })).toBe(seed);
    // Printed in protocol-08 and schema-07.
    expect(check({ fingerprint: 'MDLO-JJ4B-RBY5-VYD7-LJZY-S3RK-DBM2', keyName: 'CompleteAccountEncrypt' })).toBe(seed);
    expect(check({ fingerprint: 'MDA6-ELE2-T2AM-52RT-AN3R-LUDS-GJGX', keyName: 'CompleteAccountSign' })).toBe(seed);
    for (const options of [
      { form: 'salt' as const },
      { generation: 'G3' as const },
      { keyName: 'CompleteAccountSign' },
      { algorithm: 'X448' as const },
    ]) {
      expectCode('udf_mismatch', () => check({ fingerprint, ...options }));
    }
    expectCode('bad_option', () => check({ fingerprint, form: 'other' as never }));
    expectCode('bad_option', () => check({ fingerprint, form: 'salt', keyName: 'CompleteAccountSign' }));
    expectCode('unsupported_algorithm', () => check({ fingerprint, algorithm: 'Ed25519' as never }));
    expectCode('unsupported_algorithm', () => check({ fingerprint, generation: 'G9' as never }));
    expectCode('bad_option', () => check({ fingerprint: 7 as never }));
  });

  test('seeds of other kinds are checked by the key that they are for', () => {
    for (const [algorithm, crv] of [
      ['Ed448', 'Ed448'],
      ['X448', 'X448'],
    ] as const) {
      const seed = udf.seed(algorithm, pattern(32));
      const texts = shamir.splitSeed(seed, { shares: 3, quorum: 2 });
      const secretKey = udf.deriveKey(seed, { form: 'salt' });
      const key = crv === 'Ed448' ? backend.ed448PublicKey(secretKey) : signedU(backend, secretKey);
      const fingerprint = udf.publicKey({ crv, publicKey: key }, { generation: 'G3' });
      expect(shamir.combineSeed(texts, { fingerprint })).toBe(seed);
      expectCode('udf_mismatch', () => shamir.combineSeed(texts, { fingerprint, generation: 'G4' }));
    }
    const texts = shamir.splitSeed(udf.seed('X25519', pattern(32)), { shares: 3, quorum: 2 });
    const [, , fingerprint] = escrow['mesh-architecture-16'];
    expectCode('unsupported_algorithm', () => shamir.combineSeed(texts, { fingerprint }));
  });

  test('a seed of every length is shared as its whole binary form, by both rules', () => {
    for (const generation of ['S2', 'S3'] as const) {
      for (let n = 1; n <= 61; n++) {
        const seed = udf.seed('ProfileAccount', pattern(n, n));
        const texts = shamir.splitSeed(seed, { shares: 4, quorum: 3, generation });
        expect(shamir.combineSeed(texts)).toBe(seed);
        const octets = shamir.combine(texts);
        expect(hex(octets.subarray(-n - 3))).toBe(`c80102${hex(pattern(n, n))}`);
      }
    }
    const long = udf.seed('ProfileAccount', pattern(62));
    expectCode('unsupported_secret_length', () => shamir.splitSeed(long, { shares: 3, quorum: 2 }));
  });

  test('octets that are no seed are refused, whatever zeros begin them', () => {
    const of = (...octets: number[]) => shamir.split(Uint8Array.from(octets), { shares: 2, quorum: 2 });
    for (const octets of [
      [0],
      [0, 0, 0, 0],
      [0x20, 1, 2, 3, 4],
      [0, 0xc9, 1, 2, 3],
      [0xc8, 1, 2],
      [0, 0, 0xc8],
      [0xc8],
    ]) {
      expectCode('not_a_seed', () => shamir.combineSeed(of(...octets)));
    }
    expect(shamir.combineSeed(of(0, 0, 0, 0xc8, 1, 2, 9))).toBe(base32(Uint8Array.of(0xc8, 1, 2, 9)));
  });

  test('a key is shared without its type and recovered with it', () => {
    for (let n = 1; n <= 64; n++) {
      const key = udf.encryptionKey(pattern(n, n));
      const texts = shamir.splitKey(key, { shares: 3, quorum: 2 });
      expect(shamir.combineKey(texts)).toBe(key);
      expect(hex(shamir.combine(texts))).toBe(hex(pattern(n, n)));
    }
    const word = udf.encryptionKey(pattern(16));
    expect(shamir.combineKey(shamir.splitKey(word, { shares: 2, quorum: 2, generation: 'S2' }))).toBe(word);
  });

  test('texts of another type, keys with bits beyond whole octets, and the first generation are refused', () => {
    const options = { shares: 3, quorum: 2 };
    const key = udf.encryptionKey(pattern(16));
    expectCode('wrong_type', () => shamir.splitSeed(key, options));
    expectCode('wrong_type', () => shamir.splitKey(udf.seed('Ed448', pattern(32)), options));
    expectCode('noncanonical_text', () => shamir.splitKey(`${key.slice(0, -1)}7`, options));
    expectCode('too_short', () => shamir.splitKey('EA', options));
    expectCode('bad_option', () => shamir.splitKey(key, { ...options, generation: 'S1' as never }));
    expectCode('bad_option', () => shamir.splitKey(7 as never, options));
    expectCode('bad_parameters', () => shamir.splitSeed(udf.seed('Ed448'), { shares: 1, quorum: 2 }));
  });
});

/** The public key of an X448 secret key with the sign of v: u from the ladder, the sign from the point. */
function signedU(backend: (typeof subjects)[number]['backend'], secretKey: Uint8Array): Uint8Array {
  const clamped = secretKey.slice();
  clamped[0] = (clamped[0] as number) & 0xfc;
  clamped[55] = (clamped[55] as number) | 0x80;
  return backend.montgomeryBaseMultiply(backend.scalarReduce(clamped));
}
