/**
 * Inputs of the benchmark: fixed, so that every run and every contender works on the same octets. Not test vectors.
 */
import { ed448, x448 } from '@noble/curves/ed448.js';
import { shake256 } from '@noble/hashes/sha3.js';

/** Octets that look random, the same in every run. */
export function octets(label: string, length: number): Uint8Array {
  return shake256(new TextEncoder().encode(label), { dkLen: length });
}

/** A key pair with a message of 64 octets and its signature. */
export interface Signed {
  secretKey: Uint8Array;
  publicKey: Uint8Array;
  message: Uint8Array;
  signature: Uint8Array;
}

function signed(secretKey: Uint8Array, label: string): Signed {
  const message = octets(label, 64);
  return {
    secretKey,
    publicKey: ed448.getPublicKey(secretKey),
    message,
    signature: ed448.sign(message, secretKey),
  };
}

/** Messages of as many signers. */
export function signedByMany(count: number): Signed[] {
  return Array.from({ length: count }, (_, i) => signed(octets(`key ${i}`, 57), `message ${i}`));
}

/** Messages of one signer. */
export function signedByOne(count: number): Signed[] {
  return Array.from({ length: count }, (_, i) => signed(octets('key', 57), `message ${i}`));
}

/** The keys of two parties of an agreement: the secret of one, the public key of the other. */
export interface Parties {
  secretKey: Uint8Array;
  peer: Uint8Array;
}

/** As many pairs of parties. */
export function parties(count: number): Parties[] {
  return Array.from({ length: count }, (_, i) => ({
    secretKey: octets(`agreement ${i}`, 56),
    peer: x448.getPublicKey(octets(`peer ${i}`, 56)),
  }));
}
