/**
 * One signature of one participant: the nonces of round one until round two has used them (RFC 9591 section 5). Not for shares, which outlive it.
 *
 * A nonce answers once. Two answers with one nonce are two equations for the share, so nonces exist only in here: there is no way to
 * read, copy, store or choose them, except choosing in tests.
 */
import { bytes, equal, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { weightInKey } from '../threshold/polynomial.ts';
import { scoped } from '../threshold/scope.ts';
import {
  bindingFactors,
  checkedCommitments,
  type FrostCommitment,
  groupCommitment,
  readCommitments,
} from './commitment.ts';
import type { Indexed } from './indexes.ts';
import { type FrostShare, openShare } from './share.ts';

/** What a signer sends in round two. */
export interface FrostResponse extends Indexed {
  /** The scalar z of this signer: 57 or 32 octets. */
  readonly response: Uint8Array;
}

/** Octets of the random input of a nonce. */
const RANDOM = 32;

/** The state of a signer between the two rounds. It signs once, and cannot be stored. */
export class FrostRound {
  readonly #share: FrostShare;
  readonly #commitment: FrostCommitment;
  readonly #hiding: Uint8Array;
  readonly #binding: Uint8Array;
  #state: 'open' | 'used' | 'destroyed' = 'open';

  /** @internal Round one with 64 random octets, which are wiped: section 4.1 for each nonce. */
  constructor(share: FrostShare, random: Uint8Array) {
    const { suite, secret, index } = openShare(share);
    const { group } = suite;
    this.#share = share;
    this.#hiding = settle(suite.nonce(random.subarray(0, RANDOM), secret));
    this.#binding = settle(suite.nonce(random.subarray(RANDOM), secret));
    wipe(random);
    try {
      this.#commitment = { index, hiding: group.base(this.#hiding), binding: group.base(this.#binding) };
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  /** What may be sent to the coordinator, and to anybody; fresh octets each time. */
  get commitment(): FrostCommitment {
    const { index, hiding, binding } = this.#commitment;
    return { index, hiding: hiding.slice(), binding: binding.slice() };
  }

  /**
   * Round two: the response of this signer. Once: the nonces are erased before the response leaves. A call that is refused for its
   * arguments answers nothing and leaves the round open.
   *
   * @param message - what is signed, any number of octets. Look at it: this is the signer's consent
   * @param commitments - those of all signers of this signature, this one's own among them, in ascending order of their indexes
   * @returns index and response; the response has 57 octets for Ed448, 32 for Ed25519
   * @throws MeshError `bad_option`, `nonce_used`, `destroyed`, `not_bytes`, `share_index_zero`, `share_out_of_range`, `duplicate_index`,
   * `unsorted_indexes`, `bad_public_length`, `insufficient_shares`, `commitment_mismatch`, `noncanonical_encoding`, `not_on_curve`,
   * `small_order_base` (the identity too), `not_in_prime_order_subgroup`, `identity_result`
   * @example
   * ```ts
   * import { frost } from 'mathmesh/frost';
   * const { shares } = frost.deal('Ed448', { shares: 3, quorum: 2 });
   * const rounds = shares.slice(0, 2).map((share) => frost.commit(share));
   * const commitments = rounds.map((round) => round.commitment);
   * console.log(rounds[0].sign(Uint8Array.of(1), commitments).response.length); // 57
   * ```
   * Constant time: yes in the secrets on the compiled backend; on `js` and for Ed25519 scalars are BigInt. RFC 9591 section 5.2.
   */
  sign(message: Uint8Array, commitments: readonly FrostCommitment[]): FrostResponse {
    const read = readCommitments(commitments);
    // After the lists, whose getters could have called sign() or destroy().
    this.#expectOpen();
    const { suite, secret, index, quorum, publicKey } = openShare(this.#share);
    const { group } = suite;
    const text = bytes(message, 'message');
    const list = checkedCommitments(suite, read);
    if (list.length < quorum) fail('insufficient_shares', `${list.length} commitments, the quorum is ${quorum}`);
    const at = list.findIndex((commitment) => commitment.index === index);
    if (at < 0 || !this.#isOwn(list[at] as FrostCommitment)) fail('commitment_mismatch');
    const factors = bindingFactors(suite, publicKey, text, list);
    return scoped((held) => {
      // z = d + rho e + lambda c s
      const nonce = held(group.add(this.#hiding, held(group.multiply(this.#binding, factors[at] as Uint8Array))));
      const R = groupCommitment(suite, list, factors, { at, nonce });
      const indexes = list.map((commitment) => commitment.index);
      const weight = group.multiply(suite.challenge(R, publicKey, text), weightInKey(group, index, indexes));
      // So could the random source that blinds R where that is done: from here on nothing runs but the library.
      this.#expectOpen();
      openShare(this.#share);
      const response = held(group.add(nonce, held(group.multiply(weight, secret))));
      this.#state = 'used';
      wipe(this.#hiding, this.#binding);
      return { index, response: suite.encodeScalar(response) };
    });
  }

  /** @throws MeshError `nonce_used`, `destroyed` */
  #expectOpen(): void {
    if (this.#state !== 'open') fail(this.#state === 'used' ? 'nonce_used' : 'destroyed');
  }

  #isOwn({ hiding, binding }: FrostCommitment): boolean {
    return equal(hiding, this.#commitment.hiding) && equal(binding, this.#commitment.binding);
  }

  /** Erases the nonces of a signature that is not wanted any more; a later `sign` throws `destroyed`. */
  destroy(): void {
    if (this.#state === 'open') this.#state = 'destroyed';
    wipe(this.#hiding, this.#binding);
  }

  /** @throws MeshError `not_serializable`: a nonce that exists twice can be used twice */
  toJSON(): never {
    return fail('not_serializable', 'the nonces of a round');
  }
}
