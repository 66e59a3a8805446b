/**
 * Keys of an envelope from its base seed and of a recipient from an agreement (DARE specification, sections 6.3, 7.1 and 9.3).
 * Not the ciphers they are for.
 */
import { type ChunkKeys, noncePrefixLength } from '../aes/chunked.ts';
import type { Provider } from '../backend/types.ts';
import { concat, equal, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { hkdfSha256, makeHkdfSha512 } from '../hash/hkdf.ts';
import { fromUtf8 } from '../utf8.ts';

/** How payloads are encrypted. */
export type Cipher = 'A256CBC' | 'A256GCM';

/** Keys of one payload or annotation; {@link wipeBodyKeys} wipes them. */
export type BodyKeys = { cipher: 'A256CBC'; key: Uint8Array; iv: Uint8Array } | ({ cipher: 'A256GCM' } & ChunkKeys);

/** Info of the key encryption key: none today, `master` until 2020. The text of the drafts has `dare-master`, which nothing ever used. */
export type KekInfo = '' | 'master';

/** Octets of what is drawn for every envelope. */
export const seedLength = 32;
export const saltLength = 16;

/** The key that wraps the base seed for one recipient: SHA-512 here, SHA-256 in everything that follows. */
export function keyEncryptionKey(p: Provider, shared: Uint8Array, info: KekInfo): Uint8Array {
  return makeHkdfSha512(p)(shared, undefined, fromUtf8(info), 32);
}

/** Where keys are for: `saltPrefix` is empty for the payload; `aad` is what A256GCM binds. */
export interface BodyContext {
  seed: Uint8Array;
  salt: Uint8Array;
  saltPrefix: Uint8Array;
  aad: Uint8Array;
}

/** Section 7.1. */
export function bodyKeys(cipher: Cipher, { seed, salt, saltPrefix, aad }: BodyContext): BodyKeys {
  const whole = concat(saltPrefix, salt);
  const expand = (label: string, length: number) => settle(hkdfSha256(seed, whole, fromUtf8(label), length));
  return cipher === 'A256CBC'
    ? { cipher, key: expand('encrypt', 32), iv: expand('iv', 16) }
    : { cipher, key: expand('A256GCM key', 32), noncePrefix: expand('A256GCM nonce', noncePrefixLength), aad };
}

export function wipeBodyKeys(keys: BodyKeys): void {
  wipe(keys.key, keys.cipher === 'A256CBC' ? keys.iv : keys.noncePrefix);
}

/** What the header of an A256GCM envelope shows of its seed: GCM itself does not commit to a key. */
export function keyCommitment(seed: Uint8Array, salt: Uint8Array): Uint8Array {
  return hkdfSha256(seed, salt, fromUtf8('A256GCM commitment'), 32);
}

/** @throws MeshError `key-commitment` */
export function checkKeyCommitment(seed: Uint8Array, salt: Uint8Array, committed: Uint8Array | undefined): void {
  if (committed === undefined || !equal(keyCommitment(seed, salt), committed)) fail('key-commitment');
}

/** What only a holder of the seed can compute for a signature: `info` is the signature, in E6 the manifest. */
export function witnessValue(seed: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array {
  return hkdfSha256(seed, salt, info, 32);
}
