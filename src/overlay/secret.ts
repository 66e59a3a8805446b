/**
 * From the secret octets of a key to its scalar (Mesh key combination, section 2). Not for the sum of two keys.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied, room, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { clampSecret, expandSeed, reducedNonZero } from '../scalar448.ts';
import type { Crv } from './curve.ts';
import type { Operand, SecretForm } from './operand.ts';

/** A scalar modulo L, and the prefix of nonces where the key has a seed to take it from. */
export interface Secret {
  scalar: Uint8Array;
  prefix?: Uint8Array;
}

/** The curve that a form belongs to. */
export function curveName(form: SecretForm | undefined): string | undefined {
  return form === 'Ed448z' ? 'Ed448' : form === 'X448z' ? 'X448' : form;
}

/** A key share: little-endian, below L and not zero; for edwards448 of any length up to the size of a key. */
function directScalar(value: unknown, name: string, least: number, most: number): Uint8Array {
  const octets = bytes(value, name);
  if (octets.length < least || octets.length > most) fail('bad_private_length', `${name} has ${octets.length} octets`);
  const padded = room(57);
  padded.set(octets);
  // The 57th octet may only be the zero that keeps a two's complement number positive.
  const tooLong = padded[56] !== 0;
  try {
    if (tooLong) fail('scalar_out_of_range', name);
    return copied(reducedNonZero(padded.subarray(0, 56), name));
  } finally {
    wipe(padded);
  }
}

/**
 * The scalar of secret octets.
 *
 * @throws MeshError `not_bytes`, `bad_private_length`; for direct scalars also `scalar_out_of_range`, `zero_scalar`
 */
export function secretOf(p: Provider, curve: Crv, { crv = curve, octets }: Operand<SecretForm>, name: string): Secret {
  switch (crv) {
    case 'Ed448':
      return expandSeed(p, octets, name);
    case 'X448':
      return { scalar: clampSecret(p, octets, name) };
    case 'Ed448z':
      return { scalar: directScalar(octets, name, 1, 57) };
    case 'X448z':
      return { scalar: directScalar(octets, name, 56, 56) };
    default:
      return fail('unsupported_algorithm', 'crv');
  }
}

export function wipeSecret(secret: Secret): void {
  wipe(secret.scalar);
  if (secret.prefix !== undefined) wipe(secret.prefix);
}
