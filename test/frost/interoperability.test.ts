/**
 * Signers and coordinators of ours and of @noble/curves in one signature, keys dealt by either; and what other verifiers say to the result.
 */
import { createPublicKey, verify } from 'node:crypto';
import type { FrostSecret } from '@noble/curves/abstract/frost.js';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { type FrostCrv, makeFrost } from '../../src/frost/index.ts';
import { backends } from '../support/backends.ts';
import { utf8 } from '../support/octets.ts';
import { ourSigner, type Signer, suites, theirCommitment, theirPublic, theirSigner } from './noble.ts';

const message = utf8('signed by several');

/** The opinion of OpenSSL. */
function opensslVerifies(crv: FrostCrv, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url');
  return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv, x }, format: 'jwk' }), signature);
}

describe.each(backends)('FROST on $name with @noble/curves', ({ backend, mesh }) => {
  const frost = makeFrost(() => backend);

  /** Three participants, with both libraries' view of the key. */
  function participants(crv: FrostCrv, dealer: 'ours' | 'theirs') {
    const suite = suites[crv];
    if (dealer === 'ours') {
      const { publicKey, commitments, verifyingShares, shares } = frost.deal(crv, { shares: 3, quorum: 2 });
      const pub = theirPublic(crv, commitments, verifyingShares);
      const theirs = shares.map((share) => {
        const { index, secret } = frost.exportShare(share);
        const theirSecret = { identifier: suite.Identifier.fromNumber(index), signingShare: secret } as FrostSecret;
        suite.validateSecret(theirSecret, pub);
        return theirSigner(crv, index, theirSecret, pub);
      });
      return { publicKey, pub, verifyingShares, ours: shares.map((share) => ourSigner(frost, share)), theirs };
    }
    const { public: pub, secretShares } = suite.trustedDealer({ min: 2, max: 3 });
    const { commitments } = pub;
    const publicKey = commitments[0] as Uint8Array;
    const secrets = [1, 2, 3].map((index) => {
      const secret = secretShares[suite.Identifier.fromNumber(index)];
      if (secret === undefined) throw new Error('no share');
      return { index, secret };
    });
    const shares = secrets.map(({ index, secret: { signingShare } }) =>
      frost.importShare({ crv, index, quorum: 2, secret: signingShare, publicKey, commitments }),
    );
    return {
      publicKey,
      pub,
      verifyingShares: shares.map(({ index, verifyingShare }) => ({ index, verifyingShare })),
      ours: shares.map((share) => ourSigner(frost, share)),
      theirs: secrets.map(({ index, secret }) => theirSigner(crv, index, secret, pub)),
    };
  }

  const crvs = ['Ed448', 'Ed25519'] as const;
  const dealers = ['ours', 'theirs'] as const;
  const casts = ['both ours', 'both theirs', 'ours then theirs', 'theirs then ours'] as const;

  it.each(crvs.flatMap((crv) => dealers.map((dealer) => ({ crv, dealer }))))(
    '$crv: a key dealt by $dealer is used by signers and coordinators of both, and the signatures verify everywhere',
    ({ crv, dealer }) => {
      const { publicKey, pub, verifyingShares, ours, theirs } = participants(crv, dealer);
      const suite = suites[crv];
      for (const cast of casts) {
        const first = (cast.startsWith('ours') || cast === 'both ours' ? ours[0] : theirs[0]) as Signer;
        const second = (cast.endsWith('ours') ? ours[2] : theirs[2]) as Signer;
        const rounds = [first, second].map((signer) => signer.commit());
        const commitments = rounds.map(({ commitment }) => commitment);
        const responses = rounds.map((round) => round.sign(message, commitments));

        const signature = frost.aggregate({ publicKey, message, commitments, responses, verifyingShares });
        const theirResponses = Object.fromEntries(
          responses.map(({ index, response }) => [suite.Identifier.fromNumber(index), response]),
        );
        const theirList = commitments.map((commitment) => theirCommitment(crv, commitment));
        expect(suite.aggregate(pub, theirList, message, theirResponses)).toEqual(signature);

        expect(opensslVerifies(crv, signature, publicKey)).toBe(true);
        if (crv === 'Ed25519') expect(ed25519.verify(signature, message, publicKey, { zip215: false })).toBe(true);
        else {
          expect(ed448.verify(signature, message, publicKey, { zip215: false })).toBe(true);
          expect(mesh.ed448.verify(signature, message, publicKey)).toBe(true);
        }
      }
    },
  );
});
