/**
 * That two points have one secret logarithm: W = w B and C = w E (Chaum and Pedersen, made non-interactive by a hash). It names whoever gave a
 * wrong contribution (threshold keys, section A4). Not a signature, and it hides nothing but w.
 *
 * With two scalars, challenge e and response z, all encodings those of the group, and SHAKE256 to as many octets as the group reduces:
 * e = SHAKE256("MathMesh threshold contribution 1 " || curve || 00 || S || weight || E || C || z B - e W || z E - e C) mod L, W = weight S.
 */
import type { Provider } from '../backend/types.ts';
import { concat, equal } from '../bytes.ts';
import { randomBytes } from '../random.ts';
import { fromUtf8 } from '../utf8.ts';
import type { Group } from './group.ts';
import { scoped } from './scope.ts';
import { baseTimes, plus, times } from './sum.ts';

/** What is proved about: points in the encoding of the group. */
export interface Statement {
  /** The public key of the share, before its weight. */
  readonly publicKey: Uint8Array;
  /** The weight of the share, public; one where every part is needed. */
  readonly weight: Uint8Array;
  /** The other base. */
  readonly peer: Uint8Array;
  /** The secret times the weight times {@link peer}. */
  readonly point: Uint8Array;
}

/** Everything that the challenge binds; the name of the curve settles the base point and all lengths. */
function transcript(group: Group, { publicKey, weight, peer, point }: Statement): Uint8Array {
  return concat(fromUtf8(`MathMesh threshold contribution 1 ${group.crv}\0`), publicKey, weight, peer, point);
}

function hashToScalar(p: Provider, group: Group, ...parts: Uint8Array[]): Uint8Array {
  return scoped((secret) => group.reduce(secret(p().shake256(secret(concat(...parts)), group.wideLength))));
}

/** Octets of a proof: the challenge and the response. */
export function proofLength(group: Group): number {
  return 2 * group.scalarLength;
}

/** Proves that `witness`, the secret times the weight, is the logarithm of both points. */
export function prove(p: Provider, group: Group, statement: Statement, witness: Uint8Array): Uint8Array {
  return scoped((secret) => {
    const bound = transcript(group, statement);
    // The nonce is fresh, and secret even if the random source is not: it also hashes the witness and all that is proved.
    const hedge = secret(randomBytes(64));
    const nonce = secret(hashToScalar(p, group, fromUtf8('nonce\0'), hedge, witness, bound));
    const challenge = hashToScalar(p, group, bound, group.base(nonce), group.times(nonce, statement.peer));
    const response = group.add(nonce, secret(group.multiply(challenge, witness)));
    return concat(challenge, response);
  });
}

/** Whether a proof of the right length, whose scalars are below L, shows the statement. @throws MeshError as {@link Group.point} */
export function holds(p: Provider, group: Group, statement: Statement, proof: Uint8Array): boolean {
  const challenge = proof.slice(0, group.scalarLength);
  const response = proof.slice(group.scalarLength);
  const negative = group.negate(challenge);
  const weighted = group.multiply(negative, statement.weight);
  const first = plus(group, baseTimes(group, response), times(group, weighted, statement.publicKey));
  const second = plus(group, times(group, response, statement.peer), times(group, negative, statement.point));
  // An honest nonce is not zero.
  if (first === undefined || second === undefined) return false;
  return equal(challenge, hashToScalar(p, group, transcript(group, statement), first, second));
}
