/**
 * Authenticator UDF: a fingerprint under a key that is itself a text (draft-hallambaker-mesh-udf section 5.2).
 * Not a plain HMAC: the key text is stretched by HKDF under two fixed labels.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { makeHkdfSha512 } from '../hash/hkdf.ts';
import { makeHmacSha512 } from '../hash/hmac.ts';
import { options } from '../options.ts';
import { fromUtf8 } from '../utf8.ts';
import { type DigestAlgorithm, digestBits, typed } from './digest.ts';
import { type TextCodec, wellFormed } from './text.ts';
import { type } from './type.ts';

/** How {@link UdfAuthenticator.authenticator} fingerprints. */
export interface AuthenticatorOptions {
  /** Precision, type identifier included: from 20, at most 440, beyond which it is clipped. Default 140. */
  bits?: number;
  /** Only `'sha2-512'`: the draft names SHA-3 (type 1), but no value of it was ever published. */
  algorithm?: DigestAlgorithm;
}

/** Fingerprints under a key. */
export interface UdfAuthenticator {
  /**
   * The fingerprint of typed data under a key.
   *
   * @param contentType - media type, used exactly as given
   * @param data - any number of octets
   * @param keyText - secret text, used exactly as given: usually a nonce or key UDF, separators included
   * @param opts - see {@link AuthenticatorOptions}
   * @throws MeshError `not_bytes`, `bad_option`, `unsupported_algorithm`, and `too_short` for an empty key text
   * @example
   * ```ts
   * import { udf } from 'mathmesh';
   * const data = new TextEncoder().encode('Konrad is the traitor');
   * console.log(udf.authenticator('text/plain', data, 'NDD7-6CMX-H2FW-ISAL-K4VB-DQ3E-PEDM'));
   * // ABGM-G76T-7GPF-FTYH-SB2F-HBDF-SW6B
   * ```
   * Constant time: yes in key and data, because HMAC is. draft-hallambaker-mesh-udf section 5.2.
   */
  authenticator(contentType: string, data: Uint8Array, keyText: string, opts?: AuthenticatorOptions): string;
}

/** {@link UdfAuthenticator} over a backend. */
export function makeAuthenticator(p: Provider, text: TextCodec): UdfAuthenticator {
  const hmac = makeHmacSha512(p);
  const hkdf = makeHkdfSha512(p);
  return {
    authenticator(contentType, data, keyText, opts) {
      const { bits = 140, algorithm = 'sha2-512' } = options(opts);
      if (algorithm !== 'sha2-512') fail('unsupported_algorithm', 'authenticators use sha2-512');
      const precision = digestBits(bits);
      const message = typed(contentType, p().sha512(bytes(data, 'data')));
      const secret = fromUtf8(wellFormed(keyText, 'keyText'));
      if (secret.length === 0) fail('too_short', 'an empty keyText');
      const key = hkdf(secret, fromUtf8('KeyedUDFMaster'), fromUtf8('KeyedUDFExpand'), 64);
      const value = hmac(key, message);
      wipe(secret, key);
      return text.present(concat(Uint8Array.of(type.authenticator), value), precision);
    },
  };
}
