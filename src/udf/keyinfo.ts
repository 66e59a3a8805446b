/**
 * Key info: the octets that stand for a public key when it is fingerprinted or labelled (draft-hallambaker-mesh-udf sections 4.2, 5.3.1).
 * Not RFC 8410: the Mesh writes NULL parameters, and an OCTET STRING inside the BIT STRING.
 */
import { fromBase64url, textLength } from '../base64url.ts';
import { bytes, equal } from '../bytes.ts';
import { der, derBitString, derInteger, tag } from '../der.ts';
import { fail } from '../errors.ts';
import { own } from '../own.ts';
import type { Generation } from './digest.ts';

/** Curves that a UDF can name. */
export type UdfCurve = 'X25519' | 'X448' | 'Ed25519' | 'Ed448';

/**
 * A public key: octets with their curve, a JSON Web Key (RFC 7517, RFC 8037), whose values are text, or the two numbers of an RSA
 * key as octets, which is no JSON Web Key. The forms never mix: with `kty` only `x`, or `n` and `e`, is read, without it only `publicKey`,
 * and other or inherited members count for nothing. RSA numbers have 2,048 octets at most, leading zeros included.
 * X448 keys have 57 octets here, the last one carrying the sign of v (80 odd, 00 even); all others have the length of their RFC.
 */
export type UdfPublicKey =
  | { crv: UdfCurve; publicKey: Uint8Array }
  | { kty: 'OKP'; crv: UdfCurve; x: string }
  | { kty: 'RSA'; n: string; e: string }
  | { kty: 'RSA'; n: Uint8Array; e: Uint8Array };

/** Last arc of the object identifier 1.3.101, and octets of a key. */
const curves: Readonly<Record<UdfCurve, { arc: number; length: number }>> = {
  X25519: { arc: 110, length: 32 },
  X448: { arc: 111, length: 57 },
  Ed25519: { arc: 112, length: 32 },
  Ed448: { arc: 113, length: 57 },
};

/** Octets of the largest RSA number, 16,384 bits: nothing larger is in use, and whoever sends one wants it to be hashed. */
const mostRsaOctets = 2048;

/** 1.2.840.113549.1.1.1 */
const rsaEncryption = /* @__PURE__ */ Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

function algorithm(oid: Uint8Array): Uint8Array {
  return der(tag.sequence, der(tag.oid, oid), der(tag.null));
}

function isCurve(value: unknown): value is UdfCurve {
  return typeof value === 'string' && Object.hasOwn(curves, value);
}

function curveOid(crv: UdfCurve): Uint8Array {
  return Uint8Array.of(0x2b, 0x65, curves[crv].arc);
}

/** A value of a JSON Web Key; text for more than `most` octets is refused unread. */
function jwkOctets(value: unknown, name: string, most = mostRsaOctets): Uint8Array {
  if (typeof value !== 'string') fail('bad_jwk', `${name} must be a string`);
  if (value.length > textLength(most)) fail('bad_public_length', `${name} has ${most} octets at most`);
  return fromBase64url(value, 'bad_jwk');
}

function rsaInteger(number: Uint8Array, name: string): Uint8Array {
  if (number.length > mostRsaOctets) fail('bad_public_length', `${name} has ${mostRsaOctets} octets at most`);
  if (number.every((octet) => octet === 0)) fail('bad_public_length', `${name} is zero`);
  return derInteger(number);
}

function rsaKey(n: unknown, e: unknown): Uint8Array {
  const octets = n instanceof Uint8Array ? bytes : jwkOctets;
  return der(tag.sequence, rsaInteger(octets(n, 'n'), 'n'), rsaInteger(octets(e, 'e'), 'e'));
}

function curveKey(crv: UdfCurve, key: Uint8Array): Uint8Array {
  const { length } = curves[crv];
  if (crv === 'X448' && key.length === 56) {
    fail(
      'sign_missing',
      "overlay.seedKey(secretKey, { crv: 'X448' }).publicKey has 57 octets, the last one with the sign",
    );
  }
  if (key.length !== length) fail('bad_public_length', `${crv} keys have ${length} octets here`);
  return der(tag.octetString, key);
}

/** The key info of a generation. @throws MeshError as {@link UdfPublicKeys.keyInfo} */
export function keyInfo(key: UdfPublicKey, generation: Generation): Uint8Array {
  if (typeof key !== 'object' || key === null) fail('bad_option', 'a key must be an object');
  const isJwk = Object.hasOwn(key, 'kty');
  const kty = own(key, 'kty');
  if (kty === 'RSA') {
    const bare = rsaKey(own(key, 'n'), own(key, 'e'));
    return generation < 'G3' ? bare : der(tag.sequence, algorithm(rsaEncryption), derBitString(bare));
  }
  if (isJwk && kty !== 'OKP') fail('unsupported_algorithm', 'kty');
  const crv = own(key, 'crv');
  if (!isCurve(crv)) fail('unsupported_algorithm', 'curve');
  const octets = isJwk ? jwkOctets(own(key, 'x'), 'x', curves[crv].length) : bytes(own(key, 'publicKey'), 'publicKey');
  const bare = curveKey(crv, octets);
  if (generation === 'G1') fail('unsupported_algorithm', 'only RSA keys have a fingerprint of the first generation');
  return generation === 'G2' ? bare : der(tag.sequence, algorithm(curveOid(crv)), derBitString(bare));
}

/** The key of a curve from its key info. @throws MeshError `unsupported_algorithm` for any other octets */
export function fromKeyInfo(info: Uint8Array): { crv: UdfCurve; publicKey: Uint8Array } {
  for (const crv of Object.keys(curves) as UdfCurve[]) {
    const publicKey = info.slice(-curves[crv].length);
    if (publicKey.length === curves[crv].length && equal(keyInfo({ crv, publicKey }, 'G3'), info)) {
      return { crv, publicKey };
    }
  }
  return fail('unsupported_algorithm', 'not a key of a known curve');
}
