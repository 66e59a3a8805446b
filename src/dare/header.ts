/**
 * Headers and trailers as they are read (DARE specification, section 4): the members that this room knows, under the names of today, from all eras. What
 * is not known stays in `members`. Not a check of algorithms or keys: `inspect` reads what cannot be opened too.
 */
import { equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';
import { parseObject } from './json.ts';
import type { DareLimits } from './limits.ts';
import { binaryOf, listOf, type Members, noMembers, objectOf, optional, present, textOf } from './members.ts';
import { type RecipientEntry, readRecipientEntry } from './recipient.ts';
import { readSignatureEntry, type SignatureEntry } from './signature.ts';

/** A trailer, and what of a trailer stands in a header. */
export interface DareTrailer {
  /** All members as parsed; no prototype. */
  members: Members;
  signatures?: readonly SignatureEntry[];
  payloadDigest?: Uint8Array;
  chainDigest?: Uint8Array;
  /** In 2024 `ApexDigest`. */
  treeDigest?: Uint8Array;
  /** That of 2024, which counts for all signatures. */
  witnessValue?: Uint8Array;
}

/** A header. */
export interface DareHeader extends DareTrailer {
  /** As carried: what A256GCM binds. */
  octets: Uint8Array;
  enc?: string;
  dig?: string;
  /** Should name the base seed, and mostly names another one: for display only. */
  kid?: string;
  envelopeId?: string;
  salt?: Uint8Array;
  keyCommitment?: Uint8Array;
  recipients?: readonly RecipientEntry[];
  annotations?: readonly Uint8Array[];
  /** The three places where it may stand, merged; no prototype. */
  contentMeta: Members;
  /** Members of the sequence: of `SequenceInfo`, `ContainerInfo` or the header itself; no prototype. */
  sequence: Members;
  policy?: Members;
  received?: string;
}

function readTrailerMembers(members: Members, limits: Required<DareLimits>): DareTrailer {
  const signatures = optional(members, 'signatures', (value, name) =>
    listOf(value, name, limits.signatures).map(readSignatureEntry),
  );
  return present<DareTrailer>({
    members,
    signatures,
    payloadDigest: optional(members, 'PayloadDigest', binaryOf),
    chainDigest: optional(members, 'ChainDigest', binaryOf),
    treeDigest: optional(members, 'TreeDigest', binaryOf) ?? optional(members, 'ApexDigest', binaryOf),
    witnessValue: optional(members, 'WitnessValue', binaryOf),
  });
}

/** @throws MeshError `structure`, `base64`, `limit`, `signature`, and those of the JSON reader */
export function parseTrailer(octets: Uint8Array, limits: Required<DareLimits>): DareTrailer {
  return readTrailerMembers(parseObject(octets, 'trailer', limits), limits);
}

/** Older names of what stands in ContentMetaData today. */
export const contentNames: ReadonlyMap<string, string> = new Map([
  ['cty', 'cty'],
  ['UniqueID', 'UniqueId'],
  ['UniqueId', 'UniqueId'],
  ['Filename', 'Filename'],
  ['Event', 'Event'],
  ['Labels', 'Labels'],
  ['KeyValues', 'KeyValues'],
  ['First', 'First'],
  ['Previous', 'Previous'],
]);

/** Members of a sequence that stood in the header itself until 2019. */
export const sequenceNames: readonly string[] = [
  'DataEncoding',
  'ContainerType',
  'Index',
  'IsMeta',
  'Default',
  'TreePosition',
  'IndexPosition',
  'ExchangePosition',
];

/** Members of an object, under today's names. */
function renamed(target: Members, members: Members | undefined): void {
  for (const [name, value] of Object.entries(members ?? {})) target[contentNames.get(name) ?? name] = value;
}

/** ContentMeta from the header itself, from an object and from the binary member, which wins. */
function contentMetaOf(header: Members, limits: Required<DareLimits>): Members {
  const merged = noMembers();
  for (const [old, name] of contentNames) {
    const value = own(header, old);
    if (value !== undefined) merged[name] = value;
  }
  renamed(merged, optional(header, 'ContentMeta', objectOf));
  for (const name of ['ContentInfoData', 'ContentMetaData']) {
    const octets = optional(header, name, binaryOf);
    if (octets !== undefined) renamed(merged, parseObject(octets, name, limits));
  }
  return merged;
}

function sequenceOf(header: Members): Members {
  const merged = noMembers();
  for (const name of sequenceNames) {
    const value = own(header, name);
    if (value !== undefined) merged[name] = value;
  }
  for (const name of ['ContainerInfo', 'SequenceInfo']) {
    Object.assign(merged, optional(header, name, objectOf));
  }
  return merged;
}

/**
 * A header from its octets as carried.
 *
 * @throws MeshError as {@link parseTrailer}
 */
export function parseHeader(octets: Uint8Array, limits: Required<DareLimits>): DareHeader {
  const members = parseObject(octets, 'header', limits);
  const text = (name: string) => optional(members, name, textOf);
  const recipients = optional(members, 'recipients', (value, name) =>
    listOf(value, name, limits.recipients).map(readRecipientEntry),
  );
  const annotations = optional(members, own(members, 'annotations') ? 'annotations' : 'Annotations', (value, name) =>
    listOf(value, name, limits.annotations).map((item) => binaryOf(item, name)),
  );
  return present<DareHeader>({
    ...(readTrailerMembers(members, limits) as Required<DareTrailer>),
    octets,
    enc: text('enc'),
    dig: text('dig'),
    kid: text('kid'),
    envelopeId: text('EnvelopeId') ?? text('EnvelopeID'),
    salt: optional(members, 'Salt', binaryOf),
    keyCommitment: optional(members, 'KeyCommitment', binaryOf),
    recipients,
    annotations,
    contentMeta: contentMetaOf(members, limits),
    sequence: sequenceOf(members),
    policy: optional(members, 'policy', objectOf),
    received: text('Received'),
  });
}

/** What header and trailer say together about the payload. */
export type Integrity = Omit<DareTrailer, 'members'>;

const digestNames = ['payloadDigest', 'chainDigest', 'treeDigest', 'witnessValue'] as const;

/** Whether there is a witness, which only an encrypted payload has. */
function hasWitness({ signatures = [], witnessValue }: Integrity): boolean {
  return witnessValue !== undefined || signatures.some(({ witness }) => witness !== undefined);
}

/**
 * Section 3.1: a field of a trailer may stand in the header, but not in both places with different values. And what has a witness was encrypted: without
 * a cipher in the header the signature is of a ciphertext.
 *
 * @throws MeshError `structure`
 */
export function integrityOf(header: DareHeader, trailer: DareTrailer | undefined): Integrity {
  const merged: Integrity = Object.create(null);
  for (const name of digestNames) {
    const [a, b] = [header[name], trailer?.[name]];
    if (a !== undefined && b !== undefined && !equal(a, b)) fail('structure', `${name} stands in two places`);
    const value = b ?? a;
    if (value !== undefined) merged[name] = value;
  }
  if (header.signatures !== undefined && trailer?.signatures !== undefined) {
    fail('structure', 'signatures stand in two places');
  }
  const signatures = trailer?.signatures ?? header.signatures;
  if (signatures !== undefined) merged.signatures = signatures;
  if ((header.enc ?? 'none') === 'none' && hasWitness(merged)) fail('structure', 'a witness without a cipher');
  return merged;
}
