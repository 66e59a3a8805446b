/**
 * Keys of which a quorum of parts is enough: Shamir's sharing modulo L with Feldman's commitments (threshold keys, section A3). Not for
 * octet strings, and not a key generation without a dealer.
 */
import type { Provider } from '../backend/types.ts';
import { copied, equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import { isZero } from '../scalar448.ts';
import { type Group, type GroupName, groupOf } from './group.ts';
import { checkDistinct, interpolate, pointAt, valueAt, weight } from './polynomial.ts';
import { commonGroup, mostShares, objectOf, pointOf, readList, shareCount } from './read.ts';
import {
  directSecret,
  indexOf,
  randomScalar,
  readSecret,
  type SharedSecret,
  type ShareIndex,
  secretScalar,
  shareScalar,
} from './scalar.ts';
import { scoped } from './scope.ts';
import { baseTimes } from './sum.ts';

/** One share of a key: a point of the polynomial. */
export interface KeyShare {
  readonly crv: GroupName;
  /** Where the polynomial was evaluated; public. */
  readonly index: ShareIndex;
  /** How many shares recover the key. */
  readonly quorum: number;
  /** The value there: 56 octets for the 448 curves, 32 for the others; secret. */
  readonly scalar: Uint8Array;
}

/** What a dealer makes of a key. */
export interface Sharing {
  /** One for each holder, at the indexes 1, 2, 3 and so on. */
  readonly shares: KeyShare[];
  /** As many points as the quorum, public; the first is the public key. */
  readonly commitments: Uint8Array[];
}

/** A share that has been read; index and scalar have not been checked. */
export interface ReadShare {
  readonly group: Group;
  readonly quorum: number;
  readonly index: unknown;
  readonly scalar: unknown;
}

/** @throws MeshError `bad_option`, `unsupported_algorithm`, `bad_quorum` */
export function readShare(p: Provider, share: KeyShare): ReadShare {
  const { crv, index, quorum, scalar } = objectOf(share, 'share');
  return { group: groupOf(p, crv), quorum: shareCount(quorum, 'quorum', mostShares), index, scalar };
}

export function share(p: Provider, secret: SharedSecret, shares: unknown, quorum: unknown): Sharing {
  const read = readSecret(p, secret, 'secret');
  const count = shareCount(shares, 'shares', mostShares);
  const size = shareCount(quorum, 'quorum', count);
  const { group } = read;
  return scoped((mark) => {
    // Zero, which a uniform coefficient is once in 2^252 times or less, has no commitment on X curves.
    const coefficients = [secretScalar(read, 'secret')];
    while (coefficients.length < size) coefficients.push(randomScalar(group));
    coefficients.forEach(mark);
    return {
      shares: Array.from({ length: count }, (_, i) => ({
        crv: group.crv,
        index: i + 1,
        quorum: size,
        scalar: valueAt(group, coefficients, BigInt(i + 1)),
      })),
      commitments: coefficients.map((coefficient) => group.base(coefficient)),
    };
  });
}

/** f(x) B, or none where the share is zero. */
function committed(group: Group, commitments: readonly Uint8Array[], index: unknown): Uint8Array | undefined {
  const points = commitments.map((point, i) => pointOf(group, point, `commitment ${i}`));
  return pointAt(group, points, indexOf(group, index));
}

export function sharePublicKey(
  p: Provider,
  crv: unknown,
  index: unknown,
  commitments: readonly Uint8Array[],
): Uint8Array {
  const read = readList(commitments, 'commitments', 2, (point) => point);
  return committed(groupOf(p, crv), read, index) ?? fail('identity_result');
}

export function verifyShare(p: Provider, given: KeyShare, commitments: readonly Uint8Array[]): boolean {
  const { group, quorum, index, scalar } = readShare(p, given);
  const read = readList(commitments, 'commitments', 2, (point) => point);
  const expected = committed(group, read, index);
  const actual = baseTimes(group, shareScalar(group, scalar, 'share'));
  if (read.length !== quorum) return false;
  return expected === undefined || actual === undefined ? expected === actual : equal(expected, actual);
}

export function coefficient(p: Provider, crv: unknown, index: unknown, indexes: readonly ShareIndex[]): Uint8Array {
  const read = readList(indexes, 'indexes', 2, (x) => x);
  return weightAmong(groupOf(p, crv), index, read);
}

/** The weight of a share among the shares of a set, at zero. @throws MeshError as {@link indexOf}, `duplicate_index`, `inconsistent_shares` */
export function weightAmong(group: Group, index: unknown, indexes: readonly unknown[]): Uint8Array {
  const own = indexOf(group, index);
  const all = indexes.map((x) => indexOf(group, x));
  checkDistinct(all);
  const i = all.indexOf(own);
  if (i < 0) fail('inconsistent_shares', 'the index is not one of the indexes');
  return weight(group, all, i, 0n);
}

export function recover(p: Provider, given: readonly KeyShare[], publicKey: unknown): SharedSecret {
  const shares = readList(given, 'shares', 1, (item) => readShare(p, item));
  const group = commonGroup(
    p,
    shares.map((item) => item.group.crv),
  );
  const quorum = shares[0]?.quorum as number;
  if (shares.some((item) => item.quorum !== quorum)) fail('inconsistent_shares', 'the quorums differ');
  const expected = publicKey === undefined ? undefined : pointOf(group, publicKey, 'publicKey');
  const indexes = shares.map((item) => indexOf(group, item.index));
  checkDistinct(indexes);
  const values = shares.map((item) => shareScalar(group, item.scalar, 'share'));
  if (shares.length < quorum) fail('insufficient_shares', `${shares.length} shares of a quorum of ${quorum}`);
  const [some, theirs] = [indexes.slice(0, quorum), values.slice(0, quorum)];
  return scoped((mark) => {
    const surplus = indexes.slice(quorum).map((x) => mark(interpolate(group, some, theirs, x)));
    // All are compared: how many agree is no secret, which of two differing shares is read first would be.
    const agree = surplus.map((value, i) => equal(value, values[quorum + i] as Uint8Array));
    if (agree.includes(false)) fail('inconsistent_shares');
    const scalar = mark(interpolate(group, some, theirs, 0n));
    if (isZero(scalar)) fail('identity_result');
    if (expected !== undefined && !equal(group.base(scalar), expected)) fail('key_mismatch');
    return directSecret(group, copied(scalar));
  });
}
