/**
 * Combined keys: Mesh key combination, the KeyOverlay of schema-03, the activation seeds of schema-06 and later.
 */
import { concat } from '../../bytes.ts';
import { agrees, type Check, type Checks } from '../check.ts';
import { challenge, noncePoint, response, subtract } from '../eddsa.ts';
import type { Inputs, Outcome } from '../fields.ts';
import type { FingerprintGeneration, Provided, PublicCurve, SecretCurve } from '../implementation.ts';

/** The scalar of a Mesh seed modulo L: hashed for Ed448, pruned for X448. */
export function meshScalar(api: Provided, crv: PublicCurve, seed: Uint8Array): Uint8Array {
  if (crv === 'Ed448') return api.scalarFromSeed(seed);
  const pruned = seed.slice();
  pruned[0] = (pruned[0] as number) & 0xfc;
  pruned[55] = (pruned[55] as number) | 0x80;
  return api.scalarFromWide(pruned);
}

/** The fingerprint, where the vector has one. */
export function fingerprint(api: Provided, inputs: Inputs, crv: PublicCurve, publicKey: Uint8Array) {
  if (!inputs.has('generation')) return undefined;
  return api.udfPublicKey(crv, publicKey, inputs.text<FingerprintGeneration>('generation'));
}

/** Leaves out what was not computed. */
function outcome(values: Record<string, Outcome[string] | undefined>): Outcome {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Outcome;
}

const overlay: Check = (api, inputs) => {
  const crv = inputs.text<PublicCurve>('crv');
  const [base, seed] = [inputs.bytes('basePublic'), inputs.bytes('contributionSeed')];
  const contributionPublic = api.meshPublicKey(crv, seed);
  const resultPublic = agrees(
    'the sum in either order',
    api.combinePublicKeys(crv, base, contributionPublic),
    api.combinePublicKeys(crv, contributionPublic, base),
  );
  const resultUdf = fingerprint(api, inputs, crv, resultPublic);
  return outcome({
    contributionScalar: meshScalar(api, crv, seed),
    contributionPublic,
    resultPublic,
    baseUdf: fingerprint(api, inputs, crv, base),
    resultUdf,
    announcedMatches: inputs.has('announcedUdf')
      ? api.udfMatches(inputs.text('announcedUdf'), resultUdf ?? '')
      : undefined,
  });
};

/** Kinds of overlay vectors. */
export const overlayChecks: Checks = {
  overlay,

  'overlay-combine'(api, inputs) {
    const [crv, base, contribution] = [
      inputs.text<PublicCurve>('crv'),
      inputs.bytes('base'),
      inputs.bytes('contribution'),
    ];
    return { result: api.combinePublicKeys(crv, base, contribution) };
  },

  'mesh-key'(api, inputs) {
    const [crv, seed] = [inputs.text<PublicCurve>('crv'), inputs.bytes('seed')];
    const publicKey = api.meshPublicKey(crv, seed);
    return outcome({ scalar: meshScalar(api, crv, seed), publicKey, udf: fingerprint(api, inputs, crv, publicKey) });
  },

  'mesh-seed'(api, inputs) {
    const [crv, text] = [inputs.text<PublicCurve>('crv'), inputs.text('seed')];
    const seed = api.deriveMeshSeed(text, inputs.text('keyType'), inputs.text('actor'), inputs.text('operation'));
    const publicKey = api.meshPublicKey(crv, seed);
    const udf = fingerprint(api, inputs, crv, publicKey);
    return outcome({ seed, scalar: meshScalar(api, crv, seed), publicKey, udf });
  },

  activation(api, inputs) {
    const [crv, text] = [inputs.text<PublicCurve>('crv'), inputs.text('activation')];
    const [operation, base] = [inputs.text('operation'), inputs.bytes('basePublic')];
    const seed = api.deriveMeshSeed(text, 'Activation', 'Device', operation);
    const contributionPublic = api.meshPublicKey(crv, seed);
    const resultPublic = agrees(
      'the activated key',
      api.activatePublicKey(text, operation, base),
      api.combinePublicKeys(crv, base, contributionPublic),
    );
    return outcome({
      seed,
      contributionScalar: meshScalar(api, crv, seed),
      contributionPublic,
      resultPublic,
      resultUdf: fingerprint(api, inputs, crv, resultPublic),
    });
  },

  'composite-sign'(api, inputs) {
    const [b, o, message] = [inputs.bytes('baseSeed'), inputs.bytes('contributionSeed'), inputs.bytes('message')];
    const scalar = api.scalarAdd(api.scalarFromSeed(b), api.scalarFromSeed(o));
    const publicKey = agrees('the composite key', api.composePublicKey('Ed448', b, o), api.baseMultiply(scalar));
    const signature = api.compositeSign(message, b, o);
    return {
      scalar,
      publicKey,
      prefix: api.shake256(concat(scalar, Uint8Array.of(0)), 57),
      signature,
      verified: api.ed448Verify(signature, message, publicKey, new Uint8Array(0)),
      nonceIsPublic: api.detectPublicNonce(signature, message, publicKey),
    };
  },

  'composite-agreement'(api, inputs) {
    const crv = inputs.text<PublicCurve>('crv');
    const [b, o, peer] = [inputs.bytes('baseSeed'), inputs.bytes('contributionSeed'), inputs.bytes('peer')];
    return { publicKey: api.composePublicKey(crv, b, o), agreement: api.agree(crv, [b, o], peer) };
  },

  /** Two signatures with one nonce: b = (S2 - S1 - k2 o) / (k2 - k1) mod L. */
  'prefix-reuse'(api, inputs) {
    const [base, contribution, message] = [
      inputs.bytes('baseSeed'),
      inputs.bytes('contributionSeed'),
      inputs.bytes('message'),
    ];
    const [first, second] = [inputs.bytes('baseSignature'), inputs.bytes('compositeSignature')];
    const B = api.meshPublicKey('Ed448', base);
    const A = api.composePublicKey('Ed448', base, contribution);
    const k1 = challenge(api, noncePoint(first), B, message);
    const k2 = challenge(api, noncePoint(second), A, message);
    const o = api.scalarFromSeed(contribution);
    const difference = subtract(api, subtract(api, response(second), response(first)), api.scalarMultiply(k2, o));
    return {
      baseScalar: api.scalarFromSeed(base),
      recovered: api.scalarMultiply(difference, api.scalarInvert(subtract(api, k2, k1))),
      baseVerified: api.ed448Verify(first, message, B, new Uint8Array(0)),
      compositeVerified: api.ed448Verify(second, message, A, new Uint8Array(0)),
    };
  },

  agreement(api, inputs) {
    const [crv, seed, peer] = [inputs.text<SecretCurve>('crv'), inputs.bytes('seed'), inputs.bytes('peer')];
    return { agreement: api.agree(crv, [seed], peer) };
  },
};
