/**
 * The members of headers and trailers that make frames a sequence, in the names of all years: in SequenceInfo (2021 on), in ContainerInfo (2019
 * and 2020), or in the header itself (before). Not what the envelope of a frame says.
 */
import { fromBase64url } from '../base64url.ts';
import { isBytes } from '../bytes.ts';
import type { Members } from '../dare/members.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBytes(value);
}

/** How the frames of a sequence hang together. */
export type SequenceType = 'List' | 'Digest' | 'Chain' | 'Tree' | 'Merkle';

/** The types, in the order in which one adds to the others. */
export const sequenceTypes: readonly SequenceType[] = ['List', 'Digest', 'Chain', 'Tree', 'Merkle'];

/** Digests that a frame carries. */
interface StoredDigests {
  payload: Uint8Array | undefined;
  chain: Uint8Array | undefined;
  tree: Uint8Array | undefined;
}

/** What a frame says about its place. */
export interface Place extends StoredDigests {
  type: string | undefined;
  encoding: string | undefined;
  index: number | undefined;
  treePosition: number | undefined;
  exchangePosition: number | undefined;
  /** The first and the last frame of those that were appended together with it, where they are several. Ours; others do without. */
  batch: readonly [first: number, last: number] | undefined;
}

function text(value: unknown, name: string): string | undefined {
  return value === undefined || typeof value === 'string' ? value : fail('structure', name);
}

function count(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : fail('structure', name);
}

function batch(value: unknown): readonly [number, number] | undefined {
  if (value === undefined) return undefined;
  const [first, last] = Array.isArray(value) ? value.map((n) => count(n, 'Batch')) : [];
  return first !== undefined && last !== undefined && first < last ? [first, last] : fail('structure', 'Batch');
}

/** A digest of 64 octets; published files fold long texts. */
function digest(value: unknown, name: string): Uint8Array | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && !isBytes(value)) fail('structure', name);
  const octets = typeof value === 'string' ? fromBase64url(value.replace(/[ \t\r\n]/g, ''), 'structure') : value;
  return octets.length === 64 ? octets : fail('structure', `${name} has ${octets.length} octets`);
}

/** A digest from the trailer or the header; in both, it must be the same. */
function oneDigest(header: Members, trailer: Members | undefined, ...names: string[]): Uint8Array | undefined {
  const found = names.flatMap((name) => [header, trailer].map((part) => part && digest(own(part, name), name)));
  const [first, ...others] = found.filter((octets) => octets !== undefined);
  for (const other of others) {
    if (other.some((octet, i) => octet !== first?.[i])) fail('structure', `${names[0]} in two places`);
  }
  return first;
}

/** What a frame says about its place. @throws MeshError `structure` */
export function placeOf(header: Members, trailer?: Members): Place {
  const info = own(header, 'SequenceInfo') ?? own(header, 'ContainerInfo');
  if (info !== undefined && !isObject(info)) fail('structure', 'SequenceInfo');
  const member = (name: string) => (info === undefined ? undefined : own(info, name)) ?? own(header, name);
  return {
    type: text(member('ContainerType') ?? member('SequenceType'), 'ContainerType'),
    encoding: text(member('DataEncoding'), 'DataEncoding'),
    index: count(member('Index'), 'Index'),
    treePosition: count(member('TreePosition'), 'TreePosition'),
    exchangePosition: count(member('ExchangePosition'), 'ExchangePosition'),
    batch: batch(info === undefined ? undefined : own(info, 'Batch')),
    payload: oneDigest(header, trailer, 'PayloadDigest'),
    chain: oneDigest(header, trailer, 'ChainDigest'),
    tree: oneDigest(header, trailer, 'TreeDigest', 'ApexDigest'),
  };
}

/** The type that the first frame names. @throws MeshError `type`, `algorithm` for an encoding other than JSON */
export function namedType({ type, encoding }: Place): SequenceType | undefined {
  if (encoding !== undefined && encoding !== 'JSON') fail('algorithm', `DataEncoding ${encoding}`);
  if (type === undefined) return undefined;
  return sequenceTypes.find((known) => known === type) ?? fail('type', type);
}

/** The type that the digests of frames show, where none is named, as in 2017. */
export function shownType(places: readonly Place[]): SequenceType {
  if (places.some(({ tree }) => tree)) return 'Merkle';
  if (places.some(({ treePosition }) => treePosition !== undefined)) return 'Tree';
  if (places.some(({ chain }) => chain)) return 'Chain';
  return places.some(({ payload }) => payload) ? 'Digest' : 'List';
}
