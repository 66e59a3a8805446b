/**
 * The list of commitments that all signers of a signature share, and what follows from it and the message: binding factors and the group
 * commitment (RFC 9591 sections 4.3 to 4.5). Public values, but for a signer's own nonce.
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
  const { scalarOctets, group } = suite;
  const length = scalarOctets + 2 * group.pointLength;
  const out = new Uint8Array(length * commitments.length);
  commitments.forEach(({ index, hiding, binding }, i) => {
    const at = i * length;
    out.set(indexScalar(group, index), at);
    out.set(hiding, at + scalarOctets);
    out.set(binding, at + scalarOctets + group.pointLength);
  });
  return out;
}

/** The binding factor of each commitment, scalars (section 4.4). */
export function bindingFactors(
  suite: Suite,
  publicKey: Uint8Array,
  message: Uint8Array,
  commitments: readonly FrostCommitment[],
): Uint8Array[] {
  const prefix = concat(publicKey, suite.messageHash(message), suite.commitmentsHash(encodeList(suite, commitments)));
  return commitments.map(({ index }) => suite.rho(prefix, suite.encodeIndex(index)));
}

/** The commitment of a signer to itself. */
export interface OwnCommitment {
  /** Its place in the list. */
  readonly at: number;
  /** d + rho e, secret: the scalar whose multiple of the base point this commitment is worth. */
  readonly nonce: Uint8Array;
}

/**
 * The group commitment R (section 4.5): the first half of the signature. A signer knows what its own commitment comes to, and does
 * not read it.
 *
 * @throws MeshError for a commitment that is no point of order L `noncanonical_encoding`, `not_on_curve`, `small_order_base`,
 * `not_in_prime_order_subgroup`; `identity_result` when R is the identity
 */
export function groupCommitment(
  { group }: Suite,
  commitments: readonly FrostCommitment[],
  factors: readonly Uint8Array[],
  own?: OwnCommitment,
): Uint8Array {
  const one = indexScalar(group, 1);
  const isOther = (_: unknown, i: number) => i !== own?.at;
  const scalars = factors.filter(isOther).flatMap((factor) => [one, factor]);
  const points = commitments.filter(isOther).flatMap(({ hiding, binding }) => [hiding, binding]);
  return group.combination(scalars, points, own?.nonce);
}
