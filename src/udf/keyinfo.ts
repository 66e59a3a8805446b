/**
 * Key info: the octets that stand for a public key when it is fingerprinted or labelled (draft-hallambaker-mesh-udf sections 4.2, 5.3.1).
 * Not RFC 8410: the Mesh writes NULL parameters, and an OCTET STRING inside the BIT STRING.
 */
import { fromBase64url } from '../base64url.ts';
import { bytes, equal } from '../bytes.ts';
import { der, derBitString, derInteger, tag } from '../der.ts';
import { fail } from '../errors.ts';
import type { Generation } from './digest.ts';

/** Curves that a UDF can name. */
export type UdfCurve = 'X25519' | 'X448' | 'Ed25519' | 'Ed448';

/**
 * A public key: octets with their curve, or a JSON Web Key (RFC 7517, RFC 8037), whose numbers may also be octets.
 * X448 keys have 57 octets here, the last one carrying the sign of v (80 odd, 00 even); all others have the length of their RFC.
 */
export type UdfPublicKey =
  | { crv: UdfCurve; publicKey: Uint8Array }
  | { kty: 'OKP'; crv: UdfCurve; x: string }
  | { kty: 'RSA'; n: string | Uint8Array; e: string | Uint8Array };

/** Last arc of the object identifier 1.3.101, and octets of a key. */
const curves: Readonly<Record<UdfCurve, { arc: number; length: number }>> = {
  X25519: { arc: 110, length: 32 },
  X448: { arc: 111, length: 57 },
  Ed25519: { arc: 112, length: 32 },
  Ed448: { arc: 113, length: 57 },
};

/** 1.2.840.113549.1.1.1 */
const rsaEncryption = /* @__PURE__ */ Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

function algorithm(oid: Uint8Array): Uint8Array {
  return der(tag.sequence, der(tag.oid, oid), der(tag.null));
}

function curveOid(crv: UdfCurve): Uint8Array {
  return Uint8Array.of(0x2b, 0x65, curves[crv].arc);
}

function octets(value: unknown, name: string): Uint8Array {
  return typeof value === 'string' ? fromBase64url(value, 'bad_jwk') : bytes(value, name);
}

function magnitude(value: unknown, name: string): Uint8Array {
  const number = octets(value, name);
  if (number.every((octet) => octet === 0)) fail('bad_public_length', `${name} is zero`);
  return derInteger(number);
}

function curveKey(crv: unknown, value: unknown): Uint8Array {
  if (typeof crv !== 'string' || !Object.hasOwn(curves, crv)) fail('unsupported_algorithm', 'curve');
  const key = octets(value, 'publicKey');
  const { length } = curves[crv as UdfCurve];
  if (crv === 'X448' && key.length === 56) fail('sign_missing');
  if (key.length !== length) fail('bad_public_length', `${crv} keys have ${length} octets here`);
  return der(tag.octetString, key);
}

/** The key info of a generation. @throws MeshError as {@link UdfPublicKeys.keyInfo} */
export function keyInfo(key: UdfPublicKey, generation: Generation): Uint8Array {
  if (typeof key !== 'object' || key === null) fail('bad_option', 'a key must be an object');
  if ('kty' in key && key.kty === 'RSA') {
    const bare = der(tag.sequence, magnitude(key.n, 'n'), magnitude(key.e, 'e'));
    return generation < 'G3' ? bare : der(tag.sequence, algorithm(rsaEncryption), derBitString(bare));
  }
  if ('kty' in key && key.kty !== 'OKP') fail('unsupported_algorithm', 'kty');
  const bare = curveKey(key.crv, 'publicKey' in key ? key.publicKey : key.x);
  if (generation === 'G1') fail('unsupported_algorithm', 'only RSA keys have a fingerprint of the first generation');
  return generation === 'G2' ? bare : der(tag.sequence, algorithm(curveOid(key.crv)), derBitString(bare));
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
