/**
 * Keys for envelopes and sequences as options name them: whom to encrypt to, who signs, what decrypts, whom to trust.
 */
import { wipe } from '../bytes.ts';
import type { DecryptionKey, Recipient, SignatureCrv, Signer, TrustedKey } from '../dare/keys.ts';
import { nameOf } from './input.ts';
import { type KeyFileOptions, keysOf } from './keyfile.ts';
import { forget, type Keyring, type PublicKey, useOf } from './keyring.ts';
import { UsageError } from './terminal.ts';

/** Options of commands that seal. */
export const sealKeyOptions = {
  to: { type: 'string', short: 'r', multiple: true, default: [] as string[] },
  sign: { type: 'string', short: 's', multiple: true, default: [] as string[] },
  'passphrase-file': { type: 'string' },
} as const;

/** Options of commands that open. */
export const openKeyOptions = {
  key: { type: 'string', short: 'k', multiple: true, default: [] as string[] },
  trust: { type: 'string', multiple: true, default: [] as string[] },
  'passphrase-file': { type: 'string' },
} as const;

function signs<T extends PublicKey>(key: T): key is T & { crv: SignatureCrv } {
  return useOf[key.crv] === 'signatures';
}

/** What `pick` takes from the keys that each argument names. @throws UsageError for an argument that has none of it */
async function collect<T>(
  names: readonly string[],
  what: string,
  options: KeyFileOptions,
  pick: (ring: Keyring) => readonly T[],
): Promise<T[]> {
  const all: T[] = [];
  for (const name of names) {
    const ring = await keysOf(name, options);
    const picked = pick(ring);
    if (picked.length === 0) throw new UsageError(`${nameOf(name)}: no ${what}`, options.command);
    all.push(...picked);
  }
  return all;
}

const publicOf = ({ crv, publicKey }: PublicKey) => ({ crv, publicKey });

/** Whom to encrypt to: public keys, also those of key pairs, and symmetric keys. Keys for signatures are for signatures. */
export function recipientsOf(names: readonly string[], options: KeyFileOptions): Promise<Recipient[]> {
  return collect<Recipient>(names, 'key to encrypt to', options, (ring) => {
    forget(ring);
    const keys = [...ring.publicKeys, ...ring.secretKeys].filter((key) => !signs(key));
    return [...ring.symmetric, ...keys.map(publicOf)];
  });
}

/** Who signs; whoever calls wipes the secret keys with {@link forgetKeys}. */
export function signersOf(names: readonly string[], options: KeyFileOptions): Promise<Signer[]> {
  return collect<Signer>(names, 'secret key for signatures', options, ({ secretKeys }) => {
    wipe(...secretKeys.filter((key) => !signs(key)).map(({ secretKey }) => secretKey));
    return secretKeys.filter(signs).map(({ crv, secretKey }) => ({ crv, secretKey }));
  });
}

/** What decrypts: all secret keys, since envelopes of the drafts are encrypted to keys for signatures, too. Wiped as those of signers. */
export function decryptionKeysOf(names: readonly string[], options: KeyFileOptions): Promise<DecryptionKey[]> {
  return collect<DecryptionKey>(names, 'secret key', options, ({ secretKeys, symmetric }) => [
    ...symmetric,
    ...secretKeys.map(({ crv, secretKey }) => ({ crv, secretKey })),
  ]);
}

/** Whom to trust: public keys for signatures, also those of key pairs. */
export function trustOf(names: readonly string[], options: KeyFileOptions): Promise<TrustedKey[]> {
  return collect<TrustedKey>(names, 'key for signatures', options, (ring) => {
    forget(ring);
    return [...ring.publicKeys, ...ring.secretKeys].filter(signs).map(({ crv, publicKey }) => ({ crv, publicKey }));
  });
}

/** Overwrites secret keys. */
export function forgetKeys(keys: readonly (Signer | DecryptionKey)[]): void {
  for (const key of keys) if (typeof key !== 'string' && 'secretKey' in key) wipe(key.secretKey);
}
