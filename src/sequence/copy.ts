/**
 * A sequence made of the frames of another one: all of them, or those that a filter keeps. Indexes, TreePositions and digests are made anew, and in
 * the linked rule, whatever the old ones were. Payloads stay as carried, so that signatures on them still count; but A256GCM binds the header too, in which
 * the index stands, so that such frames are decrypted and sealed again where their place changes. Source: DARE sequences, appending and recovery.
 */
import type { Provider } from '../backend/types.ts';
import { equal } from '../bytes.ts';
import { writeObject } from '../dare/json.ts';
import { type Members, noMembers } from '../dare/members.ts';
import type { OpenOptions } from '../dare/parts.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { own } from '../own.ts';
import { type DraftRules, draftOf, policyKeys } from './draft.ts';
import type { SequenceFrame } from './frame.ts';
import { isObject, placeOf } from './members.ts';
import { type CreateOptions, createSequence } from './open.ts';
import type { Sequence } from './sequence.ts';
import type { SequenceStorage } from './storage.ts';
import type { Draft } from './writer.ts';

/** How a sequence is copied. What is about sealing counts for frame 0, and for frames that are sealed again. */
export interface CopyOptions extends CreateOptions {
  /** Which frames; frame 0 is always made anew. */
  filter?: (frame: SequenceFrame) => boolean | Promise<boolean>;
  /** What decrypts frames that have to be sealed again, as for `dare.open`. */
  keys?: OpenOptions['keys'];
}

const sequenceMembers: ReadonlySet<string> = new Set([
  ...['SequenceInfo', 'ContainerInfo', 'DataEncoding', 'ContainerType', 'Index', 'TreePosition', 'IndexPosition'],
  ...['ExchangePosition', 'PayloadDigest', 'ChainDigest', 'TreeDigest', 'ApexDigest'],
]);

const mostAtOnce = 256;
const mostOctets = 2 ** 23;

/** The members that are not about the place in the old sequence. */
function withoutPlace(members: Members): Members {
  const kept = noMembers();
  for (const [name, value] of Object.entries(members)) if (!sequenceMembers.has(name)) kept[name] = value;
  return kept;
}

/** Whether the header would be the same, so that nothing that binds it is broken. */
const sameInfo = (header: Members, info: object): boolean =>
  JSON.stringify(own(header, 'SequenceInfo')) === JSON.stringify(info);

/** A frame with its payload as carried. */
async function carried(
  p: Provider,
  frame: SequenceFrame,
  first: SequenceFrame,
  again: Draft | undefined,
): Promise<Draft> {
  const parts = await frame.parts();
  const payloadDigest = p().sha512(parts.payload);
  const { payload: stored } = placeOf(frame.header, frame.trailer);
  if (stored !== undefined && !equal(stored, payloadDigest)) fail('payload-digest', `frame ${frame.index}`);
  const header = withoutPlace(frame.header);
  // The seed of frame 0 counts for frames without recipients; in the new sequence each has its own.
  const recipients = own(first.header, 'recipients');
  if (frame.encrypted && own(header, 'recipients') === undefined && recipients !== undefined)
    header['recipients'] = recipients;
  const trailer = { ...withoutPlace(frame.trailer ?? noMembers()), PayloadDigest: payloadDigest };
  const isBound = own(header, 'enc') === 'A256GCM';
  return (info) => {
    if (isBound && sameInfo(frame.header, info)) return { ...parts, trailer, payloadDigest };
    if (isBound || (again !== undefined && !frame.encrypted))
      return again === undefined ? fail('no-recipient', `frame ${frame.index}`) : again(info);
    return {
      header: writeObject({ ...header, dig: 'S512', SequenceInfo: info }),
      payload: parts.payload,
      trailer,
      payloadDigest,
    };
  };
}

/** A frame opened, to be sealed again. */
async function resealed(
  rules: DraftRules,
  frame: SequenceFrame,
  keys: OpenOptions['keys'],
  seal: object,
): Promise<Draft> {
  const { payload, annotations, contentMeta } = await frame.open(frame.encrypted ? { keys: keys ?? [] } : {});
  return draftOf(rules, payload, { ...seal, annotations, contentMeta: { ...contentMeta } });
}

/**
 * Copies a sequence into a storage that is empty.
 *
 * @throws MeshError `no-recipient` for frames of A256GCM that change their place, without keys; those of reading, creating and appending
 */
export async function copySequence(
  p: Provider,
  source: Sequence,
  storage: SequenceStorage,
  given?: CopyOptions,
): Promise<Sequence> {
  const { filter = () => true, keys, ...create } = options(given);
  const first = await source.frame(0);
  const policy = own(first.header, 'policy');
  const {
    type = source.type,
    policy: newPolicy = isObject(policy) ? policy : {},
    digests = true,
    limits,
    ...seal
  } = create;
  const target = await createSequence(p, storage, { ...create, type, policy: { ...newPolicy } });
  const rules: DraftRules = { p, type, digests, keys: policyKeys(newPolicy) };
  const { recipients, symmetric } = rules.keys;
  const encrypts = symmetric || recipients.length > 0 || (seal.recipients ?? []).length > 0;
  let drafts: Draft[] = [];
  let octets = 0;
  for await (const frame of source.frames(source.length > 1 ? { from: 1 } : undefined)) {
    if (frame.index === 0 || !(await filter(frame))) continue;
    const isBound = own(frame.header, 'enc') === 'A256GCM';
    const again = (isBound ? keys !== undefined : encrypts && !frame.encrypted)
      ? await resealed(rules, frame, keys, seal)
      : undefined;
    drafts.push(await carried(p, frame, first, again));
    octets += frame.size;
    if (drafts.length >= mostAtOnce || octets >= mostOctets) {
      await target.appendDrafts(drafts, false);
      [drafts, octets] = [[], 0];
    }
  }
  await target.appendDrafts(drafts, false);
  return target;
}
