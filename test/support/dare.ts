/**
 * Keys for envelopes, with public keys from @noble/curves, and what takes an envelope apart without the code under test.
 */
import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { ed448, x448 } from '@noble/curves/ed448.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { type Dare, makeDare } from '../../src/dare/index.ts';
import type { GroupName } from '../../src/threshold/group.ts';
import { makeThreshold } from '../../src/threshold/index.ts';
import { backends, type Subject } from './backends.ts';

/** A backend with envelopes over it. */
export const subjects: readonly (Subject & { dare: Dare })[] = backends.map((subject) => ({
  ...subject,
  dare: makeDare(() => subject.backend),
}));

export const textOf = (octets: Uint8Array) => new TextDecoder().decode(octets);
export const fromText = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

const secretOf = (length: number, octet: number) => new Uint8Array(length).fill(octet);

/** The sign octet that noble does not compute is that of the threshold keys, which have tests of their own. */
function signedX448(secretKey: Uint8Array): Uint8Array {
  const signed = makeThreshold(() => (backends[0] as Subject).backend).publicKey({ crv: 'X448', secretKey });
  if (!Buffer.from(signed.subarray(0, 56)).equals(x448.getPublicKey(secretKey))) throw new Error('not that key');
  return signed;
}

export interface Pair<C extends GroupName = GroupName> {
  crv: C;
  secretKey: Uint8Array;
  publicKey: Uint8Array;
}

/** A key pair of a curve. */
export function pairOf<C extends GroupName>(crv: C, octet = 7): Pair<C> {
  switch (crv as GroupName) {
    case 'Ed448': {
      const secretKey = secretOf(57, octet);
      return { crv, secretKey, publicKey: ed448.getPublicKey(secretKey) };
    }
    case 'X448': {
      const secretKey = secretOf(56, octet);
      return { crv, secretKey, publicKey: signedX448(secretKey) };
    }
    case 'Ed25519': {
      const secretKey = secretOf(32, octet);
      return { crv, secretKey, publicKey: ed25519.getPublicKey(secretKey) };
    }
    default: {
      const secretKey = secretOf(32, octet);
      return { crv, secretKey, publicKey: x25519.getPublicKey(secretKey) };
    }
  }
}

export const secretPart = ({ crv, secretKey }: Pair) => ({ crv, secretKey });
export const publicPart = <C extends GroupName>({ crv, publicKey }: Pair<C>) => ({ crv, publicKey });

/** HKDF of node:crypto. */
export function hkdf(
  hash: 'sha256' | 'sha512',
  ikm: Uint8Array,
  salt: Uint8Array,
  info: string | Uint8Array,
  length: number,
) {
  return new Uint8Array(hkdfSync(hash, ikm, salt, info, length));
}

/** RFC 3394 by node:crypto; throws when the key is not intact. */
export function unwrapKey(kek: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return new Uint8Array(Buffer.concat([decipher.update(wrapped), decipher.final()]));
}

export const sha512 = (octets: Uint8Array) => new Uint8Array(createHash('sha512').update(octets).digest());
