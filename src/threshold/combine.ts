/**
 * Keys of which every part is needed: sums of keys, and keys split into a sum (threshold keys, sections A1 and A2). Whoever chooses
 * a part after seeing the others chooses the sum: not for parts of strangers without a proof that they know theirs.
 */
import type { Provider } from '../backend/types.ts';
import { fail } from '../errors.ts';
import { isZero } from '../scalar448.ts';
import { groupOf } from './group.ts';
import { commonGroup, mostShares, pointOf, readList, shareCount } from './read.ts';
import { directSecret, randomScalar, readSecret, type SharedSecret, secretScalar, subtract } from './scalar.ts';
import { scoped } from './scope.ts';
import { sumOf } from './sum.ts';

export function combineSecretKeys(p: Provider, secrets: readonly SharedSecret[]): SharedSecret {
  const read = readList(secrets, 'secrets', 2, (secret) => readSecret(p, secret, 'secret'));
  const group = commonGroup(
    p,
    read.map((secret) => secret.group.crv),
  );
  return scoped((secret) => {
    const scalars = read.map((part, i) => secret(secretScalar(part, `secret ${i}`)));
    const sum = scalars.reduce((a, b) => group.add(secret(a), b));
    return isZero(sum) ? fail('identity_result') : directSecret(group, sum);
  });
}

export function combinePublicKeys(p: Provider, crv: unknown, publicKeys: readonly Uint8Array[]): Uint8Array {
  const read = readList(publicKeys, 'publicKeys', 2, (key) => key);
  const group = groupOf(p, crv);
  const points = read.map((key, i) => pointOf(group, key, `publicKey ${i}`));
  return sumOf(group, points) ?? fail('identity_result');
}

export function split(p: Provider, secret: SharedSecret, shares: unknown): SharedSecret[] {
  const read = readSecret(p, secret, 'secret');
  const count = shareCount(shares, 'shares', mostShares);
  const { group } = read;
  return scoped((mark) => {
    const scalar = mark(secretScalar(read, 'secret'));
    for (;;) {
      const parts = Array.from({ length: count - 1 }, () => randomScalar(group));
      const last = parts.reduce((rest, part) => subtract(group, mark(rest), part), scalar);
      // A part of zero would leave the secret to the others.
      if (!isZero(last)) return [...parts, last].map((part) => directSecret(group, part));
      parts.forEach(mark);
    }
  });
}
