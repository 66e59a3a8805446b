/**
 * JSON text of headers, trailers and envelopes. Read leniently, because the reference writer folds strings, and with the binary items of JSON-B; never
 * written so. Not what the members mean.
 */
import { bytes, concat, isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { type JsonbToken, type JsonbValue, jsonb } from '../jsonb/index.ts';
import { carriedOctets, decodeCarried } from './carried.ts';
import type { DareLimits } from './limits.ts';
import { type Members, objectOf } from './members.ts';
import type { Parts } from './parts.ts';

/** An object from its octets; it has no prototype. @throws MeshError `structure`, `limit`, and those of the reader */
export function parseObject(octets: Uint8Array, name: string, limits: Required<DareLimits>): Members {
  if (octets.length > limits.header) fail('limit', `${name}: ${limits.header} octets at most`);
  return objectOf(jsonb.decode(octets, { lenient: true, level: 'B', depth: limits.depth }), name);
}

/** JSON text of an object, binary values as base64url. @throws MeshError `unsupported-value` for what JSON cannot express */
export function writeObject(members: Members): Uint8Array {
  return jsonb.encode(members as JsonbValue, { level: 'A' });
}

/** JSON text without folds and binary items: as carried when it is that already. */
export function jsonText(octets: Uint8Array, limits: Required<DareLimits>): Uint8Array {
  try {
    jsonb.decode(octets, { level: 'A', depth: limits.depth });
    return octets;
  } catch {
    return writeObject(parseObject(octets, 'header', limits));
  }
}

/** How an envelope is carried: as JSON, or with its payload as a data item of JSON-B. */
export type Form = 'json' | 'jsonb';

/** A reader of the document that an envelope is; octets of an item at most. */
export function documentReader(limits: Required<DareLimits>, length: number): ReturnType<typeof jsonb.reader> {
  return jsonb.reader({
    lenient: true,
    lenientSep: true,
    level: 'B',
    // The array, and the object that may be around it.
    depth: limits.depth + 2,
    length,
    total: Number.MAX_SAFE_INTEGER,
  });
}

/** An object among the tokens of a document, and how long it may be. */
class ObjectSpan {
  start = 0;
  end = 0;
  begun = false;
  readonly #name: string;
  readonly #limit: number;
  #depth = 0;

  constructor(name: string, limits: Required<DareLimits>) {
    this.#name = name;
    this.#limit = limits.header;
  }

  /** Whether the object ends with this token. @throws MeshError `structure` for what is no object, `limit` */
  take({ type, start, end }: JsonbToken): boolean {
    if (this.#depth === 0) {
      if (type !== 'begin-object') fail('structure', `${this.#name} must be an object`);
      this.start = start;
      this.begun = true;
    }
    if (type === 'begin-object' || type === 'begin-array') this.#depth++;
    if (type === 'end-object' || type === 'end-array') this.#depth--;
    if (end - this.start > this.#limit) fail('limit', `${this.#name}: ${this.#limit} octets at most`);
    this.end = end;
    return this.#depth === 0;
  }
}

/** The beginning of an envelope, token by token: what is around the array, and the header. */
export class Beginning {
  /** Whether the array is the member of an object. */
  wrapped = false;
  readonly header: ObjectSpan;
  #inside = false;
  #named = false;

  constructor(limits: Required<DareLimits>) {
    this.header = new ObjectSpan('header', limits);
  }

  /** Whether the header ends with this token. @throws MeshError `structure`, `limit` */
  take(token: JsonbToken): boolean {
    const { type } = token;
    if (this.#inside) return this.header.take(token);
    if (this.wrapped && !this.#named) {
      if (type !== 'name' || token.value !== 'DareEnvelope') fail('structure', 'an object without an envelope');
      this.#named = true;
    } else if (type === 'begin-object' && !this.wrapped) this.wrapped = true;
    else if (type === 'begin-array') this.#inside = true;
    else fail('structure', 'an envelope is an array');
    return false;
  }
}

/** The payload of a token; text and data are both read in either form. @throws MeshError `structure`, `base64` */
function payloadOf(token: JsonbToken): Uint8Array {
  switch (token.type) {
    case 'string':
    case 'data':
      return carriedOctets(token.value);
    case 'null':
      return new Uint8Array(0);
    default:
      return fail('structure', 'the payload must be text or data');
  }
}

/** The whole document read token by token. */
export function readTokens(octets: Uint8Array, limits: Required<DareLimits>): Parts & { form: Form } {
  const reader = documentReader(limits, octets.length);
  reader.feed(octets);
  reader.end();
  const next = () => reader.next() ?? fail('truncated');
  const beginning = new Beginning(limits);
  while (!beginning.take(next()));
  const { start, end } = beginning.header;
  const header = octets.slice(start, end);
  const second = next();
  let payload = payloadOf(second);
  const form: Form = second.type === 'data' ? 'jsonb' : 'json';
  let trailer: Uint8Array | undefined;
  let last = next();
  if (last.type !== 'end-array') {
    // Files of July 2018 have an empty data item before the payload.
    if (last.type === 'data' && form === 'jsonb' && payload.length === 0) payload = last.value;
    else if (last.type !== 'null') {
      const span = new ObjectSpan('trailer', limits);
      while (!span.take(last)) last = next();
      trailer = octets.slice(span.start, span.end);
    }
    last = next();
  }
  if (last.type !== 'end-array') fail('structure', 'an envelope has two or three items');
  if (beginning.wrapped && next().type !== 'end-object') fail('structure', 'members beside the envelope');
  // Whatever follows is refused by the reader.
  reader.next();
  return { header, payload, trailer, form };
}

/** From here on a payload in base64url is worth being read apart from the rest. */
const longDocument = 1 << 16;

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const isSpace = (octet: number | undefined) => octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;

/** Where the quote is that opens the payload, if it is a string behind a header. @throws MeshError as {@link takeApart} */
function payloadQuote(octets: Uint8Array, limits: Required<DareLimits>): number | undefined {
  const reader = documentReader(limits, octets.length);
  reader.feed(octets.subarray(0, limits.header + longDocument));
  const beginning = new Beginning(limits);
  for (let ended = false; !ended; ) {
    const token = reader.next();
    if (token === undefined) return undefined;
    ended = beginning.take(token);
  }
  let at = beginning.header.end;
  while (isSpace(octets[at])) at++;
  if (octets[at++] !== comma) return undefined;
  while (isSpace(octets[at])) at++;
  return octets[at] === quote ? at : undefined;
}

/**
 * An envelope taken apart, from its octets: JSON or JSON-B, bare or as `{"DareEnvelope": [...]}`. A long payload in base64url is cut out first, and the
 * rest read as a document whose payload is empty: a string of so many characters would be made for nothing.
 *
 * @throws MeshError `structure`, `base64`, `limit`, and those of the JSON reader
 */
export function takeApart(octets: Uint8Array, limits: Required<DareLimits>): Parts & { form: Form } {
  const found = octets.length < longDocument ? undefined : cutOut(octets, limits);
  return found === undefined
    ? readTokens(octets, limits)
    : { ...readTokens(found.rest, limits), payload: found.payload };
}

/** A payload in base64url, and the document without it; nothing when it is not as simple as that. @throws MeshError `base64` */
function cutOut(
  octets: Uint8Array,
  limits: Required<DareLimits>,
): { payload: Uint8Array; rest: Uint8Array } | undefined {
  let start: number | undefined;
  try {
    start = payloadQuote(octets, limits);
  } catch {
    // The reader of the whole says what is wrong.
  }
  if (start === undefined) return undefined;
  const end = octets.indexOf(quote, start + 1);
  const text = octets.subarray(start + 1, end);
  if (end < 0 || text.includes(backslash)) return undefined;
  return { payload: decodeCarried(text), rest: concat(octets.subarray(0, start + 1), octets.subarray(end)) };
}

/**
 * An envelope that a JSON parser has taken apart. The octets of its header are lost, so that they are written again as this library writes them.
 *
 * @throws MeshError `structure`, `base64`
 */
export function takeItems(items: readonly unknown[], limits: Required<DareLimits>): Parts & { form: Form } {
  if (items.length < 2 || items.length > 3) fail('structure', 'an envelope has two or three items');
  const [first, second, third] = items;
  const object = (value: unknown, name: string) => {
    const octets = writeObject(objectOf(value, name));
    return octets.length > limits.header ? fail('limit', `${name}: ${limits.header} octets at most`) : octets;
  };
  if (second !== null && typeof second !== 'string' && !isBytes(second)) fail('structure', 'the payload must be text');
  return {
    header: object(first, 'header'),
    // A copy: what was verified is what is decrypted, whoever else writes to the memory.
    payload:
      second === null ? new Uint8Array(0) : isBytes(second) ? bytes(second, 'payload').slice() : carriedOctets(second),
    trailer: third === undefined || third === null ? undefined : object(third, 'trailer'),
    form: isBytes(second) ? 'jsonb' : 'json',
  };
}
