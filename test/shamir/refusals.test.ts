import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import type { SplitOptions } from '../../src/shamir/index.ts';
import { codeOf, expectCode } from '../support/errors.ts';
import { hex, pattern } from '../support/octets.ts';
import { base32, shareText, subjects } from './model.ts';

const secret = pattern(16);
const value = (octet: number, length = 16) => new Uint8Array(length).fill(octet);

describe.each(subjects)('on $name', ({ shamir }) => {
  const whatever = (given: unknown) => given as never;

  test('combine takes thirty-two texts, each share twice and more, and no text more (bad_length)', () => {
    const shares = shamir.split(secret, { shares: 4, quorum: 3 });
    const all = Array.from({ length: 32 }, (_, i) => shares[i % 4] as string);
    expect(hex(shamir.combine(all))).toBe(hex(secret));
    expectCode('bad_length', () => shamir.combine([...all, all[0] as string]));
  });

  test.each<[string, ErrorCode, unknown, unknown]>([
    ['no numbers', 'bad_option', secret, {}],
    ['a text for a number', 'bad_option', secret, { shares: '5', quorum: 3 }],
    ['a bigint for a number', 'bad_option', secret, { shares: 5, quorum: 3n }],
    ['an array of options', 'bad_option', secret, [5, 3]],
    ['octets for options', 'bad_option', secret, secret],
    ['no number', 'bad_parameters', secret, { shares: Number.NaN, quorum: 1 }],
    ['infinitely many shares', 'bad_parameters', secret, { shares: Number.POSITIVE_INFINITY, quorum: 1 }],
    ['a fraction', 'bad_parameters', secret, { shares: 5, quorum: 2.5 }],
    ['a quorum of zero', 'bad_parameters', secret, { shares: 5, quorum: 0 }],
    ['no shares', 'bad_parameters', secret, { shares: 0, quorum: 0 }],
    ['a negative quorum', 'bad_parameters', secret, { shares: 5, quorum: -1 }],
    ['a quorum above the shares', 'bad_parameters', secret, { shares: 2, quorum: 3 }],
    ['sixteen shares', 'bad_parameters', secret, { shares: 16, quorum: 3 }],
    ['2^32 + 3 shares', 'bad_parameters', secret, { shares: 2 ** 32 + 3, quorum: 3 }],
    ['another generation', 'bad_option', secret, { shares: 3, quorum: 2, generation: 'S4' }],
    ['a quorum of one in 2015', 'bad_parameters', secret, { shares: 3, quorum: 1, generation: 'S1' }],
    ['a text as secret', 'not_bytes', 'secret', { shares: 3, quorum: 2 }],
    ['an array as secret', 'not_bytes', [1, 2, 3], { shares: 3, quorum: 2 }],
    ['no secret', 'unsupported_secret_length', value(1, 0), { shares: 3, quorum: 2 }],
    ['65 octets', 'unsupported_secret_length', value(1, 65), { shares: 3, quorum: 2 }],
    ['65 octets in 2019', 'unsupported_secret_length', value(1, 65), { shares: 3, quorum: 2, generation: 'S2' }],
    ['17 octets in 2015', 'unsupported_secret_length', value(1, 17), { shares: 3, quorum: 2, generation: 'S1' }],
  ])('split refuses %s (%s)', (_what, code, given, options) => {
    expectCode(code, () => shamir.split(whatever(given), whatever(options)));
  });

  test.each<[string, ErrorCode, unknown]>([
    ['no array', 'bad_option', 1n],
    ['none', 'bad_parameters', []],
    ['too many', 'bad_parameters', [1n, 2n]],
    ['a number', 'bad_option', [1]],
    ['a hole', 'bad_option', new Array(1)],
    ['a negative one', 'bad_parameters', [-1n]],
    ['the prime', 'bad_parameters', [2n ** 128n + 51n]],
  ])('chosen coefficients cannot be %s (%s)', (_what, code, coefficients) => {
    expectCode(code, () =>
      shamir.testing.splitWithCoefficients(secret, { shares: 3, quorum: 2 }, whatever(coefficients)),
    );
  });

  const [a, b, c] = [1, 2, 3].map((x) => shareText(2, x, value(x))) as [string, string, string];

  test.each<[string, ErrorCode, unknown]>([
    ['no array', 'bad_option', a],
    ['an object', 'bad_option', { 0: a, 1: b, length: 2 }],
    ['octets', 'bad_option', [value(1), value(2)]],
    ['a hole', 'bad_option', [a, undefined]],
    ['no share', 'insufficient_shares', []],
    ['33 shares', 'bad_length', new Array(33).fill(a)],
    ['an array of 2^32 - 1 members', 'bad_length', new Array(2 ** 32 - 1)],
    ['a share of 257 characters', 'bad_length', [a, b.padEnd(257, '-')]],
    ['a share of a million characters', 'bad_length', [a, 'S'.repeat(1e6)]],
    ['nothing but separators', 'too_short', [a, '-'.repeat(256)]],
    ['an empty text', 'too_short', ['']],
    ['one character', 'too_short', ['S']],
    ['the type alone', 'malformed_share', [base32(Uint8Array.of(0x90))]],
    ['no value', 'malformed_share', [base32(Uint8Array.of(0x90, 0x11))]],
    ['a quorum of zero', 'malformed_share', [shareText(0, 1, value(1))]],
    ['a fingerprint', 'wrong_type', [a, 'MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF']],
    ['a key', 'wrong_type', [base32(Uint8Array.of(32, 0x20, ...value(1)))]],
    ['an unknown type', 'wrong_type', [base32(Uint8Array.of(0x91, 0x20, ...value(1)))]],
    ['a value of 65 octets', 'unsupported_secret_length', [1, 2].map((x) => shareText(2, x, value(1, 65)))],
    ['a value of 100 octets', 'unsupported_secret_length', [1, 2].map((x) => shareText(2, x, value(1, 100)))],
    ['another quorum', 'mismatched_shares', [a, b, shareText(3, 3, value(1))]],
    ['another length', 'mismatched_shares', [a, shareText(2, 2, value(1, 17))]],
    ['one share', 'insufficient_shares', [a]],
    ['copies of one share', 'insufficient_shares', [a, a, a]],
    ['a copy in another case', 'insufficient_shares', [a, a.toLowerCase().replaceAll('-', '')]],
    ['two values for one number', 'conflicting_shares', [a, b, shareText(2, 2, value(9))]],
    ['two values for the only number', 'conflicting_shares', [a, shareText(2, 1, value(9))]],
    ['a share off the line', 'inconsistent_shares', [a, b, shareText(2, 4, value(9))]],
    ['a value at zero of 2^(8 n)', 'inconsistent_shares', [1, 2].map((x) => shareText(2, x, value(256 - x, 1)))],
    ['a digit that is none', 'bad_character', [a, b.replace('A', '0')]],
    ['padding', 'bad_character', [a, `${b}=`]],
    ['U+017F for S', 'bad_character', [a, `\u017f${b.slice(1)}`]],
    ['U+212A, a Kelvin sign', 'bad_character', [a, `${b}\u212a`]],
    ['a no-break space', 'bad_character', [a, `${b}\u00a0`]],
    ['a lone surrogate', 'bad_character', [a, `${b}\ud800`]],
    ['a character too many', 'noncanonical_text', [a, `${b}A`]],
    ['a character too few, where what is left is a share', 'mismatched_shares', [a, b.slice(0, -1)]],
  ])('combine refuses %s (%s)', (_what, code, shares) => {
    expectCode(code, () => shamir.combine(whatever(shares)));
  });

  test('combine refuses every spare bit that is set', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    for (let n = 1; n <= 64; n++) {
      const text = shareText(1, 1, pattern(n, n));
      const spare = (5 - ((8 * (n + 2)) % 5)) % 5;
      const last = alphabet.indexOf(text.at(-1) as string);
      expect(hex(shamir.combine([text]))).toBe(hex(pattern(n, n)));
      for (let bit = 0; bit < spare; bit++) {
        const changed = text.slice(0, -1) + alphabet[last | (1 << bit)];
        expectCode('noncanonical_text', () => shamir.combine([changed]));
      }
    }
  });

  test.each<[string, ErrorCode, unknown[]]>([
    ['a quorum of one', 'malformed_share', [base32(Uint8Array.of(0x10, 5), 5)]],
    ['no value', 'malformed_share', [base32(Uint8Array.of(0x20), 5)]],
    ['a negative number', 'malformed_share', [base32(Uint8Array.of(0x20, 0x80), 5)]],
    ['a zero octet too many', 'malformed_share', [base32(Uint8Array.of(0x20, 5, 0), 5)]],
    ['a number of 18 octets', 'malformed_share', [base32(Uint8Array.of(0x20, ...value(1, 18)), 5)]],
    [
      'two methods',
      'mismatched_shares',
      [base32(Uint8Array.of(0x20, 5), 5), base32(Uint8Array.of(0x2f, ...secret), 5)],
    ],
    ['one that could be a UDF', 'insufficient_shares', [base32(Uint8Array.of(0x90, 0x2f, ...value(1)), 5)]],
  ])('combine refuses %s in shares of 2015 to 2018 (%s)', (_what, code, shares) => {
    expectCode(code, () => shamir.combine(whatever(shares), { generation: 'S1' }));
  });

  test('options are read once, before anything else, and only as own members', () => {
    let reads = 0;
    const options = {
      quorum: 2,
      get shares() {
        return reads++ === 0 ? 3 : 99;
      },
    };
    expect(shamir.split(secret, options)).toHaveLength(3);
    expect(reads).toBe(1);
    expectCode('bad_option', () => shamir.split(secret, Object.create({ shares: 3, quorum: 2 })));
    expectCode('bad_option', () => shamir.combine([a, b], whatever('S3')));
    expectCode('bad_option', () => shamir.combine([a, b], whatever({ generation: 3 })));
  });

  test('the array of shares is read once, so that its getters cannot change what was checked', () => {
    const texts = [a, b, c];
    let reads = 0;
    Object.defineProperty(texts, 1, { get: () => (reads++ === 0 ? b : 7) });
    codeOf(() => shamir.combine(texts));
    expect(reads).toBe(1);
  });

  test('nothing but errors with a code comes of any text, alone or beside good shares (fuzz)', () => {
    const characters = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcz- \t\n') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
    );
    const noise = fc.array(characters, { maxLength: 90 }).map((parts) => parts.join(''));
    const nearly = fc
      .tuple(fc.uint8Array({ maxLength: 70 }), fc.nat(255), fc.nat(255))
      .map(([rest, type, header]) => base32(Uint8Array.of(type % 3 ? 0x90 : type, header, ...rest)));
    const generation = fc.constantFrom(undefined, 'S1' as const, 'S2' as const, 'S3' as const);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(noise, nearly, fc.constantFrom(a, b, c)), { maxLength: 6 }),
        generation,
        (texts, g) => {
          // codeOf throws whatever is no MeshError.
          codeOf(() => shamir.combine(texts, g === undefined ? undefined : { generation: g }));
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('nothing but errors with a code comes of any argument (fuzz)', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        codeOf(() => shamir.split(whatever(one), whatever(other)));
        codeOf(() => shamir.split(secret, whatever(other)));
        codeOf(() => shamir.combine(whatever(one), whatever(other)));
        codeOf(() => shamir.splitKey(whatever(one), { shares: 3, quorum: 2 }));
        codeOf(() => shamir.splitSeed(whatever(one), whatever(other)));
        codeOf(() => shamir.combineSeed([a, b], whatever(other)));
        const options: SplitOptions = { shares: 2, quorum: 2 };
        codeOf(() => shamir.testing.splitWithCoefficients(secret, options, whatever(one)));
      }),
      { numRuns: 300 },
    );
  });

  test('hostile input is refused in no time', () => {
    const start = performance.now();
    for (let i = 0; i < 1000; i++) {
      codeOf(() => shamir.combine(new Array(32).fill(shareText(15, 1, value(1, 64)))));
      codeOf(() => shamir.combine(['S'.repeat(1e5)]));
    }
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
