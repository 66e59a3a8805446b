/**
 * Keys from seeds: draft-hallambaker-mesh-udf section 4.4, both forms of the derivation, and the public keys that follow.
 */
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Checks } from '../check.ts';
import { publicKey25519, scalar25519 } from '../curve25519.ts';
import type { Inputs, Outcome } from '../fields.ts';
import type { FingerprintGeneration, KeyCurve, Provided } from '../implementation.ts';
import { meshScalar } from './overlay.ts';

// Literal tables, so that the check shares none with what it checks.

/** Algorithm numbers of key specifiers. */
const codes: Readonly<Record<string, number>> = {
  X25519: 1,
  X448: 2,
  Ed25519: 3,
  Ed448: 4,
  'P-256': 5,
  'P-384': 6,
  'P-521': 7,
  'RSA-2048': 8,
  'RSA-3072': 9,
  'RSA-4096': 10,
};

/** Octets of HKDF output. */
const lengths: Readonly<Record<string, number>> = {
  X25519: 32,
  X448: 56,
  Ed25519: 32,
  Ed448: 56,
  'P-256': 40,
  'P-384': 56,
  'P-521': 74,
};

function known(table: Readonly<Record<string, number>>, algorithm: string): number {
  const value = table[algorithm];
  if (value === undefined) throw new Error(`algorithm ${algorithm}`);
  return value;
}

/** The specifier of an algorithm, two octets. */
export function specifier(algorithm: string): Uint8Array {
  return Uint8Array.of(0, known(codes, algorithm));
}

/** HKDF over the whole seed, specifier included, in one of the two forms. */
export function expand(
  api: Provided,
  ikm: Uint8Array,
  form: string,
  algorithm: string,
  name: string,
  length = known(lengths, algorithm),
): Uint8Array {
  // The salt form takes the specifier of the algorithm wanted for seeds of any algorithm, else that of the seed, as the info form does.
  const stored = ikm.slice(0, 2);
  const code = stored.every((octet) => octet === 0) ? specifier(algorithm) : stored;
  return form === 'salt'
    ? api.hkdfSha512(ikm, code, fromUtf8(name), length)
    : api.hkdfSha512(ikm, undefined, concat(code, fromUtf8(name)), length);
}

/** The pruned scalar, not reduced: 57 octets for Ed448, else as many as the key has. */
function prunedScalar(api: Provided, algorithm: string, key: Uint8Array): Uint8Array {
  if (algorithm === 'Ed25519' || algorithm === 'X25519') return scalar25519(algorithm, key);
  const hashed = algorithm === 'Ed448' ? api.shake256(key, 114).slice(0, 57) : key.slice();
  hashed[0] = (hashed[0] as number) & 0xfc;
  hashed[55] = (hashed[55] as number) | 0x80;
  if (algorithm === 'Ed448') hashed[56] = 0;
  const crv = algorithm === 'Ed448' ? 'Ed448' : 'X448';
  agrees('the scalar modulo L', api.scalarFromWide(hashed), meshScalar(api, crv, key));
  return hashed;
}

function publicKeyOf(api: Provided, algorithm: string, key: Uint8Array): Uint8Array {
  if (algorithm === 'Ed25519' || algorithm === 'X25519') return publicKey25519(algorithm, key);
  return api.meshPublicKey(algorithm as 'Ed448' | 'X448', key);
}

function fingerprints(api: Provided, inputs: Inputs, crv: KeyCurve, publicKey: Uint8Array): Outcome {
  if (inputs.has('generation')) {
    return { fingerprint: api.udfPublicKey(crv, publicKey, inputs.text<FingerprintGeneration>('generation')) };
  }
  if (!inputs.has('keyData')) return {};
  const keyData = inputs.bytes('keyData');
  const carried = crv === 'X25519' ? publicKey.slice(0, 32) : publicKey;
  agrees('the key in the key data', keyData.slice(-carried.length), carried);
  return { fingerprint: api.udfDigest(inputs.text('contentType'), keyData, 140, 'sha2-512') };
}

/** Kinds of derivation vectors. */
export const deriveChecks: Checks = {
  'udf-derive'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt' | 'info'>('form')];
    const algorithm = inputs.text<KeyCurve>('algorithm');
    const name = inputs.has('keyName') ? inputs.text('keyName') : '';
    const ikm = api.udfParse(seed).data;
    const okm = agrees(
      'the derivation',
      api.udfDeriveKey(seed, form, algorithm, name),
      expand(api, ikm, form, algorithm, name),
    );
    const publicKey = publicKeyOf(api, algorithm, okm);
    return {
      ikm,
      extracted: api.hmacSha512(form === 'salt' ? ikm.slice(0, 2) : new Uint8Array(64), ikm),
      okm,
      scalar: prunedScalar(api, algorithm, okm),
      publicKey,
      ...(algorithm === 'X25519' ? { publicU: publicKey.slice(0, 32) } : {}),
      ...fingerprints(api, inputs, algorithm, publicKey),
    };
  },

  'udf-derive-nist'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt' | 'info'>('form')];
    const [algorithm, modulus] = [inputs.text('algorithm'), inputs.text('modulus')];
    if (modulus !== 'field') throw new Error(`modulus ${modulus}`);
    const ikm = api.udfParse(seed).data;
    return { ikm, okm: expand(api, ikm, form, algorithm, ''), scalar: api.udfDeriveNistKey(seed, form, algorithm) };
  },

  'udf-derive-rsa'(api, inputs) {
    const [seed, form] = [inputs.text('seed'), inputs.text<'salt' | 'info'>('form')];
    const [algorithm, bits] = [inputs.text('algorithm'), inputs.number('bits')];
    const ikm = api.udfParse(seed).data;
    return {
      ikm,
      okmP: expand(api, ikm, form, algorithm, 'p', bits / 8),
      okmQ: expand(api, ikm, form, algorithm, 'q', bits / 8),
      ...api.udfDerivePrimes(seed, form, algorithm, bits),
    };
  },
};
