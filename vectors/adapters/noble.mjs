/**
 * An example adapter: @noble/curves and @noble/hashes as an implementation for the conformance suite.
 *
 *     npx mathmesh conformance --adapter node_modules/mathmesh/vectors/adapters/noble.mjs
 *
 * It has the primitives and no Mesh formats, so the vectors of those are reported as not provided.
 */
import { ed448, ed448ph, x448 } from '@noble/curves/ed448.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { sha3_512, shake256 } from '@noble/hashes/sha3.js';

const { Point } = ed448;
const { Fn } = Point;

/** Octets in the order of RFC 8032. */
const toInteger = (octets) => octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
const toScalar = (value) =>
  Uint8Array.from({ length: 56 }, (_, i) => Number((Fn.create(value) >> BigInt(8 * i)) & 0xffn));

function scalar(octets) {
  if (octets.length !== 56) throw new RangeError('a scalar has 56 octets');
  const value = toInteger(octets);
  if (value >= Fn.ORDER) throw new RangeError('the scalar is not reduced');
  return value;
}

/** A point of prime order, and not the identity. */
function validPoint(octets) {
  const point = Point.fromBytes(octets);
  if (point.isSmallOrder() || !point.isTorsionFree()) throw new RangeError('the point is not of prime order');
  return point;
}

/** The multiplications of the library refuse zero. */
const multiply = (point, k) => (k === 0n ? Point.ZERO : point.multiply(k));

/** Mesh seeds may have 56 octets; the hash takes them as they are. */
function seedScalar(seed) {
  if (seed.length !== 56 && seed.length !== 57) throw new RangeError('a seed has 56 or 57 octets');
  const hash = shake256(seed, { dkLen: 114 });
  hash[0] &= 0xfc;
  hash[55] |= 0x80;
  return Fn.create(toInteger(hash.subarray(0, 56)));
}

function wide(octets) {
  if (octets.length < 1 || octets.length > 114) throw new RangeError('1 to 114 octets');
  return toInteger(octets);
}

/** @type {import('mathmesh/conformance').Implementation} */
export const implementation = {
  name: 'noble',

  sha512: (message) => sha512(message),
  sha3_512: (message) => sha3_512(message),
  shake256: (message, length) => shake256(message, { dkLen: length }),
  hmacSha512: (key, message) => hmac(sha512, key, message),
  hkdfSha512: (ikm, salt, info, length) => hkdf(sha512, ikm, salt, info, length),
  hkdfSha256: (ikm, salt, info, length) => hkdf(sha256, ikm, salt, info, length),

  ed448PublicKey: (secretKey) => ed448.getPublicKey(secretKey),
  ed448Sign: (message, secretKey, context) => ed448.sign(message, secretKey, { context }),
  ed448Verify: (signature, message, publicKey, context) =>
    ed448.verify(signature, message, publicKey, { context, zip215: false }),
  ed448phSign: (message, secretKey, context) => ed448ph.sign(message, secretKey, { context }),
  ed448phVerify: (signature, message, publicKey, context) =>
    ed448ph.verify(signature, message, publicKey, { context, zip215: false }),

  x448PublicKey: (secretKey) => x448.getPublicKey(secretKey),
  x448: (secretKey, publicKey) => x448.getSharedSecret(secretKey, publicKey),

  scalarFromSeed: (seed) => toScalar(seedScalar(seed)),
  scalarFromWide: (octets) => toScalar(wide(octets)),
  scalarAdd: (a, b) => toScalar(scalar(a) + scalar(b)),
  scalarMultiply: (a, b) => toScalar(scalar(a) * scalar(b)),
  scalarNegate: (a) => toScalar(-scalar(a)),
  scalarInvert: (a) => toScalar(Fn.inv(scalar(a))),
  pointAdd: (p, q) => Point.fromBytes(p).add(Point.fromBytes(q)).toBytes(),
  pointMultiply: (k, p) => multiply(validPoint(p), scalar(k)).toBytes(),
  baseMultiply: (k) => multiply(Point.BASE, scalar(k)).toBytes(),
  validatePoint: (p) => {
    validPoint(p);
  },
};
