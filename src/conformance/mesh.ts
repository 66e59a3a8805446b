/**
 * This package as an implementation for the suite, over any backend. A model for adapters to other libraries.
 */
import type { Mesh } from '../assemble.ts';
import type { Backend } from '../backend/types.ts';
import { concat } from '../bytes.ts';
import { type FrostShare, makeFrost } from '../frost/index.ts';
import type { Actor, KeyType, Operation, SecretOperand } from '../overlay/index.ts';
import { type DhGroup, makeRecryption } from '../recryption/index.ts';
import { makeThreshold } from '../threshold/index.ts';
import type { KeyAlgorithm, RsaAlgorithm } from '../udf/index.ts';
import { makeUnsafeThresholdSignatures } from '../unsafe-signatures/index.ts';
import type { Implementation, SecretCurve } from './implementation.ts';

const none = /* @__PURE__ */ new Uint8Array(0);

const secret = (crv: SecretCurve, secretKey: Uint8Array): SecretOperand => ({ crv, secretKey });

/** The library over a backend as an implementation. SHA3-512 is not public, so it comes from the backend itself. */
export function fromMesh(mesh: Mesh, backend: Backend): Implementation {
  const { sha512, shake256, hmacSha512, hkdfSha512, hkdfSha256, ed448, ed448ph, x448, group448, overlay, shamir, udf } =
    mesh;
  const [threshold, recryption] = [makeThreshold(() => backend), makeRecryption(() => backend)];
  const frost = makeFrost(() => backend);
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
  };
}
