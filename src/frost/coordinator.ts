/**
 * What the coordinator does with the responses: adds them up, verifies the signature, and names the signers that spoiled it (RFC 9591
 * sections 5.3 and 5.4). It needs no secrets and is trusted with none.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, sized } from '../bytes.ts';
import { fail, MeshError } from '../errors.ts';
import { isZero } from '../scalar448.ts';
import { weightInKey } from '../threshold/polynomial.ts';
import {
  bindingFactors,
  checkedCommitments,
  type FrostCommitment,
  groupCommitment,
  type UncheckedCommitments,
} from './commitment.ts';
import type { FrostVerifyingShare } from './dealer.ts';
import { ascending } from './indexes.ts';
import type { FrostResponse } from './round.ts';
import { indexScalar, type Suite, sameSum, suiteOf } from './suite.ts';

/** Thrown when signers gave wrong responses; the code is `response_invalid`. */
export class FrostResponseError extends MeshError {
  /** The indexes of those signers, ascending. */
  readonly indexes: readonly number[];

  constructor(indexes: readonly number[]) {
    super('response_invalid', `of ${indexes.join(', ')}`);
    this.indexes = indexes;
  }
}

/** What a signature is put together from; members read, octets unchecked. */
export interface Session {
  publicKey: unknown;
  message: unknown;
  commitments: UncheckedCommitments;
}

/** A session whose octets have been checked. */
interface CheckedSession {
  suite: Suite;
  publicKey: Uint8Array;
  message: Uint8Array;
  commitments: FrostCommitment[];
  indexes: number[];
}

/** @throws MeshError `not_bytes`, `bad_public_length`, those of a point that is no key, `insufficient_shares`, and for the list as {@link checkedCommitments} */
function checkedSession(p: Provider, { publicKey, message, commitments }: Session): CheckedSession {
  // Keys of the two curves have different lengths.
  const key = sized(publicKey, 'publicKey', 'bad_public_length', 57, 32);
  const suite = suiteOf(p, key.length === 57 ? 'Ed448' : 'Ed25519');
  suite.group.point(key, 'publicKey');
  const list = checkedCommitments(suite, commitments);
  if (list.length === 0) fail('insufficient_shares', 'no commitments');
  return {
    suite,
    publicKey: key,
    message: bytes(message, 'message'),
    commitments: list,
    indexes: list.map(({ index }) => index),
  };
}

/** What a message and a list of commitments bind a signature to. */
interface Bound {
  /** The group commitment. */
  readonly R: Uint8Array;
  /** The challenge, a scalar. */
  readonly challenge: Uint8Array;
  /** The binding factor of each commitment, scalars. */
  readonly factors: readonly Uint8Array[];
}

/** Sections 4.4 to 4.6. @throws MeshError as {@link groupCommitment} */
function bind({ suite, publicKey, message, commitments }: CheckedSession): Bound {
  const factors = bindingFactors(suite, publicKey, message, commitments);
  const R = groupCommitment(suite, commitments, factors);
  return { R, factors, challenge: suite.challenge(R, publicKey, message) };
}

/** Section 5.4: z B = D + rho E + c lambda Y. */
function isResponse(session: CheckedSession, bound: Bound, at: number, z: Uint8Array, Y: Uint8Array): boolean {
  const { group } = session.suite;
  const { index, hiding, binding } = session.commitments[at] as FrostCommitment;
  if (isZero(z)) return false;
  const one = indexScalar(group, 1);
  const factor = group.multiply(bound.challenge, weightInKey(group, index, session.indexes));
  const scalars = [one, bound.factors[at] as Uint8Array, factor];
  return sameSum(() => [group.base(z), group.combination(scalars, [hiding, binding, Y])]);
}

/** The scalars of the responses, one of each signer. */
function scalarsOf({ suite, indexes }: CheckedSession, list: readonly Partial<FrostResponse>[]): Uint8Array[] {
  const own = ascending(list, 'responses');
  if (own.length !== indexes.length || own.some((index, i) => index !== indexes[i]))
    fail('index_mismatch', 'responses');
  return list.map(({ response }, i) => {
    try {
      return suite.decodeScalar(response, 'response');
    } catch (error) {
      // Octets of the right length that are no scalar are a wrong response like any other.
      if (error instanceof MeshError && error.code === 'scalar_out_of_range')
        throw new FrostResponseError([own[i] as number]);
      throw error;
    }
  });
}

/** The verifying shares of the signers, others left out. */
function sharesOfSigners(
  { suite, indexes }: CheckedSession,
  list: readonly Partial<FrostVerifyingShare>[],
): Uint8Array[] {
  const places = new Map(ascending(list, 'verifyingShares').map((index, i) => [index, i]));
  return indexes.map((index) => {
    const at = places.get(index) ?? fail('index_mismatch', `no verifying share of ${index}`);
    return sized(list[at]?.verifyingShare, 'verifyingShare', 'bad_public_length', suite.group.pointLength);
  });
}

/** See `Frost.aggregate`. */
export function aggregate(
  p: Provider,
  given: Session,
  responses: readonly Partial<FrostResponse>[],
  verifyingShares: readonly Partial<FrostVerifyingShare>[],
): Uint8Array {
  const session = checkedSession(p, given);
  const { suite, publicKey, message, indexes } = session;
  const scalars = scalarsOf(session, responses);
  const shares = sharesOfSigners(session, verifyingShares);
  const bound = bind(session);
  const z = scalars.reduce((sum, scalar) => suite.group.add(sum, scalar));
  const signature = concat(bound.R, suite.encodeScalar(z));
  if (suite.verify(signature, message, publicKey)) return signature;
  const wrong = indexes.filter(
    (_, i) => !isResponse(session, bound, i, scalars[i] as Uint8Array, shares[i] as Uint8Array),
  );
  if (wrong.length > 0) throw new FrostResponseError(wrong);
  // Every response fits its verifying share, so those are not shares of this key, or fewer than its quorum.
  return fail('signature_invalid');
}

/** See `Frost.verifyResponse`. */
export function verifyResponse(
  p: Provider,
  given: Session,
  response: Partial<FrostResponse>,
  verifyingShare: unknown,
): boolean {
  const session = checkedSession(p, given);
  const { suite, indexes } = session;
  const z = suite.decodeScalar(response.response, 'response');
  const Y = sized(verifyingShare, 'verifyingShare', 'bad_public_length', suite.group.pointLength);
  const at = indexes.indexOf(response.index as number);
  if (at < 0) fail('index_mismatch', 'no commitment of the signer');
  return isResponse(session, bind(session), at, z, Y);
}
