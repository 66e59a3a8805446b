/**
 * Documents made to exhaust time, memory or the call stack. Time is compared between two sizes of one input, not with a clock of another machine.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { jsonb, type ReaderOptions } from '../../src/jsonb/index.ts';
import { codeOf, tokensOf, unhex, utf8 } from './documents.ts';

const million = 1_000_000;
const repeat = (text: string, count: number) => new Uint8Array(Buffer.alloc(text.length * count, text));
const repeatHex = (text: string, count: number) => new Uint8Array(Buffer.alloc((text.length / 2) * count, text, 'hex'));
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** The least time of several runs. */
function time(call: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    call();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/**
 * Eight times the input takes 8 times as long when time is linear and 64 times when it is quadratic. Between the two there is room for
 * caches and collectors, and a busy machine can spoil a measurement, so there are several.
 */
function expectLinear(run: (size: number) => void, size: number): void {
  run(size);
  let ratio = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 6 && ratio >= 40; i++)
    ratio =
      time(() => run(8 * size)) /
      Math.max(
        time(() => run(size)),
        0.2,
      );
  expect(ratio).toBeLessThan(40);
}

/** Reads a document that comes in pieces and keeps no token, since a million that are kept cost the collector more than the reader. */
function readAll(options: ReaderOptions, octets: Uint8Array, size: number): void {
  const reader = jsonb.reader(options);
  for (let at = 0; at < octets.length; at += size) {
    reader.feed(octets.subarray(at, at + size));
    while (reader.next() !== undefined);
  }
  reader.end();
  while (reader.next() !== undefined);
}

const wide: ReaderOptions = { members: 2 ** 24, total: 2 ** 36, length: 2 ** 30, depth: 65536 };

describe('nesting', () => {
  it.each([
    ['arrays', '['],
    ['objects', '{"a":'],
    ['objects with binary names', Buffer.from('7b800161', 'hex').toString('latin1')],
    ['both', '[{"a":'],
  ])('of a million %s is a refusal', (_what, open) => {
    const document = new Uint8Array(Buffer.from(open.repeat(million), 'latin1'));
    expect(codeOf(() => jsonb.decode(document))).toBe('depth');
    expect(codeOf(() => jsonb.decode(document, { depth: 65536 }))).toBe('depth');
    expect(codeOf(() => tokensOf(jsonb.reader(), document, [65536]))).toBe('depth');
    expect(codeOf(() => tokensOf(jsonb.reader({ depth: 65536 }), document, [65536]))).toBe('depth');
  });

  it('as deep as can be allowed uses no call stack, in either direction', () => {
    const document = utf8('['.repeat(65_537) + ']'.repeat(65_537));
    const value = jsonb.decode(document, { depth: 65536 });
    expect(jsonb.encode(value, { depth: 65536 })).toEqual(document);
    expect(tokensOf(jsonb.reader({ depth: 65536 }), document, [1000])).toHaveLength(2 * 65_537);
  });

  it('takes time in proportion to its depth', () => {
    expectLinear((size) => {
      jsonb.decode(utf8('['.repeat(size) + ']'.repeat(size)), { depth: 65536 });
    }, 8000);
  });
});

describe('lengths', () => {
  const heads = ['80', '84', '88', '8c'].flatMap((tag) =>
    ['ff', 'ffff', 'ffffffff', '7fffffff', '0020000000000000', '7fffffffffffffff', 'ffffffffffffffff'].map((length) => {
      const k = Math.log2(length.length / 2);
      return (Number.parseInt(tag, 16) + k).toString(16) + length;
    }),
  );

  it.each(heads)('are compared with what is left before anything is allocated: %s', (head) => {
    for (const prefix of ['', '5b', '7b', 'c401', 'c801']) {
      const document = unhex(`${prefix}${head}41`);
      const before = process.memoryUsage().arrayBuffers;
      expect(['truncated', 'tag']).toContain(codeOf(() => jsonb.decode(document)));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000);
      expect(['truncated', 'tag', 'limit']).toContain(codeOf(() => tokensOf(jsonb.reader(), document, [1])));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000);
    }
  });

  it('that only sum up to too much are refused too', () => {
    expect(codeOf(() => jsonb.decode(unhex('8c0100' + '8bffffffffffffffff00')))).toBe('truncated');
    expect(codeOf(() => jsonb.decode(join(unhex('5b'), repeatHex('8c0100', 10), unhex('88015d')), { length: 9 }))).toBe(
      'limit',
    );
  });
});

describe('floods take time in proportion to their size:', () => {
  it.each<[string, (size: number) => Uint8Array, number]>([
    ['empty chunks of data', (n) => join(unhex('5b'), repeatHex('8c00', n), unhex('88005d')), 40_000],
    ['chunks of one octet of data', (n) => join(unhex('5b'), repeatHex('8c0141', n), unhex('88005d')), 30_000],
    ['chunks of one octet of text', (n) => join(unhex('5b'), repeatHex('840141', n), unhex('80005d')), 30_000],
    ['chunks of a name', (n) => join(unhex('7b'), repeatHex('840141', n), unhex('8000b27d')), 30_000],
    ['white space', (n) => join(utf8('['), repeat(' \n', n), utf8(']')), 60_000],
    ['empty arrays', (n) => join(utf8('['), repeat('[],', n), utf8('0]')), 20_000],
    ['empty objects', (n) => join(utf8('['), repeat('{},', n), utf8('0]')), 10_000],
    ['integers', (n) => join(utf8('['), repeatHex('a001', n), utf8(']')), 40_000],
    ['numbers', (n) => join(utf8('['), repeat('1.5,', n), utf8('0]')), 15_000],
    ['digits of a fraction', (n) => join(utf8('0.'), repeat('1', n)), 60_000],
    ['escapes', (n) => join(utf8('"'), repeat('\\n', n), utf8('"')), 20_000],
    ['pairs of surrogates', (n) => join(utf8('"'), repeat('\\ud83d\\ude00', n), utf8('"')), 8000],
    ['backslashes', (n) => join(utf8('"'), repeat('\\\\', n), utf8('"')), 20_000],
    ['characters of four octets', (n) => join(utf8('"'), repeat('😀', n), utf8('"')), 20_000],
    ['a long string', (n) => join(utf8('"'), repeat('x', n), utf8('"')), 200_000],
    ['short strings', (n) => join(utf8('['), repeatHex('800141', n), utf8(']')), 20_000],
    ['definitions', (n) => join(repeatHex('c401800141', n), utf8('[]')), 15_000],
    ['uses of a code', (n) => join(unhex('c401800141'), utf8('['), repeatHex('c001', n), utf8(']')), 20_000],
    ['big integers', (n) => join(utf8('['), repeatHex(`a70010${'ff'.repeat(16)}`, n), utf8(']')), 4000],
    ['members', (n) => utf8(`{${Array.from({ length: n }, (_, i) => `"n${i}":1`).join()}}`), 4000],
  ])('%s', (_what, make, size) => {
    expectLinear((n) => jsonb.decode(make(n), wide), size);
    expectLinear((n) => readAll(wide, make(n), 1 << 16), size);
    // Pieces of a few octets: what is waited for must not be looked at again and again.
    expectLinear((n) => readAll(wide, make(n), 7), size >> 2);
    expectLinear((n) => readAll({ ...wide, parts: true }, make(n), 7), size >> 2);
  });

  it('a reader that is fed far more than it is asked for', () => {
    const chunk = repeat('[],', 10);
    expectLinear((n) => {
      const reader = jsonb.reader(wide);
      reader.feed(utf8('['));
      for (let i = 0; i < n; i++) reader.feed(chunk);
      while (reader.next() !== undefined);
    }, 1500);
  });
});

describe('memory', () => {
  it('of a reader stays the same however long the stream is', () => {
    const reader = jsonb.reader({ ...wide, parts: true, members: 2 ** 31 });
    const chunk = join(...new Array<Uint8Array>(100).fill(join(unhex('8a00001000'), new Uint8Array(4096))));
    reader.feed(utf8('['));
    const drain = () => {
      let octets = 0;
      for (let token = reader.next(); token !== undefined; token = reader.next()) {
        if (token.type === 'data-part') octets += token.value.length;
      }
      return octets;
    };
    let total = 0;
    let most = 0;
    for (let i = 0; i < 400; i++) {
      reader.feed(chunk);
      total += drain();
      if (i % 50 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(total).toBe(400 * 100 * 4096);
    expect(most).toBeLessThan(120_000_000);
  });

  it('is not kept alive by a short string of a long document', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const kept: unknown[] = [];
    const document = join(utf8('["'), repeat('y', 1_000_000), utf8('","a short string that is kept"]'));
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 50; i++) kept.push((jsonb.decode(document) as string[])[1]);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
    expect(kept).toHaveLength(50);
  });
});
