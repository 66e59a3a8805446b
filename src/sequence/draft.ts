/**
 * What one appended payload becomes: an envelope that keeps to the policy of the sequence. Not its place among the frames.
 */
import type { Provider } from '../backend/types.ts';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { bytes } from '../bytes.ts';
import { writeObject } from '../dare/json.ts';
import { curveName } from '../dare/keyid.ts';
import type { Recipient } from '../dare/keys.ts';
import type { Members } from '../dare/members.ts';
import { type SealedParts, sealParts } from '../dare/parts.ts';
import type { SealOptions } from '../dare/prepare.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { own } from '../own.ts';
import { isObject, type SequenceType } from './members.ts';
import type { Draft } from './writer.ts';

/** What all frames of a sequence have in common. */
export interface DraftRules {
  p: Provider;
  type: SequenceType;
  /** Whether frames of types without digests have one all the same. */
  digests: boolean;
  /** Whom every frame is encrypted to. */
  keys: PolicyKeys;
}

/** A frame in clear that nobody signs; without `digest` as the drafts print lists. */
function plainParts(
  { p }: DraftRules,
  payload: Uint8Array,
  { contentType, contentMeta }: SealOptions,
  members: Members,
  digest: boolean,
): SealedParts {
  const meta = { ...(contentType === undefined ? {} : { cty: contentType }), ...contentMeta };
  const { SequenceInfo, ...before } = members;
  const payloadDigest = p().sha512(payload);
  const dig = digest ? { dig: 'S512' } : {};
  return {
    header: writeObject({ ...dig, ...before, ContentMetaData: writeObject(meta), SequenceInfo }),
    payload,
    trailer: digest ? { PayloadDigest: payloadDigest } : {},
    payloadDigest,
  };
}

/**
 * A payload as a frame to be; `members` go into its header, too. The policy's recipients come before those of the options.
 *
 * @throws MeshError `no-recipient` when a symmetric key is missing
 */
export function draftOf(rules: DraftRules, payload: Uint8Array, seal: SealOptions, members: Members = {}): Draft {
  const { p, type, digests, keys } = rules;
  const recipients = [...keys.recipients, ...(seal.recipients ?? [])];
  if (keys.symmetric && !recipients.some((recipient) => typeof recipient === 'string'))
    fail('no-recipient', 'a symmetric key');
  const isPlain = recipients.length === 0 && (seal.signers ?? []).length === 0;
  const optional = type === 'List' || type === 'Tree';
  return (SequenceInfo) => {
    const header = { ...members, SequenceInfo };
    if (isPlain && optional && !digests) return plainParts(rules, payload, seal, header, false);
    // A third of the work of sealing, which appends of many small frames would feel.
    if (isPlain && Object.keys(seal).length === 0) return plainParts(rules, payload, {}, header, true);
    const encrypted = recipients.length === 0 ? {} : { recipients };
    return sealParts(p, payload, { contentMeta: {}, ...seal, ...encrypted }, { header });
  };
}

/** Whom a policy wants every frame encrypted to. */
export interface PolicyKeys {
  recipients: NonNullable<SealOptions['recipients']>;
  /** Also to a symmetric key, which is not in the policy: whoever appends has to give one. */
  symmetric: boolean;
}

const octetsOf = (text: string): Uint8Array => fromBase64url(text.replace(/[ \t\r\n]/g, ''), 'structure');

/** The keys that a policy names. @throws MeshError `structure`, `key-type` for kinds that are not supported */
export function policyKeys(policy: unknown): PolicyKeys {
  if (policy === undefined || policy === null) return { recipients: [], symmetric: false };
  if (!isObject(policy)) fail('structure', 'policy');
  const keys = own(policy, 'EncryptKeys') ?? [];
  if (!Array.isArray(keys)) fail('structure', 'EncryptKeys');
  const isSymmetric = (key: unknown) => isObject(key) && own(key, 'SymmetricKey') !== undefined;
  return {
    recipients: keys.filter((key) => !isSymmetric(key)).map(policyRecipient),
    symmetric: keys.some(isSymmetric),
  };
}

function policyRecipient(key: unknown): Recipient {
  const ecdh = isObject(key) ? own(key, 'PublicKeyECDH') : undefined;
  if (!isObject(ecdh)) fail('key-type', 'EncryptKeys');
  const [crv, text] = [own(ecdh, 'crv'), own(ecdh, 'Public')];
  if (typeof crv !== 'string' || typeof text !== 'string') fail('structure', 'EncryptKeys');
  return { crv: curveName(crv), publicKey: octetsOf(text) };
}

/** What a policy says of recipients. */
export function policyOf(recipients: NonNullable<SealOptions['recipients']>): object[] {
  return recipients.map((recipient) => {
    if (typeof recipient === 'string') return { SymmetricKey: {} };
    const { crv, publicKey } = options(recipient as { crv: string; publicKey: Uint8Array });
    return { PublicKeyECDH: { crv, Public: toBase64url(bytes(publicKey, 'publicKey')) } };
  });
}
