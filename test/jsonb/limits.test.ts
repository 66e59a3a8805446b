import { describe, expect, it } from 'vitest';
import { jsonb } from '../../src/jsonb/index.ts';
import { codeOf, unhex, utf8 } from './documents.ts';

describe('limits', () => {
  const nested = (depth: number) => utf8('['.repeat(depth + 1) + ']'.repeat(depth + 1));
  const list = (count: number) => utf8(`[${new Array(count).fill('1')}]`);
  const members = (count: number) => utf8(`{${Array.from({ length: count }, (_, i) => `"${i}":1`)}}`);
  it.each([
    ['depth', 'depth', 0, nested(0), nested(1), 'depth'],
    ['depth', 'depth', 64, nested(64), nested(65), 'depth'],
    ['length of a string', 'length', 2, unhex('80024141'), unhex('8003414141'), 'limit'],
    ['length of a JSON string', 'length', 2, utf8('"AB"'), utf8('"ABC"'), 'limit'],
    ['length of an escaped string', 'length', 2, utf8('"\\n"'), utf8('"\\na"'), 'limit'],
    ['length of data', 'length', 2, unhex('88020000'), unhex('8803000000'), 'limit'],
    ['length of chunks', 'length', 2, unhex('8c01008c0100' + '8800'), unhex('8c01008c0100' + '880100'), 'limit'],
    ['length of a number', 'length', 3, utf8('[1.5]'), utf8('[1.55]'), 'limit'],
    ['length of a name', 'length', 2, utf8('{"ab":1}'), utf8('{"abc":1}'), 'limit'],
    ['elements', 'members', 3, list(3), list(4), 'limit'],
    ['members', 'members', 3, members(3), members(4), 'limit'],
    ['codes', 'members', 1, unhex('c401800161c4018001615b5d'), unhex('c401800161c4028001615b5d'), 'limit'],
    [
      'octets of an integer',
      'integer',
      9,
      unhex('a70009010000000000000000'),
      unhex('a7000a01000000000000000000'),
      'limit',
    ],
    ['digits of an integer', 'integer', 10, utf8('9'.repeat(24)), utf8('9'.repeat(26)), 'limit'],
    ['total of values', 'total', 192, utf8('[1,2]'), utf8('[1,2,3]'), 'limit'],
    [
      'total of octets',
      'total',
      74,
      Uint8Array.of(0x88, 10, ...utf8('x'.repeat(10))),
      Uint8Array.of(0x88, 11, ...utf8('x'.repeat(11))),
      'limit',
    ],
  ] as const)('%s (%s %i)', (_what, name, limit, within, beyond, code) => {
    for (const [octets, expected] of [
      [within, undefined],
      [beyond, code],
    ] as const) {
      expect(codeOf(() => jsonb.decode(octets, { [name]: limit }))).toBe(expected);
      const reader = jsonb.reader({ [name]: limit });
      expect(
        codeOf(() => {
          for (const octet of octets) {
            reader.feed(Uint8Array.of(octet));
            while (reader.next() !== undefined);
          }
          reader.end();
          reader.next();
          expect(reader.done).toBe(true);
        }),
      ).toBe(expected);
    }
  });

  it('count every use of a dictionary code, so that a small document cannot become a large value', () => {
    const text = 'x'.repeat(60_000);
    const definition = Buffer.concat([Buffer.from([0xc4, 1, 0x81, 60_000 >> 8, 60_000 & 255]), Buffer.from(text)]);
    const uses = Buffer.alloc(20_000).fill(Buffer.from([0xc0, 1]));
    const document = Buffer.concat([definition, Buffer.from('['), uses, Buffer.from(']')]);
    expect(codeOf(() => jsonb.decode(document))).toBe('limit');
    expect(jsonb.decode(document, { total: 2 ** 30 })).toHaveLength(10_000);
  });
});
