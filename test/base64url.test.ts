import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../src/base64url.ts';
import { expectCode } from './support/errors.ts';

test('writes what Buffer writes and reads it back, for every length and content (RFC 4648 section 5)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const text = toBase64url(octets);
      expect(text).toBe(Buffer.from(octets).toString('base64url'));
      expect(fromBase64url(text, 'bad_jwk')).toEqual(octets);
    }),
  );
});

test('knows every character of the alphabet and no other', () => {
  for (let unit = 0; unit < 0x300; unit++) {
    const text = `${String.fromCharCode(unit)}AAA`;
    if (/[A-Za-z0-9_-]/.test(text[0] as string)) {
      expect(Buffer.from(fromBase64url(text, 'bad_jwk'))).toEqual(Buffer.from(text, 'base64url'));
    } else {
      expectCode('bad_jwk', () => fromBase64url(text, 'bad_jwk'));
    }
  }
});

test('has one text per value: no padding, no spare bits, no impossible length (RFC 7515 section 2)', () => {
  for (const text of ['A', 'AAAAA', 'AB', 'AAB', 'AA=', 'AA==', 'A A', 'AA\n', '\u0100A']) {
    expectCode('bad_jwk', () => fromBase64url(text, 'bad_jwk'));
  }
  expect(fromBase64url('', 'bad_jwk')).toEqual(new Uint8Array(0));
});

test('joins long texts without a seam', () => {
  for (const length of [3071, 3072, 3073, 6144, 9000]) {
    const octets = new Uint8Array(length).map((_, i) => i * 7);
    expect(toBase64url(octets)).toBe(Buffer.from(octets).toString('base64url'));
  }
});
