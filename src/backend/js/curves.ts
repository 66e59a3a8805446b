/**
 * The three curves on the generic curves of @noble/curves: edwards448 (RFC 8032 section 5.2), E448 (NIST SP 800-186 section 3.2.3.3) and the
 * ladder of curve448 (RFC 7748 section 5). Its `ed448.js` has them too, but loads protocols that this package does not use and
 * computes all of it at import. Here each is made on first use, because the library tests the parameters.
 */
import { type EdwardsPoint, type EdwardsPointCons, edwards } from '@noble/curves/abstract/edwards.js';
import { Field, pow2 } from '@noble/curves/abstract/modular.js';
import { type MontgomeryECDH, montgomery } from '@noble/curves/abstract/montgomery.js';
import { clamped } from './clamp.ts';

export type { EdwardsPoint };

// Shifts, because some compilers turn ** into Math.pow, which takes no BigInt.
const p = (1n << 448n) - (1n << 224n) - 1n;
/** L, the prime order of the base points: RFC 8032 section 5.2. */
export const order: bigint = (1n << 446n) - 0x8335dc163bb124b65129c96fde933d8d723a70aadc873d6d54a7bb0dn;

/** Modulo p and modulo L, in the 57 octets of RFC 8032. */
export const Fp = /* @__PURE__ */ Field(p, { BITS: 456, isLE: true });
export const Fn = /* @__PURE__ */ Field(order, { BITS: 456, isLE: true });

/** x^((p - 3) / 4), p - 3 over 4 being 2^446 - 2^222 - 1: a run of 223 ones, then a zero and 222 ones. */
function powPminus3div4(x: bigint): bigint {
  /** x to a run of a + b ones from runs of a and b. */
  const join = (high: bigint, b: bigint, low: bigint) => (pow2(high, b, p) * low) % p;
  const ones2 = join(x, 1n, x);
  const ones3 = join(ones2, 1n, x);
  const ones6 = join(ones3, 3n, ones3);
  const ones12 = join(ones6, 6n, ones6);
  const ones24 = join(ones12, 12n, ones12);
  const ones27 = join(ones24, 3n, ones3);
  const ones54 = join(ones27, 27n, ones27);
  const ones108 = join(ones54, 54n, ones54);
  const ones111 = join(ones108, 3n, ones3);
  const ones222 = join(ones111, 111n, ones111);
  return join(join(ones222, 1n, x), 223n, ones222);
}

/** A root of x if there is one, else one of -x. */
export function squareRoot(x: bigint): bigint {
  return Fp.mul(x, powPminus3div4(x));
}

/** RFC 8032 section 5.2.3, steps 2 and 3: x = u^3 v (u^5 v^3)^((p - 3) / 4). */
function uvRatio(u: bigint, v: bigint): { isValid: boolean; value: bigint } {
  const u3v = Fp.mul(Fp.pow(u, 3n), v);
  const value = Fp.mul(u3v, powPminus3div4(Fp.mul(u3v, Fp.sqr(Fp.mul(u, v)))));
  return { isValid: Fp.mul(v, Fp.sqr(value)) === u, value };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const common = { p, n: order, h: 4n, a: 1n };

/** x^2 + y^2 = 1 - 39081 x^2 y^2. */
export const edwards448: () => EdwardsPointCons = once(() =>
  edwards(
    {
      ...common,
      d: p - 39081n,
      Gx: 0x4f1970c66bed0ded221d15a622bf36da9e146570470f1767ea6de324a3d3a46412ae1af72ab66511433b80e18b00938e2626a82bc70cc05en,
      Gy: 0x693f46716eb6bc248876203756c9c7624bea73736ca3984087789c1e05a0c2d73ad3ff1ce67c39c4fdbd132c4ed7c8ad9808795bf230fa14n,
    },
    { Fp, Fn, uvRatio },
  ),
);

/** x^2 + y^2 = 1 + 39082 / 39081 x^2 y^2, isomorphic to curve448. */
export const E448: () => EdwardsPointCons = once(() =>
  edwards(
    {
      ...common,
      d: Fp.div(39082n, 39081n),
      Gx: 0x79a70b2b70400553ae7c9df416c792c61128751ac92969240c25a07d728bdc93e21f7787ed6972249de732f38496cd11698713093e9c04fcn,
      Gy: Fp.div(3n, 2n),
    },
    { Fp, Fn },
  ),
);

/** u coordinates of v^2 = u^3 + 156326 u^2 + u. */
export const curve448: () => MontgomeryECDH = once(() =>
  montgomery({
    P: p,
    type: 'x448',
    adjustScalarBytes: clamped,
    powPminus2: (x) => Fp.mul(pow2(powPminus3div4(x), 2n, p), x),
  }),
);
