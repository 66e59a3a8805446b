import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { codeOf } from '../support/errors.ts';
import { hex, utf8 } from '../support/octets.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6 from its definition: bits in groups of five. */
function model(data: Uint8Array): string {
  const bits = [...data].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

describe.each(backends)('Base32 on $name', ({ backend }) => {
  const encode = (data: Uint8Array, characters = 1000, group = 1000) =>
    Buffer.from(backend.base32Encode(data, characters, group)).toString('latin1');
  const decode = (text: string, lenient = false) => backend.base32Decode(Buffer.from(text, 'latin1'), lenient);

  test('reproduces the examples without padding (RFC 4648 section 10)', () => {
    for (const [text, encoded] of [
      ['', ''],
      ['f', 'MY'],
      ['fo', 'MZXQ'],
      ['foo', 'MZXW6'],
      ['foob', 'MZXW6YQ'],
      ['fooba', 'MZXW6YTB'],
      ['foobar', 'MZXW6YTBOI'],
    ] as const) {
      expect(encode(utf8(text))).toBe(encoded);
      expect(hex(decode(encoded))).toBe(hex(utf8(text)));
    }
  });

  test('encodes as the definition says, cut and grouped', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(130),
        fc.integer({ min: 1, max: 8 }),
        (data, characters, group) => {
          const groups =
            model(data)
              .slice(0, characters)
              .match(new RegExp(`.{1,${group}}`, 'g')) ?? [];
          expect(encode(data, characters, group)).toBe(groups.join('-'));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('decodes what it encodes, in either case and with separators', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 1, max: 8 }), (data, group) => {
        const text = encode(data, 1000, group);
        for (const variant of [text, text.toLowerCase(), text.replaceAll('-', ' \t\r\n'), text.replaceAll('-', '')]) {
          expect(hex(decode(variant))).toBe(hex(data));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('drops up to seven spare bits, whatever they are (draft-hallambaker-mesh-udf section 3.3)', () => {
    for (const [text, octets] of [
      ['A', ''],
      ['7', ''],
      ['AA', '00'],
      ['AB', '00'],
      ['AD', '00'],
      ['AE', '01'],
      ['AH', '01'],
      ['777', 'ff'],
      ['7777', 'ffff'],
      ['777777', 'ffffff'],
    ] as const) {
      expect(hex(decode(text))).toBe(octets);
    }
  });

  test('takes exactly the 58 characters of the alphabet, and the five separators (RFC 4648 section 6)', () => {
    for (let code = 0; code < 256; code++) {
      const text = Uint8Array.of(0x42, code, 0x42, code);
      const character = String.fromCharCode(code);
      const isSeparator = '- \t\r\n'.includes(character);
      const value = alphabet.indexOf(code < 128 ? character.toUpperCase() : '');
      const known = code < 128 && /[A-Za-z2-7]/.test(character);
      const strict = codeOf(() => backend.base32Decode(text, false));
      expect(strict).toBe(known || isSeparator ? 'returned' : 'bad_character');
      const read = hex(backend.base32Decode(text, true));
      const bits = (known ? [1, value, 1, value] : [1, 1]).map((five) => five.toString(2).padStart(5, '0')).join('');
      const octets = bits.match(/.{8}/g)!.map((eight) => Number.parseInt(eight, 2).toString(16).padStart(2, '0'));
      expect(read).toBe(octets.join(''));
    }
  });
});
