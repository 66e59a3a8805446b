/**
 * What a recryption service keeps: one scalar for each member, useless without the member's key (threshold keys, section A5). It keeps
 * them in memory only, and does not ask who calls: authenticate, authorise and count the requests before.
 */
import type { Provider } from '../backend/types.ts';
import { settle, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { options as optionsOf } from '../options.ts';
import { type ContributeOptions, type Contribution, contribute } from '../threshold/contribution.ts';
import type { Group } from '../threshold/group.ts';
import { directSecret, readSecret, type SharedSecret, secretScalar } from '../threshold/scalar.ts';

/** A share that is held. */
interface Entry {
  readonly group: Group;
  readonly scalar: Uint8Array;
}

/** The service side of recryption. */
export class RecryptionService {
  readonly #provider: Provider;
  readonly #entries = new Map<string, Entry>();
  #destroyed = false;

  /** @internal */
  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /**
   * Keeps the share of a member, in place of an earlier one.
   *
   * @param member - a name that the service has for the member's entry
   * @param share - the scalar from {@link Recryption.addMember}, copied
   * @throws MeshError `destroyed`, `bad_option`, `unsupported_algorithm`, `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `zero_scalar`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * const service = recryption.service();
   * service.add('alice', recryption.addMember(recryption.createGroup()).service);
   * console.log(service.has('alice')); // true
   * ```
   * Constant time: yes in the scalar.
   */
  add(member: string, share: SharedSecret): void {
    const read = readSecret(this.#provider, share, 'share');
    if (this.#destroyed) fail('destroyed');
    if (typeof member !== 'string') fail('bad_option', 'member must be a text');
    if (!read.direct) fail('unsupported_algorithm', 'the share of a service is a scalar');
    const scalar = settle(secretScalar(read, 'share'));
    this.remove(member);
    this.#entries.set(member, { group: read.group, scalar });
  }

  /**
   * Whether there is a share for a member.
   *
   * @param member - the name
   * @returns false after removal
   * @throws nothing
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * console.log(recryption.service().has('alice')); // false
   * ```
   * Constant time: no, names are public.
   */
  has(member: string): boolean {
    return this.#entries.has(member);
  }

  /**
   * The service's half of a decryption: r_m E.
   *
   * @param member - the name
   * @param peer - E, the ephemeral key of the sender
   * @param options - `prove`, `blind`: as in {@link Threshold.contribute}
   * @returns what the member completes
   * @throws MeshError `destroyed`, `unknown_member`, and as {@link Threshold.contribute}
   * @example
   * ```ts
   * import { recryption, threshold } from 'mathmesh';
   * const service = recryption.service();
   * service.add('alice', recryption.addMember(recryption.createGroup()).service);
   * const peer = threshold.publicKey({ crv: 'X448', secretKey: new Uint8Array(56) });
   * console.log(service.contribute('alice', peer).point.length); // 57
   * ```
   * Constant time: as {@link Threshold.contribute}. Section A5.
   */
  contribute(member: string, peer: Uint8Array, options?: Omit<ContributeOptions, 'indexes'>): Contribution {
    const read = optionsOf(options);
    // After the options, whose getters could have called destroy() or remove().
    if (this.#destroyed) fail('destroyed');
    const { group, scalar } = this.#entries.get(member) ?? fail('unknown_member');
    return contribute(this.#provider, directSecret(group, scalar), peer, read);
  }

  /**
   * Removes a member: overwrites its share. What the member has decrypted it has; it opens nothing else.
   *
   * @param member - the name
   * @returns whether there was one
   * @throws nothing
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * console.log(recryption.service().remove('alice')); // false
   * ```
   * Constant time: yes, nothing is computed.
   */
  remove(member: string): boolean {
    const entry = this.#entries.get(member);
    if (entry !== undefined) wipe(entry.scalar);
    return this.#entries.delete(member);
  }

  /** Overwrites all shares; every later `add` and `contribute` throws `destroyed`. */
  destroy(): void {
    this.#destroyed = true;
    for (const member of [...this.#entries.keys()]) this.remove(member);
  }
}
