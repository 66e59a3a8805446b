/**
 * node:crypto (OpenSSL) in the terms of the benchmark: octets in and out, and key objects made once. The octets of keys get the fixed DER
 * headers of RFC 8410 (PKCS#8 and SPKI), or become a JWK, which OpenSSL 3.0 takes several times faster. Not in browsers.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign as signOnce,
  verify as verifyOnce,
} from 'node:crypto';

export { hash as hashOnce } from 'node:crypto';

/** How one curve's keys are written. */
interface Curve {
  name: 'Ed448' | 'X448';
  privateHeader: Buffer;
  publicHeader: Buffer;
}

/** Key objects of one curve, from octets by either form. */
export interface Keys {
  generate(): unknown;
  /** From 57 octets (Ed448) or 56 (X448), as PKCS#8. */
  privateFromDer(octets: Uint8Array): KeyObject;
  /** As SPKI. */
  publicFromDer(octets: Uint8Array): KeyObject;
  publicToDer(privateKey: KeyObject): Uint8Array;
  /** The public half that a JWK must have is left empty: Node does not look at it. */
  privateFromJwk(octets: Uint8Array): KeyObject;
  publicFromJwk(octets: Uint8Array): KeyObject;
  publicToJwk(privateKey: KeyObject): Uint8Array;
}

const base64url = (octets: Uint8Array) =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64url');

function keys({ name: crv, privateHeader, publicHeader }: Curve): Keys {
  const kty = 'OKP';
  return {
    generate: crv === 'Ed448' ? () => generateKeyPairSync('ed448') : () => generateKeyPairSync('x448'),
    privateFromDer: (octets) =>
      createPrivateKey({ key: Buffer.concat([privateHeader, octets]), format: 'der', type: 'pkcs8' }),
    publicFromDer: (octets) =>
      createPublicKey({ key: Buffer.concat([publicHeader, octets]), format: 'der', type: 'spki' }),
    publicToDer: (privateKey) =>
      createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(publicHeader.length),
    privateFromJwk: (octets) => createPrivateKey({ key: { kty, crv, d: base64url(octets), x: '' }, format: 'jwk' }),
    publicFromJwk: (octets) => createPublicKey({ key: { kty, crv, x: base64url(octets) }, format: 'jwk' }),
    publicToJwk: (privateKey) => Buffer.from(privateKey.export({ format: 'jwk' }).x as string, 'base64url'),
  };
}

export const ed448: Keys = keys({
  name: 'Ed448',
  privateHeader: Buffer.from('3047020100300506032b6571043b0439', 'hex'),
  publicHeader: Buffer.from('3043300506032b6571033a00', 'hex'),
});
export const x448: Keys = keys({
  name: 'X448',
  privateHeader: Buffer.from('3046020100300506032b656f043a0438', 'hex'),
  publicHeader: Buffer.from('3042300506032b656f033900', 'hex'),
});

export const sign = (message: Uint8Array, key: KeyObject): Uint8Array => signOnce(null, message, key);
export const verify = (signature: Uint8Array, message: Uint8Array, key: KeyObject): boolean =>
  verifyOnce(null, message, key, signature);
export const agree = (own: KeyObject, peer: KeyObject): Uint8Array =>
  diffieHellman({ privateKey: own, publicKey: peer });

export const sha512 = (message: Uint8Array): Uint8Array => createHash('sha512').update(message).digest();
export const shake256 = (message: Uint8Array, outputLength: number): Uint8Array =>
  createHash('shake256', { outputLength }).update(message).digest();
export const hmacSha512 = (key: Uint8Array, message: Uint8Array): Uint8Array =>
  createHmac('sha512', key).update(message).digest();
export const hkdfSha512 = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha512', ikm, salt, info, length));
