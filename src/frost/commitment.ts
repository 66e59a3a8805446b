/**
 * The list of commitments that all signers of a signature share, and what follows from it and the message: binding factors, the group
 * commitment R and the challenge (RFC 9591 sections 4.3 to 4.6). Public values only.
 */
import { concat, sized } from '../bytes.ts';
import { ascending, type Indexed, readList } from './indexes.ts';
import { indexScalar, type Suite } from './suite.ts';

/** What a signer sends in round one. */
export interface FrostCommitment extends Indexed {
  /** The point of the hiding nonce, 57 or 32 octets. */
  readonly hiding: Uint8Array;
  /** The point of the binding nonce. */
  readonly binding: Uint8Array;
}

/** A list that has been read; octets unchecked. */
export type UncheckedCommitments = readonly Partial<FrostCommitment>[];

/** Reads a list of commitments, once. @throws MeshError as {@link readList} */
export function readCommitments(value: unknown): UncheckedCommitments {
  return readList<FrostCommitment>(value, 'commitments');
}

/**
 * Commitments with indexes in order and octets of the right number; whether those are points is seen when they are summed.
 *
 * @throws MeshError as {@link ascending}, `not_bytes`, `bad_public_length`
 */
export function checkedCommitments({ group }: Suite, list: UncheckedCommitments): FrostCommitment[] {
  const indexes = ascending(list, 'commitments');
  const point = (value: unknown, name: string) => sized(value, name, 'bad_public_length', group.pointLength);
  return list.map(({ hiding, binding }, i) => ({
    index: indexes[i] as number,
    hiding: point(hiding, 'hiding'),
    binding: point(binding, 'binding'),
  }));
}

/** EncodeGroupCommitmentList (section 4.3). */
function encodeList(suite: Suite, commitments: readonly FrostCommitment[]): Uint8Array {
  const length = suite.scalarOctets + 2 * suite.group.pointLength;
  const out = new Uint8Array(length * commitments.length);
  commitments.forEach(({ index, hiding, binding }, i) => {
    out.set(concat(suite.encodeIndex(index), hiding, binding), i * length);
  });
  return out;
}

/** What a message and a list of commitments bind a signature to. */
export interface Bound {
  /** The group commitment: the first half of the signature. */
  readonly R: Uint8Array;
  /** The challenge, a scalar. */
  readonly challenge: Uint8Array;
  /** The binding factor of each commitment, scalars. */
  readonly factors: readonly Uint8Array[];
}

/**
 * Sections 4.4 to 4.6. The commitment at the place `own` was made here.
 *
 * @throws MeshError for a commitment that is no point of order L `noncanonical_encoding`, `not_on_curve`, `small_order_base`,
 * `not_in_prime_order_subgroup`; `identity_result` when R is the identity
 */
export function bind(
  suite: Suite,
  publicKey: Uint8Array,
  message: Uint8Array,
  commitments: readonly FrostCommitment[],
  own?: number,
): Bound {
  const { group } = suite;
  const prefix = concat(publicKey, suite.messageHash(message), suite.commitmentsHash(encodeList(suite, commitments)));
  const factors = commitments.map(({ index }) => suite.rho(prefix, suite.encodeIndex(index)));
  const one = indexScalar(group, 1);
  // Last the points of `own`, which need no test; the summands with factor 1 side by side.
  const others = commitments.map((_, i) => i).filter((i) => i !== own);
  const last = own === undefined ? [] : [own];
  const hiding = [...others, ...last].map((i) => (commitments[i] as FrostCommitment).hiding);
  const binding = (i: number) => (commitments[i] as FrostCommitment).binding;
  const factor = (i: number) => factors[i] as Uint8Array;
  const R = group.combination(
    [...others.map(factor), ...hiding.map(() => one), ...last.map(factor)],
    [...others.map(binding), ...hiding, ...last.map(binding)],
    2 * last.length,
  );
  return { R, factors, challenge: suite.challenge(R, publicKey, message) };
}
