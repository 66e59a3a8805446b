import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonbToken, jsonb, type ReaderOptions } from '../../src/jsonb/index.ts';
import { build, codeOf, damaged, documents, hex, same, tokensOf, unhex, utf8 } from './documents.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const read = (octets: Uint8Array, pieces: readonly number[] = [1], options: ReaderOptions = {}) =>
  tokensOf(jsonb.reader(options), octets, pieces);
const types = (tokens: readonly JsonbToken[]) => tokens.map(({ type }) => type);

describe('a reader', () => {
  it('gives what decoding gives, in whatever pieces the document comes', () => {
    fc.assert(
      fc.property(documents, sizes, ({ value, octets }, pieces) => {
        same(build(read(octets, pieces)), value);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same tokens in whatever pieces the document comes, parts aside', () => {
    fc.assert(
      fc.property(documents, sizes, ({ octets }, pieces) => {
        expect(read(octets, pieces)).toEqual(read(octets, [octets.length + 1]));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same value in parts', () => {
    fc.assert(
      fc.property(documents, sizes, ({ value, octets }, pieces) => {
        same(build(read(octets, pieces, { parts: true })), value);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what decoding refuses, with the same code', () => {
    fc.assert(
      fc.property(damaged, sizes, fc.boolean(), (octets, pieces, lenient) => {
        const options = { lenient, lenientSep: lenient };
        const expected = codeOf(() => jsonb.decode(octets, options));
        const actual = codeOf(() => read(octets, pieces, options));
        // A length that is too long for the limit cannot wait for the end of the input.
        if (actual !== 'limit') expect(actual).toBe(expected);
        else expect(['truncated', 'limit']).toContain(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses in parts what decoding refuses', () => {
    fc.assert(
      fc.property(damaged, sizes, (octets, pieces) => {
        const expected = codeOf(() => jsonb.decode(octets));
        const actual = codeOf(() => read(octets, pieces, { parts: true }));
        expect(actual === undefined).toBe(expected === undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('says where each token begins and ends', () => {
    const document = utf8(' { "a" : [ 1.5 , "x" ] , "b":true}');
    expect(read(document).map(({ type, start, end }) => [type, start, end])).toEqual([
      ['begin-object', 1, 2],
      ['name', 3, 6],
      ['begin-array', 9, 10],
      ['float', 11, 14],
      ['string', 17, 20],
      ['end-array', 21, 22],
      ['name', 25, 28],
      ['true', 29, 33],
      ['end-object', 33, 34],
    ]);
    fc.assert(
      fc.property(documents, sizes, ({ octets }, pieces) => {
        for (const token of read(octets, pieces)) {
          const { type, start, end } = token;
          if (type === 'string' || type === 'data' || type === 'int' || type === 'float') {
            same(jsonb.decode(octets.subarray(start, end)), token.value);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('distinguishes integers and floats, which values do not', () => {
    const document = Buffer.concat([unhex('5b923ff0000000000000a001'), utf8('1,1.0,1e0,-1,'), unhex('a70001015d')]);
    expect(types(read(document)).slice(1, -1)).toEqual(['float', 'int', 'int', 'float', 'float', 'int', 'int']);
  });

  it('keeps nothing of the chunks it was given', () => {
    const reader = jsonb.reader();
    const chunk = unhex('8803010203');
    reader.feed(chunk);
    chunk.fill(0xff);
    reader.end();
    expect(reader.next()).toMatchObject({ value: unhex('010203') });
  });

  it('is done with the value, and says at the end whether that was all', () => {
    const reader = jsonb.reader();
    expect(reader.next()).toBeUndefined();
    reader.feed(utf8('[]'));
    expect(reader.done).toBe(false);
    expect([reader.next()?.type, reader.next()?.type, reader.next()]).toEqual(['begin-array', 'end-array', undefined]);
    expect(reader.done).toBe(true);
    reader.feed(utf8(' \n'));
    expect(reader.next()).toBeUndefined();
    reader.feed(utf8('x'));
    expect(codeOf(() => reader.next())).toBe('trailing');
    expect(codeOf(() => reader.next())).toBe('trailing');
  });

  it('takes nothing after the end', () => {
    const reader = jsonb.reader();
    reader.end();
    expect(codeOf(() => reader.feed(utf8('1')))).toBe('finished');
    expect(codeOf(() => reader.next())).toBe('truncated');
    expect(codeOf(() => jsonb.reader().feed('1' as never))).toBe('not_bytes');
    expect(codeOf(() => jsonb.reader({ parts: 1 as never }))).toBe('bad_option');
  });

  it('refuses a length beyond the limit at once, without waiting for so many octets', () => {
    for (const head of ['8bffffffffffffffff', '838000000000000000', '8a7fffffff', '5b8a7fffffff', '7b827fffffff']) {
      const reader = jsonb.reader();
      reader.feed(unhex(head));
      expect(
        codeOf(() => {
          while (reader.next() !== undefined);
        }),
      ).toBe('limit');
    }
  });
});

describe('parts', () => {
  it('hold no more than what has come', () => {
    const reader = jsonb.reader({ parts: true });
    reader.feed(unhex('5b8b0000010000000000'));
    expect(reader.next()?.type).toBe('begin-array');
    for (let i = 0; i < 100; i++) {
      reader.feed(new Uint8Array(1000).fill(i));
      expect(reader.next()).toMatchObject({ type: 'data-part', last: false, value: new Uint8Array(1000).fill(i) });
      expect(reader.next()).toBeUndefined();
    }
  });

  it('are asked for between tokens', () => {
    const reader = jsonb.reader();
    reader.feed(unhex('5b8802aabb8802'));
    expect([reader.next()?.type, reader.next()?.type]).toEqual(['begin-array', 'data']);
    reader.parts = true;
    reader.feed(unhex('cc'));
    expect(reader.next()).toMatchObject({ type: 'data-part', value: unhex('cc'), last: false });
    reader.parts = false;
    reader.feed(unhex('dd8801ee5d'));
    expect(reader.next()).toMatchObject({ type: 'data-part', value: unhex('dd'), last: true });
    expect([reader.next()?.type, reader.next()?.type]).toEqual(['data', 'end-array']);
  });

  it('of a string never split a character or an escape', () => {
    const text = 'a\u00e9\u20ac\ud83d\ude00"\\\n\u0001z'.repeat(5);
    for (const written of [
      JSON.stringify(text),
      JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ]) {
      const tokens = read(utf8(`[${written}]`), [1], { parts: true }).slice(1, -1);
      let joined = '';
      for (const token of tokens) {
        if (token.type !== 'string-part') throw new Error(token.type);
        expect(Buffer.from(token.value).toString()).toBe(token.value);
        joined += token.value;
      }
      expect(joined).toBe(text);
      expect(tokens.at(-1)).toMatchObject({ last: true });
    }
  });

  it('are for JSON strings and data only; binary strings and names come whole', () => {
    const tokens = read(unhex('7b84014180014288018c01cc8801dd7d'.replace('8801', '')), [1], { parts: true });
    expect(types(tokens)).toEqual(['begin-object', 'name', 'data-part', 'data-part', 'end-object']);
    expect(
      types(read(unhex('5b84014180014222415d'.replace('2241', '22412f22').replace('2f', '')), [1], { parts: true })),
    ).toContain('string');
  });

  it('are not counted as members or towards the limits of what is held', () => {
    const document = Buffer.concat([Buffer.from('5b8a00010000', 'hex'), Buffer.alloc(65536), Buffer.from(']')]);
    const reader = jsonb.reader({ parts: true, length: 100, total: 1000, members: 1 });
    const tokens = tokensOf(reader, document, [1000]);
    expect(hex(Buffer.concat(tokens.flatMap((token) => (token.type === 'data-part' ? [token.value] : []))))).toBe(
      '00'.repeat(65536),
    );
  });
});
