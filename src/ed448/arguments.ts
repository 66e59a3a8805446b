/**
 * Arguments of Ed448 (RFC 8032 section 5.2): lengths, contexts, prehashing. Not for what the octets mean.
 */
import type { Backend, Phflag } from '../backend/types.ts';
import { bytes, confirmed, empty, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';

/** Octets of a secret key. */
export const seedLength = 57;

/** Options of signing and verifying. */
export interface Ed448Options {
  /** 0 to 255 octets that bind a signature to its use (RFC 8032 section 8.3); empty by default. */
  context?: Uint8Array;
}

/** The context of the options, or none. Getters of the caller run in here: other arguments are checked after it. @throws MeshError `bad_option`, `not_bytes`, `context_too_long` */
export function contextOf(given: Ed448Options | undefined): Uint8Array {
  const { context = empty } = options(given);
  return checkedContext(context);
}

/** @throws MeshError `not_bytes`, `context_too_long` */
export function checkedContext(context: unknown): Uint8Array {
  const octets = bytes(context, 'context');
  if (octets.length > 255) fail('context_too_long', `${octets.length} octets`);
  return octets;
}

export const signatureOf = (value: unknown): Uint8Array => sized(value, 'signature', 'bad_signature_length', 114);
export const publicKeyOf = (value: unknown): Uint8Array => sized(value, 'publicKey', 'bad_public_length', 57);
export const seedOf = (value: unknown): Uint8Array => sized(value, 'secretKey', 'bad_private_length', seedLength);

/** The message itself, or PH(M) of RFC 8032 section 5.2: SHAKE256(M, 64). */
export function messageOf(backend: Backend, value: unknown, phflag: Phflag): Uint8Array {
  const message = bytes(value, 'message');
  return phflag === 0 ? message : backend.shake256(message, 64);
}

/** {@link messageOf} for signing. @throws MeshError `fault_detected` */
export function signedMessageOf(backend: Backend, value: unknown, phflag: Phflag): Uint8Array {
  const message = bytes(value, 'message');
  return phflag === 0 ? message : confirmed(() => messageOf(backend, message, phflag));
}
