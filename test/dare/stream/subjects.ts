/**
 * Streams on every backend, and the ways of sealing that their tests go through.
 */

import type { OpenOptions } from '../../../src/dare/parts.ts';
import type { SealOptions } from '../../../src/dare/prepare.ts';
import { makeDareStreams } from '../../../src/dare/stream/index.ts';
import { backends } from '../../support/backends.ts';
import { pattern } from '../../support/octets.ts';

/** Every backend, with streams over it. */
export const libraries = backends.map(({ name, backend }) => ({
  name,
  p: () => backend,
  streams: makeDareStreams(() => backend),
}));

const [{ mesh }] = backends as [(typeof backends)[0]];

/** A symmetric key as text. */
export const symmetric = mesh.udf.format(32, pattern(16));
const ed448 = { crv: 'Ed448', secretKey: pattern(57, 4) } as const;
const ed25519 = { crv: 'Ed25519', secretKey: pattern(32, 5) } as const;

/** Keys that decrypt, and keys that are believed. */
export const keys = [symmetric];
export const trust = [{ crv: 'Ed448', publicKey: mesh.ed448.getPublicKey(ed448.secretKey) }] as const;

/** How an envelope is sealed, and what opens it again. */
export interface Way {
  name: string;
  seal: SealOptions;
  open: OpenOptions;
  /** Whether plaintext comes out before everything has been read. */
  immediate: boolean;
}

export const ways: readonly Way[] = [
  { name: 'A256GCM', seal: { recipients: keys }, open: { keys }, immediate: true },
  {
    name: 'A256GCM, signed',
    seal: { recipients: keys, signers: [ed448], cipher: 'A256GCM' },
    open: { keys, trust },
    immediate: false,
  },
  { name: 'A256CBC, signed', seal: { recipients: keys, signers: [ed448] }, open: { keys, trust }, immediate: false },
  {
    name: 'A256CBC alone',
    seal: { recipients: keys, cipher: 'A256CBC', unsafeUnauthenticated: true },
    open: { keys },
    immediate: false,
  },
  { name: 'clear, signed', seal: { signers: [ed25519, ed448] }, open: { trust }, immediate: false },
  { name: 'clear', seal: {}, open: {}, immediate: false },
];
