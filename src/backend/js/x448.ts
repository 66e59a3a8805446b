/**
 * X448 (RFC 7748 section 5): the function of clamped scalars and u coordinates alone. Not for points with a sign.
 */
import { numberToBytesLE } from '@noble/curves/utils.js';
import { clamped } from './clamp.ts';
import { curve448, edwards448, Fp } from './curves.ts';
import { multiplyBase } from './multiply.ts';
import { refuses } from './refusal.ts';
import { reduce } from './scalar.ts';

export const agreement = {
  x448(k: Uint8Array, u: Uint8Array): Uint8Array {
    // With the lengths of the contract the library refuses one thing: a result of zero.
    try {
      return curve448().scalarMult(k, u);
    } catch (error) {
      if (refuses(error, 'invalid private or public key received')) return new Uint8Array(56);
      throw error;
    }
  },
  /** The isogeny (x, y) -> y^2 / x^2 takes s B of edwards448 to s (5, v) of curve448, with the point at infinity at zero. */
  x448Base(k: Uint8Array): Uint8Array {
    const { X, Y } = multiplyBase(edwards448().BASE, reduce(clamped(k)));
    return numberToBytesLE(X === 0n ? 0n : Fp.div(Fp.sqr(Y), Fp.sqr(X)), 56);
  },
};
