/**
 * Uniform Data Fingerprints: draft-hallambaker-mesh-udf-08 to -13 and the older forms. Keys from seeds are in derive.ts.
 */
import { concat } from '../../bytes.ts';
import { fromUtf8 } from '../../utf8.ts';
import { agrees, type Check, type Checks } from '../check.ts';
import { type Outcome, toHex } from '../fields.ts';
import type { FingerprintGeneration, KeyCurve, Provided } from '../implementation.ts';

type Algorithm = 'sha2-512' | 'sha3-512';

/** The octets whose beginning a digest fingerprint shows: H(contentType || ':' || H(data)). */
function typedDigest(api: Provided, contentType: string, data: Uint8Array, algorithm: Algorithm): Uint8Array {
  const h = (octets: Uint8Array) => (algorithm === 'sha2-512' ? api.sha512(octets) : api.sha3_512(octets));
  return h(concat(fromUtf8(`${contentType}:`), h(data)));
}

const digest: Check = (api, inputs) => {
  const [contentType, data, bits] = [inputs.text('contentType'), inputs.bytes('data'), inputs.number('bits')];
  const algorithm = inputs.text<Algorithm>('algorithm');
  const typed = typedDigest(api, contentType, data, algorithm);
  const plain = api.udfDigest(contentType, data, bits, algorithm);
  const type = agrees(
    'type',
    Uint8Array.of(api.udfDigestType(typed, algorithm)),
    Uint8Array.of(api.udfParse(plain).type),
  )[0] as number;
  const udf = inputs.has('group') ? api.udfFormat(type, typed, bits, inputs.number('group')) : plain;
  agrees('grouping', udf.replaceAll('-', ''), plain.replaceAll('-', ''));
  return { udf, type, typedDigest: typed };
};

/** Kinds of fingerprint vectors. */
export const udfChecks: Checks = {
  'udf-digest': digest,

  'udf-compression'(api, inputs) {
    const typed = inputs.bytes('typedDigest');
    const [typeSha2, typeSha3] = [api.udfDigestType(typed, 'sha2-512'), api.udfDigestType(typed, 'sha3-512')];
    return { level: typeSha2 - 96, typeSha2, typeSha3 };
  },

  'udf-authenticator'(api, inputs) {
    const [key, contentType, data] = [inputs.text('key'), inputs.text('contentType'), inputs.bytes('data')];
    const extracted = api.hmacSha512(fromUtf8('KeyedUDFMaster'), fromUtf8(key));
    const expanded = api.hmacSha512(extracted, concat(fromUtf8('KeyedUDFExpand'), Uint8Array.of(1)));
    const value = api.hmacSha512(expanded, concat(fromUtf8(`${contentType}:`), api.sha512(data)));
    const udf = api.udfAuthenticator(contentType, data, key, inputs.number('bits'));
    return { udf, type: api.udfParse(udf).type, extracted, expanded, value };
  },

  'udf-value'(api, inputs) {
    const [type, data] = [inputs.number('type'), inputs.bytes('data')];
    const udf = api.udfFormat(type, data);
    const parsed = api.udfParse(udf);
    agrees('text and back', concat(Uint8Array.of(parsed.type), parsed.data), concat(Uint8Array.of(type), data));
    return { udf };
  },

  'udf-parse'(api, inputs) {
    const { type, data } = api.udfParse(inputs.text('text'));
    return { type, data };
  },

  'udf-matches': (api, inputs) => ({ matches: api.udfMatches(inputs.text('a'), inputs.text('b')) }),

  /** A fingerprint whose key is not printed: only its form can be checked. */
  'udf-key-elided'(api, inputs) {
    const udf = inputs.text('udf');
    return { type: api.udfParse(udf).type, bits: 5 * udf.replaceAll('-', '').length };
  },

  'udf-oid'(api, inputs) {
    const udf = api.udfOid(inputs.text<KeyCurve>('crv'), inputs.bytes('publicKey'));
    return { udf, der: api.udfParse(udf).data };
  },

  'udf-public-key'(api, inputs) {
    const [crv, publicKey] = [inputs.text<KeyCurve>('crv'), inputs.bytes('publicKey')];
    const udf = api.udfPublicKey(crv, publicKey, inputs.text<FingerprintGeneration>('generation'));
    const [contentType, keyData] = [inputs.text('contentType'), inputs.bytes('keyData')];
    return { udf: agrees('key data', udf, api.udfDigest(contentType, keyData, 140, 'sha2-512')) };
  },

  'udf-rsa-2018'(api, inputs) {
    const [n, e, keyData] = [inputs.bytes('n'), inputs.bytes('e'), inputs.bytes('keyData')];
    const typed = typedDigest(api, inputs.text('contentType'), keyData, 'sha2-512');
    const udf = api.udfRsaKey(n, e);
    const { type, data } = api.udfParse(udf);
    // 30 characters have 150 bits: 18 whole octets and the low six bits of the next, which parsing drops.
    const last = ((typed[17] as number) << 2) & 0xff;
    const binary = concat(Uint8Array.of(0x60), typed.subarray(0, 17), Uint8Array.of(last));
    agrees('whole octets', concat(Uint8Array.of(type), data), binary.subarray(0, 18));
    return { udf, typedDigest: typed, binary };
  },

  'udf-earl'(api, inputs) {
    const [uri, authority, key] = [inputs.text('uri'), inputs.text('authority'), inputs.text('udf')];
    const { identifier, target } = api.udfEarl(authority, key, inputs.text<FingerprintGeneration>('generation'));
    const parsed = api.udfUri(uri);
    agrees('domain', parsed.domain ?? '', authority);
    agrees('key', parsed.udf, key);
    const content = api.udfDigest(inputs.text('contentType'), fromUtf8(key), inputs.number('bits'), 'sha2-512');
    return { identifier: agrees('identifier', identifier, content), target };
  },

  'udf-uri'(api, inputs) {
    const { form, domain, udf } = api.udfUri(inputs.text('uri'));
    return { form, udf, ...(domain === undefined ? {} : { authority: domain }) };
  },

  'udf-sin'(api, inputs) {
    const domain = inputs.has('domain') ? inputs.text('domain') : undefined;
    const { label, ...forms } = api.udfSin(inputs.text('udf'), domain);
    return { label, length: label.length, ...forms } as Outcome;
  },

  'udf-key-identifier'(api, inputs) {
    return { udf: api.udfKeyIdentifier(inputs.bytes('key'), inputs.text<FingerprintGeneration>('generation')) };
  },

  'udf-message-id'(api, inputs) {
    const [messageId, contentType] = [inputs.text('messageId'), inputs.text('contentType')];
    const { data } = api.udfParse(messageId);
    const udf = api.udfMessageId(messageId, inputs.text<'envelope' | 'response'>('use'));
    return { data, udf: agrees('content type', udf, api.udfDigest(contentType, data, 140, 'sha2-512')) };
  },

  'udf-pin'(api, inputs) {
    const [use, key, text] = [inputs.text('use'), inputs.text('key'), inputs.text('text')];
    const keyData = api.udfParse(key).data;
    const udf = use === 'salted-pin' ? api.udfSaltedPin(key, text) : api.udfPinId(key, text);
    const mac = api.hmacSha512(keyData, fromUtf8(text));
    return { keyData: toHex(keyData), udf: agrees('MAC', udf, api.udfFormat(0, mac, 140)) };
  },

  'udf-connect-pin': (api, inputs) => ({ ...api.udfConnectPin(inputs.text('seed'), inputs.text('account')) }),
};
