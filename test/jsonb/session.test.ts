import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonbValue, jsonb } from '../../src/jsonb/index.ts';
import { build, codeOf, hex, same, tokensOf, unhex, utf8, values } from './documents.ts';

describe('a session', () => {
  it('gives back on one side what goes in on the other, document by document', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 6 }), fc.constantFrom('C', 'D'), (list, level) => {
        const [writer, reader, streamed] = [jsonb.session(), jsonb.session(), jsonb.session()];
        for (const value of list) {
          const document = writer.encode(value, { level });
          same(reader.decode(document), value);
          same(build(tokensOf(streamed.reader(), document, [3])), value);
        }
        expect(reader.size).toBe(writer.size);
        expect(streamed.size).toBe(writer.size);
      }),
      { numRuns: 500 },
    );
  });

  it('writes a name once, and its code afterwards', () => {
    const session = jsonb.session();
    expect(hex(session.encode({ dig: 'S512', ab: null }))).toBe(
      `7bc8008003${hex(utf8('dig'))}8004${hex(utf8('S512'))}8002${hex(utf8('ab'))}b27d`,
    );
    expect(hex(session.encode({ dig: 1 }))).toBe('7bc000a0017d');
    expect(session.size).toBe(1);
    expect(session.get(0)).toBe('dig');
    expect(session.get(1)).toBeUndefined();
  });

  it('uses codes of two octets when those of one are used up', () => {
    const [writer, reader] = [jsonb.session(), jsonb.session()];
    const value: Record<string, JsonbValue> = Object.create(null);
    for (let i = 0; i < 400; i++) value[`name ${i}`] = i;
    same(reader.decode(writer.encode(value)), value);
    const again = writer.encode(value);
    same(reader.decode(again), value);
    expect(again.length).toBeLessThan(400 * 6);
  });

  it('takes definitions of both sides', () => {
    const [writer, reader] = [jsonb.session(), jsonb.session()];
    const data = unhex('0102');
    for (const session of [writer, reader]) {
      session.define(7, 'a long text that often occurs');
      session.define(2 ** 32 - 1, data);
    }
    data.fill(0);
    expect(hex(writer.encode(['a long text that often occurs']))).toBe('5bc0075d');
    same(reader.decode(unhex('5bc007c2ffffffff5d')), ['a long text that often occurs', unhex('0102')]);
    (reader.get(2 ** 32 - 1) as Uint8Array).fill(9);
    same(reader.decode(unhex('c2ffffffff')), unhex('0102'));
  });

  it('replaces an entry that is defined again', () => {
    const session = jsonb.session();
    session.define(1, 'old');
    session.define(1, 'new');
    expect(hex(session.encode(['old', 'new']))).toBe(`5b8003${hex(utf8('old'))}c0015d`);
    expect(session.size).toBe(1);
  });

  it('keeps nothing of a document that is refused', () => {
    const session = jsonb.session();
    session.define(1, 'kept');
    expect(codeOf(() => session.decode(unhex('5bc801800161c80280016293')))).toBe('unknown-tag');
    expect([session.size, session.get(1), session.get(2)]).toEqual([1, 'kept', undefined]);
    expect(codeOf(() => session.encode({ abc: 1, def: undefined, ghi: [undefined] } as never))).toBe(
      'unsupported-value',
    );
    expect(session.size).toBe(1);
    expect(codeOf(() => tokensOf(session.reader(), unhex('5bc8018001615dff'), [2]))).toBe('trailing');
    expect(session.get(1)).toBe('kept');
    // A document that is never finished.
    const reader = session.reader();
    reader.feed(unhex('5bc801800161'));
    while (reader.next() !== undefined);
    same(session.decode(unhex('c001')), 'kept');
  });

  it('reads definitions that stand alone', () => {
    const session = jsonb.session();
    session.learn(unhex('c401800161 20 c5000222622220'.replaceAll(' ', '')));
    expect([session.get(1), session.get(2), session.size]).toEqual(['a', 'b', 2]);
    expect(codeOf(() => session.learn(unhex('c4038001615b5d')))).toBe('syntax');
    expect(session.size).toBe(2);
    expect(codeOf(() => session.learn(unhex('c4038001')))).toBe('truncated');
  });

  it('knows the dictionaries it was given, by their hashes', () => {
    const entries = new Map<number, string | Uint8Array>([
      [0, 'zero'],
      [5, unhex('ff')],
    ]);
    const session = jsonb.session({ dictionaries: [{ hash: unhex('0a0b'), entries }] });
    entries.clear();
    same(session.decode(unhex('d000000100020a0b5bc10100c101055d')), ['zero', unhex('ff')]);
    expect(codeOf(() => session.decode(unhex('d000000100020a0c5b5d')))).toBe('unknown-dictionary');
    expect(codeOf(() => session.decode(unhex('d0ffffffff020a0b5b5d')))).toBe('limit');
    expect(codeOf(() => jsonb.decode(unhex('d000000100020a0b5b5d')))).toBe('unknown-dictionary');
  });

  it.each([
    ['a level below C', () => jsonb.session().encode(1, { level: 'B' as never }), 'bad_option'],
    ['a code that is none', () => jsonb.session().define(-1, 'a'), 'bad_option'],
    ['a code of more than 32 bits', () => jsonb.session().get(2 ** 32), 'bad_option'],
    ['an entry that is a number', () => jsonb.session().define(1, 1 as never), 'bad_option'],
    ['an entry that is no text', () => jsonb.session().define(1, '\ud800'), 'utf8'],
    ['dictionaries that are no list', () => jsonb.session({ dictionaries: {} as never }), 'bad_option'],
    [
      'entries that are no map',
      () => jsonb.session({ dictionaries: [{ hash: unhex('00'), entries: {} as never }] }),
      'bad_option',
    ],
    [
      'a hash that is no octets',
      () => jsonb.session({ dictionaries: [{ hash: '00' as never, entries: new Map() }] }),
      'not_bytes',
    ],
  ])('refuses %s', (_what, call, code) => expect(codeOf(call)).toBe(code));
});
