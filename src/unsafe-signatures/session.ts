/**
 * One signature of one signer by the Mesh drafts: a single nonce, drawn in round one and erased in round two. It is not bound to the
 * message or to the other nonces: see index.ts for what follows from that.
 */
import { empty, equal, settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { Suite } from '../frost/suite.ts';
import { flag, options } from '../options.ts';
import { isZero } from '../scalar448.ts';
import { weightInKey } from '../threshold/polynomial.ts';
import { challengeOf, readSession, type UnsafeSessionOptions } from './challenge.ts';
import { enter, leave, partsOf, type UnsafeShare } from './share.ts';

/** How a signer shifts its contribution, so that it is not always the same scalar (threshold signatures, blinding). */
export interface UnsafeBlind {
  /** The scalar x that both signers know, 57 or 32 octets. */
  scalar: Uint8Array;
  /** Whether x is added; the other signer subtracts it. */
  add: boolean;
}

/** Options of round two. */
export interface UnsafeSignOptions extends UnsafeSessionOptions {
  /** Only for two signers, who use it both or not at all. */
  blind?: UnsafeBlind;
}

/** The state of a signer between the two rounds. It signs once, and cannot be stored. */
export class UnsafeSession {
  readonly #share: UnsafeShare;
  readonly #nonce: Uint8Array;
  readonly #noncePoint: Uint8Array;
  #state: 'open' | 'used' | 'destroyed' = 'open';

  /** @internal Round one with the nonce that `draw` gives, which is wiped. */
  constructor(share: UnsafeShare, draw: (suite: Suite) => Uint8Array) {
    const { suite } = enter(share);
    let nonce = empty;
    try {
      nonce = settle(draw(suite));
      this.#noncePoint = suite.group.base(nonce);
    } catch (error) {
      wipe(nonce);
      leave(share);
      throw error;
    }
    this.#share = share;
    this.#nonce = nonce;
  }

  /** R of this signer, for the coordinator: 57 or 32 octets; a fresh copy each time. */
  get noncePoint(): Uint8Array {
    return this.#noncePoint.slice();
  }

  /**
   * Round two: the response of this signer, once: the nonce is erased before it leaves, and the share may open another session. A call
   * that is refused for its arguments answers nothing and leaves the session open.
   *
   * @param message - what is signed, any number of octets
   * @param options - `noncePoints` of all signers; `indexes` of Shamir shares; `context`; `blind`
   * @returns 57 octets for Ed448, 32 for Ed25519
   * @throws MeshError `bad_option`, `insufficient_shares`, `share_index_zero`, `share_out_of_range`, `duplicate_index`, `index_mismatch`,
   * `nonce_used`, `destroyed`, `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `context_too_long`, `bad_public_length`,
   * `commitment_mismatch`, the codes of points, `identity_result`
   * @example
   * ```ts
   * import { ed448, group448 } from 'mathmesh';
   * import { unsafeThresholdSignatures } from 'mathmesh/frost';
   * const scalars = [1, 2].map((n) => group448.scalarFromSeed(new Uint8Array(57).fill(n)));
   * const publicKey = group448.baseMultiply(group448.scalarAdd(scalars[0], scalars[1]));
   * const shares = scalars.map((s) =>
   *   unsafeThresholdSignatures.share({ crv: 'Ed448', publicKey, scalar: Uint8Array.of(...s, 0) }));
   * const sessions = shares.map((share) => unsafeThresholdSignatures.open(share));
   * const noncePoints = sessions.map((session) => session.noncePoint);
   * const message = Uint8Array.of(1);
   * const responses = sessions.map((session) => session.sign(message, { noncePoints }));
   * const signature = unsafeThresholdSignatures.combine({ publicKey, message, noncePoints, responses });
   * console.log(ed448.verify(signature, message, publicKey)); // true
   * ```
   * Constant time: yes in the secrets on the compiled backend; on `js` and for Ed25519 scalars are BigInt.
   */
  sign(message: Uint8Array, given: UnsafeSignOptions): Uint8Array {
    const { blind, ...rest } = options(given);
    const read = readSession(rest);
    const shift = blind === undefined ? undefined : options(blind);
    // After the options, whose getters could have called sign() or destroy().
    if (this.#state !== 'open') fail(this.#state === 'used' ? 'nonce_used' : 'destroyed');
    const { suite, scalar, publicKey, index } = partsOf(this.#share);
    const { group } = suite;
    const { indexes } = read;
    if ((index === undefined) !== (indexes === undefined) || (index !== undefined && !indexes?.includes(index))) {
      fail('index_mismatch', 'the index of this share');
    }
    const x = shift === undefined ? undefined : suite.decodeScalar(shift.scalar, 'blind');
    const adds = shift !== undefined && flag(shift.add, 'blind.add');
    if (x !== undefined && read.noncePoints.length !== 2) fail('bad_option', 'blinding is for two signers');
    if (x !== undefined && isZero(x)) fail('zero_scalar', 'blind');
    const { noncePoints, k } = challengeOf(suite, publicKey, message, read);
    const at = index === undefined ? -1 : (indexes as number[]).indexOf(index);
    const own = noncePoints.some((point, i) => (at < 0 || at === i) && equal(point, this.#noncePoint));
    if (!own) fail('commitment_mismatch');

    this.#state = 'used';
    const secrets: Uint8Array[] = [];
    const held = (secret: Uint8Array) => {
      secrets.push(secret);
      return secret;
    };
    try {
      const weighted =
        index === undefined ? scalar : held(group.multiply(weightInKey(group, index, indexes as number[]), scalar));
      const contribution = x === undefined ? weighted : held(group.add(weighted, adds ? x : held(group.negate(x))));
      const response = held(group.add(this.#nonce, held(group.multiply(k, contribution))));
      return suite.encodeScalar(response);
    } finally {
      wipe(this.#nonce, ...secrets);
      leave(this.#share);
    }
  }

  /** Erases the nonce of a signature that is not wanted any more, so that the share may open another session. */
  destroy(): void {
    if (this.#state !== 'open') return;
    this.#state = 'destroyed';
    wipe(this.#nonce);
    leave(this.#share);
  }

  /** @throws MeshError `not_serializable`: a nonce that exists twice can be used twice */
  toJSON(): never {
    return fail('not_serializable', 'the nonce of a session');
  }
}
