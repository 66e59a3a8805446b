import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MeshError } from '../../src/errors.ts';
import { type JsonbObject, type JsonbValue, jsonb, RawFloat } from '../../src/jsonb/index.ts';
import { codeOf, damaged, documents, hex, same, unhex, utf8, values } from './documents.ts';

/** The value with ordinary objects and with numbers for bigints. */
function usual(value: JsonbValue): JsonbValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof RawFloat)
    return value;
  if (Array.isArray(value)) return value.map(usual);
  const copy: JsonbObject = {};
  for (const [name, member] of Object.entries(value)) {
    Object.defineProperty(copy, name, { value: usual(member as JsonbValue), enumerable: true });
  }
  return copy;
}

describe('documents', () => {
  it('give the value they were written from, whatever the notation of each item', () => {
    fc.assert(
      fc.property(documents, ({ value, octets }) => {
        same(jsonb.decode(octets), value);
      }),
      { numRuns: 1500 },
    );
  });

  it('that are damaged give a value or a refusal, and nothing else', () => {
    fc.assert(
      fc.property(damaged, (octets) => {
        codeOf(() => jsonb.decode(octets));
        codeOf(() => jsonb.decode(octets, { lenient: true, lenientSep: true }));
        codeOf(() => jsonb.parseJson(octets));
      }),
      { numRuns: 3000 },
    );
  });

  it('of any octets give a value or a refusal, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
        codeOf(() => jsonb.decode(octets));
      }),
      { numRuns: 20_000 },
    );
  });

  it('that are an object or an array are truncated wherever they are cut', () => {
    fc.assert(
      fc.property(documents, ({ value, octets }) => {
        fc.pre(typeof value === 'object' && value !== null && !(value instanceof Uint8Array));
        const whole = Math.max(octets.lastIndexOf(0x5d), octets.lastIndexOf(0x7d));
        for (let end = 0; end <= whole; end++) {
          expect(codeOf(() => jsonb.decode(octets.subarray(0, end)))).toBe('truncated');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('in JSON mean what JSON.parse says, integers beyond 2^53 and repeated names aside', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5, stringUnit: 'grapheme' }), (text) => {
        const read = jsonb.parseJson(text);
        same(jsonb.parseJson(utf8(text)), read);
        expect(jsonb.encode(usual(read), { level: 'A' })).toEqual(
          jsonb.encode(usual(JSON.parse(text)), { level: 'A' }),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('have no effect on Object.prototype, and their objects have no prototype', () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":[{}]}';
    const read = jsonb.parseJson(text) as JsonbObject;
    const members = Object.entries(read);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(members.map(([name]) => name)).toEqual(['__proto__', 'constructor', 'a']);
    const [first, second, third] = members.map(([, member]) => member);
    for (const object of [read, first, second, (third as JsonbValue[])[0]]) {
      expect(Object.getPrototypeOf(object)).toBe(null);
    }
    expect(Object.getOwnPropertyDescriptor(read, '__proto__')).toMatchObject({
      enumerable: true,
      writable: true,
      configurable: true,
    });
  });

  it('are read with the options given, not with those of a polluted prototype', () => {
    const prototype = Object.prototype as { lenient?: boolean; level?: string };
    try {
      prototype.lenient = true;
      prototype.level = 'A';
      expect(codeOf(() => jsonb.parseJson('["\n"]'))).toBe('control');
      expect(codeOf(() => jsonb.parseJson('["\n"]', {}))).toBe('control');
      expect(jsonb.decode(unhex('a001'))).toBe(1);
      const reader = jsonb.reader();
      reader.feed(unhex('a001'));
      expect(reader.next()).toMatchObject({ type: 'int', value: 1 });
    } finally {
      delete prototype.lenient;
      delete prototype.level;
    }
  });

  it('name the octet at which they are wrong', () => {
    expect(() => jsonb.decode(utf8('[1, 2, x]'))).toThrow(/at octet 7$/);
    expect(() => jsonb.decode(utf8('[1]  ]'))).toThrow(/at octet 5$/);
    expect(() => jsonb.decode(unhex('5b8001ff5d'))).toThrow(/at octet 3$/);
  });

  it.each([
    ['[1 2]', 'separator'],
    ['{"a":1,"\\u0061":2}', 'duplicate'],
    ['["\\ud800"]', 'escape'],
    ['[1e999]', 'number-range'],
  ])('like %s are refused as %s', (text, code) => expect(codeOf(() => jsonb.parseJson(text))).toBe(code));

  it('with a code that nothing has defined are refused', () => {
    expect(codeOf(() => jsonb.decode(unhex('5bc0205d')))).toBe('undefined-code');
  });

  it('refuse a wrong choice of views, whether it comes alone or not', () => {
    const read = (options: unknown) => () => jsonb.decode(unhex('b2'), options as never);
    for (const views of ['yes', 1, null]) {
      expect(codeOf(read({ views }))).toBe('bad_option');
      expect(codeOf(read({ views, depth: 1 }))).toBe('bad_option');
    }
    const ofClass = new (class {
      views = true;
    })();
    expect(codeOf(read(ofClass))).toBe('bad_option');
    expect(read({ views: undefined })()).toBe(null);
  });

  it('give copies of data, and views of the document when they are asked for', () => {
    const document = unhex('5b8803010203' + '8c01048801055d');
    const copies = jsonb.decode(document) as Uint8Array[];
    const views = jsonb.decode(document, { views: true }) as Uint8Array[];
    document[4] = 99;
    expect(copies.map(hex)).toEqual(['010203', '0405']);
    expect(views.map(hex)).toEqual(['016303', '0405']);
    expect(copies[0]?.buffer).not.toBe(document.buffer);
  });

  it.each([
    ['a string', () => jsonb.decode('a0' as never), 'not_bytes'],
    ['a level that does not exist', () => jsonb.decode(unhex('a001'), { level: 'E' as never }), 'bad_option'],
    ['a level of the prototype', () => jsonb.encode(1, { level: 'constructor' as never }), 'bad_option'],
    ['a flag that is none', () => jsonb.decode(unhex('a001'), { lenient: 1 as never }), 'bad_option'],
    ['options that are octets', () => jsonb.decode(unhex('a001'), unhex('a0') as never), 'bad_option'],
    ['a negative limit', () => jsonb.decode(unhex('a001'), { depth: -1 }), 'bad_length'],
    ['a limit that is no number', () => jsonb.decode(unhex('a001'), { total: '5' as never }), 'bad_length'],
    [
      'a limit of integers above what the format has',
      () => jsonb.decode(unhex('a001'), { integer: 65536 }),
      'bad_length',
    ],
    ['a text with a lone surrogate', () => jsonb.parseJson('"\ud800"'), 'utf8'],
  ])('are not read from %s', (_what, call, code) => expect(codeOf(call)).toBe(code));
});

describe('encoding', () => {
  it('and decoding give the value back, on every level', () => {
    fc.assert(
      fc.property(values, fc.constantFrom('B', 'C', 'D'), (value, level) => {
        same(jsonb.decode(jsonb.encode(value, { level }), { level }), value);
      }),
      { numRuns: 1500 },
    );
  });

  it('on level A is JSON, with data as base64url', () => {
    fc.assert(
      fc.property(values, (value) => {
        const finite = (member: JsonbValue): boolean =>
          typeof member === 'number'
            ? Number.isFinite(member)
            : typeof member !== 'object' || member === null || Object.values(member).every(finite);
        fc.pre(finite(value));
        const text = Buffer.from(jsonb.encode(value, { level: 'A' })).toString();
        const plain = (member: JsonbValue): JsonbValue =>
          member instanceof Uint8Array
            ? Buffer.from(member).toString('base64url')
            : typeof member !== 'object' || member === null
              ? member
              : Array.isArray(member)
                ? member.map(plain)
                : Object.assign(
                    Object.create(null),
                    Object.fromEntries(Object.entries(member).map(([name, one]) => [name, plain(one)])),
                  );
        same(jsonb.parseJson(text), plain(value));
        JSON.parse(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes long strings and data with the smallest field, wherever the boundary falls', () => {
    for (const length of [95, 96, 97, 254, 255, 256, 257, 4095, 4096, 4097, 65535, 65536, 70000]) {
      for (const unit of ['a', 'é', '€', '😀']) {
        const text = `${unit.repeat(Math.floor(length / Buffer.byteLength(unit)))}${'a'.repeat(length % Buffer.byteLength(unit))}`;
        const head = length < 256 ? 2 : length < 65536 ? 3 : 5;
        const document = jsonb.encode([text, 1]);
        expect(document).toHaveLength(1 + head + length + 2 + 1);
        expect(jsonb.decode(document)).toEqual([text, 1]);
      }
      const data = Uint8Array.from({ length }, (_, i) => i);
      const document = jsonb.encode([1, data, 'x', data]);
      expect(document).toHaveLength(2 + 2 + 3 + 2 * (length + (length < 256 ? 2 : length < 65536 ? 3 : 5)));
      expect(jsonb.decode(document)).toEqual([1, data, 'x', data]);
    }
  });

  it('keeps minus zero, NaN and the infinities', () => {
    for (const value of [-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(jsonb.decode(jsonb.encode(value))).toBe(value);
    }
    expect(jsonb.parseJson('-0')).toBe(-0);
    expect(jsonb.decode(unhex('a800'))).toBe(0);
  });

  it('keeps the octets of floats that do not fit', () => {
    const value = new RawFloat('decimal64', unhex('0102030405060708'));
    expect(hex(jsonb.encode(value, { level: 'D' }))).toBe('970102030405060708');
    expect(jsonb.decode(unhex('970102030405060708'))).toStrictEqual(value);
  });

  it('leaves out members that are undefined, and takes own members only', () => {
    const inherited = Object.create({ b: 1 }) as JsonbValue;
    expect(hex(jsonb.encode({ a: undefined, b: null } as never))).toBe('7b800162b27d');
    expect(codeOf(() => jsonb.encode(inherited))).toBe('unsupported-value');
  });

  const cyclic: JsonbValue[] = [];
  cyclic.push(cyclic);
  it.each([
    ['undefined', undefined, 'unsupported-value'],
    ['undefined in an array', [undefined], 'unsupported-value'],
    ['a hole', new Array(1), 'unsupported-value'],
    ['a function', () => 1, 'unsupported-value'],
    ['a symbol', Symbol('x'), 'unsupported-value'],
    ['a date', new Date(0), 'unsupported-value'],
    ['a map', new Map(), 'unsupported-value'],
    ['another typed array', new Uint16Array(1), 'unsupported-value'],
    ['a float of level D', new RawFloat('binary128', new Uint8Array(16)), 'unsupported-value'],
    ['an integer of 65,536 octets', 1n << (8n * 65535n), 'unsupported-value'],
    ['a cycle', cyclic, 'depth'],
    ['a lone surrogate', 'x\ud83d', 'utf8'],
    ['a long string with a lone surrogate', `${'x'.repeat(5000)}\ude00`, 'utf8'],
    ['a name with a lone surrogate', { '\ud83d': 1 }, 'utf8'],
  ])('refuses %s', (_what, value, code) => {
    expect(codeOf(() => jsonb.encode(value as never))).toBe(code);
    // What follows a refusal is as before.
    expect(hex(jsonb.encode(['a']))).toBe('5b8001615d');
  });

  it('refuses floats of level D with a wrong number of octets or an unknown format', () => {
    expect(codeOf(() => jsonb.encode(new RawFloat('binary128', new Uint8Array(15)), { level: 'D' }))).toBe(
      'bad_length',
    );
    expect(codeOf(() => jsonb.encode(new RawFloat('toString' as never, new Uint8Array(15)), { level: 'D' }))).toBe(
      'unsupported-value',
    );
  });

  it('is not disturbed by a getter that encodes, or that takes the memory of data away', () => {
    const outer = {
      a: 'x'.repeat(50),
      get b() {
        return hex(jsonb.encode({ c: 'y'.repeat(60) }));
      },
      d: 'z',
    };
    expect(jsonb.decode(jsonb.encode(outer))).toEqual({ a: outer.a, b: outer.b, d: 'z' });
    const data = new Uint8Array(10_000);
    const hostile = {
      data,
      get taken() {
        structuredClone(data.buffer, { transfer: [data.buffer] });
        return 1;
      },
    };
    expect(codeOf(() => jsonb.encode(hostile))).toBe('not_bytes');
  });

  it('gives results of their own', () => {
    const [one, two] = [jsonb.encode('a'), jsonb.encode('b')];
    expect(one.buffer).not.toBe(two.buffer);
    expect(one.buffer.byteLength).toBe(one.length);
    expect(hex(one)).toBe('800161');
  });
});

describe('without the platform', () => {
  it('neither Buffer nor TextEncoder nor TextDecoder nor isWellFormed is needed', async () => {
    const { isWellFormed } = String.prototype as { isWellFormed?: unknown };
    vi.resetModules();
    vi.stubGlobal('Buffer', undefined);
    vi.stubGlobal('TextDecoder', undefined);
    vi.stubGlobal('TextEncoder', undefined);
    Reflect.deleteProperty(String.prototype, 'isWellFormed');
    let bare: typeof import('../../src/jsonb/index.ts');
    try {
      bare = await import('../../src/jsonb/index.ts');
    } finally {
      vi.unstubAllGlobals();
      Object.defineProperty(String.prototype, 'isWellFormed', {
        value: isWellFormed,
        writable: true,
        configurable: true,
      });
    }
    fc.assert(
      fc.property(documents, ({ value, octets }) => {
        same(bare.jsonb.decode(octets), value);
        expect(bare.jsonb.encode(value)).toEqual(jsonb.encode(value));
      }),
      { numRuns: 500 },
    );
    const long = `${'é€😀x'.repeat(3000)}`;
    expect(bare.jsonb.decode(jsonb.encode(long))).toBe(long);
    expect(bare.jsonb.encode(long)).toEqual(jsonb.encode(long));
    for (const text of ['c080', 'eda080', 'f4908080', 'e282']) {
      expect(() => bare.jsonb.decode(unhex(`80${(text.length / 2).toString(16).padStart(2, '0')}${text}`))).toThrow(
        /well-formed/,
      );
    }
    expect(() => bare.jsonb.encode('\ud83dx\ude00')).toThrow(/well-formed/);
    expect(hex(bare.jsonb.encode('\ud83d\ude00'))).toBe('8004f09f9880');
    expect(MeshError.name).toBe('MeshError');
  });
});

describe('text', () => {
  it('is UTF-8 exactly when TextDecoder says so, and then the same', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const near = fc
      .uint8Array({ maxLength: 40 })
      .map((octets) => octets.map((octet) => (octet % 3 === 0 ? octet | 0x80 : octet)));
    const pieces = fc
      .array(
        fc.constantFrom(
          'c3a9',
          'e282ac',
          'f09f9880',
          'eda080',
          'efbbbf',
          '41',
          'c3',
          'e282',
          'f09f98',
          '80',
          'f5',
          'c0',
        ),
        { maxLength: 14 },
      )
      .map((list) => unhex(list.join('')));
    fc.assert(
      fc.property(fc.oneof(near, pieces), (octets) => {
        let expected: string | undefined;
        try {
          expected = decoder.decode(octets);
        } catch {
          expected = undefined;
        }
        const document = Uint8Array.of(0x80, octets.length, ...octets);
        if (expected === undefined) expect(codeOf(() => jsonb.decode(document))).toBe('utf8');
        else expect(jsonb.decode(document)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });
});
