/**
 * Key generation with a trusted dealer: Shamir shares of a signing key and Feldman's commitments to them (RFC 9591 appendix C).
 * The dealer knows the key. Not for signing.
 */
import { equal, room, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';
import { INDEX_LIMIT, type Indexed } from './indexes.ts';
import { FrostShare, type ShareParts } from './share.ts';
import { indexScalar, type Suite } from './suite.ts';

/** The public key of a share. */
export interface FrostVerifyingShare extends Indexed {
  /** 57 or 32 octets. */
  readonly verifyingShare: Uint8Array;
}

/** What a dealer hands out: a share to each participant, everything else to everybody. */
export interface FrostDeal {
  /** The key of the group: 57 octets for Ed448, 32 for Ed25519. */
  publicKey: Uint8Array;
  /** Feldman's commitments, as many as the quorum; the first one is the public key. */
  commitments: Uint8Array[];
  /** For the coordinator, in ascending order of their indexes. */
  verifyingShares: FrostVerifyingShare[];
  /** The shares, with indexes from 1. */
  shares: FrostShare[];
}

/** A count of shares and a quorum. @throws MeshError `share_out_of_range`, `insufficient_shares` */
export function checkedSizes(shares: unknown, quorum: unknown): { shares: number; quorum: number } {
  for (const count of [shares, quorum]) {
    // With a quorum of 1 every share would be the key.
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 2 || count > INDEX_LIMIT) {
      fail('share_out_of_range', `shares and quorum are integers from 2 to ${INDEX_LIMIT}`);
    }
  }
  if ((shares as number) < (quorum as number)) fail('insufficient_shares', `${shares} shares, the quorum is ${quorum}`);
  return { shares: shares as number, quorum: quorum as number };
}

/** A uniform, secret scalar; zero comes up once in 2^252 times, and is then refused as the identity. */
export function randomScalar({ group }: Suite): Uint8Array {
  const wide = randomBytes(group.wideLength);
  try {
    return group.reduce(wide);
  } finally {
    wipe(wide);
  }
}

/** f(x) for the polynomial with these coefficients, by Horner's rule. */
function evaluate({ group }: Suite, coefficients: readonly Uint8Array[], x: number): Uint8Array {
  const point = indexScalar(group, x);
  return coefficients.reduceRight((sum, coefficient) => {
    const product = group.multiply(sum, point);
    const next = group.add(product, coefficient);
    wipe(product, sum);
    return next;
  }, room(group.scalarLength));
}

/** A share, its public key computed; checked against commitments when there are any. The secret is wiped. @throws MeshError `identity_result`, `share_invalid` */
export function shareOf(given: Omit<ShareParts, 'verifyingShare'>, commitments?: readonly Uint8Array[]): FrostShare {
  try {
    const share = { ...given, verifyingShare: given.suite.group.base(given.secret) };
    if (commitments !== undefined && !isCommitted(share.suite, share, commitments)) fail('share_invalid');
    return new FrostShare(share);
  } finally {
    wipe(given.secret);
  }
}

/** Deals with the polynomial of these scalars, the first one being the key; they are wiped. @throws MeshError `identity_result` for a zero */
export function dealWith(suite: Suite, shares: number, coefficients: readonly Uint8Array[]): FrostDeal {
  const { group } = suite;
  const dealt: FrostShare[] = [];
  try {
    const commitments = coefficients.map((coefficient) => group.base(coefficient));
    const publicKey = commitments[0] as Uint8Array;
    const quorum = coefficients.length;
    for (let index = 1; index <= shares; index++) {
      const secret = evaluate(suite, coefficients, index);
      dealt.push(shareOf({ suite, index, quorum, secret, publicKey: publicKey.slice() }));
    }
    const verifyingShares = dealt.map(({ index, verifyingShare }) => ({ index, verifyingShare }));
    return { publicKey: publicKey.slice(), commitments, verifyingShares, shares: dealt };
  } catch (error) {
    for (const share of dealt) share.destroy();
    throw error;
  } finally {
    for (const coefficient of coefficients) wipe(coefficient);
  }
}

/** Deals shares of a key, or of a fresh one. @throws MeshError `random_failed` */
export function deal(suite: Suite, shares: number, quorum: number, key: Uint8Array | undefined): FrostDeal {
  const coefficients = key === undefined ? [] : [key];
  try {
    while (coefficients.length < quorum) coefficients.push(randomScalar(suite));
    return dealWith(suite, shares, coefficients);
  } finally {
    for (const coefficient of coefficients) wipe(coefficient);
  }
}

/** Feldman's check: f(index) B from the commitments. @throws MeshError the codes of points, `identity_result` */
export function committedShare({ group }: Suite, index: number, commitments: readonly Uint8Array[]): Uint8Array {
  const x = indexScalar(group, index);
  let power = indexScalar(group, 1);
  const powers = commitments.map(() => {
    const current = power;
    power = group.multiply(power, x);
    return current;
  });
  return group.combination(powers, commitments);
}

/** Whether a share is the one that the commitments promise. @throws MeshError as {@link committedShare} */
export function isCommitted(
  suite: Suite,
  share: { index: number; quorum: number; publicKey: Uint8Array; verifyingShare: Uint8Array },
  commitments: readonly Uint8Array[],
): boolean {
  return (
    commitments.length === share.quorum &&
    equal(commitments[0] as Uint8Array, share.publicKey) &&
    equal(committedShare(suite, share.index, commitments), share.verifyingShare)
  );
}
