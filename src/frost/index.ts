/**
 * Threshold signatures by RFC 9591: FROST(Ed448, SHAKE256) and FROST(Ed25519, SHA-512). A quorum of shares signs in two rounds, and the
 * signature is an ordinary one of Ed448 or Ed25519. Not the scheme of the Mesh drafts, which is unsafe (../unsafe-signatures).
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, copied, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { randomBytes } from '../random.ts';
import { type FrostCommitment, readCommitments } from './commitment.ts';
import { aggregate, verifyResponse } from './coordinator.ts';
import {
  checkedSizes,
  committedShare,
  deal,
  dealWith,
  type FrostDeal,
  type FrostVerifyingShare,
  isCommitted,
  shareOf,
} from './dealer.ts';
import { checkedIndex, INDEX_LIMIT, readList } from './indexes.ts';
import { type FrostResponse, FrostRound } from './round.ts';
import { type FrostShare, openShare } from './share.ts';
import { type FrostCrv, type Suite, suiteOf } from './suite.ts';

export type { FrostCommitment } from './commitment.ts';
export { FrostResponseError } from './coordinator.ts';
export type { FrostDeal, FrostVerifyingShare } from './dealer.ts';
export type { FrostResponse, FrostRound } from './round.ts';
export type { FrostShare } from './share.ts';
export type { FrostCrv } from './suite.ts';

/** How many shares, and of which key. */
export interface FrostDealOptions {
  /** Number of shares, 2 to 65,535. */
  shares: number;
  /** Number of shares that a signature takes, 2 to `shares`. */
  quorum: number;
  /** The secret key of RFC 8032 that is shared, 57 or 32 octets: the public key stays the same. A fresh key by default. */
  secretKey?: Uint8Array;
}

/** A share as octets: what a participant stores, and what other implementations take. `secret` is the secret of one participant. */
export interface FrostShareOctets {
  crv: FrostCrv;
  /** The participant, 1 to 65,535. */
  index: number;
  /** Participants that a signature takes, from 2. */
  quorum: number;
  /** The scalar of the share as RFC 9591 encodes it: 57 octets for Ed448, 32 for Ed25519. */
  secret: Uint8Array;
  /** The key of the group, 57 or 32 octets. */
  publicKey: Uint8Array;
}

/** A share that comes in. */
export interface FrostImportOptions extends FrostShareOctets {
  /** The dealer's commitments, against which the share is checked when they are given. */
  commitments?: readonly Uint8Array[];
}

/** What all of a session have in common. */
export interface FrostSession {
  /** The key of the group: 57 octets for Ed448, 32 for Ed25519, which tells the curve. */
  publicKey: Uint8Array;
  /** What is signed, any number of octets. */
  message: Uint8Array;
  /** Those of all signers, in ascending order of their indexes. */
  commitments: readonly FrostCommitment[];
}

/** What a signature is put together from. */
export interface FrostAggregateOptions extends FrostSession {
  /** One of each signer, in ascending order of their indexes. */
  responses: readonly FrostResponse[];
  /** Those of the signers; others may be among them. In ascending order of their indexes. */
  verifyingShares: readonly FrostVerifyingShare[];
}

/** One response and what it is verified with. */
export interface FrostVerifyResponseOptions extends FrostSession {
  response: FrostResponse;
  /** The public key of the signer's share, 57 or 32 octets. */
  verifyingShare: Uint8Array;
}

/** Threshold signatures. */
export interface Frost {
  /**
   * Shares a signing key among participants. The caller is the dealer: it knows the key, and must forget it and all shares but its own.
   *
   * @param crv - `Ed448` or `Ed25519`
   * @param options - `shares`: 2 to 65,535; `quorum`: 2 to `shares`; `secretKey`: 57 or 32 octets, a fresh key by default
   * @returns public key, Feldman's commitments, verifying shares and the shares; call their `destroy` after use
   * @throws MeshError `unsupported_algorithm`, `bad_option`, `share_out_of_range`, `insufficient_shares`, `not_bytes`, `bad_private_length`,
   * `random_failed`
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * import { frost } from 'mathmesh/frost';
   * const { secretKey, publicKey } = ed448.keygen();
   * const dealt = frost.deal('Ed448', { shares: 3, quorum: 2, secretKey });
   * console.log(dealt.publicKey.every((octet, i) => octet === publicKey[i])); // true
   * console.log(dealt.shares.map(({ index }) => index).join(' ')); // 1 2 3
   * ```
   * Constant time: yes on the compiled backend for Ed448; on `js` and for Ed25519 scalars are BigInt. RFC 9591 appendix C.
   */
  deal(crv: FrostCrv, options: FrostDealOptions): FrostDeal;
  /**
   * Whether a share is the one that the dealer committed to: a participant that does not trust the dealer asks this before it signs, and
   * compares the commitments with the others'.
   *
   * @param share - the share
   * @param commitments - as many points as the quorum, 57 or 32 octets each
   * @returns whether the share lies on the polynomial, and the group's key belongs to it
   * @throws MeshError `bad_option`, `destroyed`, `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`,
   * `small_order_base`, `not_in_prime_order_subgroup`, `identity_result`
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares, commitments } = frost.deal('Ed448', { shares: 3, quorum: 2 });
   * console.log(frost.verifyShare(shares[0], commitments)); // true
   * ```
   * Constant time: no, because points are public. RFC 9591 appendix C.2.
   */
  verifyShare(share: FrostShare, commitments: readonly Uint8Array[]): boolean;
  /**
   * The public key of the share with an index, from the dealer's commitments.
   *
   * @param crv - `Ed448` or `Ed25519`
   * @param index - 1 to 65,535
   * @param commitments - as many points as the quorum, 57 or 32 octets each
   * @returns 57 or 32 octets
   * @throws MeshError `unsupported_algorithm`, `share_index_zero`, `share_out_of_range`, and as {@link Frost.verifyShare}
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares, commitments } = frost.deal('Ed25519', { shares: 3, quorum: 2 });
   * const computed = frost.verifyingShare('Ed25519', 3, commitments);
   * console.log(computed.every((octet, i) => octet === shares[2].verifyingShare[i])); // true
   * ```
   * Constant time: no, because points are public. RFC 9591 appendix C.2.
   */
  verifyingShare(crv: FrostCrv, index: number, commitments: readonly Uint8Array[]): Uint8Array;
  /**
   * A share from its octets, from storage or from another implementation of RFC 9591.
   *
   * @param octets - `crv`, `index`, `quorum`, `secret`: 57 or 32 octets, `publicKey`: the same; `commitments` to check it against
   * @returns the share; call its `destroy` after use
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `share_index_zero`, `share_out_of_range`, `not_bytes`, `bad_private_length`,
   * `scalar_out_of_range`, `bad_public_length`, the codes of points, `identity_result` for a zero share; `share_invalid` when it is not
   * the one that was committed to
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
   * const stored = frost.exportShare(shares[0]);
   * console.log(frost.importShare(stored).index, stored.secret.length); // 1 57
   * ```
   * Constant time: as {@link Frost.deal}. RFC 9591 section 6.
   */
  importShare(octets: FrostImportOptions): FrostShare;
  /**
   * The octets of a share. `secret` is secret: whoever has a quorum of them has the key. Nonces cannot be exported.
   *
   * @param share - the share
   * @returns what {@link Frost.importShare} takes
   * @throws MeshError `bad_option`, `destroyed`
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares } = frost.deal('Ed25519', { shares: 3, quorum: 2 });
   * console.log(frost.exportShare(shares[1]).index); // 2
   * ```
   * Constant time: yes, it only copies.
   */
  exportShare(share: FrostShare): FrostShareOctets;
  /**
   * Round one of a participant: fresh nonces, kept in the round, and their commitment, which goes to the coordinator.
   *
   * @param share - the share that will sign
   * @returns the round; its `commitment` may be sent, its `sign` is round two and can be called once
   * @throws MeshError `bad_option`, `destroyed`, `random_failed`
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
   * const round = frost.commit(shares[0]);
   * console.log(round.commitment.index, round.commitment.hiding.length); // 1 57
   * ```
   * Constant time: as {@link Frost.deal}. RFC 9591 sections 4.1 and 5.1.
   */
  commit(share: FrostShare): FrostRound;
  /**
   * The signature of the group, verified before it is returned.
   *
   * @param options - `publicKey`, `message`, `commitments`; `responses` and `verifyingShares` of the signers
   * @returns an ordinary signature: 114 octets for Ed448, 64 for Ed25519
   * @throws FrostResponseError `response_invalid`, its `indexes` naming the signers whose responses are wrong
   * @throws MeshError `bad_option`, `not_bytes`, `bad_public_length`, `insufficient_shares`, `share_index_zero`, `share_out_of_range`,
   * `duplicate_index`, `unsorted_indexes`, `index_mismatch`, `bad_private_length`, `scalar_out_of_range`, the codes of points,
   * `identity_result`; `signature_invalid` when all responses are right but not for this key, or fewer than its quorum
   * @example
   * ```ts
   * import { ed448 } from 'mathmesh';
   * import { frost } from 'mathmesh/frost';
   * const { publicKey, shares, verifyingShares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
   * const message = new TextEncoder().encode('pay 5 to Carol');
   * // Each participant, on its own machine:
   * const rounds = [shares[0], shares[2]].map((share) => frost.commit(share));
   * // The coordinator collects and sends out the commitments, then collects the responses:
   * const commitments = rounds.map((round) => round.commitment);
   * const responses = rounds.map((round) => round.sign(message, commitments));
   * const signature = frost.aggregate({ publicKey, message, commitments, responses, verifyingShares });
   * console.log(ed448.verify(signature, message, publicKey)); // true
   * ```
   * Constant time: no, because everything here is public. RFC 9591 section 5.3.
   */
  aggregate(options: FrostAggregateOptions): Uint8Array;
  /**
   * Whether one signer's response is right.
   *
   * @param options - `publicKey`, `message`, `commitments`; `response` and `verifyingShare` of the signer
   * @returns whether it is; a response of zero never is
   * @throws MeshError as {@link Frost.aggregate}, without `response_invalid` and `signature_invalid`
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { publicKey, shares } = frost.deal('Ed448', { shares: 2, quorum: 2 });
   * const message = Uint8Array.of(1);
   * const rounds = shares.map((share) => frost.commit(share));
   * const commitments = rounds.map((round) => round.commitment);
   * const response = rounds[0].sign(message, commitments);
   * const { verifyingShare } = shares[0];
   * console.log(frost.verifyResponse({ publicKey, message, commitments, response, verifyingShare })); // true
   * ```
   * Constant time: no, because everything here is public. RFC 9591 section 5.4.
   */
  verifyResponse(options: FrostVerifyResponseOptions): boolean;
  /** For test vectors alone: what is chosen here must be random in use. */
  readonly testing: FrostTesting;
}

/** Ways to choose what must be random. */
export interface FrostTesting {
  /**
   * {@link Frost.deal} with the polynomial of these scalars, the key first: as many as the quorum, 57 or 32 octets each.
   *
   * @throws MeshError `unsupported_algorithm`, `share_out_of_range`, `insufficient_shares`, `not_bytes`, `bad_private_length`,
   * `scalar_out_of_range`, `identity_result`
   */
  dealWithCoefficients(crv: FrostCrv, shares: number, coefficients: readonly Uint8Array[]): FrostDeal;
  /**
   * {@link Frost.commit} with this random input. Using it twice gives the share away.
   *
   * @throws MeshError `bad_option`, `destroyed`, `not_bytes`, `bad_length`
   */
  commitWithRandomness(share: FrostShare, hiding: Uint8Array, binding: Uint8Array): FrostRound;
}

/** Octets of a list of points. @throws MeshError `bad_option`, `not_bytes`, `bad_public_length` */
function pointsOf({ group }: Suite, value: unknown): Uint8Array[] {
  if (!Array.isArray(value) || value.length > INDEX_LIMIT) fail('bad_option', 'commitments must be an array of points');
  // All members are read before the first is checked: a getter could change one that has been.
  const read = Array.from<unknown>(value);
  return read.map((point) => sized(point, 'commitment', 'bad_public_length', group.pointLength));
}

/** {@link Frost} over a backend. */
export function makeFrost(p: Provider): Frost {
  return {
    deal(crv, given) {
      const { shares, quorum, secretKey } = options(given);
      const suite = suiteOf(p, crv);
      const sizes = checkedSizes(shares, quorum);
      const key = secretKey === undefined ? undefined : suite.group.fromSecretKey(secretKey, 'secretKey');
      return deal(suite, sizes.shares, sizes.quorum, key);
    },

    verifyShare(share, commitments) {
      const parts = openShare(share);
      return isCommitted(parts.suite, parts, pointsOf(parts.suite, commitments));
    },

    verifyingShare(crv, index, commitments) {
      const suite = suiteOf(p, crv);
      const points = pointsOf(suite, commitments);
      return committedShare(suite, checkedIndex(index), points);
    },

    importShare(given) {
      const { crv, index, quorum, secret, publicKey, commitments } = options(given);
      const suite = suiteOf(p, crv);
      const { group } = suite;
      const points = commitments === undefined ? undefined : pointsOf(suite, commitments);
      const at = checkedIndex(index);
      checkedSizes(INDEX_LIMIT, quorum);
      const key = group.point(publicKey, 'publicKey').slice();
      const scalar = copied(suite.decodeScalar(secret, 'secret'));
      return shareOf({ suite, index: at, quorum: quorum as number, secret: scalar, publicKey: key }, points);
    },

    exportShare(share) {
      const { suite, index, quorum, secret, publicKey } = openShare(share);
      return { crv: suite.crv, index, quorum, secret: suite.encodeScalar(secret), publicKey: publicKey.slice() };
    },

    commit: (share) => new FrostRound(share, randomBytes(64)),

    aggregate(given) {
      const { publicKey, message, commitments, responses, verifyingShares } = options(given);
      const session = { publicKey, message, commitments: readCommitments(commitments) };
      const read = readList<FrostResponse>(responses, 'responses');
      return aggregate(p, session, read, readList<FrostVerifyingShare>(verifyingShares, 'verifyingShares'));
    },

    verifyResponse(given) {
      const { publicKey, message, commitments, response, verifyingShare } = options(given);
      const session = { publicKey, message, commitments: readCommitments(commitments) };
      return verifyResponse(p, session, options(response), verifyingShare);
    },

    testing: {
      dealWithCoefficients(crv, shares, coefficients) {
        const suite = suiteOf(p, crv);
        if (!Array.isArray(coefficients)) fail('bad_option', 'coefficients must be an array');
        const read = Array.from<unknown>(coefficients);
        const sizes = checkedSizes(shares, read.length);
        return dealWith(
          suite,
          sizes.shares,
          read.map((scalar) => copied(suite.decodeScalar(scalar, 'coefficient'))),
        );
      },
      commitWithRandomness(share, hiding, binding) {
        const random = concat(bytes(hiding, 'hiding'), bytes(binding, 'binding'));
        if (random.length !== 64) fail('bad_length', 'hiding and binding have 32 octets each');
        return new FrostRound(share, random);
      },
    },
  };
}
