/**
 * Making and opening sequences, and cutting off what a crash has left behind the last whole frame. Source: DARE sequences, frame 0,
 * appending and recovery.
 */
import type { Provider } from '../backend/types.ts';
import { toBase64url } from '../base64url.ts';
import { empty } from '../bytes.ts';
import type { DareLimits } from '../dare/limits.ts';
import type { Members } from '../dare/members.ts';
import type { SealOptions } from '../dare/prepare.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { own } from '../own.ts';
import { randomBytes } from '../random.ts';
import { draftOf, policyKeys, policyOf } from './draft.ts';
import { sequenceLimits } from './limit.ts';
import { frameAfter, Window } from './locate.ts';
import { namedType, type SequenceType, sequenceTypes, shownType } from './members.ts';
import { Offsets } from './offsets.ts';
import { readMembers } from './read.ts';
import { frameHere, type SeekMap } from './seek.ts';
import { Sequence, type SequenceState } from './sequence.ts';
import { guarded, readFrom, type SequenceStorage } from './storage.ts';
import { findTail, type Tail } from './tail.ts';
import { atStart, plan } from './writer.ts';

/** How a sequence is made. What is about sealing counts for frame 0, whose payload is empty. */
export interface CreateOptions extends SealOptions {
  /** `Merkle` by default. `List` and `Tree` have no digests that bind the frames together. */
  type?: SequenceType;
  /** Members of the policy; `recipients` are added to its EncryptKeys, so that every frame is encrypted to them. */
  policy?: Members;
  /** `false`: frames of a List or Tree that are neither signed nor encrypted have no payload digest, as the drafts print them; a crash may then leave one with zeros in it. */
  digests?: boolean;
  limits?: DareLimits;
}

/** How a sequence is opened. */
export interface OpenSequenceOptions {
  /** Frames can be appended, and what a crash has left is removed. By default where the storage can be written to. */
  writable?: boolean;
  /** The index of the frame behind frame 0: 1, or 0 in some files of July 2018. */
  indexBase?: 0 | 1;
  /** See {@link CreateOptions}. */
  digests?: boolean;
  limits?: DareLimits;
}

/** Makes a sequence in a storage that is empty: writes frame 0. */
export async function createSequence(p: Provider, storage: SequenceStorage, given?: CreateOptions): Promise<Sequence> {
  const { type = 'Merkle', policy = {}, digests = true, limits, ...seal } = options(given);
  if (!sequenceTypes.includes(type)) fail('type', String(type));
  flag(digests, 'digests');
  if (storage.readOnly) fail('read-only');
  if ((await guarded('size', () => storage.size())) !== 0) fail('not-empty');
  const map: SeekMap = { offsets: new Offsets(), limits: sequenceLimits(limits), indexBase: 1 };
  const { recipients = [], ...frame } = seal;
  const members = options(policy);
  const named = own(members, 'EncryptKeys') ?? [];
  if (!Array.isArray(named) || !Array.isArray(recipients)) fail('bad_option', 'recipients');
  const all = [...named, ...policyOf(recipients)];
  const full = { ...members, ...(all.length > 0 ? { EncryptKeys: all } : {}) };
  const keys = policyKeys(full);
  // A symmetric key has no place in a policy, which everybody can read; this sequence remembers it until it is closed.
  const secret = recipients.filter((recipient) => typeof recipient === 'string');
  const rules = { p, type, digests, keys: { ...keys, recipients: [...keys.recipients, ...secret] } };
  const first = draftOf(rules, empty, { envelopeId: toBase64url(randomBytes(20)), ...frame }, { policy: full });
  const { octets, next } = plan(p, type, atStart, [first]);
  await guarded('append', () => storage.append(octets));
  await guarded('sync', () => storage.sync());
  map.offsets.set(0, 0);
  const last = await frameHere(map, new Window(storage, next.size, 4096), 0, 0);
  return new Sequence({
    ...rules,
    storage,
    map,
    last,
    torn: undefined,
    recovered: undefined,
    writable: true,
    writer: next,
  });
}

const keptAtOnce = 2 ** 26;

/** Cuts off what is behind the last whole frame; the storage may keep it aside. */
async function cut(storage: SequenceStorage, { last }: Tail, size: number): Promise<void> {
  const { end } = last.frame;
  if (storage.keepAside !== undefined) {
    for (let at = end; at < size; at += keptAtOnce) {
      const octets = await readFrom(storage, at, Math.min(keptAtOnce, size - at));
      await guarded('keepAside', () => storage.keepAside?.(octets, at));
    }
  }
  await guarded('truncate', () => storage.truncate(end));
  await guarded('sync', () => storage.sync());
}

/** The type of a sequence, its policy, and where it ends. */
async function readEnds(p: Provider, storage: SequenceStorage, map: SeekMap, writable: boolean) {
  const size = await guarded('size', () => storage.size());
  if (!Number.isSafeInteger(size) || size < 0) fail('storage', 'size');
  if (size === 0) fail('no-frame', 'nothing is there');
  const window = new Window(storage, size, 4096);
  const first = await frameAfter(window, 0, size);
  const [record] = first.records;
  if (record === undefined) fail('records');
  map.offsets.set(0, 0);
  const found = await frameHere(map, window, 0, 0);
  const header = readMembers(await window.get(record.start, record.end - record.start), 'header', map.limits);
  const named = namedType(found.place);
  const tail = await findTail(p(), map, storage, size, writable && storage.clean !== true);
  map.offsets.set(tail.last.n, tail.last.frame.start);
  const type = named ?? shownType([found.place, tail.last.place]);
  return { size, tail, type, policy: own(header, 'policy') };
}

/**
 * Opens a sequence.
 *
 * @param repair - cuts off what is behind the last whole frame, whatever it is
 */
export async function openSequence(
  p: Provider,
  storage: SequenceStorage,
  given: OpenSequenceOptions | undefined,
  repair = false,
): Promise<Sequence> {
  const { writable = !storage.readOnly, indexBase = 1, digests = true, limits } = options(given);
  flag(writable, 'writable');
  flag(digests, 'digests');
  if (indexBase !== 0 && indexBase !== 1) fail('bad_option', 'indexBase');
  if (writable && storage.readOnly) fail('read-only');
  const map: SeekMap = { offsets: new Offsets(), limits: sequenceLimits(limits), indexBase };
  const { size, tail, type, policy } = await readEnds(p, storage, map, writable);
  const { last, torn, damaged } = tail;
  const state: Omit<SequenceState, 'torn' | 'recovered'> = {
    p,
    type,
    digests,
    keys: policyKeys(writable ? policy : undefined),
    storage,
    map,
    last,
    writable,
    writer: undefined,
  };
  if (torn === undefined || !writable) return new Sequence({ ...state, torn, recovered: undefined });
  if (!repair && damaged) fail('damaged', `${torn.code} at ${torn.offset}`);
  // Closed in order, it has no torn end: something else has happened to it.
  if (!repair && storage.clean === true) fail('torn', `${torn.code} at ${torn.offset}`);
  await cut(storage, tail, size);
  return new Sequence({ ...state, torn: undefined, recovered: torn });
}
