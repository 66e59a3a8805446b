/**
 * Key combination ("overlay"): a key of two parts, A = B + O, on Ed448 and X448 (Mesh key combination, sections 2 to 8). Not
 * threshold signing, where the parts stay apart.
 */
import type { Provider } from '../backend/types.ts';
import { wipe } from '../bytes.ts';
import { options } from '../options.ts';
import { makeUdf } from '../udf/index.ts';
import { type ContributionOptions, contributionCurve, type DeriveSeedOptions, deriveSeed } from './activation.ts';
import { addPublicKeys, combinePublicKeys } from './combine.ts';
import { type Announced, type ComposeOptions, composeKey } from './compose.ts';
import { CompositeKey } from './composite.ts';
import { type Crv, commonCurve, publicOctets } from './curve.ts';
import { detectPublicNonce, type PublicNonceOptions } from './nonce.ts';
import { type PublicOperand, readPublic, readSecret, type SecretOperand } from './operand.ts';
import { curveName, secretOf, wipeSecret } from './secret.ts';

export type { Actor, ContributionOptions, DeriveSeedOptions, KeyType, Operation } from './activation.ts';
export type { Announced, ComposeOptions } from './compose.ts';
export type { CompositeKey, CompositeSignOptions } from './composite.ts';
export type { Crv } from './curve.ts';
export type { PublicNonceOptions } from './nonce.ts';
export type { PublicOperand, SecretForm, SecretOperand } from './operand.ts';

/** Options of activating a device. */
export interface ActivateOptions extends ContributionOptions, Announced {
  /** The curve; that of the operation by default. */
  crv?: Crv;
}

/** Options of computing an activated public key. */
export interface ActivatePublicKeyOptions extends ContributionOptions {
  /** The curve; that of the operation by default. */
  crv?: Crv;
}

/** Key combination. */
export interface Overlay {
  /**
   * A = B + O for public keys, after all checks of section 6: both points canonical, on the curve and of prime order.
   *
   * @param base - B: 57 octets, or with its curve `{ crv, publicKey }`
   * @param contribution - O: the same
   * @param options - `crv`: `Ed448` (default) or `X448`, whose keys need the signed form
   * @returns 57 octets
   * @throws MeshError in this order: `curve_mismatch`, `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`,
   * `sign_missing`, `small_order_base`, `not_in_prime_order_subgroup`, `identity_result`, `null_contribution` (O is the identity);
   * `unsupported_algorithm` for another curve, `bad_option`
   * @example
   * ```ts
   * import { overlay } from 'mathmesh';
   * const base = overlay.seedKey(new Uint8Array(56).fill(1)).publicKey;
   * const contribution = overlay.seedKey(new Uint8Array(56).fill(2)).publicKey;
   * console.log(overlay.combinePublicKeys(base, contribution).length); // 57
   * ```
   * Constant time: no, because both keys are public. Mesh key combination, sections 3 and 6.
   */
  combinePublicKeys(base: PublicOperand, contribution: PublicOperand, options?: { crv?: Crv }): Uint8Array;
  /**
   * The secret key a = b + o modulo L of a device, checked against everything that was announced about it.
   *
   * @param baseSeed - b: 56 or 57 octets for Ed448, 56 for X448, or `{ crv, secretKey }`, where `Ed448z` and `X448z` are scalars
   * @param contributionSeed - o: the same
   * @param options - `crv`: `Ed448` (default) or `X448`; `publicKey`, `basePublicKey`: 57 octets; `udf`, `baseUdf`, `generation`
   * @returns the combined key; call its `destroy` after use
   * @throws MeshError in this order: `curve_mismatch`, `not_bytes`, `bad_public_length`, `bad_private_length`, `scalar_out_of_range`,
   * `zero_scalar`, `identity_result`, `null_contribution`, `udf_mismatch`, `combination_mismatch`; `unsupported_algorithm`, `bad_option`
   * @example
   * ```ts
   * import { overlay } from 'mathmesh';
   * const key = overlay.composeKey(new Uint8Array(56).fill(1), new Uint8Array(56).fill(2));
   * console.log(key.publicKey.length, key.sign(Uint8Array.of(1)).length); // 57 114
   * key.destroy();
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Mesh key combination, sections 2, 3, 4.1 and 6.
   */
  composeKey(baseSeed: SecretOperand, contributionSeed: SecretOperand, options?: ComposeOptions): CompositeKey;
  /**
   * A key of one Mesh seed in the shape of a combined key: Ed448 signs as RFC 8032 does, X448 has its signed public key.
   *
   * @param seed - 56 or 57 octets for Ed448, 56 for X448, or `{ crv, secretKey }` as in {@link Overlay.composeKey}
   * @param options - `crv`: `Ed448` (default) or `X448`
   * @returns the key; call its `destroy` after use
   * @throws MeshError `curve_mismatch`, `unsupported_algorithm`, `bad_option`, `not_bytes`, `bad_private_length`,
   * `scalar_out_of_range`, `zero_scalar`, `identity_result` for the one X448 seed that is a multiple of L
   * @example
   * ```ts
   * import { ed448, overlay } from 'mathmesh';
   * const seed = new Uint8Array(57).fill(7);
   * const signature = overlay.seedKey(seed).sign(Uint8Array.of(1));
   * console.log(signature.every((octet, i) => octet === ed448.sign(Uint8Array.of(1), seed)[i])); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Mesh key combination, section 2.
   */
  seedKey(seed: SecretOperand, options?: { crv?: Crv }): CompositeKey;
  /**
   * The secret octets of a key derived from an activation or device seed. They go into {@link Overlay.seedKey} (`Base`,
   * `Complete`) or {@link Overlay.composeKey} (`Activation`).
   *
   * @param seedText - UDF of type 200
   * @param options - `operation`; `keyType`: `Activation` by default; `actor`: `Device` by default; `form`: `info` by default;
   * `crv`: that of the operation by default
   * @returns 56 octets
   * @throws MeshError `bad_option`, `wrong_type`, `too_short`, `bad_character`, `unknown_type`, `unsupported_algorithm`
   * @example
   * ```ts
   * import { overlay, udf } from 'mathmesh';
   * const seed = udf.seed('ProfileDevice', new Uint8Array(32).fill(1));
   * console.log(overlay.deriveSeed(seed, { keyType: 'Base', operation: 'Sign' }).length); // 56
   * ```
   * Constant time: yes in the seed, because Base32 and HKDF are. Mesh key combination, section 4.3.
   */
  deriveSeed(seedText: string, options: DeriveSeedOptions): Uint8Array;
  /**
   * What a device does with its activation: adds the contribution for one use to its base key.
   *
   * @param activationSeed - UDF of type 200
   * @param baseSeed - the base key for this use: 56 or 57 octets for Ed448, 56 for X448, or `{ crv, secretKey }`
   * @param options - `operation`; `actor`, `form`, `crv` as in {@link Overlay.deriveSeed}; what was announced, as in
   * {@link Overlay.composeKey}
   * @returns the activated key; call its `destroy` after use
   * @throws MeshError as {@link Overlay.deriveSeed} and {@link Overlay.composeKey}; `bad_option` for `Profile`, which is never combined
   * @example
   * ```ts
   * import { overlay, udf } from 'mathmesh';
   * const activation = udf.seed('ActivationDevice', new Uint8Array(32).fill(1));
   * const base = new Uint8Array(56).fill(2);
   * const key = overlay.activate(activation, base, { operation: 'Sign' });
   * const announced = overlay.activatePublicKey(activation, overlay.seedKey(base).publicKey, { operation: 'Sign' });
   * console.log(key.publicKey.every((octet, i) => octet === announced[i])); // true
   * ```
   * Constant time: yes on the compiled backend; on `js` scalars are BigInt. Mesh key combination, section 4.3.
   */
  activate(activationSeed: string, baseSeed: SecretOperand, options: ActivateOptions): CompositeKey;
  /**
   * What the administrator does: computes the public key that a device will have for one use.
   *
   * @param activationSeed - UDF of type 200
   * @param basePublicKey - the device's base key for this use: 57 octets, or `{ crv, publicKey }`
   * @param options - `operation`; `actor`, `form`, `crv` as in {@link Overlay.deriveSeed}
   * @returns 57 octets
   * @throws MeshError as {@link Overlay.deriveSeed} and {@link Overlay.combinePublicKeys}; `bad_option` for `Profile`
   * @example
   * ```ts
   * import { overlay, udf } from 'mathmesh';
   * const activation = udf.seed('ActivationDevice', new Uint8Array(32).fill(1));
   * const base = overlay.seedKey(new Uint8Array(56).fill(2), { crv: 'X448' }).publicKey;
   * console.log(overlay.activatePublicKey(activation, base, { operation: 'Encrypt' }).length); // 57
   * ```
   * Constant time: yes in the contribution on the compiled backend; on `js` scalars are BigInt. Mesh key combination, section 4.3.
   */
  activatePublicKey(
    activationSeed: string,
    basePublicKey: PublicOperand,
    options: ActivatePublicKeyOptions,
  ): Uint8Array;
  /**
   * Whether a valid signature was made with a nonce that anybody can compute, so that its key is disclosed. Refuse to trust such a
   * key. A signature that does not verify discloses nothing and gives `false`.
   *
   * @param signature - 114 octets
   * @param message - what was signed, any number of octets
   * @param publicKey - 57 octets
   * @param options - `context`: 0 to 255 octets; `prehash`: `true` for Ed448ph
   * @returns whether the key is disclosed
   * @throws MeshError `not_bytes`, `bad_signature_length`, `bad_public_length`, `bad_option`, `context_too_long`
   * @example
   * ```ts
   * import { overlay } from 'mathmesh';
   * const key = overlay.seedKey(new Uint8Array(56).fill(1));
   * const message = Uint8Array.of(1);
   * console.log(overlay.detectPublicNonce(key.sign(message), message, key.publicKey)); // false
   * ```
   * Constant time: no, because all inputs are public. Mesh key combination, section 7, requirement 6.
   */
  detectPublicNonce(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    options?: PublicNonceOptions,
  ): boolean;
}

/** {@link Overlay} over a backend. */
export function makeOverlay(p: Provider): Overlay {
  const udf = makeUdf(p);

  /** The secret octets of a contribution and their curve. */
  function contribution(seedText: string, given: Partial<ActivatePublicKeyOptions>) {
    const ofUse = contributionCurve(given.operation);
    const crv = given.crv ?? ofUse;
    return { crv, octets: deriveSeed(udf, seedText, { ...given, keyType: 'Activation', crv }) };
  }

  return {
    combinePublicKeys(base, other, given) {
      const { crv } = options(given);
      return combinePublicKeys(p, readPublic(base, 'base'), readPublic(other, 'contribution'), crv);
    },

    composeKey(base, other, given) {
      const announced = options(given);
      return composeKey(p, udf, readSecret(base, 'baseSeed'), readSecret(other, 'contributionSeed'), announced);
    },

    seedKey(seed, given) {
      const { crv } = options(given);
      const operand = readSecret(seed, 'seed');
      const curve = commonCurve(p, crv, curveName(operand.crv));
      const secret = secretOf(p, curve.crv, operand, 'seed');
      try {
        return new CompositeKey(p, curve, secret, curve.baseMultiply(secret.scalar));
      } finally {
        wipeSecret(secret);
      }
    },

    deriveSeed: (seedText, given) => deriveSeed(udf, seedText, given),

    activate(activationSeed, base, given) {
      const read = options(given);
      const operand = readSecret(base, 'baseSeed');
      const other = contribution(activationSeed, read);
      try {
        return composeKey(
          p,
          udf,
          operand,
          { crv: undefined, octets: other.octets },
          options({ ...read, crv: other.crv }),
        );
      } finally {
        wipe(other.octets);
      }
    },

    activatePublicKey(activationSeed, base, given) {
      const read = options(given);
      const operand = readPublic(base, 'basePublicKey');
      const { crv, octets } = contribution(activationSeed, read);
      try {
        const curve = commonCurve(p, crv, operand.crv);
        const secret = secretOf(p, curve.crv, { crv: undefined, octets }, 'contribution');
        try {
          const key = publicOctets(curve, operand.octets, 'basePublicKey');
          return addPublicKeys(curve, key, curve.baseMultiply(secret.scalar));
        } finally {
          wipeSecret(secret);
        }
      } finally {
        wipe(octets);
      }
    },

    detectPublicNonce: (signature, message, publicKey, given) =>
      detectPublicNonce(p, signature, message, publicKey, given),
  };
}
