/**
 * The sum of the responses to a signature of the Mesh drafts, verified, with the culprits named where the public keys of shares are known.
 * Public values only.
 */
import type { Provider } from '../backend/types.ts';
import { concat, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { FrostResponseError } from '../frost/coordinator.ts';
import { indexScalar, type Suite, sameSum, suiteOf } from '../frost/suite.ts';
import { weightInKey } from '../threshold/polynomial.ts';
import { challengeOf, type UncheckedSession } from './challenge.ts';

/** What the coordinator has; octets unchecked. */
interface Parts {
  publicKey: unknown;
  message: unknown;
  responses: readonly unknown[];
  verifyingShares: readonly unknown[] | undefined;
}

/** A list with one member for each signer. @throws MeshError `bad_option`, `index_mismatch` */
export function readParts({ noncePoints }: UncheckedSession, list: unknown, name: string): unknown[] {
  if (!Array.isArray(list)) fail('bad_option', `${name} must be an array`);
  return list.length === noncePoints.length ? Array.from<unknown>(list) : fail('index_mismatch', name);
}

/** z B = R + factor A. */
function holds({ group }: Suite, z: Uint8Array, R: Uint8Array, factor: Uint8Array, A: Uint8Array): boolean {
  const one = indexScalar(group, 1);
  return sameSum(() => [group.base(z), group.combination([one, factor], [R, A])]);
}

/** See `UnsafeThresholdSignatures.combine`. */
export function combine(
  p: Provider,
  session: UncheckedSession,
  { publicKey, message, responses, verifyingShares }: Parts,
): Uint8Array {
  // Keys of the two curves have different lengths.
  const key = sized(publicKey, 'publicKey', 'bad_public_length', 57, 32);
  const suite = suiteOf(p, key.length === 57 ? 'Ed448' : 'Ed25519');
  const { group } = suite;
  const { indexes } = session;
  const scalars = responses.map((response) => suite.decodeScalar(response, 'response'));
  const keys = verifyingShares?.map((A) => sized(A, 'verifyingShare', 'bad_public_length', group.pointLength)) ?? [];
  const { R, k, noncePoints } = challengeOf(suite, key, message, session);
  const S = scalars.reduce((sum, scalar) => group.add(sum, scalar));
  if (holds(suite, S, R, k, key)) return concat(R, suite.encodeScalar(S));
  const wrong = keys.flatMap((A, i) => {
    const index = indexes?.[i];
    const factor = index === undefined ? k : group.multiply(k, weightInKey(group, index, indexes as number[]));
    return holds(suite, scalars[i] as Uint8Array, noncePoints[i] as Uint8Array, factor, A) ? [] : [index ?? i + 1];
  });
  if (wrong.length > 0) throw new FrostResponseError(wrong);
  return fail('signature_invalid');
}
