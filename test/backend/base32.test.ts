import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { codeOf } from '../support/errors.ts';
import { utf8 } from '../support/octets.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const binary = (octets: Uint8Array) => [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');

/** The bits of octets that are whole octets. */
const whole = (bits: string) => bits.slice(0, 8 * Math.floor(bits.length / 8));

/** RFC 4648 section 6 from its definition: bits in groups of five. */
function model(data: Uint8Array): string {
  return (binary(data).match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

describe.each(backends)('Base32 on $name', ({ backend }) => {
  const encode = (data: Uint8Array, characters = 1000, group = 1000) => backend.base32Encode(data, characters, group);
  /** All bits that a text carries, as zeros and ones. */
  const decode = (text: string, lenient = false) => {
    const { octets, bits } = backend.base32Decode(text, lenient);
    const all = binary(octets);
    expect(octets.length).toBe(Math.ceil(bits / 8));
    expect(all.slice(bits)).toBe('0'.repeat(all.length - bits));
    return all.slice(0, bits);
  };

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
      expect(whole(decode(encoded))).toBe(binary(utf8(text)));
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
          expect(whole(decode(variant))).toBe(binary(data));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('gives every bit, spare ones too, and how many there are', () => {
    for (const [text, bits] of [
      ['', ''],
      ['-', ''],
      ['A', '00000'],
      ['7', '11111'],
      ['AB', '0000000001'],
      ['A-E', '0000000100'],
      ['777', '1'.repeat(15)],
      ['777A', '11111111111111100000'],
      ['777777B', `${'1'.repeat(30)}00001`],
      ['77777777', '1'.repeat(40)],
    ] as const) {
      expect(decode(text)).toBe(bits);
    }
  });

  test('takes exactly the 58 characters of the alphabet, and the five separators (RFC 4648 section 6)', () => {
    for (let code = 0; code < 0x10000; code++) {
      const text = String.fromCharCode(0x42, code, 0x42, code);
      const character = String.fromCharCode(code);
      const isSeparator = '- \t\r\n'.includes(character);
      const value = alphabet.indexOf(code < 128 ? character.toUpperCase() : '');
      const known = code < 128 && /[A-Za-z2-7]/.test(character);
      const strict = codeOf(() => backend.base32Decode(text, false));
      expect(strict).toBe(known || isSeparator ? 'returned' : 'bad_character');
      const bits = (known ? [1, value, 1, value] : [1, 1]).map((five) => five.toString(2).padStart(5, '0')).join('');
      expect(decode(text, true)).toBe(bits);
    }
  });
});
