/**
 * The group behind Ed448: scalars modulo L and points of edwards448, for protocols built on it. Not for signatures or key
 * agreement as such: a protocol here must bring its own proof.
 */
import type { Provider } from './backend/types.ts';
import { bytes, sized, wipe } from './bytes.ts';
import { fail } from './errors.ts';
import { expandSeed, reduced, reducedNonZero } from './scalar448.ts';

/**
 * Scalars are 56 octets, little-endian, below L; points are the 57-octet encoding of RFC 8032 section 5.2.2.
 *
 * @example
 * ```ts
 * import { group448 } from 'mathmesh';
 * const a = group448.scalarFromSeed(new Uint8Array(57).fill(1));
 * const b = group448.scalarFromSeed(new Uint8Array(57).fill(2));
 * const sum = group448.baseMultiply(group448.scalarAdd(a, b));
 * const points = group448.pointAdd(group448.baseMultiply(a), group448.baseMultiply(b));
 * console.log(sum.every((octet, i) => octet === points[i])); // true
 * ```
 */
export interface Group448 {
  /**
   * The secret scalar of an Ed448 seed, modulo L (RFC 8032 section 5.2.5; Mesh seeds have 56 octets and give other keys).
   *
   * @param seed - 56 or 57 octets, hashed exactly as given
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * console.log(group448.scalarFromSeed(new Uint8Array(56)).length); // 56
   * ```
   * Constant time: yes on the compiled backend; on `js` the reduction is BigInt.
   */
  scalarFromSeed(seed: Uint8Array): Uint8Array;
  /**
   * A number of any size up to 114 octets, modulo L.
   *
   * @param wide - 1 to 114 octets, little-endian
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_length`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * console.log(group448.scalarFromWide(Uint8Array.of(7))[0]); // 7
   * ```
   * Constant time: yes on the compiled backend; on `js` the reduction is BigInt. RFC 8032 section 5.2.6 step 2.
   */
  scalarFromWide(wide: Uint8Array): Uint8Array;
  /**
   * a + b modulo L.
   *
   * @param a - 56 octets, below L
   * @param b - 56 octets, below L
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const two = group448.scalarFromWide(Uint8Array.of(2));
   * console.log(group448.scalarAdd(two, two)[0]); // 4
   * ```
   * Constant time: yes on the compiled backend; on `js` it is BigInt. RFC 8032 section 5.2.
   */
  scalarAdd(a: Uint8Array, b: Uint8Array): Uint8Array;
  /**
   * a b modulo L.
   *
   * @param a - 56 octets, below L
   * @param b - 56 octets, below L
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const three = group448.scalarFromWide(Uint8Array.of(3));
   * console.log(group448.scalarMul(three, three)[0]); // 9
   * ```
   * Constant time: yes on the compiled backend; on `js` it is BigInt. RFC 8032 section 5.2.
   */
  scalarMul(a: Uint8Array, b: Uint8Array): Uint8Array;
  /**
   * -a modulo L.
   *
   * @param a - 56 octets, below L
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const one = group448.scalarFromWide(Uint8Array.of(1));
   * console.log(group448.scalarNegate(one)[0]); // 242
   * ```
   * Constant time: yes on the compiled backend; on `js` it is BigInt. RFC 8032 section 5.2.
   */
  scalarNegate(a: Uint8Array): Uint8Array;
  /**
   * 1 / a modulo L.
   *
   * @param a - 56 octets, below L, not zero
   * @returns 56 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `zero_scalar`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const seven = group448.scalarFromWide(Uint8Array.of(7));
   * console.log(group448.scalarMul(seven, group448.scalarInvert(seven))[0]); // 1
   * ```
   * Constant time: yes on the compiled backend, by Fermat's theorem; on `js` it is BigInt. RFC 8032 section 5.2.
   */
  scalarInvert(a: Uint8Array): Uint8Array;
  /**
   * P + Q for any two points of the curve, the identity and points of small order included.
   *
   * @param p - 57 octets
   * @param q - 57 octets
   * @returns 57 octets
   * @throws MeshError `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const one = group448.scalarFromWide(Uint8Array.of(1));
   * const B = group448.baseMultiply(one);
   * console.log(group448.pointAdd(B, B).length); // 57
   * ```
   * Constant time: no, because points are public. RFC 8032 section 5.2.4.
   */
  pointAdd(p: Uint8Array, q: Uint8Array): Uint8Array;
  /**
   * s P for a point of the prime-order subgroup. Others are refused: they would give away s modulo 4.
   *
   * @param scalar - 56 octets, below L; zero gives the identity
   * @param p - 57 octets
   * @returns 57 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`, `bad_public_length`, the codes of
   * {@link Group448.validatePoint}; on `js` also `random_failed`, since blinding needs a random source
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * const two = group448.scalarFromWide(Uint8Array.of(2));
   * console.log(group448.pointMultiply(two, group448.baseMultiply(two)).length); // 57
   * ```
   * Constant time: yes in the scalar on the compiled backend; on `js` the scalar is split at random, but BigInt is not constant
   * time. RFC 8032 section 5.2.4.
   */
  pointMultiply(scalar: Uint8Array, p: Uint8Array): Uint8Array;
  /**
   * s B for the base point B.
   *
   * @param scalar - 56 octets, below L; zero gives the identity
   * @returns 57 octets
   * @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range`; on `js` also `random_failed`
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * console.log(group448.baseMultiply(new Uint8Array(56))[0]); // 1
   * ```
   * Constant time: yes in the scalar on the compiled backend; on `js` the scalar is blinded, but BigInt is not constant time.
   * RFC 8032 section 5.2.4.
   */
  baseMultiply(scalar: Uint8Array): Uint8Array;
  /**
   * Accepts a point that may serve as a public key: canonical, on the curve, of prime order, not the identity.
   *
   * @param p - 57 octets
   * @throws MeshError `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base` (the identity
   * too), `not_in_prime_order_subgroup`, tested in this order
   * @example
   * ```ts
   * import { group448 } from 'mathmesh';
   * group448.validatePoint(group448.baseMultiply(group448.scalarFromSeed(new Uint8Array(57))));
   * ```
   * Constant time: no, because points are public. RFC 8032 section 5.2.3.
   */
  validatePoint(p: Uint8Array): void;
}

/** A point given by the caller, by its length. */
function pointOf(value: unknown, name: string): Uint8Array {
  return sized(value, name, 'bad_public_length', 57);
}

function wideOf(value: unknown): Uint8Array {
  const wide = bytes(value, 'wide');
  if (wide.length < 1 || wide.length > 114) fail('bad_length', `wide has ${wide.length} octets, not 1 to 114`);
  return wide;
}

/** {@link Group448} over a backend. */
export function makeGroup448(p: Provider): Group448 {
  return {
    scalarFromSeed(seed) {
      const { scalar, prefix } = expandSeed(p, seed, 'seed');
      wipe(prefix);
      return scalar;
    },
    scalarFromWide: (wide) => p().scalarReduce(wideOf(wide)),
    scalarAdd: (a, b) => p().scalarAdd(reduced(a, 'a'), reduced(b, 'b')),
    scalarMul: (a, b) => p().scalarMul(reduced(a, 'a'), reduced(b, 'b')),
    scalarNegate: (a) => p().scalarNegate(reduced(a, 'a')),
    scalarInvert: (a) => p().scalarInvert(reducedNonZero(a, 'a')),
    pointAdd: (a, b) => p().edwardsAdd(pointOf(a, 'p'), pointOf(b, 'q')),
    pointMultiply: (scalar, point) => p().edwardsMultiply(reduced(scalar, 'scalar'), pointOf(point, 'p')),
    baseMultiply: (scalar) => p().edwardsBaseMultiply(reduced(scalar, 'scalar')),
    validatePoint: (point) => p().edwardsValidate(pointOf(point, 'p')),
  };
}
