/**
 * Values that others send, as objects: messages of threshold keys and signatures, keys, proofs, envelopes that a JSON parser has read. The input is a
 * JSON-B document with the name of a function and its arguments, so that every value of the format can stand in every place.
 */
import { type JsonbValue, jsonb } from '../../src/jsonb/index.ts';
import { js, type Library, libraries, wasm } from '../backends.ts';
import { agree, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';

// biome-ignore lint/suspicious/noExplicitAny: what others send has any type
type Arguments = any[];

/** Functions whose results no randomness enters. */
const functions: Readonly<Record<string, (library: Library, ...given: Arguments) => unknown>> = {
  importShare: ({ frost }, share) => frost.exportShare(frost.importShare(share)),
  verifyShare: ({ frost }, share, commitments) => frost.verifyShare(frost.importShare(share), commitments),
  verifyingShare: ({ frost }, crv, index, commitments) => frost.verifyingShare(crv, index, commitments),
  verifyResponse: ({ frost }, session) => frost.verifyResponse(session),
  aggregate: ({ frost }, session) => frost.aggregate(session),
  publicKey: ({ threshold }, secret) => threshold.publicKey(secret),
  combineSecretKeys: ({ threshold }, secrets) => threshold.combineSecretKeys(secrets),
  combinePublicKeys: ({ threshold }, crv, keys) => threshold.combinePublicKeys(crv, keys),
  verifyKeyShare: ({ threshold }, share, commitments) => threshold.verifyShare(share, commitments),
  sharePublicKey: ({ threshold }, crv, index, commitments) => threshold.sharePublicKey(crv, index, commitments),
  coefficient: ({ threshold }, crv, index, indexes) => threshold.coefficient(crv, index, indexes),
  recover: ({ threshold }, shares, options) => threshold.recover(shares, options),
  contribute: ({ threshold }, secret, peer, indexes) => threshold.contribute(secret, peer, { indexes }),
  verifyContribution: ({ threshold }, contribution, peer, key) => threshold.verifyContribution(contribution, peer, key),
  complete: ({ threshold }, contributions) => threshold.complete(contributions),
  recryption: ({ recryption }, member, contribution, peer) => recryption.complete(member, contribution, peer),
  overlay: ({ overlay }, base, contribution) => overlay.combinePublicKeys(base, contribution),
  jwk: ({ key }, jwk) => key.fromJwk(jwk),
  thumbprint: ({ key }, jwk) => key.thumbprint(jwk),
  udf: ({ udf }, key, options) => [udf.publicKey(key, options), udf.oid(key)],
  open: ({ dare }, envelope) => dare.open(envelope),
  inspect: ({ dare }, envelope) => dare.inspect(envelope),
  keyId: ({ dare }, key, options) => dare.keyId(key, options),
  inclusion: ({ dare }, head, frame, proof) => dare.sequence.verifyInclusion(head, frame, proof),
  consistency: ({ dare }, earlier, later, proof) => dare.sequence.verifyConsistency(earlier, later, proof),
  ed448: ({ ed448 }, signature, message, publicKey, options) => ed448.verify(signature, message, publicKey, options),
  point: ({ group448 }, point) => group448.validatePoint(point),
};

const fill = (length: number, octet: number) => new Uint8Array(length).fill(octet);

/** Sound arguments for each function, made with fixed secrets. */
function samples(): JsonbValue[] {
  const { frost, threshold, dare, key, ed448 } = js;
  const all: unknown[] = [];
  for (const [crv, length] of [
    ['Ed448', 57],
    ['Ed25519', 32],
  ] as const) {
    const scalar = (octet: number) => Uint8Array.from({ length }, (_, i) => (i < 20 ? octet : 0));
    const { publicKey, shares, commitments, verifyingShares } = frost.testing.dealWithCoefficients(crv, 3, [
      scalar(5),
      scalar(9),
    ]);
    const message = Uint8Array.of(1, 2);
    const rounds = shares
      .slice(0, 2)
      .map((share) => frost.testing.commitWithRandomness(share, fill(32, 1), fill(32, 2)));
    const given = rounds.map(({ commitment }) => commitment);
    const responses = rounds.map((round) => round.sign(message, given));
    const session = { publicKey, message, commitments: given };
    const [first, own, verifying] = [shares[0], responses[0], verifyingShares[0]];
    if (first === undefined || own === undefined || verifying === undefined) continue;
    const stored = frost.exportShare(first);
    all.push(
      { f: 'importShare', a: [{ ...stored, commitments }] },
      { f: 'verifyShare', a: [stored, commitments] },
      { f: 'verifyingShare', a: [crv, 2, commitments] },
      { f: 'verifyResponse', a: [{ ...session, response: own, verifyingShare: verifying.verifyingShare }] },
      { f: 'aggregate', a: [{ ...session, responses, verifyingShares }] },
    );
  }
  for (const [crv, length] of [
    ['X448', 56],
    ['Ed448', 57],
    ['X25519', 32],
    ['Ed25519', 32],
  ] as const) {
    const secret = { crv, secretKey: fill(length, 7) };
    const peer = threshold.publicKey({ crv, secretKey: fill(length, 8) });
    const own = threshold.publicKey(secret);
    const { shares, commitments } = threshold.share(secret, { shares: 3, quorum: 2 });
    const sent = shares.slice(0, 2).map((share) => threshold.contribute(share, peer, { indexes: [1, 2] }));
    const proven = threshold.contribute(secret, peer, { prove: true });
    all.push(
      { f: 'publicKey', a: [secret] },
      { f: 'combineSecretKeys', a: [[secret, { crv, secretKey: fill(length, 8) }]] },
      { f: 'combinePublicKeys', a: [crv, [own, peer]] },
      { f: 'verifyKeyShare', a: [shares[0], commitments] },
      { f: 'sharePublicKey', a: [crv, 3, commitments] },
      { f: 'coefficient', a: [crv, 1, [1, 2]] },
      { f: 'recover', a: [shares, { publicKey: own }] },
      { f: 'contribute', a: [shares[0], peer, [1, 2]] },
      { f: 'verifyContribution', a: [proven, peer, own] },
      { f: 'complete', a: [sent] },
      { f: 'recryption', a: [secret, proven, peer] },
      {
        f: 'overlay',
        a: [
          { crv, publicKey: own },
          { crv, publicKey: peer },
        ],
      },
      { f: 'udf', a: [{ crv, publicKey: own }, { generation: 'G4' }] },
      { f: 'keyId', a: [{ crv, publicKey: own }, { rule: 'E5' }] },
    );
  }
  const pair = { crv: 'Ed448', secretKey: fill(57, 7), publicKey: ed448.getPublicKey(fill(57, 7)) } as const;
  const signature = ed448.sign(Uint8Array.of(1), pair.secretKey);
  const digest = fill(64, 1);
  all.push(
    { f: 'jwk', a: [key.toJwk(pair)] },
    { f: 'thumbprint', a: [{ kty: 'RSA', e: 'AQAB', n: 'AQ' }] },
    { f: 'open', a: [dare.seal(Uint8Array.of(1), { signers: [pair] }).toJSON()] },
    { f: 'inspect', a: [{ DareEnvelope: dare.seal(Uint8Array.of(1)).toJSON() }] },
    {
      f: 'inclusion',
      a: [
        { index: 3, digest },
        { index: 3, payloadDigest: digest },
        { steps: [{ payloadDigest: digest, operands: [digest, digest] }] },
      ],
    },
    {
      f: 'consistency',
      a: [{ index: 1, digest }, { index: 3, digest }, { steps: [{ payloadDigest: digest, operands: [digest] }] }],
    },
    { f: 'ed448', a: [signature, Uint8Array.of(1), pair.publicKey, { context: Uint8Array.of(1) }] },
    { f: 'point', a: [pair.publicKey] },
  );
  return all as JsonbValue[];
}

export const messages: Target = {
  name: 'messages',
  about: 'messages of threshold keys and signatures, keys, proofs, envelopes, as objects',
  maxLength: 4096,
  words: [
    ...Object.keys(functions),
    'X448',
    'Ed448',
    'X25519',
    'Ed25519',
    'secretKey',
    'scalar',
    'index',
    'indexes',
    'quorum',
  ],
  seeds: () => samples().map((sample) => jsonb.encode(sample)),
  run(input) {
    const read = outcome(() => jsonb.decode(input, { lenientSep: true }) as { f?: unknown; a?: unknown });
    if (read.code !== undefined || typeof read.value !== 'object' || read.value === null) return;
    const { f, a } = read.value;
    if (typeof f !== 'string' || !Object.hasOwn(functions, f) || !Array.isArray(a)) return;
    const call = functions[f] as (library: Library, ...given: Arguments) => unknown;
    const [one, other] = libraries.map((library) => outcome(() => call(library, ...a)));
    agree(`backends on ${f}`, one, other);
    agree('arguments', jsonb.decode(input, { lenientSep: true }), read.value);
    if (one?.code === undefined && f === 'publicKey')
      agree(
        'a key again',
        outcome(() => call(wasm, ...a)),
        one,
      );
  },
};
