/**
 * The two curves on which Mesh keys are combined, as values with the same operations (Mesh key combination, section 1).
 * edwards448 and curve448 are isogenous, not isomorphic: neither ever stands in for the other. Not for secret keys.
 */
import type { Provider } from '../backend/types.ts';
import { equal, sized } from '../bytes.ts';
import { fail } from '../errors.ts';

/** The name of a curve in a key. */
export type Crv = 'Ed448' | 'X448';

/** The group of one curve over a backend. Points are 57 octets: an Edwards encoding or a signed u. */
export interface Curve {
  readonly crv: Crv;
  /** Lengths of a public key: X448 keys may come without the sign octet. */
  readonly publicLengths: readonly number[];
  /** Octets of a point that enter a key derivation (section 8): all for Ed448, u without the sign for X448. */
  readonly agreementLength: number;
  validate(point: Uint8Array): void;
  add(a: Uint8Array, b: Uint8Array): Uint8Array;
  multiply(scalar: Uint8Array, point: Uint8Array): Uint8Array;
  baseMultiply(scalar: Uint8Array): Uint8Array;
}

/** @throws MeshError `unsupported_algorithm` */
function curveOf(p: Provider, crv: string): Curve {
  switch (crv) {
    case 'Ed448':
      return {
        crv,
        publicLengths: [57],
        agreementLength: 57,
        validate: (point) => p().edwardsValidate(point),
        add: (a, b) => p().edwardsAdd(a, b),
        multiply: (scalar, point) => p().edwardsMultiply(scalar, point),
        baseMultiply: (scalar) => p().edwardsBaseMultiply(scalar),
      };
    case 'X448':
      return {
        crv,
        publicLengths: [57, 56],
        agreementLength: 56,
        validate: (point) => p().montgomeryValidate(point),
        add: (a, b) => p().montgomeryAdd(a, b),
        multiply: (scalar, point) => p().montgomeryMultiply(scalar, point),
        baseMultiply: (scalar) => p().montgomeryBaseMultiply(scalar),
      };
    default:
      return fail('unsupported_algorithm', 'crv');
  }
}

/** The one curve that all the names stand for; `undefined` names no curve. @throws MeshError `curve_mismatch`, `unsupported_algorithm` */
export function commonCurve(p: Provider, ...names: (string | undefined)[]): Curve {
  const given = names.filter((name) => name !== undefined);
  const curve = curveOf(p, given[0] ?? 'Ed448');
  for (const name of given) {
    if (curveOf(p, name).crv !== curve.crv) fail('curve_mismatch', `${curve.crv} and ${name}`);
  }
  return curve;
}

/** A public key by its length. @throws MeshError `not_bytes`, `bad_public_length` */
export function publicOctets(curve: Curve, value: unknown, name: string): Uint8Array {
  return sized(value, name, 'bad_public_length', ...curve.publicLengths);
}

const identity = /* @__PURE__ */ Uint8Array.from({ length: 57 }, (_, i) => (i === 0 ? 1 : 0));

/** Whether a point is the identity of edwards448; a signed u never is one. Constant time: yes, an agreement value is secret. */
export function isIdentity(curve: Curve, point: Uint8Array): boolean {
  return curve.crv === 'Ed448' && equal(point, identity);
}
