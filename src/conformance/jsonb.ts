/**
 * JSON-B values as text that other implementations can produce too, and back. Lossless, so that one comparison of texts compares everything.
 * The notation stands at {@link Implementation.jsonbDecode}.
 */
import { fail } from '../errors.ts';
import { type JsonbReader, type JsonbToken, type JsonbValue, RawFloat, type RawFormat } from '../jsonb/index.ts';
import { toHex } from './fields.ts';

/** Longer data is described by its length and digest. */
const shownOctets = 64;

type Digest = (octets: Uint8Array) => Uint8Array;

function image(value: number): string {
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setFloat64(0, value);
  return toHex(octets);
}

function describeData(octets: Uint8Array, sha512: Digest): string {
  if (octets.length <= shownOctets) return `{"data":"${toHex(octets)}"}`;
  return `{"data":${octets.length},"sha512":"${toHex(sha512(octets))}"}`;
}

/** A token that is a value by itself. */
function describeScalar(token: JsonbToken, sha512: Digest): string {
  switch (token.type) {
    case 'string':
      return JSON.stringify(token.value);
    case 'data':
      return describeData(token.value, sha512);
    case 'int':
      return `{"int":"${token.value}"}`;
    case 'float':
      return typeof token.value === 'number'
        ? `{"float":"${image(token.value)}"}`
        : `{"${token.value.format}":"${toHex(token.value.octets)}"}`;
    default:
      return token.type;
  }
}

/** What a reader gives of a document. @throws MeshError as the reader does */
export function describe(reader: JsonbReader, sha512: Digest): string {
  const open: { items: string[]; name?: string }[] = [{ items: [] }];
  const enter = (text: string) => {
    const inner = open[open.length - 1] as { items: string[]; name?: string };
    inner.items.push(inner.name === undefined ? text : `[${inner.name},${text}]`);
  };
  for (let token = reader.next(); token !== undefined; token = reader.next()) {
    if (token.type === 'begin-array' || token.type === 'begin-object') open.push({ items: [] });
    else if (token.type === 'name') (open[open.length - 1] as { name?: string }).name = JSON.stringify(token.value);
    else if (token.type === 'end-array') enter(`[${open.pop()?.items}]`);
    else if (token.type === 'end-object') enter(`{"object":[${open.pop()?.items}]}`);
    else enter(describeScalar(token, sha512));
  }
  return String(open[0]?.items);
}

/** The same of a value, which no longer says whether a number was an integer. */
export function describeValue(value: JsonbValue, sha512: Digest): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return `{"int":"${value}"}`;
  if (typeof value === 'number') return `{"float":"${image(value)}"}`;
  if (value instanceof Uint8Array) return describeData(value, sha512);
  if (value instanceof RawFloat) return `{"${value.format}":"${toHex(value.octets)}"}`;
  if (Array.isArray(value)) return `[${value.map((item: JsonbValue) => describeValue(item, sha512))}]`;
  const members = Object.entries(value).map(
    ([name, item]) => `[${JSON.stringify(name)},${describeValue(item, sha512)}]`,
  );
  return `{"object":[${members}]}`;
}

/** The description of a value as if numbers had no kinds. */
export function withoutKinds(description: string): string {
  return description.replace(/\{"float":"([0-9a-f]{16})"\}/g, (text, hex: string) => {
    const value = valueFrom({ float: hex }) as number;
    return Number.isSafeInteger(value) ? `{"int":"${value}"}` : text;
  });
}

function octetsOf(hex: unknown): Uint8Array {
  const pairs = String(hex).match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** The value that a parsed description describes. */
function valueFrom(described: unknown): JsonbValue {
  if (Array.isArray(described)) return described.map(valueFrom);
  if (typeof described !== 'object' || described === null) return described as JsonbValue;
  const [kind = '', content] = Object.entries(described)[0] ?? [];
  switch (kind) {
    case 'int': {
      const value = BigInt(content as string);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    case 'float':
      return new DataView(octetsOf(content).buffer).getFloat64(0);
    case 'data':
      return octetsOf(content);
    case 'object': {
      const members = (content as [string, unknown][]).map(([name, item]) => [name, valueFrom(item)] as const);
      return Object.assign(Object.create(null), Object.fromEntries(members));
    }
    case 'binary128':
    case 'intel80':
    case 'decimal32':
    case 'decimal64':
    case 'decimal128':
      return new RawFloat(kind satisfies RawFormat, octetsOf(content));
    default:
      return fail('bad_option', 'no description of a value');
  }
}

/** The value that a description describes. */
export function described(description: string): JsonbValue {
  return valueFrom(JSON.parse(description));
}
