import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DigestOptions, Generation, UdfPublicKey } from '../../src/udf/index.ts';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';
import { pattern, utf8 } from '../support/octets.ts';

const lists = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });

describe.each(backends)('UDFs of many items on $name', ({ backend, mesh: { udf } }) => {
  test('gives the printed value at every place (mesh-udf-08 section 5.1.6)', () => {
    const items = Array.from({ length: 5 }, () => utf8('UDF Data Value'));
    expect(udf.digestAll('text/plain', items)).toEqual(Array(5).fill('MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF'));
  });

  test('marks only the item whose digest ends in 20 zero bits (mesh-udf-08 section 5.1.8)', () => {
    const items = ['UDF Data Value', 'UDF Compressed Document 4187123', ''].map(utf8);
    expect(udf.digestAll('text/plain', items)[1]).toBe('MGHB-JWIZ-J3LA-EEWD-GCT3-WX6H-C5W2');
    expect(udf.digestAll('text/plain', items)).toEqual(items.map((item) => udf.digest('text/plain', item)));
  });

  test('are those of one by one, in every form', () => {
    const forms: fc.Arbitrary<DigestOptions> = fc.record(
      {
        bits: fc.integer({ min: 20, max: 500 }),
        group: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 120 })),
        generation: fc.constantFrom<Generation>('G1', 'G2', 'G3', 'G4'),
        algorithm: fc.constantFrom('sha2-512', 'sha3-512'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), lists, forms, (contentType, items, form) => {
        const oneByOne = items.map((item) => udf.digest(contentType, item, form));
        expect(udf.digestAll(contentType, items, form)).toEqual(oneByOne);
      }),
      { numRuns: 150 },
    );
  });

  test('are those of one by one for more items than the backend encodes in one call, and for one that fills its memory', () => {
    const items = Array.from({ length: 1500 }, (_, i) => pattern(i % 200, i + 1));
    items[700] = pattern(200_000);
    expect(udf.digestAll('', items)).toEqual(items.map((item) => udf.digest('', item)));
    const wide = { bits: 440, group: 87 }; // separators after 696 characters coincide with the limits of octets
    expect(udf.digestAll('', items.slice(0, 60), wide)).toEqual(
      items.slice(0, 60).map((item) => udf.digest('', item, wide)),
    );
  });

  test('hash as OpenSSL does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), lists, (prefix, items) => {
        const expected = items.map((item) =>
          createHash('sha512').update(prefix).update(createHash('sha512').update(item).digest()).digest(),
        );
        expect(Buffer.from(backend.typedDigests(prefix, items))).toEqual(Buffer.concat(expected));
      }),
      { numRuns: 50 },
    );
  });

  test('of keys are those of one by one, in every generation', () => {
    const keys: UdfPublicKey[] = [
      { crv: 'Ed448', publicKey: pattern(57) },
      { crv: 'X25519', publicKey: pattern(32) },
      { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(pattern(32)).toString('base64url') },
      { kty: 'RSA', n: pattern(256), e: Uint8Array.of(1, 0, 1) },
    ];
    for (const generation of ['G2', 'G3', 'G4'] as const) {
      for (const bits of [undefined, 125, 200]) {
        const opts = bits === undefined ? { generation } : { generation, bits };
        expect(udf.publicKeys(keys, opts)).toEqual(keys.map((key) => udf.publicKey(key, opts)));
      }
    }
    expect(udf.publicKeys(keys)).toEqual(keys.map((key) => udf.publicKey(key)));
    expect(udf.publicKeys([keys[3] as UdfPublicKey], { generation: 'G1' })).toEqual([
      udf.publicKey(keys[3] as UdfPublicKey, { generation: 'G1' }),
    ]);
  });

  test('of nothing are nothing, and options are checked all the same', () => {
    expect(udf.digestAll('text/plain', [])).toEqual([]);
    expect(udf.publicKeys([])).toEqual([]);
    expect(backend.typedDigests(new Uint8Array(3), [])).toEqual(new Uint8Array(0));
    expectCode('bad_option', () => udf.digestAll('', [], { bits: 19 }));
    expectCode('bad_option', () => udf.digestAll('', [], { group: 0 }));
    expectCode('unsupported_algorithm', () => udf.digestAll('', [], { algorithm: 'md5' as 'sha2-512' }));
    expectCode('unsupported_algorithm', () => udf.publicKeys([], { generation: 'G5' as 'G4' }));
  });

  test('are of the items as they are when all have been read (getters of the caller)', () => {
    const first = new Uint8Array(pattern(30));
    const items = [first, pattern(3)];
    Object.defineProperty(items, 1, {
      get() {
        structuredClone(first, { transfer: [first.buffer] });
        return pattern(3);
      },
    });
    expectCode('not_bytes', () => udf.digestAll('', items));
  });

  test('refuse what one by one refuses, holes in a list included', () => {
    const item = new Uint8Array(3);
    const list = (value: unknown) => value as Uint8Array[];
    for (const value of [undefined, 'item', item, { 0: item, length: 1 }]) {
      expectCode('bad_option', () => udf.digestAll('', list(value)));
      expectCode('bad_option', () => udf.publicKeys(value as unknown as UdfPublicKey[]));
    }
    expectCode('not_bytes', () => udf.digestAll('', list([item, 'text'])));
    expectCode('not_bytes', () => udf.digestAll('', list(new Array(2))));
    expectCode('bad_option', () => udf.digestAll('\ud800', [item]));
    expectCode('bad_option', () => udf.publicKeys(new Array(1)));
    expectCode('sign_missing', () => udf.publicKeys([{ crv: 'X448', publicKey: new Uint8Array(56) }]));
    expectCode('unsupported_algorithm', () =>
      udf.publicKeys([{ crv: 'Ed448', publicKey: pattern(57) }], { generation: 'G1' }),
    );
  });
});
