/**
 * Arithmetic on the 25519 curves, with @noble/curves: an oracle for published vectors which mix both families of curves. The operations of
 * this package on those curves rest on the same library, but share no code with this file, which nothing outside the suite may use.
 */
import { ed25519, ed25519ctx } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat } from '../bytes.ts';
import { fromUtf8 } from '../utf8.ts';

const p = 2n ** 255n - 19n;
/** The order of the prime-order subgroup. */
export const order25519 = 2n ** 252n + 27742317777372353535851937790883648493n;

const { Point } = ed25519;

/** The integer of little-endian octets. */
export function toInteger(octets: Uint8Array): bigint {
  return octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** Little-endian octets of an integer, which is cut to the length. */
export function toOctets(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

function pruned(octets: Uint8Array): Uint8Array {
  const out = octets.slice(0, 32);
  out[0] = (out[0] as number) & 0xf8;
  out[31] = ((out[31] as number) & 0x7f) | 0x40;
  return out;
}

/** The pruned scalar of an Ed25519 seed or an X25519 secret key, 32 octets. */
export function scalar25519(crv: 'Ed25519' | 'X25519', secretKey: Uint8Array): Uint8Array {
  return pruned(crv === 'Ed25519' ? sha512(secretKey) : secretKey);
}

/** The Edwards encoding of s B, 32 octets. */
export function basePoint25519(scalar: bigint): Uint8Array {
  return Point.BASE.multiply(scalar % order25519).toBytes();
}

/** The affine coordinates of s B. */
export function baseAffine25519(scalar: bigint): { x: bigint; y: bigint } {
  return Point.BASE.multiply(scalar % order25519).toAffine();
}

/** The sum of two Edwards points. */
export function add25519(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Point.fromBytes(a).add(Point.fromBytes(b)).toBytes();
}

/**
 * The public key of a secret key: an Edwards encoding of 32 octets, or u of 32 octets and the sign octet of v, where the base
 * point has the v of RFC 7748 section 4.1.
 */
export function publicKey25519(crv: 'Ed25519' | 'X25519', secretKey: Uint8Array): Uint8Array {
  const scalar = toInteger(scalar25519(crv, secretKey));
  if (crv === 'Ed25519') return basePoint25519(scalar);
  const { x, y } = baseAffine25519(scalar);
  const { Fp } = Point;
  const u = Fp.div(Fp.add(Fp.ONE, y), Fp.sub(Fp.ONE, y));
  // (u, v) = ((1 + y) / (1 - y), sqrt(-486664) u / x) up to the sign of the root, which the base point settles.
  const base = Point.BASE.toAffine();
  const v0 = 14781619447589544791020593568409986887264606134616475288964881837755586237401n;
  const root = Fp.div(Fp.mul(v0, base.x), 9n);
  const v = Fp.div(Fp.mul(root, u), x);
  if (Fp.mul(root, root) !== p - 486664n) throw new Error('the base points do not correspond');
  const out = new Uint8Array(33);
  out.set(toOctets(u, 32));
  out[32] = v & 1n ? 0x80 : 0;
  return out;
}

/** The challenge of a signature, pure or with a context (RFC 8032 section 5.1). */
export function challenge25519(
  R: Uint8Array,
  publicKey: Uint8Array,
  message: Uint8Array,
  context: Uint8Array | undefined,
): Uint8Array {
  const name = fromUtf8('SigEd25519 no Ed25519 collisions');
  const dom2 = context === undefined ? new Uint8Array(0) : concat(name, Uint8Array.of(0, context.length), context);
  return toOctets(toInteger(sha512(concat(dom2, R, publicKey, message))) % order25519, 32);
}

/** Whether Ed25519ctx with an empty context takes a signature, and whether pure Ed25519 does. */
export function verify25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) {
  const context = new Uint8Array(0);
  return {
    verified: ed25519ctx.verify(signature, message, publicKey, { context }),
    verifiedPure: ed25519.verify(signature, message, publicKey, { zip215: false }),
  };
}

/** An Ed25519ctx signature with an empty context (RFC 8032 section 5.1), and whether Ed25519ctx and pure Ed25519 take it. */
export function signature25519(message: Uint8Array, secretKey: Uint8Array) {
  const context = new Uint8Array(0);
  const publicKey = ed25519.getPublicKey(secretKey);
  const signature = ed25519ctx.sign(message, secretKey, { context });
  return { publicKey, signature, ...verify25519(signature, message, publicKey) };
}
