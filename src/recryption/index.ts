/**
 * Recryption: what is encrypted to a group is opened by a member and a service together, neither of which has the group's key (threshold keys,
 * section A5). Not the envelope around it, and not who may ask the service.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, copied } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options } from '../options.ts';
import { randomBytes } from '../random.ts';
import { isZero } from '../scalar448.ts';
import { type Contribution, complete, contribute, verifyContribution } from '../threshold/contribution.ts';
import { type GroupName, groupOf } from '../threshold/group.ts';
import { commonGroup, objectOf } from '../threshold/read.ts';
import { directSecret, readSecret, type SharedSecret, secretScalar, subtract } from '../threshold/scalar.ts';
import { scoped } from '../threshold/scope.ts';
import { type Dh2017, dh2017 } from './dh2017.ts';
import { RecryptionService } from './service.ts';

export type { Dh2017, DhGroup, DhShare } from './dh2017.ts';
export type { RecryptionService } from './service.ts';

/** A key pair of a group: the secret is a key of the curve. */
export interface RecryptionGroup extends SharedSecret {
  readonly crv: GroupName;
  /** The point that senders encrypt to. */
  readonly publicKey: Uint8Array;
}

/** The two halves of a group's key that open for one member. */
export interface RecryptionMember {
  /** For the member: an ordinary key of the curve. */
  readonly member: SharedSecret;
  /** For the service: the scalar g - m. */
  readonly service: SharedSecret;
  /** The point of the service's half, with which the member checks proofs. */
  readonly servicePublicKey: Uint8Array;
}

/** Group keys whose every use takes a member and the service. */
export interface Recryption {
  /**
   * A fresh key pair of a group, for the group's administrator.
   *
   * @param options - `crv`: `X448` by default
   * @returns a key of 56 or 32 octets, and its public key
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `random_failed`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * const { crv, publicKey } = recryption.createGroup();
   * console.log(crv, publicKey.length); // X448 57
   * ```
   * Constant time: yes on the compiled backend, for the 448 curves. Section A5.
   */
  createGroup(options?: { crv?: GroupName }): RecryptionGroup;
  /**
   * Divides a group's key between a member and the service: r = g - m modulo L. Member and service together have the group's key.
   *
   * @param group - the group's key
   * @param options - `member`: the member's key; a fresh one of the curve by default
   * @returns both halves; the member's travels encrypted, the service's by a secure channel
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `curve_mismatch`, `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `zero_scalar`,
   * `identity_result` when the member's key is the group's, `random_failed`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * const { member, service } = recryption.addMember(recryption.createGroup());
   * console.log(member.crv, service.crv); // X448 X448z
   * ```
   * Constant time: yes on the compiled backend, for the 448 curves. Section A5.
   */
  addMember(group: SharedSecret, options?: { member?: SharedSecret }): RecryptionMember;
  /**
   * A service without members. It holds their shares in memory; to remove a member is to overwrite its share.
   *
   * @returns the service; call its `destroy` after use
   * @throws nothing
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * recryption.service().destroy();
   * ```
   * Constant time: yes, nothing is computed.
   */
  service(): RecryptionService;
  /**
   * What a member does with the service's half: r E + m E = g E.
   *
   * @param member - the member's key
   * @param contribution - from {@link RecryptionService.contribute}
   * @param peer - E, the ephemeral key of the sender
   * @param options - `servicePublicKey`: the contribution must prove that it was made with the share behind it; `blind` as in
   * {@link Threshold.contribute}
   * @returns the agreement value of the group's key with E, as {@link Threshold.complete}
   * @throws MeshError as {@link Threshold.contribute} and {@link Threshold.verifyContribution}; `curve_mismatch`, `invalid_contribution`,
   * `point_at_infinity`
   * @example
   * ```ts
   * import { recryption, threshold } from 'mathmesh';
   * const group = recryption.createGroup();
   * const { member, service: share, servicePublicKey } = recryption.addMember(group);
   * const service = recryption.service();
   * service.add('alice', share);
   *
   * const sender = { crv: 'X448', secretKey: new Uint8Array(56).fill(3) } as const;
   * const peer = threshold.publicKey(sender);
   * const sent = threshold.contribute(sender, group.publicKey).point.slice(0, 56);
   * const half = service.contribute('alice', peer, { prove: true });
   * const opened = recryption.complete(member, half, peer, { servicePublicKey });
   * console.log(opened.every((octet, i) => octet === sent[i])); // true
   * ```
   * Constant time: as {@link Threshold.contribute} and {@link Threshold.complete}. Section A5.
   */
  complete(
    member: SharedSecret,
    contribution: Contribution,
    peer: Uint8Array,
    options?: { servicePublicKey?: Uint8Array; blind?: boolean },
  ): Uint8Array;
  /** Recryption of 2017 and 2018 with Diffie-Hellman, to open old data only. */
  readonly dh2017: Dh2017;
}

/** A fresh key in the length that Mesh objects have. */
function freshKey(p: Provider, crv: unknown): SharedSecret & { crv: GroupName } {
  const group = groupOf(p, crv);
  return { crv: group.crv, secretKey: randomBytes(group.scalarLength) };
}

/** {@link Recryption} over a backend. */
export function makeRecryption(p: Provider): Recryption {
  return {
    createGroup(given) {
      const { crv = 'X448' } = options(given);
      const key = freshKey(p, crv);
      const read = readSecret(p, key, 'group');
      return scoped((mark) => ({ ...key, publicKey: read.group.base(mark(secretScalar(read, 'group'))) }));
    },

    addMember(key, given) {
      const { member } = options(given);
      const whole = readSecret(p, key, 'group');
      const { group } = whole;
      const own = member ?? freshKey(p, group.crv);
      const part = readSecret(p, own, 'member');
      commonGroup(p, [group.crv, part.group.crv]);
      return scoped((mark) => {
        const g = mark(secretScalar(whole, 'group'));
        const m = mark(secretScalar(part, 'member'));
        const r = subtract(group, g, m);
        if (isZero(r)) fail('identity_result');
        return {
          member: { crv: part.direct ? `${group.crv}z` : group.crv, secretKey: copied(bytes(part.octets, 'member')) },
          service: directSecret(group, r),
          servicePublicKey: group.base(r),
        };
      });
    },

    service: () => new RecryptionService(p),

    complete(member, contribution, peer, given) {
      const { servicePublicKey, blind = false } = options(given);
      // A copy: what is verified is what is added.
      const half: Contribution = { ...objectOf(contribution, 'contribution') };
      const own = contribute(p, member, peer, { blind });
      return scoped((mark) => {
        mark(own.point);
        if (servicePublicKey !== undefined && !verifyContribution(p, half, peer, servicePublicKey)) {
          fail('invalid_contribution');
        }
        return complete(p, [half, own]);
      });
    },

    dh2017,
  };
}
