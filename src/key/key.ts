/**
 * Key: a curve, its public octets and sometimes its secret ones, checked before it is written and after it is read.
 * Not overlay keys: a combined key has no seed and no standard form.
 */
import type { Backend, Provider } from '../backend/types.ts';
import { bytes, copied, equal, wipe } from '../bytes.ts';
import { type ErrorCode, fail } from '../errors.ts';

/** Curves whose keys have a standard form here. */
export type KeyCurve = 'Ed448' | 'X448';

/** A key. Ed448: both parts 57 octets (RFC 8032). X448: both parts 56 octets (RFC 7748). */
export interface Key {
  crv: KeyCurve;
  publicKey: Uint8Array;
  secretKey?: Uint8Array;
}

/** Octets of a public key, and of a secret one. */
export const keyLength: Readonly<Record<KeyCurve, number>> = { Ed448: 57, X448: 56 };

/** Any clamped scalar is a multiple of the cofactor: it sends exactly the points of small order to zero. */
const probe = /* @__PURE__ */ new Uint8Array(56);

/** @throws MeshError `unsupported_algorithm` */
export function keyCurve(value: unknown): KeyCurve {
  return value === 'Ed448' || value === 'X448' ? value : fail('unsupported_algorithm', 'curve');
}

function part(value: unknown, name: string, crv: KeyCurve, code: ErrorCode): Uint8Array {
  const octets = bytes(value, name);
  if (octets.length !== keyLength[crv]) fail(code, `${crv} has ${keyLength[crv]} octets`);
  return octets;
}

function validatePublic(backend: Backend, crv: KeyCurve, publicKey: Uint8Array): void {
  if (crv === 'Ed448') backend.ed448Prepare(publicKey);
  else if (backend.x448(probe, publicKey).every((octet) => octet === 0)) fail('small_order_base');
}

/** Makes keys out of untrusted parts. */
export interface KeyChecker {
  /**
   * A fresh key of these parts; the public one may be left out when there is a secret one.
   *
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_public_length`, `bad_private_length`, `key_mismatch`, and for a
   *   public key on its own `noncanonical_encoding`, `not_on_curve`, `small_order_base`
   */
  check(crv: unknown, publicKey: unknown, secretKey?: unknown): Key;
}

/** {@link KeyChecker} over a backend. */
export function makeKeyChecker(p: Provider): KeyChecker {
  return {
    check(crvName, publicKey, secretKey) {
      const crv = keyCurve(crvName);
      const given = publicKey === undefined ? undefined : part(publicKey, 'publicKey', crv, 'bad_public_length');
      if (secretKey === undefined) {
        const octets = given ?? bytes(publicKey, 'publicKey');
        validatePublic(p(), crv, octets);
        return { crv, publicKey: octets.slice() };
      }
      const secret = copied(part(secretKey, 'secretKey', crv, 'bad_private_length'));
      const computed = crv === 'Ed448' ? p().ed448PublicKey(secret) : p().x448Base(secret);
      if (given !== undefined && !equal(given, computed)) {
        wipe(secret);
        fail('key_mismatch');
      }
      return { crv, publicKey: computed, secretKey: secret };
    },
  };
}
