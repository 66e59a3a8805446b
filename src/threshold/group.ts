/**
 * The four groups in which keys are shared, as values with the same operations: threshold keys, recryption and threshold signatures are written
 * once over them. The 448 groups are the backend's; the 25519 ones are @noble's on every backend.
 *
 * Scalars are little-endian octets below L; points are the encoding of the curve, for X curves u with a sign octet (0x80 when v is odd).
 * Not for what a protocol has to check beyond one argument.
 */
import type { Provider } from '../backend/types.ts';
import { equal, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { clampSecret, expandSeed, reduced } from '../scalar448.ts';
import { group25519 } from './group25519.ts';

/** The name of a curve in a key. */
export type GroupName = 'Ed448' | 'X448' | 'Ed25519' | 'X25519';

/** A prime-order group with its encodings. Arguments of the right type and length are the caller's business, values are checked here. */
export interface Group {
  readonly crv: GroupName;
  /** Octets of a scalar: 56 or 32. */
  readonly scalarLength: number;
  /** Octets that {@link reduce} takes at most: 114 or 64. */
  readonly wideLength: number;
  /** Octets of an encoded point: 57, 57, 32 or 33. */
  readonly pointLength: number;
  /** Octets of a point that enter a key derivation: all, or u without the sign. */
  readonly agreementLength: number;
  /** The pruned scalar of a secret key or seed, modulo L. @throws MeshError `not_bytes`, `bad_private_length` */
  fromSecretKey(secretKey: unknown, name: string): Uint8Array;
  /** A scalar from outside. @throws MeshError `not_bytes`, `bad_private_length`, `scalar_out_of_range` */
  scalar(value: unknown, name: string): Uint8Array;
  /** Octets of a number, up to {@link wideLength}, modulo L. */
  reduce(wide: Uint8Array): Uint8Array;
  add(a: Uint8Array, b: Uint8Array): Uint8Array;
  multiply(a: Uint8Array, b: Uint8Array): Uint8Array;
  negate(a: Uint8Array): Uint8Array;
  /** Zero gives zero. */
  invert(a: Uint8Array): Uint8Array;
  /** A point of order L from outside. @throws MeshError `not_bytes`, `bad_public_length`, `noncanonical_encoding`, `not_on_curve`, `small_order_base`, `not_in_prime_order_subgroup` */
  point(value: unknown, name: string): Uint8Array;
  /** P + Q of any two points. @throws MeshError `identity_result` when Q = -P */
  plus(p: Uint8Array, q: Uint8Array): Uint8Array;
  /** s P, P of order L, s secret. @throws MeshError `identity_result` for s = 0, and as {@link point} */
  times(s: Uint8Array, p: Uint8Array): Uint8Array;
  /**
   * The sum of s_i P_i, s public, P as {@link point}, and of `base` B when that secret scalar is given. Variable time in all but `base`.
   *
   * @throws MeshError `identity_result`, and as {@link point}
   */
  combination(scalars: readonly Uint8Array[], points: readonly Uint8Array[], base?: Uint8Array): Uint8Array;
  /** s B, s secret. @throws MeshError `identity_result` for s = 0 */
  base(s: Uint8Array): Uint8Array;
}

/** What differs between the two groups of the backend. */
interface Operations {
  fromSecretKey(secretKey: unknown, name: string): Uint8Array;
  validate(p: Uint8Array): void;
  plus(p: Uint8Array, q: Uint8Array): Uint8Array;
  times(s: Uint8Array, p: Uint8Array): Uint8Array;
  combination(scalars: readonly Uint8Array[], points: readonly Uint8Array[], base?: Uint8Array): Uint8Array;
  base(s: Uint8Array): Uint8Array;
}

const identity448 = /* @__PURE__ */ Uint8Array.from({ length: 57 }, (_, i) => (i === 0 ? 1 : 0));

/** A point, unless it is the identity: that has an encoding on edwards448, and no X key can be it. */
function finite(point: Uint8Array): Uint8Array {
  return equal(point, identity448) ? fail('identity_result') : point;
}

function group448(p: Provider, crv: 'Ed448' | 'X448', operations: Operations): Group {
  return {
    crv,
    scalarLength: 56,
    wideLength: 114,
    pointLength: 57,
    agreementLength: crv === 'Ed448' ? 57 : 56,
    fromSecretKey: operations.fromSecretKey,
    scalar: reduced,
    reduce: (wide) => p().scalarReduce(wide),
    add: (a, b) => p().scalarAdd(a, b),
    multiply: (a, b) => p().scalarMul(a, b),
    negate: (a) => p().scalarNegate(a),
    invert: (a) => p().scalarInvert(a),
    point(value, name) {
      const octets = sized(value, name, 'bad_public_length', 57);
      operations.validate(octets);
      return octets;
    },
    plus: operations.plus,
    times: operations.times,
    combination: operations.combination,
    base: operations.base,
  };
}

/** A group over a backend. @throws MeshError `unsupported_algorithm` */
export function groupOf(p: Provider, crv: unknown): Group {
  switch (crv) {
    case 'Ed448':
      return group448(p, crv, {
        fromSecretKey(secretKey, name) {
          const { scalar, prefix } = expandSeed(p, secretKey, name);
          prefix.fill(0);
          return scalar;
        },
        validate: (point) => p().edwardsValidate(point),
        plus: (a, b) => finite(p().edwardsAdd(a, b)),
        times: (s, point) => finite(p().edwardsMultiply(s, point)),
        combination: (scalars, points, base) => finite(p().edwardsCombination(scalars, points, base)),
        base: (s) => finite(p().edwardsBaseMultiply(s)),
      });
    case 'X448':
      return group448(p, crv, {
        fromSecretKey: (secretKey, name) => clampSecret(p, secretKey, name),
        validate: (point) => p().montgomeryValidate(point),
        plus: (a, b) => p().montgomeryAdd(a, b),
        times: (s, point) => p().montgomeryMultiply(s, point),
        // Nothing public is combined in a hurry here: no operation of its own in the backend.
        combination(scalars, points, base) {
          const terms = points.map((point, i) => p().montgomeryMultiply(scalars[i] as Uint8Array, point));
          if (base !== undefined) terms.push(p().montgomeryBaseMultiply(base));
          return terms.reduce((sum, term) => p().montgomeryAdd(sum, term));
        },
        base: (s) => p().montgomeryBaseMultiply(s),
      });
    case 'Ed25519':
    case 'X25519':
      return group25519(crv);
    default:
      return fail('unsupported_algorithm', 'crv');
  }
}
