import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { codeOf, expectCode } from '../support/errors.ts';

const content = 'MB5S-R4AJ-3FBT-7NHO-T26Z-2E6Y-WFH4';
const key = 'EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J';

describe.each(backends)('UDF URIs on $name', ({ mesh: { udf } }) => {
  test('reads the name form (mesh-udf-08 section 1.2.1)', () => {
    const { data, ...rest } = udf.parseUri(`udf:${content}`);
    expect(rest).toEqual({ form: 'name', udf: content, type: 96 });
    expect(data).toEqual(udf.parse(content).data);
  });

  test('reads the locator form (mesh-udf-08 section 1.2.2)', () => {
    expect(udf.parseUri(`udf://example.com/${content}`)).toMatchObject({
      form: 'locator',
      domain: 'example.com',
      udf: content,
    });
  });

  test('reads the connection form (mesh-schema-06)', () => {
    const pin = 'EAQ6-22WS-DZIL-56OT-X4Q4-KMBW-MY6D-4K6O-6FWB-UQB7-5DZ4-PZHX-JQ5H-Q';
    expect(udf.parseUri(`mcu://maker@example.com/${pin}`)).toMatchObject({
      form: 'connect',
      user: 'maker',
      domain: 'example.com',
      udf: pin,
      type: 32,
    });
    expect(udf.parseUri('mcu://a@b/AB23-ZBOI-CEIZ-MTD4-VQ').type).toBe(0);
    expectCode('wrong_type', () => udf.parseUri(`mcu://a@b/${content}`));
  });

  test('reads scheme, domain and text in any case, and keeps query and fragment', () => {
    expect(udf.parseUri(`UDF://EXAMPLE.com/${content.toLowerCase()}?a=b?c/d#e?f#g`)).toMatchObject({
      domain: 'example.com',
      udf: content,
      query: 'a=b?c/d',
      fragment: 'e?f#g',
    });
    expect(udf.parseUri(`udf:${content}#?`)).toMatchObject({ fragment: '?' });
    expect(udf.parseUri(`udf:${content}?`)).toMatchObject({ query: '' });
  });

  test.each([
    ['a port', `udf://example.com:443/${content}`],
    ['user information', `udf://alice@example.com/${content}`],
    ['an IPv4 address', `udf://127.0.0.1/${content}`],
    ['a number for an address', `udf://2130706433/${content}`],
    ['a hexadecimal address', `udf://0x7f.0x1/${content}`],
    ['an IPv6 address', `udf://[::1]/${content}`],
    ['no domain', `udf:///${content}`],
    ['no path', 'udf://example.com'],
    ['an empty path', 'udf://example.com/'],
    ['an extra segment', `udf://example.com/a/${content}`],
    ['a slash at the end', `udf://example.com/${content}/`],
    ['a slash in a name', `udf:/${content}`],
    ['an empty name', 'udf:'],
    ['a name that is only a query', 'udf:?MA'],
    ['an empty label', `udf://example..com/${content}`],
    ['a dot at the end', `udf://example.com./${content}`],
    ['a label with a hyphen at its end', `udf://example-.com/${content}`],
    ['a label of 64 characters', `udf://${'a'.repeat(64)}.com/${content}`],
    ['a domain of 254 characters', `udf://${'a.'.repeat(126)}aa/${content}`],
    ['a domain outside ASCII', `udf://ex\u00e4mple.com/${content}`],
    ['another scheme', `https://example.com/${content}`],
    ['no scheme', content],
    ['white space', `udf:${content} `],
    ['a line break', `udf:${content.slice(0, 10)}\n${content.slice(10)}`],
    ['a connection without user', `mcu://example.com/${key}`],
    ['a connection with an empty user', `mcu://@example.com/${key}`],
    ['a connection with two users', `mcu://a@b@example.com/${key}`],
    ['a connection with a password', `mcu://a:b@example.com/${key}`],
    ['a connection in the name form', `mcu:${key}`],
  ])('refuses %s (mesh-udf-08 section 6)', (_, uri) => {
    expectCode('bad_uri', () => udf.parseUri(uri));
  });

  test('takes no other scheme, and no connection form without its two slashes, also with all that follows being right', () => {
    const place = 'alice@example.com/ABFD-VOSY-QKW7-WXWI-7Y';
    expect(udf.parseUri(`mcu://${place}`).form).toBe('connect');
    for (const wrong of [`http://${place}`, `://${place}`, `udfs://${place}`, `mcu:${place}`, `mcu:xx${place}`]) {
      expectCode('bad_uri', () => udf.parseUri(wrong));
    }
  });

  test('has no member for a query or fragment that is not there', () => {
    const names = Object.keys(udf.parseUri('udf:MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF'));
    expect(names.sort()).toEqual(['data', 'form', 'type', 'udf']);
  });

  test('refuses texts that are no UDF as parsing does', () => {
    expectCode('bad_character', () => udf.parseUri('udf:MDDK%20'));
    expectCode('bad_character', () => udf.parseUri('udf:MDD\u212a'));
    expectCode('too_short', () => udf.parseUri('udf:M'));
    expectCode('too_short', () => udf.parseUri('mcu://a@b/AA'));
    expectCode('bad_uri', () => udf.parseUri(new URL(`udf://example.com/${content}`) as unknown as string));
  });

  test('gives a MeshError or a value for any string, never anything else', () => {
    const part = fc.constantFrom(
      'udf',
      'mcu',
      ':',
      '//',
      '/',
      '@',
      '?',
      '#',
      'a.b',
      content,
      key,
      '',
      '\ud800',
      '%',
      '[',
      '1',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        expect(['returned', 'bad_uri', 'bad_character', 'too_short', 'wrong_type', 'unknown_type']).toContain(
          codeOf(() => udf.parseUri(parts.join(''))),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(backends)('UDF locators of encrypted content on $name', ({ mesh: { udf } }) => {
  test('resolves the printed locator (mesh-udf-08 section 1.2.2)', () => {
    const identifier = 'MAAF-MHQ7-LJAX-IN4Y-Q5JM-2I47-47TA-SHSB-BGSY-SMEB-UHJA-L5S2-S4NN-OQH3';
    expect(udf.earl('example.com', key)).toEqual({
      uri: `udf://example.com/${key}`,
      identifier,
      target: `https://example.com/.well-known/mmm-udf/${identifier}`,
      key: udf.parse(key).data,
    });
    expect(udf.earl('Example.COM', key.toLowerCase(), { generation: 'G3' }).identifier).toBe(identifier);
  });

  test('resolves the printed locator of the fourth generation (mesh-udf-11 section 1.2.2)', () => {
    expect(udf.earl('example.com', 'EA2M-ID6J-U55P-2VUV-E2NG-QQEX-MXUT-6L', { generation: 'G4' }).identifier).toBe(
      'MC4D-X4XD-VVFD-GSHL-WEWV-SRII-LPTN-37XA-XSMI-IYEI-P6GT-PHND-QMVD-UID3',
    );
  });

  test('lets the bits beyond the last octet of the key change the identifier', () => {
    const other = `${key.slice(0, -1)}K`;
    expect(udf.parse(other).data).toEqual(udf.parse(key).data);
    expect(udf.earl('example.com', other).identifier).not.toBe(udf.earl('example.com', key).identifier);
  });

  test('takes another endpoint, with or without a slash at its end', () => {
    const { identifier } = udf.earl('example.com', key);
    expect(udf.earl('example.com', key, { endpoint: 'HTTPS://host.example:8443' }).target).toBe(
      `HTTPS://host.example:8443/${identifier}`,
    );
    for (const endpoint of ['https://host.example/u', 'https://host.example/u/']) {
      expect(udf.earl('example.com', key, { endpoint }).target).toBe(`https://host.example/u/${identifier}`);
    }
  });

  test('asks for at most 440 bits, and for two groups at the shortest key', () => {
    expect(udf.earl('a.b', udf.encryptionKey(new Uint8Array(64))).identifier.replaceAll('-', '').length).toBe(88);
    expect(udf.earl('a.b', 'EAAA').identifier.replaceAll('-', '').length).toBe(4);
    expect(udf.earl('a.b', 'EAAAA').identifier.replaceAll('-', '').length).toBe(4);
    for (const empty of ['EA', 'EAA']) expectCode('too_short', () => udf.earl('a.b', empty));
  });

  test('refuses other types and malformed places', () => {
    expectCode('wrong_type', () => udf.earl('example.com', content));
    expectCode('unknown_type', () => udf.earl('example.com', udf.format(255, new Uint8Array(16))));
    for (const domain of ['', 'a b', 'example.com:80', 'a@b', '10.0.0.1', undefined]) {
      expectCode('bad_uri', () => udf.earl(domain as string, key));
    }
    for (const endpoint of [
      '',
      'http://host.example/',
      'javascript:alert(1)//',
      '//host.example/',
      'https://',
      'https:///u',
      'https://alice@host.example/',
      'https://host.example@other.example/',
      'https://host.example\\@other.example/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://host.example:/',
      'https://host.example/?q',
      'https://host.example/#f',
      'https://host.example/a b',
      'https://host.example/\n',
      ' https://host.example/',
      'https://host.example/\u0000',
      'https://host.example/\u00e4',
    ]) {
      expectCode('bad_uri', () => udf.earl('a.b', key, { endpoint }));
    }
    expectCode('bad_option', () => udf.earl('a.b', key, { endpoint: 5 as unknown as string }));
    expectCode('unsupported_algorithm', () => udf.earl('a.b', key, { generation: 'G1' }));
  });
});

describe.each(backends)('Strong Internet Names on $name', ({ mesh: { udf } }) => {
  const policy = 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF';
  const label = 'mm--mddk-7n6a-727a-jzno-strx-xks7-djaf';

  test('writes both forms (mesh-udf-08 sections 1.3, 7)', () => {
    expect(udf.sin(policy.replaceAll('-', ''), 'Example.com')).toEqual({
      label,
      prefixForm: `${label}.example.com`,
      suffixForm: `example.com.${label}`,
    });
    expect(udf.sin(policy)).toEqual({ label });
  });

  test('holds 240 bits in a label and no more (mesh-udf-08 section 7)', () => {
    const digest = (bits: number) => udf.digest('text/plain', new TextEncoder().encode('UDF Data Value'), { bits });
    expect(udf.sin(digest(240)).label).toBe('mm--mddk-7n6a-727a-jzno-strx-xks7-djaf-xi6o-zslu-2voa-tzq6-jmhp');
    expectCode('label_too_long', () => udf.sin(digest(260)));
    expectCode('label_too_long', () => udf.sin(digest(245)));
  });

  test('keeps secrets out of names: digests only', () => {
    expectCode('wrong_type', () => udf.sin(key));
    expectCode('unknown_type', () => udf.sin(udf.format(2, new Uint8Array(16))));
    expect(udf.sin(udf.format(84, new Uint8Array(12))).label.startsWith('mm--k')).toBe(true);
  });

  test('refuses a fingerprint of fewer than twenty characters (mesh-udf-08 section 3.4)', () => {
    for (const short of ['MA', 'MDDK', policy.slice(0, 23)])
      expectCode('too_short', () => udf.sin(short, 'example.com'));
    expect(udf.sin(policy.slice(0, 24)).label).toBe(label.slice(0, 28));
  });

  test('refuses a name that does not fit into DNS', () => {
    expectCode('bad_uri', () => udf.sin(policy, 'a'.repeat(64)));
    expectCode('bad_uri', () => udf.sin(policy, `${'a.'.repeat(120)}a`));
    expectCode('bad_uri', () => udf.sin(policy, ''));
  });

  test.each([
    [`alice@example.com.${label}`, 'alice@example.com'],
    [`alice@${label}.example.com`, 'alice@example.com'],
    [`alice@example.com.${label.toUpperCase()}`, 'alice@example.com'],
    [`example.${label}.com`, 'example.com'],
    ['alice@example.com', 'alice@example.com'],
  ])('finds the plain form of %s', (address, plain) => {
    expect(udf.plainAddress(address)).toBe(plain);
  });

  test('refuses an address of which nothing remains', () => {
    for (const address of [label, `a@${label}`, '', 'a@', 5]) {
      expectCode('bad_uri', () => udf.plainAddress(address as string));
    }
  });

  test.each([
    '@example.com',
    'a@b@example.com',
    'a b@example.com',
    ' a@example.com',
    'a\n@example.com',
    'a\u0000@example.com',
    'a\u007f@example.com',
    'a<b>@example.com',
    'a:b@example.com',
    '\u202ea@example.com',
    'a@example.com\n',
  ])('refuses %j, which is not user@domain', (address) => {
    expectCode('bad_uri', () => udf.plainAddress(address));
  });
});
