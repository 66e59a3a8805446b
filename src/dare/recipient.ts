/**
 * Recipient entries of a header (DARE specification, sections 6.1 to 6.4): the base seed wrapped for each recipient, and back.
 * Header `kid`, which should name the seed and mostly names another one, is never looked at.
 */
import { aes, Refusal } from '../aes/index.ts';
import type { Provider } from '../backend/types.ts';
import { settle, wipe } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';
import type { GroupName } from '../threshold/group.ts';
import type { Udf } from '../udf/index.ts';
import { agree, ephemeral } from './agreement.ts';
import { type KekInfo, keyEncryptionKey } from './derive.ts';
import { isKid, type KeyIdRule, keyId, publicKeyMembers } from './keyid.ts';
import type { HeldKey, ReadRecipient } from './keys.ts';
import { binaryOf, type Members, objectOf, optional, present, textOf } from './members.ts';

/** An entry of `recipients`, its types checked. */
export interface RecipientEntry {
  kid?: string;
  /** The curve as somebody wrote it, and the ephemeral key; absent for symmetric recipients. */
  epk?: { crv: string; publicKey: Uint8Array };
  /** The wrapped base seed. */
  wmk?: Uint8Array;
}

/** @throws MeshError `structure`, `base64` */
export function readRecipientEntry(value: unknown): RecipientEntry {
  const members = objectOf(value, 'recipients[]');
  const key = optional(members, 'epk', objectOf);
  return present<RecipientEntry>({
    kid: optional(members, 'kid', textOf),
    epk: key && readEphemeral(key),
    wmk: optional(members, 'wmk', binaryOf),
  });
}

/** Other kinds of key (RSA, finite-field) have a curve without a name, which no key is on. */
function readEphemeral(value: Members): { crv: string; publicKey: Uint8Array } {
  const key = publicKeyMembers(value);
  if (key === undefined) return { crv: '', publicKey: new Uint8Array(0) };
  return { crv: textOf(key.crv, 'crv'), publicKey: binaryOf(key.publicKey, 'Public') };
}

/** How entries are written. */
export interface RecipientForm {
  rule: KeyIdRule;
  info: KekInfo;
}

/** An entry for a recipient. */
export function writeRecipient(
  p: Provider,
  udf: Udf,
  recipient: ReadRecipient,
  seed: Uint8Array,
  { rule, info }: RecipientForm,
): Members {
  if ('secret' in recipient) {
    return { kid: recipient.ids[rule === 'E5' ? 0 : 1], wmk: wrap(p, recipient.secret, info, seed) };
  }
  const { crv, point, publicKey, kid = keyId(udf, crv, publicKey, rule) } = recipient;
  const key = ephemeral(p, crv, point);
  try {
    return {
      kid,
      epk: { PublicKeyECDH: { crv, Public: key.public } },
      wmk: wrap(p, key.shared, info, seed),
    };
  } finally {
    wipe(key.shared);
  }
}

function wrap(p: Provider, shared: Uint8Array, info: KekInfo, seed: Uint8Array): Uint8Array {
  const kek = keyEncryptionKey(p, shared, info);
  try {
    return aes.wrapKey(kek, seed);
  } finally {
    wipe(kek);
  }
}

/** A wrong choice always shows as a failure to unwrap. */
const infos: readonly KekInfo[] = ['', 'master'];

/** What was found out about the way in which a seed was wrapped. */
export interface Unwrapped {
  seed: Uint8Array;
  info: KekInfo;
  kid: string | undefined;
}

/** Octets of the longest wrapped seed; all that were ever published have 40. */
const longestWrapped = 72;

function unwrap(p: Provider, shared: Uint8Array, { wmk, kid }: RecipientEntry): Unwrapped {
  if (wmk === undefined || wmk.length > longestWrapped) fail('unwrap');
  for (const info of infos) {
    const kek = keyEncryptionKey(p, shared, info);
    try {
      return { seed: settle(aes.unwrapKey(kek, wmk)), info, kid };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    } finally {
      wipe(kek);
    }
  }
  return fail('unwrap');
}

function isFor({ kid, epk }: RecipientEntry, held: HeldKey): boolean {
  if ((epk === undefined) !== 'secret' in held) return false;
  // Without an identifier any key may be the one.
  return kid === undefined || kid === held.kid || isKid(kid, held.ids);
}

function tryEntry(p: Provider, entry: RecipientEntry, held: HeldKey): Unwrapped {
  if ('secret' in held) return unwrap(p, held.secret, entry);
  const { crv, publicKey } = entry.epk as { crv: string; publicKey: Uint8Array };
  if (crv !== (held.key.crv satisfies GroupName)) fail('key-type', 'the ephemeral key is on another curve');
  const shared = agree(p, held.key, publicKey);
  try {
    return unwrap(p, shared, entry);
  } finally {
    wipe(shared);
  }
}

/** Most entries that are tried, of those that name a key that is there: each costs an agreement, and a stranger can write a thousand. */
const mostAttempts = 64;

/**
 * The base seed, from the first entry and key that belong together and fit.
 *
 * @throws MeshError `no-recipient`; `key-type`, `unwrap` of the last entry that belongs to a key
 */
export function recoverSeed(p: Provider, entries: readonly RecipientEntry[], keys: readonly HeldKey[]): Unwrapped {
  let refusal: MeshError | undefined;
  let attempts = 0;
  for (const entry of entries) {
    for (const held of keys) {
      if (!isFor(entry, held)) continue;
      if (attempts++ === mostAttempts) throw refusal;
      try {
        return tryEntry(p, entry, held);
      } catch (error) {
        if (!(error instanceof MeshError) || (error.code !== 'key-type' && error.code !== 'unwrap')) throw error;
        refusal = error;
      }
    }
  }
  throw refusal ?? new MeshError('no-recipient');
}
