/**
 * Other ways to write and read objects with binary members: the JSON of the platform with base64url, and cbor-x (RFC 8949).
 *
 * JSON has no binary members, so a reader must know which strings are octets. Here they are found by the names of members in a walk after
 * JSON.parse, and written in a walk before JSON.stringify; a replacer or reviver is several times slower. Conversion is that of Buffer.
 * JSON.parse neither notices a name that occurs twice nor keeps integers beyond 2^53, and limits nothing.
 *
 * cbor-x reads data as views of its input unless it is told to copy, keeps objects with their usual prototype, and replaces invalid UTF-8.
 * Encoding gives a view of a buffer that it shares among results. In Node it has a native part that makes strings; both forms take part.
 */
import { createRequire } from 'node:module';
import { Encoder } from 'cbor-x/encode';

/** A library, with functions for one value or document at a time. */
export interface DocumentPeer {
  name: string;
  encode(value: unknown): Uint8Array;
  decode(document: Uint8Array): unknown;
}

/** Members of the objects of the benchmark that hold octets. */
const binary: ReadonlySet<string> = new Set(['Public', 'Body', 'signature', 'PayloadDigest']);

function withText(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64url');
  if (Array.isArray(value)) return value.map(withText);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) copy[name] = withText(member);
  return copy;
}

/** Changes what JSON.parse has made, in place. */
function withOctets(value: object): void {
  const members = value as Record<string, unknown>;
  for (const name in members) {
    const member = members[name];
    if (typeof member === 'string') {
      if (binary.has(name)) members[name] = Buffer.from(member, 'base64url');
    } else if (typeof member === 'object' && member !== null) withOctets(member);
  }
}

const json: DocumentPeer = {
  name: 'JSON',
  encode: (value) => Buffer.from(JSON.stringify(withText(value))),
  decode(document) {
    const value = JSON.parse(Buffer.from(document.buffer, document.byteOffset, document.length).toString()) as object;
    withOctets(value);
    return value;
  },
};

/** Plain objects and byte strings without a tag: the setting that is comparable, and also the fastest without shared structures. */
const settings = { useRecords: false, mapsAsObjects: true, tagUint8Array: false };

function cbor(name: string, library: { Encoder: typeof Encoder }, copyBuffers: boolean): DocumentPeer {
  // Known to the decoder, though not to its types.
  const options: ConstructorParameters<typeof Encoder>[0] = { ...settings, ...{ copyBuffers } };
  const codec = new library.Encoder(options);
  return { name, encode: (value) => codec.encode(value), decode: (document) => codec.decode(document) };
}

/** A copy of cbor-x of its own, which loads the native part. */
const native = createRequire(import.meta.url)('cbor-x') as {
  Encoder: typeof Encoder;
  isNativeAccelerationEnabled: boolean;
};

/** JSON, cbor-x in JavaScript and with its native part, copying data as we do, and cbor-x with views. */
export function documentPeers(): DocumentPeer[] {
  return [
    json,
    cbor('cbor-x, copying', { Encoder }, true),
    cbor('cbor-x', { Encoder }, false),
    ...(native.isNativeAccelerationEnabled
      ? [cbor('cbor-x native, copying', native, true), cbor('cbor-x native', native, false)]
      : []),
  ];
}
