/**
 * Keys held by many, on Ed448, X448, Ed25519 and X25519 (threshold keys, part A): parts that are all needed, shares of which a quorum is
 * enough, and agreement without putting the key together. Not threshold signatures, and not the sharing of octet strings.
 */
import type { Provider } from '../backend/types.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { combinePublicKeys, combineSecretKeys, split } from './combine.ts';
import { type ContributeOptions, type Contribution, complete, contribute, verifyContribution } from './contribution.ts';
import type { GroupName } from './group.ts';
import { readSecret, type SharedSecret, type ShareIndex, secretScalar } from './scalar.ts';
import { scoped } from './scope.ts';
import { coefficient, type KeyShare, recover, type Sharing, share, sharePublicKey, verifyShare } from './share.ts';
import { baseTimes } from './sum.ts';

export type { ContributeOptions, Contribution } from './contribution.ts';
export type { GroupName } from './group.ts';
export type { SharedSecret, SharedSecretForm, ShareIndex } from './scalar.ts';
export type { KeyShare, Sharing } from './share.ts';

/**
 * Keys held by many. A secret is `{ crv, secretKey }`: a key of the curve (56 octets, for Ed448 also 57; 32 on the 25519 curves), or, with
 * `z` after the name, a scalar below L, little-endian (56 or 32 octets; for Ed448z and Ed25519z of any length up to one more). Points are 57
 * octets for Ed448 and X448, 32 for Ed25519, 33 for X25519; those of X keys are signed: u, then 0x80 when v is odd. Lists have up to 255 items.
 *
 * The 448 curves run on the live backend, the 25519 ones on BigInt always: "constant time" below is about the 448 curves.
 *
 * @example
 * ```ts
 * import { threshold } from 'mathmesh';
 * const key = { crv: 'X448', secretKey: new Uint8Array(56).fill(1) } as const;
 * const { shares, commitments } = threshold.share(key, { shares: 3, quorum: 2 });
 * const peer = threshold.publicKey({ crv: 'X448', secretKey: new Uint8Array(56).fill(2) });
 * const some = [shares[0]!, shares[2]!].map((share) => threshold.contribute(share, peer, { indexes: [1, 3], prove: true }));
 * console.log(threshold.verifyContribution(some[0]!, peer, threshold.sharePublicKey('X448', 1, commitments))); // true
 * console.log(threshold.complete(some).length); // 56
 * ```
 */
export interface Threshold {
  /**
   * The public key s B of a secret.
   *
   * @param secret - a key, or a scalar
   * @returns the point: 57, 57, 32 or 33 octets
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `zero_scalar`; on `js` and
   * the 25519 curves `random_failed`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * console.log(threshold.publicKey({ crv: 'X25519', secretKey: new Uint8Array(32) }).length); // 33
   * ```
   * Constant time: yes on the compiled backend; on `js` the scalar is blinded, but BigInt is not. Section A1.
   */
  publicKey(secret: SharedSecret): Uint8Array;
  /**
   * The sum of secret keys, a scalar: all parts are needed to use it. It is no seed: never hash or clamp it.
   *
   * @param secrets - 2 to 255 secrets of one curve
   * @returns `{ crv, secretKey }` with the curve's name and `z`, 56 or 32 octets
   * @throws MeshError as {@link Threshold.publicKey}; `insufficient_shares`, `bad_quorum` for their number, `curve_mismatch`, `identity_result`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const part = (octet: number) => ({ crv: 'Ed448', secretKey: new Uint8Array(57).fill(octet) }) as const;
   * console.log(threshold.combineSecretKeys([part(1), part(2)]).crv); // Ed448z
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Section A1.
   */
  combineSecretKeys(secrets: readonly SharedSecret[]): SharedSecret;
  /**
   * The sum of public keys. Whoever publishes a part after seeing the others can make the sum any key: ask each for a proof that it
   * knows its secret, for example a signature, before adding.
   *
   * @param crv - the curve
   * @param publicKeys - 2 to 255 points of order L
   * @returns the point
   * @throws MeshError `unsupported_algorithm`, `bad_option`, `insufficient_shares`, `bad_quorum`, `not_bytes`, `bad_public_length`, `sign_missing`,
   * `noncanonical_encoding`, `not_on_curve`, `small_order_base`, `not_in_prime_order_subgroup`, `identity_result`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const part = (octet: number) => ({ crv: 'X448', secretKey: new Uint8Array(56).fill(octet) }) as const;
   * const parts = [part(1), part(2), part(3)];
   * const sum = threshold.publicKey(threshold.combineSecretKeys(parts));
   * const same = threshold.combinePublicKeys('X448', parts.map(threshold.publicKey));
   * console.log(sum.every((octet, i) => octet === same[i])); // true
   * ```
   * Constant time: no, because the keys are public. Section A1.
   */
  combinePublicKeys(crv: GroupName, publicKeys: readonly Uint8Array[]): Uint8Array;
  /**
   * Splits a key into random parts whose sum it is.
   *
   * @param secret - a key, or a scalar
   * @param options - `shares`: how many parts, 2 to 255
   * @returns as many scalars (`z`), none zero
   * @throws MeshError as {@link Threshold.publicKey}; `bad_quorum`, `random_failed`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const parts = threshold.split({ crv: 'Ed25519', secretKey: new Uint8Array(32) }, { shares: 2 });
   * console.log(threshold.combineSecretKeys(parts).crv, parts.length); // Ed25519z 2
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Section A2.
   */
  split(secret: SharedSecret, options: { shares: number }): SharedSecret[];
  /**
   * Shares a key so that any `quorum` of the shares recover it and fewer say nothing about it (Shamir, modulo L). The commitments let each
   * holder check its share, and everybody compute the public key of each share (Feldman).
   *
   * @param secret - a key, or a scalar
   * @param options - `shares`: 2 to 255; `quorum`: 2 to `shares`
   * @returns the shares at the indexes 1, 2, 3 and so on, and as many commitments as the quorum
   * @throws MeshError as {@link Threshold.publicKey}; `bad_quorum`, `random_failed`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const { shares, commitments } = threshold.share({ crv: 'X448', secretKey: new Uint8Array(56) }, { shares: 5, quorum: 3 });
   * console.log(shares[4]?.index, shares[4]?.scalar.length, commitments.length); // 5 56 3
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Section A3.
   */
  share(secret: SharedSecret, options: { shares: number; quorum: number }): Sharing;
  /**
   * Whether a share is the one that the dealer has committed to.
   *
   * @param share - a share
   * @param commitments - as many points as the quorum of the share
   * @returns false also when the number of commitments is another than the quorum
   * @throws MeshError `bad_option`, `bad_quorum`, `insufficient_shares`, `share_index_zero`, `share_out_of_range`, `bad_private_length`, and for the
   * points as {@link Threshold.combinePublicKeys}
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const { shares, commitments } = threshold.share({ crv: 'Ed448', secretKey: new Uint8Array(57) }, { shares: 3, quorum: 2 });
   * console.log(shares.every((share) => threshold.verifyShare(share, commitments))); // true
   * ```
   * Constant time: yes in the share on the compiled backend; on `js` scalars are BigInt. Feldman 1987; section A3.
   */
  verifyShare(share: KeyShare, commitments: readonly Uint8Array[]): boolean;
  /**
   * The public key of the share at an index.
   *
   * @param crv - the curve
   * @param index - 1 to L - 1
   * @param commitments - the commitments of the dealer
   * @returns the point
   * @throws MeshError as {@link Threshold.combinePublicKeys}; `share_index_zero`, `share_out_of_range`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const { commitments } = threshold.share({ crv: 'Ed448', secretKey: new Uint8Array(57) }, { shares: 3, quorum: 2 });
   * console.log(threshold.sharePublicKey('Ed448', 2, commitments).length); // 57
   * ```
   * Constant time: no, because all of it is public. Section A3.
   */
  sharePublicKey(crv: GroupName, index: ShareIndex, commitments: readonly Uint8Array[]): Uint8Array;
  /**
   * The weight of one share among the shares that take part: the product of x_j / (x_j - x_i).
   *
   * @param crv - the curve
   * @param index - of the share
   * @param indexes - 2 to 255 different ones, that of the share among them
   * @returns 56 or 32 octets
   * @throws MeshError `unsupported_algorithm`, `bad_option`, `insufficient_shares`, `bad_quorum`, `share_index_zero`, `share_out_of_range`,
   * `duplicate_index`, `inconsistent_shares` when the index is none of them
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * console.log(threshold.coefficient('X448', 1, [1, 2])[0]); // 2
   * ```
   * Constant time: no, because indexes are public. Section A3.
   */
  coefficient(crv: GroupName, index: ShareIndex, indexes: readonly ShareIndex[]): Uint8Array;
  /**
   * Puts a key together again. More shares than the quorum are all checked to lie on one polynomial.
   *
   * @param shares - the quorum or more, of one sharing
   * @param options - `publicKey`: what the key must belong to; without it shares of another sharing go unnoticed
   * @returns a scalar (`z`): the key modulo L
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `curve_mismatch`, `share_index_zero`, `share_out_of_range`, `duplicate_index`,
   * `bad_private_length`, `insufficient_shares`, `inconsistent_shares`, `identity_result`, `key_mismatch`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const { shares, commitments } = threshold.share({ crv: 'X448', secretKey: new Uint8Array(56) }, { shares: 3, quorum: 2 });
   * const publicKey = commitments[0]!;
   * console.log(threshold.recover(shares.slice(1), { publicKey }).crv); // X448z
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Section A3.
   */
  recover(shares: readonly KeyShare[], options?: { publicKey?: Uint8Array }): SharedSecret;
  /**
   * What a holder gives to an agreement: s E, or for a share its weight times it. A holder is an oracle for its part: authenticate,
   * authorise and count the requests.
   *
   * @param secret - a part (key or scalar), or a share of a quorum
   * @param peer - E, the ephemeral key of the sender: a point of order L
   * @param options - `indexes` (for shares of a quorum, required), `prove`, `blind`
   * @returns the point, secret as the agreement value is
   * @throws MeshError as {@link Threshold.publicKey} and for the peer as {@link Threshold.combinePublicKeys}; `bad_quorum`, `insufficient_shares`,
   * `share_index_zero`, `share_out_of_range`, `duplicate_index`, `inconsistent_shares`, `point_at_infinity`; `random_failed`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const part = { crv: 'X448', secretKey: new Uint8Array(56).fill(1) } as const;
   * const peer = threshold.publicKey({ crv: 'X448', secretKey: new Uint8Array(56).fill(2) });
   * console.log(threshold.contribute(part, peer).point.length); // 57
   * ```
   * Constant time: yes on the compiled backend; on `js` the scalar is split at random, but BigInt is not constant time. Sections A4 and A7.
   */
  contribute(secret: SharedSecret | KeyShare, peer: Uint8Array, options?: ContributeOptions): Contribution;
  /**
   * Whether the proof of a contribution shows that it was made with the secret of a public key.
   *
   * @param contribution - with its proof
   * @param peer - the point that was multiplied
   * @param publicKey - of the part or share of the holder that was asked: {@link Threshold.sharePublicKey}
   * @returns false also when there is no proof
   * @throws MeshError for the points as {@link Threshold.combinePublicKeys}; `bad_option`, `bad_length`, `scalar_out_of_range` for the proof, and for the
   * indexes as {@link Threshold.coefficient}
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const part = { crv: 'Ed448', secretKey: new Uint8Array(57).fill(1) } as const;
   * const peer = threshold.publicKey({ crv: 'Ed448', secretKey: new Uint8Array(57).fill(2) });
   * const contribution = threshold.contribute(part, peer, { prove: true });
   * console.log(threshold.verifyContribution(contribution, peer, threshold.publicKey(part))); // true
   * ```
   * Constant time: no; whoever verifies it knows the contribution. Chaum and Pedersen 1992 with a hash for the verifier; section A4.
   */
  verifyContribution(contribution: Contribution, peer: Uint8Array, publicKey: Uint8Array): boolean;
  /**
   * The agreement value: the sum of the contributions. Feed it to a key derivation function.
   *
   * @param contributions - of all parts, or of all shares in `indexes`; each is checked to be of order L
   * @returns on Edwards curves the point (57 or 32 octets), on X curves u without the sign (56 or 32)
   * @throws MeshError for the points as {@link Threshold.combinePublicKeys}; `bad_option`, `curve_mismatch`, `duplicate_index`, `insufficient_shares`,
   * `inconsistent_shares`, `point_at_infinity`
   * @example
   * ```ts
   * import { threshold } from 'mathmesh';
   * const parts = threshold.split({ crv: 'X448', secretKey: new Uint8Array(56) }, { shares: 2 });
   * const peer = threshold.publicKey({ crv: 'X448', secretKey: new Uint8Array(56).fill(2) });
   * console.log(threshold.complete(parts.map((part) => threshold.contribute(part, peer))).length); // 56
   * ```
   * Constant time: no: addition of points is not; the contributions must be points that outsiders cannot choose. Section A4.
   */
  complete(contributions: readonly Contribution[]): Uint8Array;
}

/** {@link Threshold} over a backend. */
export function makeThreshold(p: Provider): Threshold {
  return {
    publicKey(secret) {
      const read = readSecret(p, secret, 'secret');
      return scoped((mark) => {
        const scalar = mark(secretScalar(read, 'secret'));
        // A seed that is a multiple of L is as good as none.
        return baseTimes(read.group, scalar) ?? fail('identity_result');
      });
    },
    combineSecretKeys: (secrets) => combineSecretKeys(p, secrets),
    combinePublicKeys: (crv, publicKeys) => combinePublicKeys(p, crv, publicKeys),
    split: (secret, given) => split(p, secret, options(given).shares),
    share(secret, given) {
      const { shares, quorum } = options(given);
      return share(p, secret, shares, quorum);
    },
    verifyShare: (given, commitments) => verifyShare(p, given, commitments),
    sharePublicKey: (crv, index, commitments) => sharePublicKey(p, crv, index, commitments),
    coefficient: (crv, index, indexes) => coefficient(p, crv, index, indexes),
    recover: (shares, given) => recover(p, shares, options(given).publicKey),
    contribute: (secret, peer, given) => contribute(p, secret, peer, given),
    verifyContribution: (contribution, peer, publicKey) => verifyContribution(p, contribution, peer, publicKey),
    complete: (contributions) => complete(p, contributions),
  };
}
