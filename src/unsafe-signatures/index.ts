/**
 * Threshold signatures of the Mesh drafts (draft-hallambaker-threshold-sigs): shares of a sum, or Shamir shares, with one nonce each.
 * Unsafe, for the published examples and for keys that exist; new keys sign with FROST.
 *
 * Nothing binds the nonces to the message and to one another. A signer or coordinator that sees the honest nonce points of many open
 * sessions before it chooses its own can forge a signature (Benhamouda and others, "On the (in)security of ROS"). Hence a share has one
 * open session at a time here; that is a limit on one process, and another copy of the share elsewhere does not know of it.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, copied, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomScalar } from '../frost/dealer.ts';
import { checkedIndex } from '../frost/indexes.ts';
import { type FrostCrv, suiteOf } from '../frost/suite.ts';
import { options } from '../options.ts';
import { isZero } from '../scalar448.ts';
import { readSession, type UnsafeSessionOptions } from './challenge.ts';
import { combine, readParts } from './combine.ts';
import { UnsafeSession } from './session.ts';
import { UnsafeShare } from './share.ts';

export type { UnsafeSessionOptions } from './challenge.ts';
export type { UnsafeBlind, UnsafeSession, UnsafeSignOptions } from './session.ts';
export type { UnsafeShare } from './share.ts';

/** A share as it comes in. */
export interface UnsafeShareOptions {
  crv: FrostCrv;
  /** The key that the shares make, 57 or 32 octets. */
  publicKey: Uint8Array;
  /** The share: a scalar of 57 or 32 octets, below L and not zero. */
  scalar: Uint8Array;
  /** 1 to 65,535 of a Shamir share; none of a share of a sum. */
  index?: number;
}

/** What a signature is put together from. */
export interface UnsafeCombineOptions extends UnsafeSessionOptions {
  /** The key that the shares make: 57 octets for Ed448, 32 for Ed25519, which tells the curve. */
  publicKey: Uint8Array;
  /** What is signed, any number of octets. */
  message: Uint8Array;
  /** The responses of all signers, 57 or 32 octets each, in the order of their nonce points. */
  responses: readonly Uint8Array[];
  /** The public keys of the shares in the same order, if they are known and nobody blinded: with them a wrong response is attributed. */
  verifyingShares?: readonly Uint8Array[];
}

/** Threshold signatures of the Mesh drafts. */
export interface UnsafeThresholdSignatures {
  /**
   * A share that can sign.
   *
   * @param options - `crv`, `publicKey`, `scalar`; `index` of a Shamir share
   * @returns the share; call its `destroy` after use
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `share_index_zero`, `share_out_of_range`, `not_bytes`, `bad_public_length`, the
   * codes of points, `bad_private_length`, `scalar_out_of_range`, `zero_scalar`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * import { unsafeThresholdSignatures } from 'mathmesh/frost';
   * const publicKey = group448.baseMultiply(group448.scalarFromWide(Uint8Array.of(7)));
   * const scalar = new Uint8Array(57).fill(1, 0, 1);
   * console.log(unsafeThresholdSignatures.share({ crv: 'Ed448', publicKey, scalar, index: 2 }).index); // 2
   * ```
   * Constant time: yes, it only copies.
   */
  share(options: UnsafeShareOptions): UnsafeShare;
  /**
   * Round one of a signer: a fresh nonce, kept in the session, and its point, which goes to the coordinator.
   *
   * @param share - the share that will sign; one session of it can be open
   * @returns the session; its `noncePoint` may be sent, its `sign` is round two and can be called once
   * @throws MeshError `bad_option`, `destroyed`, `session_open`, `random_failed`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * import { unsafeThresholdSignatures } from 'mathmesh/frost';
   * const publicKey = group448.baseMultiply(group448.scalarFromWide(Uint8Array.of(7)));
   * const share = unsafeThresholdSignatures.share({ crv: 'Ed448', publicKey, scalar: new Uint8Array(57).fill(1, 0, 1) });
   * console.log(unsafeThresholdSignatures.open(share).noncePoint.length); // 57
   * ```
   * Constant time: yes on the compiled backend for Ed448; on `js` and for Ed25519 scalars are BigInt.
   */
  open(share: UnsafeShare): UnsafeSession;
  /**
   * The signature, verified before it is returned.
   *
   * @param options - `publicKey`, `message`, `noncePoints`, `responses`; `indexes` of Shamir shares; `context`; `verifyingShares`
   * @returns an ordinary signature: 114 octets for Ed448, 64 for Ed25519
   * @throws FrostResponseError `response_invalid`, its `indexes` naming the signers (by their place, from 1, when they have no index)
   * @throws MeshError `bad_option`, `insufficient_shares`, `share_index_zero`, `share_out_of_range`, `duplicate_index`, `index_mismatch`,
   * `not_bytes`, `bad_public_length`, `context_too_long`, the codes of points, `identity_result`, `bad_private_length`,
   * `scalar_out_of_range`; `signature_invalid` when nobody can be blamed
   * @example
   * ```ts
   * import { group448, MeshError } from 'mathmesh';
   * import { unsafeThresholdSignatures } from 'mathmesh/frost';
   * const publicKey = group448.baseMultiply(group448.scalarFromWide(Uint8Array.of(7)));
   * const noncePoints = [publicKey, publicKey];
   * const responses = [new Uint8Array(57), new Uint8Array(57)];
   * try {
   *   unsafeThresholdSignatures.combine({ publicKey, message: Uint8Array.of(1), noncePoints, responses });
   * } catch (error) {
   *   console.log(error instanceof MeshError && error.code); // signature_invalid
   * }
   * ```
   * Constant time: no, because everything here is public.
   */
  combine(options: UnsafeCombineOptions): Uint8Array;
  /**
   * The scalar by which two signers shift their contributions, from a fresh secret nonce of each: SHAKE256(a || b, 114) modulo L. The
   * drafts leave the conversion open.
   *
   * @param crv - `Ed448` or `Ed25519`
   * @param a - of one signer, 32 octets or more
   * @param b - of the other one
   * @returns 57 or 32 octets; secret
   * @throws MeshError `unsupported_algorithm`, `not_bytes`, `bad_length`, `zero_scalar`
   * @example
   * ```ts
   * import { unsafeThresholdSignatures } from 'mathmesh/frost';
   * const scalar = unsafeThresholdSignatures.blind('Ed448', new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));
   * console.log(scalar.length); // 57
   * ```
   * Constant time: as {@link UnsafeThresholdSignatures.open}.
   */
  blind(crv: FrostCrv, a: Uint8Array, b: Uint8Array): Uint8Array;
  /** For test vectors alone: what is chosen here must be random in use. */
  readonly testing: {
    /**
     * {@link UnsafeThresholdSignatures.open} with this nonce, 57 or 32 octets. Using it twice gives the share away.
     *
     * @throws MeshError `bad_option`, `destroyed`, `session_open`, `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `identity_result`
     */
    openWithNonce(share: UnsafeShare, nonce: Uint8Array): UnsafeSession;
  };
}

/** {@link UnsafeThresholdSignatures} over a backend. */
export function makeUnsafeThresholdSignatures(p: Provider): UnsafeThresholdSignatures {
  return {
    share(given) {
      const { crv, publicKey, scalar, index } = options(given);
      const suite = suiteOf(p, crv);
      const at = index === undefined ? undefined : checkedIndex(index);
      const key = suite.group.point(publicKey, 'publicKey').slice();
      const secret = copied(suite.decodeScalar(scalar, 'scalar'));
      if (isZero(secret)) fail('zero_scalar', 'scalar');
      return new UnsafeShare({ suite, scalar: secret, publicKey: key, index: at });
    },

    open: (share) => new UnsafeSession(share, randomScalar),

    combine(given) {
      const { publicKey, message, responses, verifyingShares, ...rest } = options(given);
      const session = readSession(rest);
      return combine(p, session, {
        publicKey,
        message,
        responses: readParts(session, responses, 'responses'),
        verifyingShares:
          verifyingShares === undefined ? undefined : readParts(session, verifyingShares, 'verifyingShares'),
      });
    },

    blind(crv, a, b) {
      const suite = suiteOf(p, crv);
      const [one, other] = [bytes(a, 'a'), bytes(b, 'b')];
      if (one.length < 32 || other.length < 32) fail('bad_length', 'a and b have 32 octets or more');
      const input = concat(one, other);
      const wide = p().shake256(input, 114);
      const scalar = suite.group.reduce(wide);
      wipe(input, wide);
      if (isZero(scalar)) fail('zero_scalar');
      const encoded = suite.encodeScalar(scalar);
      wipe(scalar);
      return encoded;
    },

    testing: {
      openWithNonce: (share, nonce) => new UnsafeSession(share, (suite) => copied(suite.decodeScalar(nonce, 'nonce'))),
    },
  };
}
