/**
 * One refusal for whatever goes wrong once a key is at work: which step it was tells a stranger who may ask again and again about the key or the plaintext.
 */
import { Refusal } from '../aes/index.ts';
import { type ErrorCode, fail, MeshError } from '../errors.ts';

/** The exact codes that `decryption-failed` stands for. */
const hidden: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'key-type',
  'unwrap',
  'key-commitment',
  'ciphertext-length',
  'padding',
  'authentication',
  'witness',
]);

/** The code of a refusal of the ciphers. */
function exact({ reason }: Refusal): ErrorCode {
  return reason === 'tag' ? 'authentication' : reason;
}

/**
 * What `action` gives.
 *
 * @throws MeshError `decryption-failed`, always with the same message, or with `detail` the exact code; others as they are
 */
export function veiled<T>(detail: boolean, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Refusal ? exact(error) : error instanceof MeshError ? error.code : undefined;
    if (code !== undefined && hidden.has(code)) fail(detail ? code : 'decryption-failed');
    throw error;
  }
}
