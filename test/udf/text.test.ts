import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { codeOf, expectCode } from '../support/errors.ts';

const draft = 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 by way of a bit string: independent of the code under test. */
function base32(octets: Uint8Array, bits: number): string {
  const all = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const cut = all.slice(0, Math.ceil(bits / 5) * 5);
  return (cut.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function grouped(symbols: string, group = 4): string {
  return (symbols.match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('-');
}

const octets = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength });
const symbols = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });

describe.each(backends)('UDF text on $name', ({ mesh: { udf } }) => {
  test('parses the printed fingerprint (mesh-udf-08 section 5.1.6)', () => {
    const { type, data, text } = udf.parse(draft);
    expect(type).toBe(96);
    expect(Buffer.from(data).toString('hex')).toBe('c6afb7c0febe04e5ae94e37baa5f1a40');
    expect(text).toBe(draft);
  });

  test.each([
    ['lower case', draft.toLowerCase()],
    ['no separators', draft.replaceAll('-', '')],
    ['groups of five (mesh-reference-08)', 'MDDK7-N6A72-7AJZN-OSTRX-XKS7D-JAF'],
    ['white space', ` MDDK\t7N6A\r\n727A JZNO STRX XKS7 DJAF `],
    ['stray hyphens', `--${draft}-`],
  ])('reads one value from %s', (_, text) => {
    expect(udf.parse(text)).toEqual(udf.parse(draft));
  });

  test('drops spare bits that are not zero from the data and keeps them in the text (threshold-00 seed string)', () => {
    const parsed = udf.parse('ZAAA-CTKG-X255-XXKE-Y2');
    expect(Buffer.from(parsed.data).toString('hex')).toBe('00014d46bebbdbdd44c6');
    expect(parsed.text).toBe('ZAAA-CTKG-X255-XXKE-Y2');
  });

  test.each([...'0189=+/_.:%!@[`{\0\v\f\u007f'])('refuses the character %j (mesh-udf-08 section 3.1)', (character) => {
    expectCode('bad_character', () => udf.parse(`MDDK-7N6A${character}`));
  });

  test.each([
    ['U+017F long s', '\u017f'],
    ['U+0131 dotless i', '\u0131'],
    ['U+212A Kelvin sign', '\u212a'],
    ['U+0130 dotted I', '\u0130'],
    ['U+FF21 full-width A', '\uff21'],
    ['U+0141, whose low octet is A', '\u0141'],
    ['U+200B zero-width space', '\u200b'],
    ['U+00A0 no-break space', '\u00a0'],
    ['U+2011 no-break hyphen', '\u2011'],
    ['a lone surrogate', '\ud800'],
    ['an astral letter', '\u{1d5a0}'],
  ])('refuses %s: no folding of look-alikes', (_, character) => {
    expectCode('bad_character', () => udf.parse(`MDDK-7N6A-727A-${character}ZNO`));
    expect(udf.parse(`MDDK-7N6A-727A-${character}ZNO`, { lenient: true }).text).toBe('MDDK-7N6A-727A-ZNO');
  });

  test('skips foreign characters on demand, as the reference implementation does', () => {
    expect(udf.parse('01MDDK=7N6A!727A_89', { lenient: true }).text).toBe('MDDK-7N6A-727A');
  });

  test.each(['', '---', 'M', ' m-'])('refuses %j: no type identifier', (text) => {
    expectCode('too_short', () => udf.parse(text));
    expectCode('too_short', () => udf.parse(text, { lenient: true }));
  });

  test('accepts two characters, which are ten bits', () => {
    expect(udf.parse('MA')).toEqual({ type: 96, data: new Uint8Array(0), text: 'MA' });
  });

  test('refuses texts that are no strings and options that are no objects', () => {
    for (const text of [undefined, null, 5, new Uint8Array(4), ['MA']]) {
      expectCode('bad_option', () => udf.parse(text as unknown as string));
    }
    expectCode('bad_option', () => udf.parse('MA', 5 as never));
  });

  test('accepts one text per value on demand', () => {
    const value = udf.format(104, Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(udf.parse(value, { canonical: true }).text).toBe(value);
    const last = value.slice(-1);
    const spare = value.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1];
    for (const other of [spare, value.toLowerCase(), value.replaceAll('-', ''), `${value}A`, `${value} `]) {
      expectCode('noncanonical_text', () => udf.parse(other, { canonical: true }));
    }
  });

  test('formats as an independent Base32 does, at every precision and group', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        octets(80),
        fc.integer({ min: 8, max: 700 }),
        fc.integer({ min: 1, max: 9 }),
        (type, data, bits, group) => {
          const all = Uint8Array.of(type, ...data);
          expect(udf.format(type, data, { bits, group })).toBe(grouped(base32(all, bits), group));
          expect(udf.format(type, data)).toBe(grouped(base32(all, all.length * 8)));
        },
      ),
    );
  });

  test('parses what it formats, and changes no input', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), octets(600), (type, data) => {
        const before = data.slice();
        const text = udf.format(type, data);
        expect(udf.parse(text, { canonical: true })).toEqual({ type, data, text });
        expect(data).toEqual(before);
      }),
    );
  });

  test('keeps every character of any text, whatever its spare bits', () => {
    fc.assert(
      fc.property(symbols(2, 120), (text) => {
        const parsed = udf.parse(text);
        expect(parsed.text).toBe(grouped(text));
        expect(base32(Uint8Array.of(parsed.type, ...parsed.data), 1e4).slice(0, -1)).toBe(
          text.slice(0, Math.ceil(((parsed.data.length + 1) * 8) / 5) - 1),
        );
        expect(udf.parse(text.toLowerCase())).toEqual(parsed);
      }),
    );
  });

  test('gives a MeshError or a value for any string, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (text, lenient) => {
        const code = codeOf(() => udf.parse(text, { lenient }));
        expect(['returned', 'bad_character', 'too_short']).toContain(code);
        if (lenient) expect(code).not.toBe('bad_character');
      }),
      { numRuns: 300 },
    );
  });

  test('reads the longest text that it writes, and refuses longer ones', () => {
    const data = new Uint8Array(6139).fill(0xa7);
    const text = udf.format(104, data);
    expect(udf.parse(text, { canonical: true }).data).toEqual(data);
    expect(udf.parse(text.padEnd(12_281)).text).toBe(text);
    expect(udf.parse('A'.repeat(9825)).data.length).toBe(6139);
    for (const length of [9826, 12_281]) expectCode('bad_length', () => udf.parse('A'.repeat(length)));
    expectCode('bad_length', () => udf.format(104, new Uint8Array(6140)));
    for (const lenient of [false, true]) expectCode('bad_length', () => udf.parse(text.padEnd(12_282), { lenient }));
    expectCode('bad_length', () => udf.nonce(new Uint8Array(1 << 20)));
    expectCode('bad_length', () => udf.parseUri(`udf:${'A'.repeat(1 << 20)}`));
  });

  test('refuses types, groups and precisions that make no sense', () => {
    const data = new Uint8Array(4);
    for (const type of [-1, 256, 1.5, Number.NaN]) expectCode('bad_option', () => udf.format(type, data));
    for (const bits of [0, 7, -8, 20.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expectCode('bad_option', () => udf.format(0, data, { bits }));
    }
    expect(udf.format(0, data, { group: 2 ** 32 })).toBe('AAAAAAAA');
    for (const group of [0, -4, 2.5]) expectCode('bad_option', () => udf.format(0, data, { group }));
    expectCode('not_bytes', () => udf.format(0, 'data' as unknown as Uint8Array));
  });

  describe('comparison', () => {
    test('accepts a prefix of twenty characters, in either order and any spelling (mesh-udf-08 section 3.4)', () => {
      expect(udf.matches('MDDK-7N6A-727A-JZNO-STRX', draft)).toBe(true);
      expect(udf.matches(draft.toLowerCase(), 'MDDK7 N6A72 7AJZN OSTRX')).toBe(true);
      expect(udf.matches(draft, draft)).toBe(true);
    });

    test('refuses fewer than 100 bits unless told otherwise', () => {
      expect(udf.matches('MDDK-7N6A-727A-JZNO-STR', draft)).toBe(false);
      expect(udf.matches('MDDK-7N6A-727A-JZNO-STR', draft, { minBits: 95 })).toBe(true);
      expect(udf.matches('MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF', draft, { minBits: 200 })).toBe(false);
    });

    test('refuses another type and any other bit, the four beyond whole octets included', () => {
      const other = udf.format(80, udf.parse(draft).data);
      expect(udf.matches(other, draft)).toBe(false);
      fc.assert(
        fc.property(symbols(20, 60), fc.nat(), fc.integer({ min: 1, max: 31 }), (text, at, change) => {
          const i = at % text.length;
          const changed = alphabet[alphabet.indexOf(text[i] as string) ^ change];
          const tampered = text.slice(0, i) + changed + text.slice(i + 1);
          expect(udf.matches(text, tampered)).toBe(false);
          expect(udf.matches(text.slice(0, 20), tampered)).toBe(i >= 20);
        }),
      );
    });

    test('refuses malformed texts and precisions', () => {
      expectCode('bad_character', () => udf.matches(draft, 'MDDK1'));
      expectCode('too_short', () => udf.matches('', draft));
      expectCode('bad_option', () => udf.matches(draft, draft, { minBits: 0 }));
    });
  });
});

test('has no property escapes in regular expressions, with which Hermes does not load a module', () => {
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    // Conformance and the command run on Node.
    if (file.endsWith('.ts') && !/^(?:conformance|cli)[\\/]/.test(file))
      expect(readFileSync(`src/${file}`, 'utf8'), file).not.toMatch(/\\p\{/i);
  }
});
