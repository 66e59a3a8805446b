/**
 * DARE envelopes: opened as a whole, and their keys step by step. Not digests and signatures by themselves: see assertions.ts.
 */
import { fromBase64url } from '../../base64url.ts';
import { fromUtf8Strict } from '../../jsonb/text.ts';
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Checks, type Proofs } from '../check.ts';
import type { Inputs, Outcome } from '../fields.ts';
import type {
  DareKeys,
  FingerprintGeneration,
  KeyCurve,
  KeyIdRule,
  Provided,
  SigningCurve,
} from '../implementation.ts';

const curveOf = (inputs: Inputs) => inputs.text<KeyCurve>('crv');

/** The text of octets under a name, if they are text. */
function textAs(name: string, octets: Uint8Array): Outcome {
  try {
    return { [name]: fromUtf8Strict(octets, 0, octets.length, 0) };
  } catch {
    return {};
  }
}

function keysOf(inputs: Inputs): DareKeys {
  const key = inputs.has('symmetricKey')
    ? inputs.text('symmetricKey')
    : inputs.has('crv')
      ? { crv: curveOf(inputs), secretKey: inputs.bytes('secretKey') }
      : undefined;
  const signer = inputs.has('signerKey')
    ? { crv: inputs.text<SigningCurve>('signerCrv'), publicKey: inputs.bytes('signerKey') }
    : undefined;
  return {
    ...(key === undefined ? {} : { key }),
    ...(signer === undefined ? {} : { signer }),
    trust: inputs.flag('trust'),
  };
}

/** The shared octets of a key and an ephemeral key: an Edwards point, or u without its sign. */
function agreementOf(api: Provided, crv: KeyCurve, secretKey: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  const point = api.sharedContribution(crv, secretKey, ephemeral);
  return crv.startsWith('X') ? point.slice(0, -1) : point;
}

/** The key encryption key of one kind of recipient. */
function keyEncryptionKey(api: Provided, agreement: Uint8Array, label: string): Uint8Array {
  return api.hkdfSha512(agreement, undefined, fromUtf8(label), 32);
}

/** The secret of a symmetric recipient, or its agreement. */
function sharedOf(api: Provided, inputs: Inputs): Uint8Array {
  return inputs.has('symmetricKey')
    ? api.udfParse(inputs.text('symmetricKey')).data
    : agreementOf(api, curveOf(inputs), inputs.bytes('secretKey'), inputs.bytes('ephemeral'));
}

function seedKid(api: Provided, inputs: Inputs, seed: Uint8Array): Outcome {
  if (!inputs.has('generation')) return {};
  const kid = api.udfKeyIdentifier(seed, inputs.text<FingerprintGeneration>('generation'));
  return inputs.has('headerKid')
    ? { seedKid: kid, headerKidMatches: kid === inputs.text('headerKid') }
    : { seedKid: kid };
}

/** Kinds of vectors about envelopes. */
export const dareChecks: Checks = {
  'dare-envelope'(api, inputs) {
    const [envelope, keys] = [fromUtf8(inputs.text('envelope')), keysOf(inputs)];
    const { payload, annotations, kekInfo, signatures } = api.dareOpen(envelope, keys);
    const carried = api.dareInspect(envelope).payload;
    const [signature] = signatures;
    return {
      payloadDigest: api.sha512(carried),
      payloadLength: carried.length,
      ...textAs('plaintext', payload),
      plaintextOctets: payload,
      ...(kekInfo === undefined ? {} : { kekInfo }),
      ...Object.assign({}, ...annotations.map((each, i) => textAs(`annotation${i + 1}`, each))),
      ...(signature === undefined ? {} : { verdict: signature.verdict, witness: signature.witness }),
      ...(signature?.mode === undefined ? {} : { mode: signature.mode }),
    };
  },

  'dare-keys'(api, inputs) {
    const [wrappedKey, salt, info] = [inputs.bytes('wrappedKey'), inputs.bytes('salt'), inputs.text('info')];
    const agreement = sharedOf(api, inputs);
    const kek = keyEncryptionKey(api, agreement, info);
    const baseSeed = api.aesKeyUnwrap(kek, wrappedKey);
    agrees('wrapping and unwrapping', wrappedKey, api.aesKeyWrap(kek, baseSeed));
    const contentKey = api.hkdfSha256(baseSeed, salt, fromUtf8('encrypt'), 32);
    const iv = api.hkdfSha256(baseSeed, salt, fromUtf8('iv'), 16);
    const ciphertext = inputs.has('plaintext')
      ? { ciphertext: api.aesCbcEncrypt(contentKey, iv, fromUtf8(inputs.text('plaintext'))) }
      : {};
    return {
      agreement,
      keyEncryptionKey: kek,
      baseSeed,
      contentKey,
      iv,
      ...ciphertext,
      ...seedKid(api, inputs, baseSeed),
    };
  },

  'dare-signature'(api, inputs) {
    const [crv, secretKey] = [inputs.text<SigningCurve>('crv'), inputs.bytes('secretKey')];
    const payload = fromBase64url(inputs.text('payload'), 'base64');
    return { signature: api.dareSign(crv, secretKey, payload), publicKey: api.sharedPublicKey(crv, secretKey) };
  },

  'dare-key-id'(api, inputs) {
    const [crv, publicKey, rule] = [curveOf(inputs), inputs.bytes('publicKey'), inputs.text<KeyIdRule>('rule')];
    return { kid: api.dareKeyId(crv, publicKey, rule) };
  },

  'dare-binary'(api, inputs) {
    const { enc, payload, recipients, signatures } = api.dareInspect(inputs.bytes('octets'));
    return { enc, payloadLength: payload.length, payloadDigest: api.sha512(payload), recipients, signatures };
  },
};

/** Kinds of errata about envelopes. */
export const dareProofs: Proofs = {
  /** The text of every draft names labels which its own examples do not use. */
  'erratum-dare-labels'(api, inputs) {
    const [agreement, seed, salt] = [inputs.bytes('agreement'), inputs.bytes('baseSeed'), inputs.bytes('salt')];
    const keys = (kek: string, key: string, iv: string) => ({
      keyEncryptionKey: keyEncryptionKey(api, agreement, kek),
      contentKey: api.hkdfSha256(seed, salt, fromUtf8(key), 32),
      iv: api.hkdfSha256(seed, salt, fromUtf8(iv), 16),
    });
    const [kekLabel, keyLabel, ivLabel] = [inputs.text('kekLabel'), inputs.text('keyLabel'), inputs.text('ivLabel')];
    return { printed: keys(kekLabel, keyLabel, ivLabel), right: keys('master', 'encrypt', 'iv') };
  },

  'erratum-dare-mixed'(api, inputs) {
    const [crv, secretKey] = [curveOf(inputs), inputs.bytes('secretKey')];
    const lines = (ephemeral: Uint8Array, seed: Uint8Array) => {
      const agreement = agreementOf(api, crv, secretKey, ephemeral);
      const kek = keyEncryptionKey(api, agreement, 'master');
      return { agreement, keyEncryptionKey: kek, wrappedKey: api.aesKeyWrap(kek, seed) };
    };
    return {
      printed: lines(inputs.bytes('otherEphemeral'), inputs.bytes('otherSeed')),
      right: lines(inputs.bytes('ephemeral'), inputs.bytes('baseSeed')),
    };
  },

  'erratum-dare-header-kid'(api, inputs) {
    const generation = inputs.text<FingerprintGeneration>('generation');
    const kid = (seed: Uint8Array) => ({ kid: api.udfKeyIdentifier(seed, generation) });
    return { printed: kid(inputs.bytes('previousSeed')), right: kid(inputs.bytes('baseSeed')) };
  },
};
