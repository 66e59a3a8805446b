/**
 * a = b + o for secret keys, with the checks that tie the result to what was announced (Mesh key combination, sections 3, 4.1
 * and 6). Not for what the key does afterwards.
 */
import type { Provider } from '../backend/types.ts';
import { equal, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { isZero } from '../scalar448.ts';
import type { Generation, Udf } from '../udf/index.ts';
import { CompositeKey } from './composite.ts';
import { type Crv, type Curve, commonCurve } from './curve.ts';
import type { Operand, SecretForm } from './operand.ts';
import { curveName, type Secret, secretOf, wipeSecret } from './secret.ts';

/** What a combined key must agree with. Everything is optional; what is given is checked. */
export interface Announced {
  /** The combined public key of the connection assertion, 57 octets. */
  publicKey?: Uint8Array;
  /** The base public key that the administrator combined, 57 octets. */
  basePublicKey?: Uint8Array;
  /** Fingerprint of the combined key. */
  udf?: string;
  /** Fingerprint of the base key. */
  baseUdf?: string;
  /** The rule of both fingerprints; `G2`, that of the 2019 objects, by default. */
  generation?: Generation;
}

/** Options of combining secret keys. */
export interface ComposeOptions extends Announced {
  /** The curve; `Ed448` by default. */
  crv?: Crv;
}

/** @throws MeshError `bad_public_length`, `not_bytes` */
function announcedKey(value: Uint8Array | undefined, name: string): Uint8Array | undefined {
  return value === undefined ? undefined : sized(value, name, 'bad_public_length', 57);
}

/** The sum of two secret keys, checked against what was announced, in the order of section 6. */
export function composeKey(
  p: Provider,
  udf: Udf,
  base: Operand<SecretForm>,
  contribution: Operand<SecretForm>,
  given: Partial<ComposeOptions>,
): CompositeKey {
  const curve = commonCurve(p, given.crv, curveName(base.crv), curveName(contribution.crv));
  const publicKey = announcedKey(given.publicKey, 'publicKey');
  const basePublicKey = announcedKey(given.basePublicKey, 'basePublicKey');
  const secrets: Secret[] = [];
  const held = (secret: Secret) => {
    secrets.push(secret);
    return secret;
  };
  try {
    const b = held(secretOf(p, curve.crv, base, 'baseSeed'));
    const o = held(secretOf(p, curve.crv, contribution, 'contributionSeed'));
    const a = held({ scalar: p().scalarAdd(b.scalar, o.scalar) });
    if (isZero(a.scalar)) fail('identity_result');
    if (isZero(o.scalar)) fail('null_contribution');
    const A = curve.baseMultiply(a.scalar);
    const needsBase = given.baseUdf !== undefined || basePublicKey !== undefined;
    const B = needsBase ? curve.baseMultiply(b.scalar) : undefined;
    if (B !== undefined) checkUdf(udf, curve, B, given.baseUdf, given.generation);
    checkUdf(udf, curve, A, given.udf, given.generation);
    if (B !== undefined) checkKey(B, basePublicKey);
    checkKey(A, publicKey);
    return new CompositeKey(p, curve, a, A);
  } finally {
    secrets.forEach(wipeSecret);
  }
}

/** @throws MeshError `udf_mismatch` */
function checkUdf(
  udf: Udf,
  curve: Curve,
  key: Uint8Array,
  announced: string | undefined,
  generation: Generation = 'G2',
) {
  if (announced === undefined) return;
  // The longest form, so that an announced text of any length is compared whole.
  const computed = udf.publicKey({ crv: curve.crv, publicKey: key }, { generation, bits: 440 });
  if (!udf.matches(computed, announced)) fail('udf_mismatch');
}

/** @throws MeshError `combination_mismatch` */
function checkKey(computed: Uint8Array, announced: Uint8Array | undefined): void {
  if (announced !== undefined && !equal(computed, announced)) fail('combination_mismatch');
}
