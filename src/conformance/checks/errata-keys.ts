/**
 * Published fingerprints, keys and envelopes that are wrong or incomplete, and how each came about.
 */
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Proofs } from '../check.ts';
import type { PublicCurve } from '../implementation.ts';
import { expand, specifier } from './derive.ts';
import { deviceAndOverlay, sum25519 } from './overlay25519.ts';

/** AES key wrap as far as it goes without key: the initial value and one 8-octet block for each 8 octets (RFC 3394 section 2.2.1). */
function wrapOfNothing(secret: Uint8Array): Uint8Array {
  if (secret.length !== 0) throw new Error('only the empty secret wraps without a key');
  return new Uint8Array(8).fill(0xa6);
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

  'erratum-wrong-salt'(api, inputs) {
    const [seed, algorithm] = [inputs.text('seed'), inputs.text('algorithm')];
    const salt = specifier(algorithm);
    const okm = api.hkdfSha512(api.udfParse(seed).data, salt, undefined, 32);
    return { printed: { salt: specifier(inputs.text('printedAlgorithm')) }, right: { salt, okm } };
  },

  /** The primes of the example, and those of the length that the algorithm needs. */
  'erratum-short-primes'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt'>('form')];
    const algorithm = inputs.text('algorithm');
    const bits = Number(algorithm.split('-')[1]) / 2;
    return {
      printed: api.udfDerivePrimes(seed, form, algorithm, inputs.number('usedBits')),
      right: api.udfDerivePrimes(seed, form, algorithm, bits),
    };
  },

  'erratum-older-form'(api, inputs) {
    const [seed, algorithm] = [inputs.text('seed'), inputs.text('algorithm')];
    const ikm = api.udfParse(seed).data;
    return {
      printed: { okm: expand(api, ikm, 'salt', algorithm, '') },
      right: { okm: expand(api, ikm, 'info', algorithm, '') },
    };
  },

  /** A caption is not computed from anything; that the value has other bits is. */
  'erratum-length-caption'(api, inputs) {
    const [contentType, data, udf] = [inputs.text('contentType'), inputs.bytes('data'), inputs.text('udf')];
    const caption = inputs.number('caption');
    const ofBits = (bits: number) => api.udfDigest(contentType, data, bits, 'sha2-512');
    const bits = 5 * udf.replaceAll('-', '').length;
    agrees('the printed value', udf, ofBits(bits));
    if (ofBits(caption) === udf) throw new Error('the caption is right');
    return { printed: { bits: caption }, right: { bits } };
  },

  'erratum-doubled-key'(api, inputs) {
    const { device, overlay } = deviceAndOverlay(api, inputs);
    return { printed: sum25519(device, device), right: sum25519(device, overlay) };
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
    return { printed: { wrappedKey }, right: { wrappedOctets: 8 * (32 / 8 + 1) } };
  },
};
