/**
 * The FROST of @noble/curves behind the shapes of ours, for runs in which signers and coordinators of both take part.
 */
import type { FROST, FrostPublic, FrostSecret } from '@noble/curves/abstract/frost.js';
import { ed448_FROST } from '@noble/curves/ed448.js';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import type { Frost, FrostCommitment, FrostCrv, FrostResponse, FrostShare } from '../../src/frost/index.ts';

export const suites: Record<FrostCrv, FROST> = { Ed448: ed448_FROST, Ed25519: ed25519_FROST };

/** One participant of either library. */
export interface Signer {
  index: number;
  commit(): { commitment: FrostCommitment; sign(message: Uint8Array, list: FrostCommitment[]): FrostResponse };
}

export const theirCommitment = (crv: FrostCrv, { index, hiding, binding }: FrostCommitment) => ({
  identifier: suites[crv].Identifier.fromNumber(index),
  hiding,
  binding,
});

/** What their functions want to know about a key of ours. */
export function theirPublic(
  crv: FrostCrv,
  commitments: Uint8Array[],
  shares: readonly { index: number; verifyingShare: Uint8Array }[],
): FrostPublic {
  const { Identifier } = suites[crv];
  const verifyingShares: Record<string, Uint8Array> = {};
  for (const { index, verifyingShare } of shares) verifyingShares[Identifier.fromNumber(index)] = verifyingShare;
  return { signers: { min: commitments.length, max: shares.length }, commitments, verifyingShares } as FrostPublic;
}

/** A signer of theirs. */
export function theirSigner(crv: FrostCrv, index: number, secret: FrostSecret, pub: FrostPublic): Signer {
  const suite = suites[crv];
  return {
    index,
    commit() {
      const { nonces, commitments } = suite.commit(secret);
      return {
        commitment: { index, hiding: commitments.hiding, binding: commitments.binding },
        sign: (message, list) => ({
          index,
          response: suite.signShare(
            secret,
            pub,
            nonces,
            list.map((member) => theirCommitment(crv, member)),
            message,
          ),
        }),
      };
    },
  };
}

/** A signer of ours. */
export function ourSigner(frost: Frost, share: FrostShare): Signer {
  return { index: share.index, commit: () => frost.commit(share) };
}
