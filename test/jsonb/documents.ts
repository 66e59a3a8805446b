/**
 * Random values, and random documents of them written by rules of their own: both notations mixed, chunks, longer length fields than needed,
 * white space, commas where they are optional. Not an encoder that anybody should use.
 */
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { type JsonbReader, type JsonbToken, type JsonbValue, RawFloat } from '../../src/jsonb/index.ts';

export const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
export const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
export const utf8 = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));

const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '0', '10', 'hasOwnProperty', 'dig', 'PayloadDigest'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ maxLength: 60 }),
);

const leaf: fc.Arbitrary<JsonbValue> = fc.oneof(
  fc.constantFrom(null, true, false),
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 70_000 }),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.constantFrom(2n ** 53n, -(2n ** 53n), 2n ** 64n, 2n ** 64n - 1n, 1n - 2n ** 64n, 2n ** 128n),
  fc.double({ noNaN: true }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ maxLength: 400 }),
  fc.uint8Array({ maxLength: 80 }),
);

const withoutPrototype = (members: [string, JsonbValue][]): JsonbValue => {
  const object: Record<string, JsonbValue> = Object.create(null);
  for (const [name, value] of members) object[name] = value;
  return object;
};

/** A value as decoding gives it: integers are numbers when safe. */
const settled = (value: JsonbValue): JsonbValue =>
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** Any value that has a form on level B and is equal to itself. */
export const values: fc.Arbitrary<JsonbValue> = fc.letrec<{ value: JsonbValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf.map(settled),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 6 }).map(withoutPrototype),
  ),
})).value;

/** Decisions of a writer: an endless list of small numbers. */
type Choose = (below: number) => number;

function field(tag: number, value: number, choose: Choose): number[] {
  const least = value < 256 ? 0 : value < 65536 ? 1 : 2;
  const k = least + choose(4 - least);
  const octets = Array.from({ length: 1 << k }, (_, i) =>
    Number((BigInt(value) >> BigInt(8 * ((1 << k) - 1 - i))) & 0xffn),
  );
  return [tag + k, ...octets];
}

function item(tag: number, octets: Uint8Array, choose: Choose): number[] {
  const out: number[] = [];
  let from = 0;
  while (choose(4) === 0) {
    const to = from + choose(octets.length - from + 1);
    out.push(...field(tag + 4, to - from, choose), ...octets.subarray(from, to));
    from = to;
  }
  return [...out, ...field(tag, octets.length - from, choose), ...octets.subarray(from)];
}

function space(choose: Choose): number[] {
  return choose(3) === 0 ? Array.from({ length: choose(3) }, () => [0x20, 0x0a, 0x0d, 0x09][choose(4)] as number) : [];
}

function jsonString(text: string, choose: Choose): number[] {
  const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;
  const some = choose(2) === 0;
  const units = Array.from(text, (character) =>
    some && choose(5) === 0
      ? Array.from({ length: character.length }, (_, i) => escaped(character.charCodeAt(i))).join('')
      : JSON.stringify(character).slice(1, -1),
  );
  return [...utf8(`"${units.join('')}"`)];
}

function magnitude(value: bigint, choose: Choose): number[] {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return [...new Array<number>(choose(3)).fill(0), ...unhex(even)];
}

function integer(value: bigint, choose: Choose): number[] {
  const size = value < 0n ? -value : value;
  const sign = value < 0n ? 8 : 0;
  const widths = [0, 1, 2, 3, 4].filter((k) => size < 1n << BigInt(8 << k));
  const k = widths[choose(widths.length + 1)];
  if (k !== undefined) return [0xa0 + sign + k, ...unhex(size.toString(16).padStart(2 << k, '0'))];
  const octets = magnitude(size, choose);
  return [(choose(2) === 0 ? 0xa5 : 0xa7) + sign, octets.length >> 8, octets.length & 255, ...octets];
}

function binary64(value: number): number[] {
  const image = Buffer.alloc(8);
  image.writeDoubleBE(value);
  return [0x92, ...image];
}

/** The octets, and whether they end with an x-value. */
function write(value: JsonbValue, choose: Choose): [octets: number[], bare: boolean] {
  if (value instanceof Uint8Array) return [item(0x88, value, choose), true];
  if (value instanceof RawFloat) throw new Error('not here');
  const isText = choose(2) === 0;
  if (value === null || typeof value === 'boolean') {
    return isText ? [[...utf8(String(value))], false] : [[value === null ? 0xb2 : value ? 0xb0 : 0xb1], true];
  }
  if (typeof value === 'string') {
    return isText ? [jsonString(value, choose), false] : [item(0x80, utf8(value), choose), true];
  }
  if (typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0))) {
    return isText ? [[...utf8(String(value))], false] : [integer(BigInt(value as bigint), choose), true];
  }
  if (typeof value === 'number') {
    const decimal =
      Number.isInteger(value) && value !== 0 ? value.toExponential() : Object.is(value, -0) ? '-0' : String(value);
    return isText && Number.isFinite(value) ? [[...utf8(decimal)], false] : [binary64(value), true];
  }
  const isArray = Array.isArray(value);
  const out = [isArray ? 0x5b : 0x7b, ...space(choose)];
  let bare = true;
  Object.keys(value).forEach((name, i) => {
    if (i > 0 && (!bare || choose(2) === 0)) out.push(...space(choose), 0x2c);
    out.push(...space(choose));
    if (!isArray && choose(2) === 0) out.push(...jsonString(name, choose), ...space(choose), 0x3a, ...space(choose));
    else if (!isArray) out.push(...item(0x80, utf8(name), choose), ...space(choose));
    const [octets, isBare] = write((value as Record<string, JsonbValue>)[name] as JsonbValue, choose);
    out.push(...octets);
    bare = isBare;
  });
  return [[...out, ...space(choose), isArray ? 0x5d : 0x7d], false];
}

/** A value and one of its documents. */
export const documents: fc.Arbitrary<{ value: JsonbValue; octets: Uint8Array }> = fc
  .tuple(values, fc.array(fc.nat({ max: 0xffff }), { minLength: 50, maxLength: 50 }))
  .map(([value, choices]) => {
    let at = 0;
    const choose: Choose = (below) => (choices[at++ % choices.length] as number) % below;
    return { value, octets: Uint8Array.from([...space(choose), ...write(value, choose)[0], ...space(choose)]) };
  });

/** Documents with some octets changed, taken away or put in. */
export const damaged: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    documents,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 }),
  )
  .map(([{ octets }, changes]) => {
    const list = [...octets];
    for (const [place, kind, octet] of changes) {
      list.splice(
        place % (list.length + 1),
        kind === 0 ? 1 : kind - 1,
        ...(kind === 0 ? [octet] : kind === 1 ? [octet] : []),
      );
    }
    return Uint8Array.from(list);
  });

/** All tokens of a document that comes in pieces of the given sizes, in turn. */
export function tokensOf(reader: JsonbReader, octets: Uint8Array, sizes: readonly number[]): JsonbToken[] {
  const tokens: JsonbToken[] = [];
  const drain = () => {
    for (let token = reader.next(); token !== undefined; token = reader.next()) tokens.push(token);
  };
  for (let at = 0, turn = 0; at < octets.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    reader.feed(octets.subarray(at, at + size));
    at += size;
    drain();
  }
  reader.end();
  drain();
  return tokens;
}

/** The value that tokens make, parts joined. */
export function build(tokens: readonly JsonbToken[]): JsonbValue {
  const open: { items: JsonbValue[]; members: [string, JsonbValue][]; name: string }[] = [];
  const begin = () => open.push({ items: [], members: [], name: '' });
  begin();
  let text = '';
  let octets: number[] = [];
  const enter = (value: JsonbValue) => {
    const inner = open[open.length - 1]!;
    inner.items.push(value);
    inner.members.push([inner.name, value]);
  };
  for (const token of tokens) {
    if (token.type === 'begin-array' || token.type === 'begin-object') begin();
    else if (token.type === 'end-array') enter(open.pop()!.items);
    else if (token.type === 'end-object') enter(withoutPrototype(open.pop()!.members));
    else if (token.type === 'name') open[open.length - 1]!.name = token.value;
    else if (token.type === 'null') enter(null);
    else if (token.type === 'true' || token.type === 'false') enter(token.type === 'true');
    else if (token.type === 'string-part') {
      text += token.value;
      if (token.last) enter(text);
      if (token.last) text = '';
    } else if (token.type === 'data-part') {
      octets.push(...token.value);
      if (token.last) enter(Uint8Array.from(octets));
      if (token.last) octets = [];
    } else if ('value' in token) enter(token.value);
  }
  return open[0]!.items[0] as JsonbValue;
}

/** Sameness that is not confused by members named `constructor`; prototypes count. */
export function same(actual: JsonbValue, expected: JsonbValue): void {
  deepStrictEqual(actual, expected);
}

/** The code of the refusal of a call, or undefined; anything but a refusal is thrown again. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if ((error as Error).name !== 'MeshError') throw error;
    return (error as { code: string }).code;
  }
}
