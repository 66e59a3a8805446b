/**
 * The public side of one signature of the Mesh drafts: R, the sum of all nonce points, and the challenge (draft-hallambaker-threshold-sigs,
 * section 4). Not for secrets.
 */
import { bytes, concat, empty, sized } from '../bytes.ts';
import { checkedContext } from '../ed448/arguments.ts';
import { fail } from '../errors.ts';
import { checkedIndex } from '../frost/indexes.ts';
import { indexScalar, type Suite } from '../frost/suite.ts';
import { fromUtf8 } from '../utf8.ts';

/** What all signers of a signature have in common. */
export interface UnsafeSessionOptions {
  /** The nonce points of all signers, 57 or 32 octets each, in an order that all agree on. */
  noncePoints: readonly Uint8Array[];
  /** Of Shamir shares: the indexes of their signers, in the same order. */
  indexes?: readonly number[];
  /**
   * 0 to 255 octets. Ed448: empty by default. Ed25519: without it the signature is pure Ed25519, with it, even when it is empty, it is
   * Ed25519ctx; the published examples have an empty one.
   */
  context?: Uint8Array;
}

/** Options that have been read; octets unchecked. */
export interface UncheckedSession {
  noncePoints: unknown[];
  indexes: number[] | undefined;
  context: unknown;
}

function listOf(value: unknown, name: string): unknown[] {
  return Array.isArray(value) ? Array.from<unknown>(value) : fail('bad_option', `${name} must be an array`);
}

/** Reads what sessions have in common, once. @throws MeshError `bad_option`, `share_index_zero`, `share_out_of_range`, `duplicate_index`, `index_mismatch` */
export function readSession({ noncePoints, indexes, context }: Partial<UnsafeSessionOptions>): UncheckedSession {
  const points = listOf(noncePoints, 'noncePoints');
  if (points.length < 2) fail('insufficient_shares', 'a signature of one is none of many');
  if (indexes === undefined) return { noncePoints: points, indexes: undefined, context };
  const checked = listOf(indexes, 'indexes').map(checkedIndex);
  if (new Set(checked).size !== checked.length) fail('duplicate_index', 'indexes');
  if (checked.length !== points.length) fail('index_mismatch', 'indexes and noncePoints');
  return { noncePoints: points, indexes: checked, context };
}

/** dom4 of Ed448, dom2 of Ed25519ctx, or nothing (RFC 8032 sections 5.1 and 5.2). */
function domain({ crv }: Suite, context: unknown): Uint8Array {
  if (crv === 'Ed25519' && context === undefined) return empty;
  const checked = context === undefined ? empty : checkedContext(context);
  const name = crv === 'Ed448' ? 'SigEd448' : 'SigEd25519 no Ed25519 collisions';
  return concat(fromUtf8(name), Uint8Array.of(0, checked.length), checked);
}

/** What the signers sign together. */
export interface Challenge {
  noncePoints: Uint8Array[];
  /** The first half of the signature. */
  R: Uint8Array;
  /** The challenge, a scalar. */
  k: Uint8Array;
}

/**
 * R and k, after checking that every nonce point has order L.
 *
 * @throws MeshError `not_bytes`, `context_too_long`, `bad_public_length`, the codes of points, `identity_result`
 */
export function challengeOf(
  suite: Suite,
  publicKey: Uint8Array,
  message: unknown,
  { noncePoints, context }: UncheckedSession,
): Challenge {
  const { group } = suite;
  const dom = domain(suite, context);
  const text = bytes(message, 'message');
  const points = noncePoints.map((point) => sized(point, 'noncePoint', 'bad_public_length', group.pointLength));
  const one = indexScalar(group, 1);
  const R = group.combination(
    points.map(() => one),
    points,
  );
  return { noncePoints: points, R, k: suite.digest(dom, R, publicKey, text) };
}
