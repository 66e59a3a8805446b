/**
 * A key held as a scalar: it signs with a secret nonce prefix and agrees (Mesh key combination, sections 7 and 8). Not for the
 * sum itself.
 */
import type { Provider } from '../backend/types.ts';
import { bytes, concat, copied, empty, settle, wipe } from '../bytes.ts';
import { checkedContext } from '../ed448/arguments.ts';
import { fail } from '../errors.ts';
import { flag, options } from '../options.ts';
import { randomBytes } from '../random.ts';
import { type Crv, type Curve, isIdentity, publicOctets } from './curve.ts';
import type { Secret } from './secret.ts';

/** Options of signing with a composite key. */
export interface CompositeSignOptions {
  /** 0 to 255 octets; empty by default. */
  context?: Uint8Array;
  /** Without fresh random octets in the nonce. Default: false for combined keys, true for keys of one seed. */
  deterministic?: boolean;
}

/** A prefix with 57 fresh random octets behind it. */
function hedged(prefix: Uint8Array): Uint8Array {
  const random = randomBytes(57);
  const joined = concat(prefix, random);
  wipe(random);
  return joined;
}

/** A secret key on Ed448 or X448, combined or of one seed. Its secrets are wiped by `destroy`. */
export class CompositeKey {
  /** The curve. */
  readonly crv: Crv;
  /** 57 octets: the Edwards encoding, or for X448 the u coordinate and the sign octet. */
  readonly publicKey: Uint8Array;
  readonly #provider: Provider;
  readonly #curve: Curve;
  readonly #scalar: Uint8Array;
  /** What is hashed; the caller could write to `publicKey`. */
  readonly #publicKey: Uint8Array;
  readonly #prefix: Uint8Array;
  readonly #deterministic: boolean;
  #destroyed = false;

  /** @internal Takes over the secret, which is wiped. On Ed448 a secret without a prefix gets its own, and hedged nonces. */
  constructor(provider: Provider, curve: Curve, secret: Secret, publicKey: Uint8Array) {
    this.crv = curve.crv;
    this.publicKey = publicKey;
    this.#publicKey = publicKey.slice();
    this.#provider = provider;
    this.#curve = curve;
    this.#deterministic = secret.prefix !== undefined;
    const { prefix = curve.crv === 'Ed448' ? ownPrefix(provider, secret.scalar) : new Uint8Array(0) } = secret;
    this.#prefix = settle(prefix);
    this.#scalar = settle(secret.scalar);
  }

  /**
   * An Ed448 signature, valid under `publicKey` for every verifier. The nonce comes from a secret prefix of this very key,
   * by default followed by 57 fresh random octets (section 7, requirements 2 and 3).
   *
   * @param message - any number of octets
   * @param options - `context`: 0 to 255 octets; `deterministic`: no random octets
   * @returns 114 octets
   * @throws MeshError `destroyed`, `unsupported_algorithm` for X448, `not_bytes`, `bad_option`, `context_too_long`, `random_failed`
   * @example
   * ```ts
   * import { ed448, overlay } from 'mathmesh';
   * const key = overlay.composeKey(new Uint8Array(56).fill(1), new Uint8Array(56).fill(2));
   * const message = new TextEncoder().encode('hello');
   * console.log(ed448.verify(key.sign(message), message, key.publicKey)); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` the sequence of operations is fixed and blinded, but BigInt is not.
   */
  sign(message: Uint8Array, options?: CompositeSignOptions): Uint8Array {
    const { context, deterministic } = checkedOptions(options, this.#deterministic);
    // After the options, whose getters could have called destroy().
    if (this.#destroyed) fail('destroyed');
    if (this.#curve.crv !== 'Ed448') fail('unsupported_algorithm', `${this.#curve.crv} keys do not sign`);
    const text = bytes(message, 'message');
    const prefix = deterministic ? copied(this.#prefix) : hedged(this.#prefix);
    try {
      // The random source could have called it, too.
      if (this.#destroyed) fail('destroyed');
      const key = { scalar: this.#scalar, prefix, publicKey: this.#publicKey };
      return this.#provider().ed448SignKey(text, key, context, 0);
    } finally {
      wipe(prefix);
    }
  }

  /**
   * The agreement value with a peer's key on the same curve, for a key derivation function (section 8).
   *
   * @param peer - the peer's public key: 57 octets; for X448 also 56, since no sign is needed here
   * @returns 57 octets (an Edwards point) for Ed448, 56 octets (a u coordinate) for X448
   * @throws MeshError `destroyed`, `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base`,
   * `not_in_prime_order_subgroup`, `identity_result`; on `js` also `random_failed`
   * @example
   * ```ts
   * import { overlay } from 'mathmesh';
   * const a = overlay.composeKey(new Uint8Array(56).fill(1), new Uint8Array(56).fill(2), { crv: 'X448' });
   * const b = overlay.seedKey(new Uint8Array(56).fill(3), { crv: 'X448' });
   * console.log(a.agree(b.publicKey).every((octet, i) => octet === b.agree(a.publicKey)[i])); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` the scalar is split at random, but BigInt is not constant time.
   */
  agree(peer: Uint8Array): Uint8Array {
    if (this.#destroyed) fail('destroyed');
    const key = publicOctets(this.#curve, peer, 'peer');
    const point = key.length === 57 ? key : concat(key, Uint8Array.of(0));
    const shared = this.#curve.multiply(this.#scalar, point);
    if (isIdentity(this.#curve, shared)) fail('identity_result');
    const value = copied(shared.subarray(0, this.#curve.agreementLength));
    wipe(shared);
    return value;
  }

  /** Wipes the secrets; every later `sign` and `agree` throws `destroyed`. */
  destroy(): void {
    this.#destroyed = true;
    wipe(this.#scalar, this.#prefix);
  }
}

/** Section 7, requirement 2: SHAKE256(LE57(a), 57). */
function ownPrefix(p: Provider, scalar: Uint8Array): Uint8Array {
  const encoded = concat(scalar, Uint8Array.of(0));
  try {
    return p().shake256(encoded, 57);
  } finally {
    wipe(encoded);
  }
}

function checkedOptions(given: CompositeSignOptions | undefined, byDefault: boolean) {
  const { context = empty, deterministic = byDefault } = options(given);
  return { context: checkedContext(context), deterministic: flag(deterministic, 'deterministic') };
}
