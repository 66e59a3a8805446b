/**
 * HMAC-SHA-512 (RFC 2104, test values in RFC 4231). Not a streaming interface: keys and messages of the Mesh are short.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, wipe } from '../bytes.ts';

const blockLength = 128;

/** HMAC-SHA-512. */
export interface HmacSha512 {
  /**
   * The authentication code of a message.
   *
   * @param key - secret of any length; over 128 octets it is hashed first (RFC 2104 section 2)
   * @param message - any number of octets
   * @returns 64 octets
   * @throws MeshError `not_bytes`
   * @example
   * ```ts
   * import { hmacSha512 } from 'mathmesh';
   * const code = hmacSha512(new Uint8Array(20).fill(0x0b), new TextEncoder().encode('Hi There'));
   * console.log(code.length); // 64
   * ```
   * Constant time: yes in the content of key and message, because SHA-512 has no secret-dependent branch or index;
   * lengths show. RFC 2104 section 2.
   */
  // biome-ignore lint/style/useShorthandFunctionType: the documentation of a call belongs to its signature
  (key: Uint8Array, message: Uint8Array): Uint8Array;
}

/** {@link HmacSha512} over a backend. */
export function makeHmacSha512(p: Provider): HmacSha512 {
  return (key, message) => {
    const secret = bytes(key, 'key');
    const text = bytes(message, 'message');
    const backend = p();
    if (secret.length <= blockLength) return backend.hmacSha512(secret, text);
    const hashed = backend.sha512(secret);
    try {
      return backend.hmacSha512(hashed, text);
    } finally {
      wipe(hashed);
    }
  };
}
