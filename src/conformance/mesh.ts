/**
 * This package as an implementation for the suite, over any backend. A model for adapters to other libraries.
 */
import { aes, Refusal } from '../aes/index.ts';
import type { Mesh } from '../assemble.ts';
import type { Backend } from '../backend/types.ts';
import { fromBase64url } from '../base64url.ts';
import { concat } from '../bytes.ts';
import { makeDare } from '../dare/index.ts';
import { fail, MeshError } from '../errors.ts';
import { buildFrames, type Frame, type FrameTable, frameAt, treePath } from '../frame.ts';
import { type FrostShare, makeFrost } from '../frost/index.ts';
import { jsonb } from '../jsonb/index.ts';
import type { Actor, KeyType, Operation, SecretOperand } from '../overlay/index.ts';
import { type DhGroup, makeRecryption } from '../recryption/index.ts';
import { verifySequence } from '../sequence/report.ts';
import { makeThreshold } from '../threshold/index.ts';
import type { KeyAlgorithm, RsaAlgorithm } from '../udf/index.ts';
import { makeUnsafeThresholdSignatures } from '../unsafe-signatures/index.ts';
import { agrees } from './check.ts';
import type { Implementation, SecretCurve } from './implementation.ts';
import { describe, described, describeValue, withoutKinds } from './jsonb.ts';

const none = /* @__PURE__ */ new Uint8Array(0);

const secret = (crv: SecretCurve, secretKey: Uint8Array): SecretOperand => ({ crv, secretKey });

/** The frames of a table without damage. */
function wholeFrames(table: FrameTable): Frame[] {
  if (table.damage !== undefined) fail(table.damage);
  return Array.from({ length: table.count }, (_, i) => frameAt(table, i));
}

/** Digests of 64 octets that are packed. */
const split = (digests: Uint8Array): Uint8Array[] =>
  Array.from({ length: digests.length / 64 }, (_, i) => digests.slice(64 * i, 64 * i + 64));

/** The library over a backend as an implementation. SHA3-512 is not public, so it comes from the backend itself. */
export function fromMesh(mesh: Mesh, backend: Backend): Implementation {
  const { sha512, shake256, hmacSha512, hkdfSha512, hkdfSha256, ed448, ed448ph, x448, group448, overlay, shamir, udf } =
    mesh;
  const [threshold, recryption] = [makeThreshold(() => backend), makeRecryption(() => backend)];
  const frost = makeFrost(() => backend);
  const dare = makeDare(() => backend);
  const unsafeThresholdSignatures = makeUnsafeThresholdSignatures(() => backend);
  return {
    name: `mathmesh (${backend.name})`,
    errorCodes: true,

    sha512: (message) => sha512(message),
    sha3_512: (message) => backend.sha3_512(message),
    shake256: (message, length) => shake256(message, { dkLen: length }),
    hmacSha512,
    hkdfSha512,
    hkdfSha256,

    ed448PublicKey: (secretKey) => ed448.getPublicKey(secretKey),
    ed448Sign: (message, secretKey, context) => ed448.sign(message, secretKey, { context }),
    ed448Verify: (signature, message, publicKey, context) => ed448.verify(signature, message, publicKey, { context }),
    ed448phSign: (message, secretKey, context) => ed448ph.sign(message, secretKey, { context }),
    ed448phVerify: (signature, message, publicKey, context) =>
      ed448ph.verify(signature, message, publicKey, { context }),

    x448PublicKey: (secretKey) => x448.getPublicKey(secretKey),
    x448: (secretKey, publicKey) => x448.getSharedSecret(secretKey, publicKey),

    scalarFromSeed: (seed) => group448.scalarFromSeed(seed),
    scalarFromWide: (wide) => group448.scalarFromWide(wide),
    scalarAdd: (a, b) => group448.scalarAdd(a, b),
    scalarMultiply: (a, b) => group448.scalarMul(a, b),
    scalarNegate: (a) => group448.scalarNegate(a),
    scalarInvert: (a) => group448.scalarInvert(a),
    pointAdd: (p, q) => group448.pointAdd(p, q),
    pointMultiply: (scalar, p) => group448.pointMultiply(scalar, p),
    baseMultiply: (scalar) => group448.baseMultiply(scalar),
    validatePoint: (p) => group448.validatePoint(p),

    meshPublicKey: (crv, seed) => overlay.seedKey(secret(crv, seed)).publicKey,
    combinePublicKeys: (crv, base, contribution) => overlay.combinePublicKeys(base, contribution, { crv }),
    composePublicKey: (crv, base, contribution) => overlay.composeKey(base, contribution, { crv }).publicKey,
    agree(crv, [first = none, second], peer) {
      const key =
        second === undefined
          ? overlay.seedKey(secret(crv, first))
          : overlay.composeKey(secret(crv, first), secret(crv, second));
      return key.agree(peer);
    },
    compositeSign: (message, base, contribution) =>
      overlay.composeKey(base, contribution).sign(message, { deterministic: true }),
    deriveMeshSeed: (seed, keyType, actor, operation) =>
      overlay.deriveSeed(seed, {
        keyType: keyType as KeyType,
        actor: actor as Actor,
        operation: operation as Operation,
      }),
    activatePublicKey: (activation, operation, base) =>
      overlay.activatePublicKey(activation, base, { operation: operation as Operation }),
    detectPublicNonce: (signature, message, publicKey) => overlay.detectPublicNonce(signature, message, publicKey),

    sharedPublicKey: (crv, secretKey) => threshold.publicKey({ crv, secretKey }),
    sharedPublicSum: (crv, publicKeys) => threshold.combinePublicKeys(crv, publicKeys),
    sharedSecretSum: (crv, secrets) =>
      threshold.combineSecretKeys(secrets.map((secretKey) => ({ crv, secretKey }))).secretKey,
    sharedContribution: (crv, secretKey, peer) => threshold.contribute({ crv, secretKey }, peer).point,
    sharedCompletion: (crv, contributions) => threshold.complete(contributions.map((point) => ({ crv, point }))),
    sharedCoefficient: (crv, index, indexes) => threshold.coefficient(crv, index, indexes),
    sharedRecovery: (crv, quorum, shares) =>
      threshold.recover(shares.map((share) => ({ crv, quorum, ...share }))).secretKey,
    sharedQuorumContribution: (crv, share, indexes, peer) =>
      threshold.contribute({ crv, quorum: indexes.length, ...share }, peer, { indexes }).point,
    recryptionShare: (crv, group, member) =>
      recryption.addMember({ crv, secretKey: group }, { member: { crv, secretKey: member } }).service.secretKey,
    dh2017PublicKey: (group, secretKey) => recryption.dh2017.publicKey({ group: group as DhGroup, secretKey }),
    draftThresholdSign(crv, message, publicKey, signers, context) {
      const encoded = (scalar: Uint8Array) => (crv === 'Ed448' ? concat(scalar, Uint8Array.of(0)) : scalar);
      const indexes = signers.flatMap(({ index }) => (index === undefined ? [] : [index]));
      const common = {
        ...(indexes.length === 0 ? {} : { indexes }),
        ...(context === undefined ? {} : { context }),
      };
      const sessions = signers.map(({ scalar, nonce, ...index }) =>
        unsafeThresholdSignatures.testing.openWithNonce(
          unsafeThresholdSignatures.share({ crv, publicKey, scalar: encoded(scalar), ...index }),
          encoded(nonce),
        ),
      );
      const noncePoints = sessions.map((session) => session.noncePoint);
      const responses = sessions.map((session) => session.sign(message, { ...common, noncePoints }));
      const signature = unsafeThresholdSignatures.combine({ publicKey, message, noncePoints, responses, ...common });
      return { noncePoints, responses, signature };
    },
    frostDeal(crv, count, coefficients) {
      const { publicKey, shares } = frost.testing.dealWithCoefficients(crv, count, coefficients);
      return { publicKey, shares: shares.map((share) => frost.exportShare(share).secret) };
    },
    frostSign(crv, message, publicKey, quorum, signers) {
      const shares = signers.map(({ index, share }) =>
        frost.importShare({ crv, index, quorum, secret: share, publicKey }),
      );
      const rounds = signers.map(({ hidingRandomness, bindingRandomness }, i) =>
        frost.testing.commitWithRandomness(shares[i] as FrostShare, hidingRandomness, bindingRandomness),
      );
      const commitments = rounds.map((round) => round.commitment);
      const responses = rounds.map((round) => round.sign(message, commitments));
      const verifyingShares = shares.map(({ index, verifyingShare }) => ({ index, verifyingShare }));
      return {
        hiding: commitments.map(({ hiding }) => hiding),
        binding: commitments.map(({ binding }) => binding),
        responses: responses.map(({ response }) => response),
        signature: frost.aggregate({ publicKey, message, commitments, responses, verifyingShares }),
      };
    },

    udfParse: (text) => udf.parse(text),
    udfFormat: (type, data, bits, group) =>
      udf.format(type, data, { ...(bits === undefined ? {} : { bits }), ...(group === undefined ? {} : { group }) }),
    udfDigest: (contentType, data, bits, algorithm) => udf.digest(contentType, data, { bits, algorithm }),
    udfDigestType: (typedDigest, algorithm) => udf.digestType(typedDigest, algorithm),
    udfAuthenticator: (contentType, data, key, bits) => udf.authenticator(contentType, data, key, { bits }),
    udfPublicKey: (crv, publicKey, generation) => udf.publicKey({ crv, publicKey }, { generation }),
    udfRsaKey: (n, e) => udf.publicKey({ kty: 'RSA', n, e }, { generation: 'G1' }),
    udfOid: (crv, publicKey) => udf.oid({ crv, publicKey }),
    udfMatches: (a, b) => udf.matches(a, b),
    udfDeriveKey: (seed, form, algorithm, keyName) =>
      udf.deriveKey(seed, { form, algorithm: algorithm as KeyAlgorithm, keyName }),
    udfDeriveNistKey: (seed, form, algorithm) =>
      udf.deriveKey(seed, { form, algorithm: algorithm as KeyAlgorithm, modulus: 'field' }),
    udfDerivePrimes: (seed, form, algorithm, primeBits) =>
      udf.derivePrimes(seed, { form, algorithm: algorithm as RsaAlgorithm, primeBits }),
    udfEarl: (domain, key, generation) => udf.earl(domain, key, { generation }),
    udfUri: (uri) => udf.parseUri(uri),
    udfSin: (text, domain) => udf.sin(text, domain),
    udfKeyIdentifier: (key, generation) => udf.symmetricKeyId(key, { generation }),
    udfMessageId: (messageId, use) => (use === 'envelope' ? udf.envelopeId(messageId) : udf.responseId(messageId)),
    udfSaltedPin: (pin, action) => udf.saltedPin(pin, action),
    udfPinId: (saltedPin, account) => udf.pinId(saltedPin, account),
    udfConnectPin(seed, account) {
      const { pin, uri } = udf.connectPin(seed, account);
      return { udf: pin, uri };
    },

    shamirSplit: (secret, shares, quorum, generation, coefficients) =>
      shamir.testing.splitWithCoefficients(secret, { shares, quorum, generation }, coefficients),
    shamirCombine: (shares, generation) => shamir.combine(shares, { generation }),
    shamirCombineSeed: (shares, fingerprint) => shamir.combineSeed(shares, { fingerprint }),

    jsonbDecode(document, options) {
      const reader = jsonb.reader(options);
      reader.feed(document);
      reader.end();
      const value = jsonb.decode(document, options);
      const text = describe(reader, (octets) => sha512(octets));
      agrees(
        'reader and decoder',
        withoutKinds(text),
        describeValue(value, (octets) => sha512(octets)),
      );
      return text;
    },
    jsonbEncode: (value, level) => jsonb.encode(described(value), { level }),
    jsonbSession(documents, known) {
      const dictionaries =
        known === undefined ? [] : [{ hash: known.hash, entries: new Map([[known.code, known.entry]]) }];
      const session = jsonb.session({ dictionaries });
      const values = documents.map((document) => {
        try {
          return describeValue(session.decode(document), (octets) => sha512(octets));
        } catch (error) {
          if (!(error instanceof MeshError) || error.code !== 'truncated') return 'refused';
          session.learn(document);
          return '';
        }
      });
      return { values, codes: session.size };
    },
    aesKeyWrap: (kek, key) => aes.wrapKey(kek, key),
    aesKeyUnwrap(kek, wrapped) {
      try {
        return aes.unwrapKey(kek, wrapped);
      } catch (error) {
        if (error instanceof Refusal) fail('unwrap');
        throw error;
      }
    },
    aesCbcEncrypt: (key, iv, plaintext) => aes.cbcEncrypt(key, iv, plaintext),
    dareOpen(envelope, { key, signer, trust }) {
      const checked = signer === undefined ? {} : trust ? { trust: [signer] } : { known: [signer] };
      if (key === undefined && dare.inspect(envelope).enc !== 'none') {
        const { signatures } = dare.verify(envelope, checked);
        return { payload: dare.parse(envelope).payload, annotations: [], signatures };
      }
      const keys = key === undefined ? {} : { keys: [key] };
      const { payload, annotations, assurance } = dare.open(envelope, { ...checked, ...keys, unsafeDetail: true });
      const { kekInfo, signatures } = assurance;
      return { payload, annotations, signatures, ...(kekInfo === undefined ? {} : { kekInfo }) };
    },
    dareInspect(envelope) {
      const { enc, recipients, signatures } = dare.inspect(envelope);
      const { payload } = dare.parse(envelope);
      return { enc, payload, recipients: recipients.length, signatures: signatures.length };
    },
    dareSign(crv, secretKey, payload) {
      const { trailer = {} } = dare.seal(payload, { signers: [{ crv, secretKey }] });
      const { signatures } = trailer as { signatures: { signature: string }[] };
      return fromBase64url(signatures[0]?.signature ?? '', 'base64');
    },
    dareKeyId: (crv, publicKey, rule) => dare.keyId({ crv, publicKey }, { rule }),
    frames: (octets) => wholeFrames(backend.framesScan(octets)),
    framesBackward: (octets) => wholeFrames(backend.framesScan(octets, true)),
    framesBuild: (records) => buildFrames([records]),
    sequenceVerify(octets) {
      const { type, frames, rules, payloadDigests, protects, digest } = verifySequence(backend, octets);
      return { type, frames, rules, payloadDigests, protects, ...(digest === undefined ? {} : { digest }) };
    },
    sequencePath: treePath,
    sequenceChain: (rule, digests) => split(backend.chainDigests(rule, new Uint8Array(64), concat(...digests))),
    sequenceTree: (rule, digests) => split(backend.treeDigests(rule, concat(...digests), 0, none)),
  };
}
