import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { A, B, C, type Internals, internals, L, OCTETS, p } from './internals.ts';

let core: Internals;
beforeAll(async () => {
  core = await internals();
});

const mod = (x: bigint) => ((x % p) + p) % p;
/** 1u (assembly/fp448.ts). */
const unit = 2 ** 27 + 2 ** 9;

/** Values where carries and reductions turn. */
const edges = [0n, 1n, 2n, p - 1n, p, p + 1n, 2n ** 224n, 2n ** 224n - 1n, 2n ** 448n - 1n, (p - 1n) / 2n];
const value = fc.oneof(fc.constantFrom(...edges), fc.bigInt(0n, 2n ** 448n - 1n));

/** Whether x, which is not zero, is a square. */
const euler = (x: bigint) => {
  let result = 1n;
  for (let b = x, e = (p - 1n) / 2n; e > 0n; e >>= 1n, b = (b * b) % p) if (e & 1n) result = (result * b) % p;
  return result === 1n;
};

/** Limbs of at most `u` units, weighted to the extremes. */
const limbs = (u: number) =>
  fc.array(fc.oneof(fc.constantFrom(-u * unit, u * unit, 0, 1, -1), fc.integer({ min: -u * unit, max: u * unit })), {
    minLength: 16,
    maxLength: 16,
  });

const load = (at: number, x: bigint) => {
  core.setOctets(OCTETS, x, 56);
  core.call('fp_from_octets', at, OCTETS);
};
const setLimbs = (at: number, array: number[]) => core.setLimbs(at, (k) => array[k] as number);
const isOneUnit = (at: number) => {
  for (let k = 0; k < 16; k++) expect(Math.abs(core.limb(at, k))).toBeLessThanOrEqual(unit);
};

describe('the field 2^448 - 2^224 - 1 in the module, against BigInt', () => {
  it('reads and writes every value of 56 octets modulo p', () => {
    fc.assert(
      fc.property(value, (x) => {
        load(A, x);
        isOneUnit(A);
        expect(core.element(A)).toBe(mod(x));
        core.call('fp_to_octets', OCTETS, A);
        expect(core.octets(OCTETS, 56)).toBe(mod(x));
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the least residue of unreduced limbs up to 4 units', () => {
    fc.assert(
      fc.property(limbs(4), (x) => {
        setLimbs(A, x);
        const expected = core.element(A);
        core.call('fp_to_octets', OCTETS, A);
        expect(core.octets(OCTETS, 56)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes the least residue where only the third carry pass brings every limb into range', () => {
    // Limbs within 4u. The first pass leaves a carry at the top, the second one again, and lo0 at 2^28. That shows in the octets
    // when lo1 is odd, as in the second value; in the first the octet for lo0 overflows into a zero bit of lo1.
    for (const low of [2n ** 28n - 2n, 2n ** 29n - 2n]) {
      const value = 2n ** 449n - 2n ** 224n + low;
      const x = Array.from({ length: 16 }, (_, k) => Number((value >> BigInt(28 * k)) & 0xfffffffn));
      x[15] = Number(value >> 420n);
      expect(Math.max(...x)).toBeLessThanOrEqual(4 * unit);
      setLimbs(A, x);
      core.call('fp_to_octets', OCTETS, A);
      expect(core.octets(OCTETS, 56)).toBe(mod(value));
    }
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
  ])('multiplies limbs of %d and %d units, all at their extremes included', (ua, ub) => {
    fc.assert(
      fc.property(limbs(ua), limbs(ub), (x, y) => {
        setLimbs(A, x);
        setLimbs(B, y);
        const expected = mod(core.element(A) * core.element(B));
        core.call('fp_mul', C, A, B);
        expect(core.element(C)).toBe(expected);
        isOneUnit(C);
      }),
      { numRuns: 3000 },
    );
  });

  it('squares limbs of up to 3 units', () => {
    fc.assert(
      fc.property(limbs(3), (x) => {
        setLimbs(A, x);
        const expected = mod(core.element(A) ** 2n);
        core.call('fp_sqr', A, A);
        expect(core.element(A)).toBe(expected);
        isOneUnit(A);
      }),
      { numRuns: 3000 },
    );
  });

  it('squares two elements side by side, all limbs at their extremes included', () => {
    // Limb k of element e; what lies behind OCTETS in the I/O page is free.
    const at = (e: number, k: number) => OCTETS + 64 + 4 * (4 * (k & 7) + 2 * (k >> 3) + e);
    fc.assert(
      fc.property(limbs(1), limbs(1), (x, y) => {
        const expected = [x, y].map((array, e) => {
          for (const [k, limb] of array.entries()) core.setOctets(at(e, k), BigInt.asUintN(32, BigInt(limb)), 4);
          return mod(array.reduce((sum, limb, k) => sum + (BigInt(limb) << BigInt(28 * k)), 0n) ** 2n);
        });
        core.call('fp_sqr_two', at(0, 0), at(0, 0));
        expected.forEach((square, e) => {
          setLimbs(
            A,
            Array.from({ length: 16 }, (_, k) => core.limb(at(e, k), 0)),
          );
          expect(core.element(A)).toBe(square);
          isOneUnit(A);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    [4, 2],
    [4, 3],
  ])('breaks beyond the stated bound: %d units times %d with all limbs at the extreme', (ua, ub) => {
    setLimbs(A, Array(16).fill(ua * unit));
    setLimbs(B, Array(16).fill(ub * unit));
    const expected = mod(core.element(A) * core.element(B));
    core.call('fp_mul', C, A, B);
    expect(core.element(C)).not.toBe(expected);
  });

  it('multiplies by a small constant, adds, subtracts, negates and carries', () => {
    fc.assert(
      fc.property(limbs(3), limbs(1), fc.integer({ min: 1 - 2 ** 20, max: 2 ** 20 - 1 }), (x, y, c) => {
        setLimbs(A, x);
        setLimbs(B, y);
        const [a, b] = [core.element(A), core.element(B)];
        core.call('fp_mul_small', C, A, c);
        expect(core.element(C)).toBe(mod(a * BigInt(c)));
        isOneUnit(C);
        core.call('fp_add', C, A, B);
        expect(core.element(C)).toBe(mod(a + b));
        core.call('fp_sub', C, A, B);
        expect(core.element(C)).toBe(mod(a - b));
        core.call('fp_neg', C, A);
        expect(core.element(C)).toBe(mod(-a));
        core.call('fp_weak', C, A);
        expect(core.element(C)).toBe(a);
        isOneUnit(C);
      }),
      { numRuns: 2000 },
    );
  });

  it('inverts, and takes zero to zero', () => {
    fc.assert(
      fc.property(value, (x) => {
        load(A, x);
        core.call('fp_inv', C, A);
        expect(mod(core.element(C) * x)).toBe(mod(x) === 0n ? 0n : 1n);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes the square root of a ratio exactly when there is one (RFC 8032 section 5.2.3)', () => {
    fc.assert(
      fc.property(value, value, (x, y) => {
        load(A, x);
        load(B, y);
        const found = core.call('fp_sqrt_ratio', C, A, B) !== 0;
        const root = core.element(C);
        expect(found).toBe(mod(root * root * y - x) === 0n);
        if (mod(y) !== 0n) {
          // p = 3 (mod 4): exactly one of x/y and -x/y is a square, unless both are zero
          load(A, mod(-x));
          const opposite = core.call('fp_sqrt_ratio', C, A, B) !== 0;
          expect(found !== opposite || mod(x) === 0n).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes two square roots at once, the same as one by one, and those are squares themselves', () => {
    const [u, v, out] = [0, 1, 2].map((i) => OCTETS + 64 + 128 * i) as [number, number, number];
    fc.assert(
      fc.property(value, value, value, value, (a, b, c, d) => {
        for (const [i, x] of [a, b].entries()) load(u + 64 * i, x);
        for (const [i, x] of [c, d].entries()) load(v + 64 * i, x);
        const verdict = core.call('fp_sqrt_ratio_two', out, u, v);
        const single = [0, 1].map((i) => core.call('fp_sqrt_ratio', A + 64 * i, u + 64 * i, v + 64 * i));
        expect(verdict).toBe(Number(single[0] !== 0) | (2 * Number(single[1] !== 0)));
        for (const i of [0, 1]) {
          const root = core.element(out + 64 * i);
          expect(root).toBe(core.element(A + 64 * i));
          if ((verdict >> i) & 1 && root !== 0n) expect(euler(root)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('tells squares as Euler does, by the Jacobi symbol', () => {
    const edges = [
      1n,
      2n,
      3n,
      4n,
      7n,
      p - 1n,
      p - 2n,
      p - 3n,
      1n << 224n,
      1n << 447n,
      (1n << 448n) - 1n,
      (p + 1n) / 2n,
    ];
    fc.assert(
      fc.property(fc.oneof(value, fc.constantFrom(...edges), fc.bigInt({ min: 1n, max: 1n << 64n })), (x) => {
        fc.pre(mod(x) !== 0n);
        load(A, x);
        expect(core.call('fp_is_square_vartime', A) !== 0).toBe(euler(mod(x)));
      }),
      { numRuns: 500 },
    );
  });

  it('tells zero, parity, range and chooses by mask', () => {
    fc.assert(
      fc.property(value, value, (x, y) => {
        core.setOctets(OCTETS, x, 56);
        expect(core.call('fp_is_canonical', OCTETS)).toBe(x < p ? -1 : 0);
        load(A, x);
        load(B, y);
        expect(core.call('fp_is_zero', A)).toBe(mod(x) === 0n ? -1 : 0);
        expect(core.call('fp_is_odd', A)).toBe(mod(x) & 1n ? -1 : 0);
        core.call('fp_select', C, A, B, -1);
        expect(core.element(C)).toBe(mod(x));
        core.call('fp_select', C, A, B, 0);
        expect(core.element(C)).toBe(mod(y));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('signed digits of a scalar', () => {
  it('represents s as the sum of 450 digits of +-1 (modulo L)', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(0n, 1n, 2n, L - 1n, L - 2n), fc.bigInt(0n, L - 1n)), (s) => {
        core.setOctets(OCTETS, s, 56);
        core.call('sc_signed_bits', A, OCTETS);
        const h = core.octets(A, 56);
        expect(h).toBeLessThan(L);
        expect((((2n * h - (2n ** 450n - 1n)) % L) + L) % L).toBe(s);
      }),
      { numRuns: 500 },
    );
  });
});
