import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Key, KeyCurve } from '../src/key/index.ts';
import { backends } from './support/backends.ts';
import { codeOf, expectCode } from './support/errors.ts';

const curves: readonly KeyCurve[] = ['Ed448', 'X448'];
const length = { Ed448: 57, X448: 56 } as const;
const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** A key pair of OpenSSL in all forms. */
function openssl(crv: KeyCurve) {
  const pair = crv === 'Ed448' ? generateKeyPairSync('ed448') : generateKeyPairSync('x448');
  return {
    jwk: pair.privateKey.export({ format: 'jwk' }) as { kty: string; crv: string; x: string; d: string },
    pkcs8: new Uint8Array(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  };
}

/** A DER value with a length below 128. */
const der = (tag: number, ...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Uint8Array.of(tag, body.length, ...body);
};

describe.each(backends)('keys on $name', ({ mesh: { key, ed448, x448 } }) => {
  const keygen = (crv: KeyCurve): Required<Key> => ({ crv, ...(crv === 'Ed448' ? ed448 : x448).keygen() });

  describe.each(curves)('%s', (crv) => {
    const from = openssl(crv);
    const own = keygen(crv);

    test('reads what OpenSSL writes', () => {
      const publicKey = new Uint8Array(Buffer.from(from.jwk.x, 'base64url'));
      const secretKey = new Uint8Array(Buffer.from(from.jwk.d, 'base64url'));
      expect(key.fromJwk(from.jwk)).toEqual({ crv, publicKey, secretKey });
      expect(key.fromPkcs8(from.pkcs8)).toEqual({ crv, publicKey, secretKey });
      expect(key.fromSpki(from.spki)).toEqual({ crv, publicKey });
      const { d: _, ...publicJwk } = from.jwk;
      expect(key.fromJwk(publicJwk)).toEqual({ crv, publicKey });
    });

    test('writes what OpenSSL reads (RFC 8037, RFC 8410)', () => {
      const jwk = key.toJwk(own) as unknown as JsonWebKey;
      const fromJwk = createPrivateKey({ key: jwk, format: 'jwk' });
      const fromPkcs8 = createPrivateKey({ key: Buffer.from(key.toPkcs8(own)), format: 'der', type: 'pkcs8' });
      const fromSpki = createPublicKey({ key: Buffer.from(key.toSpki(own)), format: 'der', type: 'spki' });
      expect(fromJwk.export({ format: 'jwk' })).toEqual(jwk);
      expect(fromPkcs8.export({ format: 'jwk' })).toEqual(jwk);
      const { d: _, ...publicJwk } = jwk;
      expect(fromSpki.export({ format: 'jwk' })).toEqual(publicJwk);
    });

    test('writes the octets that OpenSSL writes', () => {
      const read = key.fromPkcs8(from.pkcs8);
      expect(key.toPkcs8(read)).toEqual(from.pkcs8);
      expect(key.toSpki(read)).toEqual(from.spki);
      expect(key.toJwk(read)).toEqual(from.jwk);
    });

    test('reads back what it writes, with fresh octets, and changes no input', () => {
      const before = structuredClone(own);
      expect(key.fromJwk(key.toJwk(own))).toEqual(own);
      expect(key.fromPkcs8(key.toPkcs8(own))).toEqual(own);
      const { secretKey: _, ...publicPart } = own;
      expect(key.fromSpki(key.toSpki(own))).toEqual(publicPart);
      expect(key.fromJwk(key.toJwk(publicPart))).toEqual(publicPart);
      const pkcs8 = key.toPkcs8(own);
      const read = key.fromPkcs8(pkcs8);
      pkcs8.fill(0);
      expect(read).toEqual(own);
      expect(own).toEqual(before);
    });

    test('reads version 2 with its public key, and attributes (RFC 5958 section 2, RFC 8410 section 7)', () => {
      const { secretKey, publicKey } = own;
      const algorithm = der(0x30, der(6, Uint8Array.of(0x2b, 0x65, crv === 'Ed448' ? 113 : 111)));
      const build = (version: number, ...rest: Uint8Array[]) => {
        const body = Buffer.concat([der(2, Uint8Array.of(version)), algorithm, der(4, der(4, secretKey)), ...rest]);
        return new Uint8Array([0x30, ...(body.length < 128 ? [] : [0x81]), body.length, ...body]);
      };
      const publicPart = der(0x81, Uint8Array.of(0), publicKey);
      const attributes = der(0xa0, hex('301f 060a 2a864886f70d01090914 3111 0c0f 437572646c6520436861697273'));
      for (const pkcs8 of [build(0), build(0, attributes), build(1, publicPart), build(1, attributes, publicPart)]) {
        expect(key.fromPkcs8(pkcs8)).toEqual(own);
      }
      const other = der(0x81, Uint8Array.of(0), keygen(crv).publicKey);
      expectCode('key_mismatch', () => key.fromPkcs8(build(1, other)));
      expectCode('bad_der', () => key.fromPkcs8(build(0, publicPart)));
      expectCode('bad_der', () => key.fromPkcs8(build(1, publicPart, attributes)));
      expectCode('bad_der', () => key.fromPkcs8(build(1, der(0x81, Uint8Array.of(1), publicKey))));
      expectCode('bad_der', () => key.fromPkcs8(build(1, der(0x81, Uint8Array.of(0), publicKey.subarray(1)))));
      expectCode('bad_der', () => key.fromPkcs8(build(2)));
    });

    test('refuses DER that is cut, longer, or longer than it need be (X.690 section 10.1)', () => {
      for (const [read, whole] of [
        [key.fromSpki, key.toSpki(own)],
        [key.fromPkcs8, key.toPkcs8(own)],
      ] as const) {
        for (let cut = 0; cut < whole.length; cut++) expectCode('bad_der', () => read(whole.subarray(0, cut)));
        const body = whole.subarray(2);
        for (const bad of [
          Uint8Array.of(...whole, 0),
          Uint8Array.of(0x30, 0x81, body.length, ...body),
          Uint8Array.of(0x30, 0x82, 0, body.length, ...body),
          Uint8Array.of(0x30, 0x80, ...body, 0, 0),
          Uint8Array.of(0x30, 0x84, 0, 0, 0, body.length, ...body),
          Uint8Array.of(0x30, 0xff, ...body),
          Uint8Array.of(0x31, ...whole.subarray(1)),
          Uint8Array.of(0x30, body.length + 1, ...body, 0),
        ]) {
          expectCode('bad_der', () => read(bad));
        }
      }
    });

    test('refuses parameters in the algorithm identifier (RFC 8410 section 3)', () => {
      const identifier = der(0x30, der(6, Uint8Array.of(0x2b, 0x65, crv === 'Ed448' ? 113 : 111)), Uint8Array.of(5, 0));
      const bits = der(3, Uint8Array.of(0), own.publicKey);
      expectCode('bad_der', () => key.fromSpki(der(0x30, identifier, bits)));
    });

    test('never takes a tampered bit for the key it was', () => {
      const [spki, pkcs8] = [key.toSpki(own), key.toPkcs8(own)];
      const flip = (octets: Uint8Array, bit: number) =>
        octets.map((octet, i) => (i === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
      for (let bit = 0; bit < spki.length * 8; bit += 5) {
        let read: Key | undefined;
        if (codeOf(() => (read = key.fromSpki(flip(spki, bit)))) === 'returned')
          expect(read).not.toEqual(key.fromSpki(spki));
      }
      for (let bit = 0; bit < 16 * 8; bit++) {
        expect(codeOf(() => key.fromPkcs8(flip(pkcs8, bit)))).not.toBe('returned');
      }
    });

    test('refuses text that is not exactly base64url (RFC 7515 section 2)', () => {
      const { x, d = '' } = key.toJwk(own);
      const refuse = (change: object) => expectCode('bad_jwk', () => key.fromJwk({ kty: 'OKP', crv, x, d, ...change }));
      for (const name of ['x', 'd']) {
        const text = name === 'x' ? x : d;
        refuse({ [name]: `${text}=` });
        refuse({ [name]: `${text}==` });
        refuse({ [name]: ` ${text}` });
        refuse({ [name]: `${text}\n` });
        refuse({ [name]: `${text.slice(0, -1)}` });
        refuse({ [name]: `${text}A` });
        const start = performance.now();
        refuse({ [name]: 'A'.repeat(40_000_000) });
        expect(performance.now() - start).toBeLessThan(200);
        refuse({ [name]: `${text}AAAA` });
        refuse({ [name]: `+${text.slice(1)}` });
        refuse({ [name]: `\u212a${text.slice(1)}` });
        refuse({ [name]: '' });
        refuse({ [name]: own.publicKey });
        refuse({ [name]: undefined });
      }
    });

    test('refuses a public key that belongs to another secret', () => {
      const mixed = { ...own, publicKey: keygen(crv).publicKey };
      expectCode('key_mismatch', () => key.toJwk(mixed));
      expectCode('key_mismatch', () => key.toPkcs8(mixed));
      const { d } = key.toJwk(own);
      expectCode('key_mismatch', () => key.fromJwk({ ...key.toJwk(keygen(crv)), d }));
    });

    test('refuses a zero public key, which must never be taken for one', () => {
      const publicKey = new Uint8Array(length[crv]);
      expectCode('small_order_base', () => key.toSpki({ crv, publicKey }));
      expectCode('small_order_base', () => key.toJwk({ crv, publicKey }));
      const x = Buffer.from(publicKey).toString('base64url');
      expectCode('small_order_base', () => key.fromJwk({ kty: 'OKP', crv, x }));
    });

    test('refuses wrong lengths and types', () => {
      for (const wrong of [0, 55, 58, 114]) {
        expectCode('bad_public_length', () => key.toSpki({ crv, publicKey: new Uint8Array(wrong) }));
        expectCode('bad_private_length', () => key.toPkcs8({ ...own, secretKey: new Uint8Array(wrong) }));
      }
      const { secretKey: _, ...publicPart } = own;
      expectCode('not_bytes', () => key.toPkcs8(publicPart));
      expectCode('not_bytes', () => key.toSpki({ crv } as Key));
      expectCode('not_bytes', () => key.toJwk({ crv, publicKey: 'x' } as unknown as Key));
      expectCode('not_bytes', () => key.fromSpki('x' as unknown as Uint8Array));
      expectCode('not_bytes', () => key.fromPkcs8(undefined as unknown as Uint8Array));
    });

    test('ignores members that are inherited, and other members (RFC 7517 section 4)', () => {
      const { d, ...publicJwk } = key.toJwk(own);
      expect(key.fromJwk({ ...publicJwk, use: 'sig', ext: true }).secretKey).toBeUndefined();
      expect(key.fromJwk(Object.assign(Object.create({ d }), publicJwk)).secretKey).toBeUndefined();
      expectCode('bad_jwk', () => key.fromJwk(Object.create(key.toJwk(own))));
    });

    test('gives the thumbprint of OpenSSL, with and without the secret part (RFC 7638)', () => {
      const jwk = key.toJwk(own);
      const text = `{"crv":"${crv}","kty":"OKP","x":"${jwk.x}"}`;
      expect(key.thumbprint(jwk)).toBe(createHash('sha256').update(text).digest('base64url'));
      expect(key.thumbprint({ ...jwk, kid: 'a', d: 5 })).toBe(key.thumbprint(jwk));
      expect(key.thumbprint(jwk, { hash: 'SHA-512' })).toBe(createHash('sha512').update(text).digest('base64url'));
    });
  });

  test('writes the octets of RFC 8032 and RFC 7748 after the prefixes of RFC 8410', () => {
    const seed = hex(
      '6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b',
    );
    const publicKey = hex(
      '5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180',
    );
    const signer: Key = { crv: 'Ed448', publicKey, secretKey: seed };
    expect(Buffer.from(key.toSpki(signer)).toString('hex')).toBe(
      `3043300506032b6571033a00${Buffer.from(publicKey).toString('hex')}`,
    );
    expect(Buffer.from(key.toPkcs8(signer)).toString('hex')).toBe(
      `3047020100300506032b6571043b0439${Buffer.from(seed).toString('hex')}`,
    );
    const agreer: Key = { crv: 'X448', ...x448.keygen(new Uint8Array(56).fill(1)) };
    expect(Buffer.from(key.toSpki(agreer)).toString('hex').slice(0, 24)).toBe('3042300506032b656f033900');
    expect(Buffer.from(key.toPkcs8(agreer)).toString('hex').slice(0, 32)).toBe('3046020100300506032b656f043a0438');
  });

  test('refuses X448 keys of small order in every encoding (RFC 7748 section 6.2)', () => {
    const p = 2n ** 448n - 2n ** 224n - 1n;
    for (const u of [0n, 1n, p - 1n, p, p + 1n]) {
      const publicKey = Uint8Array.from({ length: 56 }, (_, i) => Number((u >> BigInt(8 * i)) & 0xffn));
      expectCode('small_order_base', () => key.toSpki({ crv: 'X448', publicKey }));
    }
  });

  test('refuses Ed448 keys that are no points (RFC 8032 section 5.2.3)', () => {
    const publicKey = (fill: number, last: number) => {
      const octets = new Uint8Array(57).fill(fill);
      octets[56] = last;
      return octets;
    };
    expectCode('noncanonical_encoding', () => key.toSpki({ crv: 'Ed448', publicKey: publicKey(0xff, 0) }));
    expectCode('noncanonical_encoding', () => key.toSpki({ crv: 'Ed448', publicKey: publicKey(2, 1) }));
    const codes = [2, 3, 4, 5, 6, 7, 8, 9].map((y) =>
      codeOf(() => key.toSpki({ crv: 'Ed448', publicKey: publicKey(y, 0) })),
    );
    expect(new Set(codes)).toEqual(new Set(['returned', 'not_on_curve']));
  });

  test('refuses what is no key at all', () => {
    for (const nothing of [undefined, null]) {
      expectCode('unsupported_algorithm', () => key.toSpki(nothing as never));
      expectCode('unsupported_algorithm', () => key.toJwk(nothing as never));
      expectCode('not_bytes', () => key.toPkcs8(nothing as never));
    }
  });

  test('refuses a version of more than one octet, whatever it says (RFC 5958 section 2)', () => {
    const pkcs8 = key.toPkcs8(keygen('X448'));
    const rest = pkcs8.subarray(5);
    expect([...pkcs8.subarray(2, 5)]).toEqual([2, 1, 0]);
    expectCode('bad_der', () => key.fromPkcs8(der(0x30, Uint8Array.of(2, 2, 0, 0), rest)));
    expectCode('bad_der', () => key.fromPkcs8(der(0x30, Uint8Array.of(2, 0), rest)));
  });

  test('gives a public key that does not change with the octets it was read from', () => {
    const own = keygen('Ed448');
    const spki = key.toSpki(own);
    const read = key.fromSpki(spki);
    spki.fill(0);
    expect(read.publicKey).toEqual(own.publicKey);
  });

  test('refuses other algorithms and key types', () => {
    const { publicKey } = keygen('Ed448');
    for (const crv of ['Ed25519', 'ed448', 'P-256', undefined, 448]) {
      expectCode('unsupported_algorithm', () => key.toJwk({ crv: crv as KeyCurve, publicKey }));
    }
    expectCode('unsupported_algorithm', () => key.toJwk(undefined as unknown as Key));
    const pair = generateKeyPairSync('ed25519');
    expectCode('unsupported_algorithm', () => key.fromSpki(pair.publicKey.export({ format: 'der', type: 'spki' })));
    expectCode('unsupported_algorithm', () => key.fromPkcs8(pair.privateKey.export({ format: 'der', type: 'pkcs8' })));
    expectCode('unsupported_algorithm', () => key.fromJwk(pair.publicKey.export({ format: 'jwk' })));
    expectCode('unsupported_algorithm', () => key.fromJwk({ kty: 'EC', crv: 'Ed448', x: 'AA' }));
    for (const jwk of [undefined, null, 'jwk', 5, [], {}, { kty: 1 }, { kty: 'OKP' }, { kty: 'OKP', crv: 'Ed448' }]) {
      expectCode('bad_jwk', () => key.fromJwk(jwk));
    }
  });

  test('gives the printed thumbprints (RFC 7638 section 3.1, RFC 8037 appendix A.3)', () => {
    expect(key.thumbprint({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
    const rsa = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      alg: 'RS256',
      kid: '2011-04-29',
    };
    expect(key.thumbprint(rsa)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  test('refuses to make a thumbprint of anything else', () => {
    for (const jwk of [undefined, null, {}, { kty: 'OKP', crv: 'Ed448' }, { kty: 'EC', crv: 'P-256', x: 'AA' }]) {
      expectCode('bad_jwk', () => key.thumbprint(jwk));
    }
    expectCode('bad_jwk', () => key.thumbprint({ kty: 'OKP', crv: 'Ed448', x: 5 }));
    expectCode('unsupported_algorithm', () => key.thumbprint({ kty: 'oct', k: 'AA' }));
    expectCode('unsupported_algorithm', () => key.thumbprint({ kty: 'toString' }));
    expectCode('bad_option', () => key.thumbprint({ kty: 'OKP', crv: 'a', x: 'b' }, { hash: 'MD5' as 'SHA-256' }));
  });

  test('gives a MeshError or a key for any octets, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), fc.jsonValue(), (octets, json) => {
        for (const read of [key.fromSpki, key.fromPkcs8]) expect(codeOf(() => read(octets))).not.toBe('returned');
        expect(codeOf(() => key.fromJwk(json))).not.toBe('returned');
      }),
      { numRuns: 100 },
    );
  });
});
