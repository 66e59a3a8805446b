import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UdfCurve, UdfPublicKey } from '../../src/udf/index.ts';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const base64url = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const toHex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

const schema03 = base64url('0Vxq105QJ4y0IJu_pE2iBm6y7NTruQQkZhUIJGYu-6mBhNJCTKjnSIkkb6SK6aLRlzpwv-UWCzMA');
const udf08 = hex('c90e2ef617117836824552069c8b7d82a8482245a521ed46bdb9f57f3f5cfdbd');

const reference08 = {
  kty: 'RSA',
  n: '-OVfAVjglTViCa7GRMcZdX8zfuALOIMoVU9itSc6zIZPDNM_D1g_-wI_bM0duKXTY2B3gtZJBe6tnlLK2PPnwVEqo1srSmIBGTwgRM_wlJmjQ46rET0SMEI1GuVRqvahpxqq59XqfDYqydqOvtDcqavgyW33S1UXI7KVSJgwagk3QFnIoErh8bnK54Gdpz-LBA7EICHqD2Md4pdRVCY1-JFYrG1wX0B5DZzCUQ6fd-TBt4BEBH3ERLQhqQMwIE7xCaEBahklcP_44FgSmeT21sQFSHhBPZxdqmfAEefKPKu9vuo3XETeSRs3HTrtoImFIZj421mieaQc0vTYNWL2pQ',
  e: 'AQAB',
} as const;

const lengths: Record<UdfCurve, number> = { X25519: 32, X448: 57, Ed25519: 32, Ed448: 57 };

describe.each(backends)('UDFs of public keys on $name', ({ mesh: { udf } }) => {
  test.each([
    ['mesh-schema-03 section 4.1.1', 'G2', 'Ed448', schema03, 'MAOZ-3MVE-G5EN-64BI-I3RM-ODFJ-H5W4'],
    ['mesh-udf-08 section 4.2', 'G3', 'Ed25519', udf08, 'MBDO-PGWO-X7NU-45ED-27WY-RS4K-7HMK'],
    [
      'mesh-architecture-14 section 5.6',
      'G3',
      'X448',
      base64url('SW9tWFmDEfLS4KzdhojHHK2bK8uQ7D9s3K5lpnKBs8VebgKmsAr1orx4zpZxB-NaQCyZHUCMSpGA'),
      'MAWX-U6RL-AMTZ-3TXN-KM7D-OOIC-YWFH',
    ],
    [
      'mesh-udf-11 section 4.2',
      'G4',
      'Ed25519',
      hex('e2d35ba83a6d74afb8f06d5ff30861839e794cd1b4d989ef64a65d75cae47590'),
      'MCLI-OBEN-NYKT-QSAP-BUS2-262S-FRZA',
    ],
    [
      'mesh-protocol-07 section 6.1',
      'G4',
      'X448',
      base64url('eSD3eU8lCwkCqiyuf-kJgAGvc4Rv4eyQrbNn49mF4fKXHGhe74OJbziaLbMEKsY1UpuhLyMxg5gA'),
      'MD4C-CKEB-R6PG-IKJ5-2TZH-FRE5-QASM',
    ],
  ] as const)('gives the printed fingerprint of %s (%s, %s)', (_, generation, crv, publicKey, expected) => {
    expect(udf.publicKey({ crv, publicKey }, { generation })).toBe(expected);
    const x = Buffer.from(publicKey).toString('base64url');
    expect(udf.publicKey({ kty: 'OKP', crv, x }, { generation })).toBe(expected);
  });

  test('gives the printed RSA fingerprint, low bits at its end (mesh-reference-08 section 3.2)', () => {
    expect(udf.publicKey(reference08, { generation: 'G1' })).toBe('MALEI-GTV3E-5W7JR-6NMEY-7G52U-6K3OT');
    const octets = { kty: 'RSA', n: base64url(reference08.n), e: Uint8Array.of(1, 0, 1) } as const;
    expect(udf.publicKey(octets, { generation: 'G1' })).toBe('MALEI-GTV3E-5W7JR-6NMEY-7G52U-6K3OT');
  });

  test('uses the second generation by default (mesh-schema-03)', () => {
    expect(udf.publicKey({ crv: 'Ed448', publicKey: schema03 })).toBe('MAOZ-3MVE-G5EN-64BI-I3RM-ODFJ-H5W4');
  });

  test('hashes the key info of each generation as OpenSSL does', () => {
    const sha512 = (...parts: (string | Uint8Array)[]) =>
      parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();
    const types = { G2: 'application/x509-keyinfo', G3: 'application/x509-keyinfo', G4: 'PKIXKey' } as const;
    for (const crv of Object.keys(lengths) as UdfCurve[]) {
      const publicKey = new Uint8Array(lengths[crv]).fill(7);
      for (const generation of ['G2', 'G3', 'G4'] as const) {
        const info = udf.keyInfo({ crv, publicKey }, { generation });
        const digest = sha512(types[generation], ':', sha512(info));
        expect(udf.publicKey({ crv, publicKey }, { generation, bits: 200 })).toBe(
          udf.format(96, digest, { bits: 200 }),
        );
      }
    }
  });

  test.each([
    ['X25519', '302e300706032b656e05000323000420'],
    ['X448', '3047300706032b656f0500033c000439'],
    ['Ed25519', '302e300706032b657005000323000420'],
    ['Ed448', '3047300706032b65710500033c000439'],
  ] as const)('writes NULL and OCTET STRING for %s, unlike RFC 8410 (mesh-udf-08 section 4.2)', (crv, prefix) => {
    const publicKey = new Uint8Array(lengths[crv]).fill(9);
    expect(toHex(udf.keyInfo({ crv, publicKey }, { generation: 'G3' }))).toBe(prefix + toHex(publicKey));
    expect(toHex(udf.keyInfo({ crv, publicKey }))).toBe(prefix.slice(-4) + toHex(publicKey));
  });

  test('writes the RSA key info that OpenSSL writes (PKCS #1, RFC 3279)', () => {
    for (const modulusLength of [1024, 1031, 2048]) {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent: 0x10001 });
      const key = publicKey.export({ format: 'jwk' }) as UdfPublicKey;
      const pkcs1 = publicKey.export({ format: 'der', type: 'pkcs1' }).toString('hex');
      const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('hex');
      expect(toHex(udf.keyInfo(key, { generation: 'G1' }))).toBe(pkcs1);
      expect(toHex(udf.keyInfo(key, { generation: 'G2' }))).toBe(pkcs1);
      expect(toHex(udf.keyInfo(key, { generation: 'G4' }))).toBe(spki);
    }
  });

  test('writes one INTEGER for all leading zeros (X.690 section 8.3)', () => {
    const n = Uint8Array.of(0, 0, 0x80, 1);
    const info = udf.keyInfo({ kty: 'RSA', n, e: Uint8Array.of(3) }, { generation: 'G1' });
    expect(toHex(info)).toBe('3008020300800102' + '0103');
  });

  test('carries a key whole in an OID sequence (mesh-udf-08 section 4.2)', () => {
    const text = 'OAYC-4MAH-AYBS-WZLQ-AUAA-GIYA-AQQM-SDRO-6YLR-C6BW-QJCV-EBU4-RN6Y-FKCI-EJC2-KIPN-I263-T5L7-H5OP-3PI';
    expect(udf.oid({ crv: 'Ed25519', publicKey: udf08 })).toBe(text);
    expect(udf.oidKey(text)).toEqual({ crv: 'Ed25519', publicKey: udf08 });
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(lengths) as UdfCurve[])), fc.nat(255), (crv, octet) => {
        const key = { crv, publicKey: new Uint8Array(lengths[crv]).fill(octet) };
        expect(udf.oidKey(udf.oid(key))).toEqual(key);
      }),
    );
  });

  test('refuses an OID sequence that is not exactly a key info', () => {
    const der = udf.keyInfo({ crv: 'Ed25519', publicKey: udf08 }, { generation: 'G4' });
    for (let bit = 0; bit < 16 * 8; bit++) {
      const tampered = der.slice();
      tampered[bit >> 3] = (tampered[bit >> 3] as number) ^ (1 << (bit & 7));
      // The arcs of X25519 and Ed25519 differ by bits: such a change names another curve.
      const text = udf.format(112, tampered);
      if (tampered[8] === 0x6e) expect(udf.oidKey(text).crv).toBe('X25519');
      else expectCode('unsupported_algorithm', () => udf.oidKey(text));
    }
    for (const octets of [der.subarray(0, 47), Uint8Array.of(...der, 0), new Uint8Array(1)]) {
      expectCode('unsupported_algorithm', () => udf.oidKey(udf.format(112, octets)));
    }
    expectCode('too_short', () => udf.oidKey(udf.format(112, new Uint8Array(0))));
    expectCode('unsupported_algorithm', () => udf.oidKey(udf.oid(reference08)));
    expectCode('wrong_type', () => udf.oidKey('MDDK-7N6A-727A-JZNO-STRX'));
    expectCode('unknown_type', () => udf.oidKey(udf.format(255, der)));
  });

  test('asks for the sign of an X448 key', () => {
    const key = (length: number) => ({ crv: 'X448', publicKey: new Uint8Array(length) }) as const;
    expectCode('sign_missing', () => udf.publicKey(key(56)));
    expect(() => udf.publicKey(key(56))).toThrow('overlay.seedKey(');
    expectCode('bad_public_length', () => udf.publicKey(key(55)));
    const x = Buffer.alloc(56).toString('base64url');
    expectCode('sign_missing', () => udf.oid({ kty: 'OKP', crv: 'X448', x }));
  });

  test('refuses malformed keys', () => {
    const publicKey = new Uint8Array(57);
    const refuse = (key: unknown) => () => udf.publicKey(key as UdfPublicKey, { generation: 'G4' });
    for (const length of [0, 56, 58]) {
      expectCode('bad_public_length', refuse({ crv: 'Ed448', publicKey: new Uint8Array(length) }));
    }
    for (const crv of ['P-256', 'ed448', 'toString', undefined, 448]) {
      expectCode('unsupported_algorithm', refuse({ crv, publicKey }));
    }
    for (const kty of ['EC', 'rsa', undefined, 1]) expectCode('unsupported_algorithm', refuse({ kty, crv: 'Ed448' }));
    for (const key of [undefined, null, 'Ed448']) expectCode('bad_option', refuse(key));
    expectCode('not_bytes', refuse({ crv: 'Ed448' }));
    expectCode('not_bytes', refuse({ crv: 'Ed448', publicKey: Buffer.from(publicKey).toString('base64url') }));
    expectCode('not_bytes', refuse({ crv: 'X25519', publicKey: 'AAAA' }));
    expectCode('not_bytes', refuse({ crv: 'Ed448', x: Buffer.from(publicKey).toString('base64url') }));
    expectCode('bad_jwk', refuse({ kty: 'OKP', crv: 'Ed448', x: publicKey }));
    expectCode('bad_jwk', refuse({ kty: 'OKP', crv: 'Ed448', publicKey }));
    expectCode('bad_jwk', refuse({ kty: 'RSA', n: 5, e: 'AQAB' }));
    expectCode('bad_jwk', refuse({ kty: 'RSA', n: reference08.n }));
    for (const x of ['AA==', 'A', 'AB', 'A A', 'A+/A', '\u212a']) {
      expectCode('bad_jwk', refuse({ kty: 'OKP', crv: 'Ed25519', x }));
      expectCode('bad_jwk', refuse({ kty: 'RSA', n: x, e: 'AQAB' }));
    }
    expectCode('bad_public_length', refuse({ kty: 'RSA', n: 'AAAA', e: 'AQAB' }));
    expectCode('bad_public_length', refuse({ kty: 'RSA', n: reference08.n, e: '' }));
  });

  test('never mixes text and octets in an RSA key', () => {
    const [n, e] = [base64url(reference08.n), Uint8Array.of(1, 0, 1)];
    expectCode('not_bytes', () => udf.publicKey({ kty: 'RSA', n, e: 'AQAB' } as never));
    expectCode('bad_jwk', () => udf.publicKey({ kty: 'RSA', n: reference08.n, e } as never));
  });

  test('lets neither other nor inherited members count', () => {
    const zeros = new Uint8Array(57);
    const x = Buffer.from(schema03).toString('base64url');
    const expected = udf.publicKey({ crv: 'Ed448', publicKey: schema03 });
    expect(udf.publicKey({ kty: 'OKP', crv: 'Ed448', x, publicKey: zeros } as UdfPublicKey)).toBe(expected);
    expect(udf.publicKey({ crv: 'Ed448', publicKey: schema03, x: 'AA' } as UdfPublicKey)).toBe(expected);
    const inherit = (parent: object, key: object) => Object.assign(Object.create(parent), key) as UdfPublicKey;
    expect(udf.publicKey(inherit({ publicKey: zeros }, { kty: 'OKP', crv: 'Ed448', x }))).toBe(expected);
    expect(udf.publicKey(inherit({ kty: 'RSA' }, { crv: 'Ed448', publicKey: schema03 }))).toBe(expected);
    expectCode('not_bytes', () => udf.publicKey(inherit({ publicKey: schema03 }, { crv: 'Ed448' })));
    expectCode('bad_jwk', () => udf.publicKey(inherit({ x }, { kty: 'OKP', crv: 'Ed448' })));
    expectCode('bad_jwk', () => udf.publicKey(inherit({ n: 'AQ', e: 'AQ' }, { kty: 'RSA' })));
    expectCode('unsupported_algorithm', () => udf.publicKey(inherit({ crv: 'Ed448' }, { publicKey: schema03 })));
  });

  test('reads each member once, so that a getter cannot show two faces', () => {
    const reads: Record<string, number> = {};
    const watch = (key: object) =>
      Object.defineProperties(
        {},
        Object.fromEntries(
          Object.entries(key).map(([name, value]) => [
            name,
            {
              enumerable: true,
              get() {
                reads[name] = (reads[name] ?? 0) + 1;
                return reads[name] === 1 ? value : undefined;
              },
            },
          ]),
        ),
      ) as UdfPublicKey;
    const x = Buffer.from(schema03).toString('base64url');
    for (const key of [{ crv: 'Ed448', publicKey: schema03 }, { kty: 'OKP', crv: 'Ed448', x }, reference08]) {
      for (const name of Object.keys(key)) reads[name] = 0;
      expect(udf.publicKey(watch(key), { generation: 'G4' })).toBe(
        udf.publicKey(key as UdfPublicKey, { generation: 'G4' }),
      );
      for (const name of Object.keys(key)) expect(reads[name]).toBe(1);
    }
  });

  test('takes RSA numbers of up to 16,384 bits, so that nothing big is hashed', () => {
    const number = (length: number) => new Uint8Array(length).fill(0x81);
    const text = (length: number) => Buffer.from(number(length)).toString('base64url');
    expect(udf.publicKey({ kty: 'RSA', n: text(2048), e: text(2048) })).toBe(
      udf.publicKey({ kty: 'RSA', n: number(2048), e: number(2048) }),
    );
    const small = Uint8Array.of(3);
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'RSA', n: number(2049), e: small }));
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'RSA', n: small, e: number(2049) }));
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'RSA', n: text(2049), e: 'Aw' }));
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'RSA', n: 'Aw', e: text(2049) }));
  });

  test('refuses the text of far too many octets unread', () => {
    const x = 'A'.repeat(40_000_000);
    const start = performance.now();
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'OKP', crv: 'Ed448', x }));
    expectCode('bad_public_length', () => udf.publicKey({ kty: 'RSA', n: x, e: 'AQAB' }));
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('refuses generations that have no rule for a key', () => {
    const key = { crv: 'Ed448', publicKey: schema03 } as const;
    expectCode('unsupported_algorithm', () => udf.publicKey(key, { generation: 'G1' }));
    expectCode('unsupported_algorithm', () => udf.publicKey(key, { generation: 'g2' as 'G2' }));
    expectCode('unsupported_algorithm', () => udf.keyInfo(key, { generation: 'G0' as 'G2' }));
    expectCode('bad_option', () => udf.publicKey(key, { bits: 7 }));
  });
});
