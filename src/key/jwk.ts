/**
 * JSON Web Keys of Ed448 and X448 (RFC 7517, RFC 8037) and their thumbprints (RFC 7638).
 * Not a JSON parser: it takes and gives objects.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Provider } from '../backend/types.ts';
import { fromBase64url, textLength, toBase64url } from '../base64url.ts';
import { wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { own } from '../own.ts';
import { fromUtf8 } from '../utf8.ts';
import { type Key, type KeyChecker, type KeyCurve, keyCurve, keyLength } from './key.ts';

/** A JSON Web Key of an octet key pair; `d` is the secret part. */
export interface Jwk {
  kty: 'OKP';
  crv: KeyCurve;
  x: string;
  d?: string;
}

/** Keys as JSON. */
export interface JwkFormat {
  /**
   * A key as JSON Web Key.
   *
   * @param key - curve, public key (Ed448 57 octets, X448 56), secret key of the same length or none
   * @returns `kty`, `crv`, `x`, and `d` when there is a secret key: then the object is a secret
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_public_length`, `bad_private_length`, `key_mismatch`,
   *   `noncanonical_encoding`, `not_on_curve`, `small_order_base`
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * const { publicKey } = ed448.keygen();
   * console.log(key.toJwk({ crv: 'Ed448', publicKey }).kty); // OKP
   * ```
   * Constant time: yes in the secret key, by Base64 without table or branch and by the backend's key generation. RFC 8037 section 2.
   */
  toJwk(key: Key): Jwk;
  /**
   * The key of a JSON Web Key. Members other than `kty`, `crv`, `x` and `d` are ignored (RFC 7517 section 4).
   *
   * @param jwk - an object, such as `JSON.parse` gives
   * @returns fresh key; the public key is recomputed when there is `d`
   * @throws MeshError `bad_jwk` for a missing member, text that is not exactly base64url, or a wrong length; `unsupported_algorithm`
   *   for another `kty` or `crv`; `key_mismatch`; `noncanonical_encoding`, `not_on_curve`, `small_order_base`
   * @example
   * ```ts
   * import { ed448, key } from 'mathmesh';
   * const { crv, publicKey, secretKey } = key.fromJwk(key.toJwk({ crv: 'Ed448', ...ed448.keygen() }));
   * console.log(crv, publicKey.length, secretKey?.length); // Ed448 57 57
   * ```
   * Constant time: yes in the secret key, by Base64 without table or branch and by the backend's key generation. RFC 8037 section 2.
   */
  fromJwk(jwk: unknown): Key;
  /**
   * The thumbprint of a JSON Web Key of any of the types OKP, EC and RSA; secret members do not enter it.
   *
   * @param jwk - an object with the required public members as strings
   * @param opts - `hash`: `'SHA-256'` (default) or `'SHA-512'`
   * @returns base64url text: 43 or 86 characters
   * @throws MeshError `bad_jwk`, `unsupported_algorithm`, `bad_option`
   * @example
   * ```ts
   * import { key } from 'mathmesh';
   * const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
   * console.log(key.thumbprint({ kty: 'OKP', crv: 'Ed25519', x })); // kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k
   * ```
   * Constant time: no, because everything in it is public. RFC 7638 section 3; RFC 8037 section 2.
   */
  thumbprint(jwk: unknown, opts?: { hash?: 'SHA-256' | 'SHA-512' }): string;
}

/** Members that enter a thumbprint, in lexicographic order (RFC 7638 section 3.2, RFC 8037 section 2). */
const required: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'kty', 'x'],
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
};

/** An own member that is a string. @throws MeshError `bad_jwk` */
function member(jwk: object, name: string): string {
  const value = own(jwk, name);
  return typeof value === 'string' ? value : fail('bad_jwk', `${name} must be a string`);
}

function checkObject(jwk: unknown): object {
  return typeof jwk === 'object' && jwk !== null ? jwk : fail('bad_jwk', 'not an object');
}

function octets(jwk: object, name: string, crv: KeyCurve): Uint8Array {
  const text = member(jwk, name);
  // Each number of octets has its own length of text, so that a long text is refused unread.
  if (text.length !== textLength(keyLength[crv])) fail('bad_jwk', `${name} of ${crv} has ${keyLength[crv]} octets`);
  return fromBase64url(text, 'bad_jwk');
}

/** {@link JwkFormat} over a backend. */
export function makeJwk(p: Provider, { check }: KeyChecker): JwkFormat {
  return {
    toJwk(key) {
      const { crv, publicKey, secretKey } = check(key?.crv, key?.publicKey, key?.secretKey);
      const jwk: Jwk = { kty: 'OKP', crv, x: toBase64url(publicKey) };
      if (secretKey === undefined) return jwk;
      const d = toBase64url(secretKey);
      wipe(secretKey);
      return { ...jwk, d };
    },

    fromJwk(value) {
      const jwk = checkObject(value);
      if (member(jwk, 'kty') !== 'OKP') fail('unsupported_algorithm', 'kty');
      const crv = keyCurve(member(jwk, 'crv'));
      const publicKey = octets(jwk, 'x', crv);
      if (!Object.hasOwn(jwk, 'd')) return check(crv, publicKey);
      const secret = octets(jwk, 'd', crv);
      const key = check(crv, publicKey, secret);
      wipe(secret);
      return key;
    },

    thumbprint(value, opts) {
      const { hash = 'SHA-256' } = options(opts);
      if (hash !== 'SHA-256' && hash !== 'SHA-512') fail('bad_option', 'hash must be SHA-256 or SHA-512');
      const jwk = checkObject(value);
      const kty = member(jwk, 'kty');
      if (!Object.hasOwn(required, kty)) fail('unsupported_algorithm', 'kty');
      const names = required[kty] as readonly string[];
      const message = fromUtf8(JSON.stringify(Object.fromEntries(names.map((name) => [name, member(jwk, name)]))));
      return toBase64url(hash === 'SHA-256' ? sha256(message) : p().sha512(message));
    },
  };
}
