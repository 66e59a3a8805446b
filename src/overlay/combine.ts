/**
 * A = B + O for public keys (Mesh key combination, sections 3 and 6). Not for secrets: see the composite key.
 */
import type { Provider } from '../backend/types.ts';
import { concat } from '../bytes.ts';
import { type ErrorCode, fail, MeshError } from '../errors.ts';
import { type Crv, type Curve, commonCurve, isIdentity, publicOctets } from './curve.ts';
import type { Operand } from './operand.ts';

/** What a single public key can be refused for, in the order of section 6. */
const refusals: readonly ErrorCode[] = [
  'noncanonical_encoding',
  'not_on_curve',
  'sign_missing',
  'small_order_base',
  'not_in_prime_order_subgroup',
];

/** Why a key of the right length cannot be an operand. */
function refusalOf(curve: Curve, key: Uint8Array): ErrorCode | undefined {
  const unsigned = key.length === 56;
  try {
    // Either sign tells whether u is canonical and on the curve.
    curve.validate(unsigned ? concat(key, Uint8Array.of(0)) : key);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    if (!unsigned || refusals.indexOf(error.code) < refusals.indexOf('sign_missing')) return error.code;
  }
  return unsigned ? 'sign_missing' : undefined;
}

/** Of several conditions the one that section 6 lists first, whichever operand it concerns. */
function first(codes: (ErrorCode | undefined)[]): ErrorCode | undefined {
  return refusals.find((code) => codes.includes(code));
}

/**
 * B + O on a known curve.
 *
 * @throws MeshError the codes of section 6 that concern public keys
 */
export function addPublicKeys(curve: Curve, base: Uint8Array, contribution: Uint8Array): Uint8Array {
  // Section 6 lists small_order_base before null_contribution, and the identity is both. As a contribution it is o = 0 (mod L), the
  // very condition of null_contribution, and the only point that meets it: reported as small order it would leave that row
  // without a case. So O = identity alone is left out of the tests of single keys; every other point of small order is not, nor
  // is the identity as a base.
  const isNull = isIdentity(curve, contribution);
  const refusal = first([refusalOf(curve, base), isNull ? undefined : refusalOf(curve, contribution)]);
  if (refusal !== undefined) fail(refusal);
  const combined = curve.add(base, contribution);
  if (isIdentity(curve, combined)) fail('identity_result');
  if (isNull) fail('null_contribution');
  return combined;
}

export function combinePublicKeys(
  p: Provider,
  base: Operand<Crv>,
  contribution: Operand<Crv>,
  crv: Crv | undefined,
): Uint8Array {
  const curve = commonCurve(p, crv, base.crv, contribution.crv);
  const B = publicOctets(curve, base.octets, 'base');
  const O = publicOctets(curve, contribution.octets, 'contribution');
  return addPublicKeys(curve, B, O);
}
