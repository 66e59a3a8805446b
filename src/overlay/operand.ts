/**
 * The operands of a combination as the caller writes them: octets alone, or octets with their curve. Not for what the octets mean.
 * Members are read here, once and before any octets are checked: getters of the caller could change what has been.
 */
import { isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { Crv } from './curve.ts';

/** How secret octets become a scalar: by the rule of a curve, or directly, as key shares are (`z`). */
export type SecretForm = Crv | 'Ed448z' | 'X448z';

/** A public key: octets alone are on the curve that the call implies. */
export type PublicOperand = Uint8Array | { readonly crv: Crv; readonly publicKey: Uint8Array };

/** A secret key: octets alone are of the form that the call implies. */
export type SecretOperand = Uint8Array | { readonly crv: SecretForm; readonly secretKey: Uint8Array };

/** An operand that has been read; neither member has been checked. */
export interface Operand<Name extends string> {
  /** What the caller named, if anything. */
  readonly crv: Name | undefined;
  readonly octets: unknown;
}

/** @throws MeshError `not_bytes` for what is no operand */
export function readPublic(operand: PublicOperand, name: string): Operand<Crv> {
  if (isBytes(operand)) return { crv: undefined, octets: operand };
  if (typeof operand !== 'object' || operand === null) fail('not_bytes', name);
  const { crv, publicKey } = operand;
  return { crv, octets: publicKey };
}

/** @throws MeshError `not_bytes` for what is no operand, `unsupported_algorithm` for a key in an object that names no form */
export function readSecret(operand: SecretOperand, name: string): Operand<SecretForm> {
  if (isBytes(operand)) return { crv: undefined, octets: operand };
  if (typeof operand !== 'object' || operand === null) fail('not_bytes', name);
  const { crv, secretKey } = operand;
  if (crv === undefined) fail(isBytes(secretKey) ? 'unsupported_algorithm' : 'not_bytes', name);
  return { crv, octets: secretKey };
}
