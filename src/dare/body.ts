/**
 * Payloads and annotations under their keys, whole (DARE specification, sections 7.2 and 8). Streams use the same keys chunk by chunk.
 */
import { openChunks, sealChunks } from '../aes/chunked.ts';
import { aes } from '../aes/index.ts';
import { empty } from '../bytes.ts';
import { type BodyContext, type BodyKeys, bodyKeys, type Cipher, wipeBodyKeys } from './derive.ts';
import { readSequence, writeSequence } from './eds.ts';

/** The ciphertext of a payload. */
export function sealBody(keys: BodyKeys, plaintext: Uint8Array): Uint8Array {
  return keys.cipher === 'A256CBC' ? aes.cbcEncrypt(keys.key, keys.iv, plaintext) : sealChunks(aes, keys, plaintext);
}

/** The plaintext of a payload; of A256CBC it is not authentic. @throws Refusal `ciphertext-length`, `padding`, `tag` */
export function openBody(keys: BodyKeys, ciphertext: Uint8Array): Uint8Array {
  return keys.cipher === 'A256CBC' ? aes.cbcDecrypt(keys.key, keys.iv, ciphertext) : openChunks(aes, keys, ciphertext);
}

/** What encrypts: nothing, or a cipher with a seed and a salt. */
export type Encryption = { cipher: Cipher } & Pick<BodyContext, 'seed' | 'salt'>;

/** Keys of an annotation. They stand in the header, so that they cannot bind it: the payload does, header and all annotations together. */
function annotationKeys({ cipher, seed, salt }: Encryption, saltPrefix: Uint8Array): BodyKeys {
  return bodyKeys(cipher, { seed, salt, saltPrefix, aad: empty });
}

/** The salt prefix of an annotation: its number, one octet as in all samples, more beyond 255. */
function prefixOf(number: number): Uint8Array {
  return number < 256 ? Uint8Array.of(number) : Uint8Array.of(number >> 8, number & 0xff);
}

/** How annotations are written. */
export interface AnnotationForm {
  /** The number of the first one. */
  first: number;
  /** Whether an empty item follows in clear ones. */
  third: boolean;
}

/** An annotation as it stands in the header. */
export function sealAnnotation(
  encryption: Encryption | undefined,
  plaintext: Uint8Array,
  index: number,
  { first, third }: AnnotationForm,
): Uint8Array {
  const prefix = prefixOf(first + index);
  if (encryption === undefined) return writeSequence(prefix, plaintext, third);
  const keys = annotationKeys(encryption, prefix);
  try {
    return writeSequence(prefix, sealBody(keys, plaintext), false);
  } finally {
    wipeBodyKeys(keys);
  }
}

/** An annotation as it was meant. @throws Refusal as {@link openBody}; MeshError `structure`, `algorithm` */
export function openAnnotation(encryption: Encryption | undefined, octets: Uint8Array): Uint8Array {
  const { prefix, body } = readSequence(octets);
  if (encryption === undefined) return body.slice();
  const keys = annotationKeys(encryption, prefix);
  try {
    return openBody(keys, body);
  } finally {
    wipeBodyKeys(keys);
  }
}
