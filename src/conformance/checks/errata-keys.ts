/**
 * Published fingerprints, keys and envelopes that are wrong or incomplete, and how each came about.
 */
import { concat, fromUtf8 } from '../../bytes.ts';
import type { Proofs } from '../check.ts';
import { add25519, basePoint25519, order25519, toInteger, toOctets } from '../curve25519.ts';
import { noncePoint, publicNonce, response } from '../eddsa.ts';
import type { Outcome } from '../fields.ts';
import type { Provided, PublicCurve } from '../implementation.ts';
import { expand, specifier } from './derive.ts';

/** Characters of a text, separators aside. */
const characters = (udf: string): number => udf.replaceAll('-', '').length;

/** Bits of a big-endian number. */
function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

const bigEndian = (octets: Uint8Array): bigint => octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);

/** AES key wrap as far as it goes without key: the initial value and one 8-octet block for each 8 octets (RFC 3394 section 2.2.1). */
function wrapOfNothing(secret: Uint8Array): Uint8Array {
  if (secret.length !== 0) throw new Error('only the empty secret wraps without a key');
  return new Uint8Array(8).fill(0xa6);
}

function nonceFacts(api: Provided, signature: Uint8Array, digest: Uint8Array): Outcome {
  const R = noncePoint(signature);
  api.validatePoint(R);
  api.scalarNegate(response(signature)); // refuses S >= L
  const computable = api.baseMultiply(publicNonce(api, digest));
  return { nonceIsPublic: computable.every((octet, i) => octet === R[i]), wellFormed: signature[113] === 0 };
}

/** Kinds of errata about fingerprints, keys and envelopes. */
export const keyProofs: Proofs = {
  'erratum-type-octet-missing'(api, inputs) {
    const secret = inputs.bytes('secret');
    const rest = secret.slice(1);
    return {
      printed: { udf: api.udfFormat(secret[0] as number, rest), keyValue: rest },
      right: { udf: api.udfFormat(0x20, secret), keyValue: secret },
    };
  },

  'erratum-truncated-key'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt'>('form')];
    const algorithm = inputs.text<PublicCurve>('algorithm');
    const publicKey = api.meshPublicKey(algorithm, api.udfDeriveKey(seed, form, algorithm, ''));
    return { printed: { publicKey: publicKey.slice(0, 32) }, right: { publicKey } };
  },

  'erratum-truncated-sum'(api, inputs) {
    const [crv, a, b] = [inputs.text<PublicCurve>('crv'), inputs.bytes('public1'), inputs.bytes('public2')];
    const sum = api.combinePublicKeys(crv, a, b);
    return { printed: { publicKey: sum.slice(0, 32) }, right: { publicKey: sum.slice(0, 56) } };
  },

  'erratum-unsalted-pin'(api, inputs) {
    const [pin, action, account] = [inputs.text('pin'), inputs.text('action'), inputs.text('account')];
    return {
      printed: { pinId: api.udfPinId(pin, account) },
      right: { pinId: api.udfPinId(api.udfSaltedPin(pin, action), account) },
    };
  },

  'erratum-unhashed-text'(api, inputs) {
    const [contentType, data] = [inputs.text('contentType'), inputs.bytes('data')];
    const [bits, group] = [inputs.number('bits'), inputs.number('group')];
    const buffer = concat(fromUtf8(`${contentType}:`), api.sha512(data));
    const show = (octets: Uint8Array) => api.udfFormat(0x60, octets, bits, group);
    return { printed: { udf: show(buffer) }, right: { udf: show(api.sha512(buffer)) } };
  },

  'erratum-key-elided'(api, inputs) {
    const udf = inputs.text('udf');
    return { printed: {}, right: { type: api.udfParse(udf).type, bits: 5 * characters(udf) } };
  },

  'erratum-wrong-salt'(api, inputs) {
    const [seed, algorithm] = [inputs.text('seed'), inputs.text('algorithm')];
    const salt = specifier(algorithm);
    const okm = api.hkdfSha512(api.udfParse(seed).data, salt, undefined, 32);
    return { printed: { salt: specifier(inputs.text('printedAlgorithm')) }, right: { salt, okm } };
  },

  'erratum-short-modulus'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt'>('form')];
    const algorithm = inputs.text('algorithm');
    const size = (bits: number) => {
      const { p, q } = api.udfDerivePrimes(seed, form, algorithm, bits);
      return bitLength(bigEndian(p) * bigEndian(q));
    };
    return { printed: { modulusBits: size(256) }, right: { modulusBits: Number(algorithm.split('-')[1]) } };
  },

  'erratum-older-form'(api, inputs) {
    const [seed, algorithm] = [inputs.text('seed'), inputs.text('algorithm')];
    const ikm = api.udfParse(seed).data;
    return {
      printed: { okm: expand(api, ikm, 'salt', algorithm, '') },
      right: { okm: expand(api, ikm, 'info', algorithm, '') },
    };
  },

  'erratum-length-caption'(api, inputs) {
    const [contentType, data] = [inputs.text('contentType'), inputs.bytes('data')];
    const udf = api.udfDigest(contentType, data, 140, 'sha2-512');
    const asCaptioned = api.udfDigest(contentType, data, inputs.number('captionBits'), 'sha2-512');
    return { printed: { characters: characters(asCaptioned) }, right: { udf, characters: characters(udf) } };
  },

  'erratum-doubled-key'(api, inputs) {
    const form = inputs.text<'salt'>('form');
    const algorithm = inputs.text('algorithm');
    const scalar = (seed: string) => {
      const pruned = api.sha512(api.udfDeriveKey(seed, form, algorithm, '')).slice(0, 32);
      pruned[0] = (pruned[0] as number) & 0xf8;
      pruned[31] = ((pruned[31] as number) & 0x7f) | 0x40;
      return toInteger(pruned);
    };
    const [device, overlay] = [scalar(inputs.text('deviceSeed')), scalar(inputs.text('overlaySeed'))];
    const sum = (a: bigint, b: bigint): Outcome => ({
      scalar: toOctets((a + b) % order25519, 32),
      publicKey: add25519(basePoint25519(a), basePoint25519(b)),
    });
    return { printed: sum(device, device), right: sum(device, overlay) };
  },

  'erratum-signer-not-printed'(api, inputs) {
    const [digest, signature] = [inputs.bytes('payloadDigest'), inputs.bytes('signature')];
    return { printed: {}, right: nonceFacts(api, signature, digest) };
  },

  'erratum-empty-key-wrap'(api, inputs) {
    const [secret, first, second] = [
      inputs.bytes('masterSecret'),
      inputs.bytes('ephemeral1'),
      inputs.bytes('ephemeral2'),
    ];
    api.validatePoint(first);
    api.validatePoint(second);
    const wrappedKey = wrapOfNothing(secret);
    // A 256-bit secret is 4 blocks, and the initial value makes a fifth.
    return { printed: { wrappedKey, wrappedOctets: wrappedKey.length }, right: { wrappedOctets: 8 * (32 / 8 + 1) } };
  },
};
