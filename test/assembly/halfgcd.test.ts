/**
 * Half-size multipliers of a scalar, against their definition (assembly/halfgcd.ts). Scalars of signatures are hashes, which seldom have a large quotient:
 * about one in two million. Here they have.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { A, B, C, type Internals, internals, L } from './internals.ts';

let core: Internals;
beforeAll(async () => {
  core = await internals();
});

const [U, V, K] = [A, B, C];

/** u and v with v k = u (mod L), v not zero, both short. */
function holds(k: bigint): void {
  core.setOctets(K, k, 56);
  const sign = core.call('half_size', U, V, K) === 0 ? 1n : -1n;
  const [u, v] = [core.octets(U, 56), core.octets(V, 56)];
  expect((v * k - sign * u) % L).toBe(0n);
  expect(v).not.toBe(0n);
  expect(u < 1n << 226n).toBe(true);
  expect(v < 1n << 226n).toBe(true);
}

describe('half-size multipliers in the module, against their definition', () => {
  it('are found for any scalar', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, L - 1n), (k) => holds(k)),
      { numRuns: 2000 },
    );
  });

  it('are found for scalars at the ends, and of every length', () => {
    for (const k of [0n, 1n, 2n, 3n, L - 1n, L - 2n, (L - 1n) / 2n, (L + 1n) / 2n]) holds(k);
    for (let bits = 0n; bits < 446n; bits++) for (const by of [-1n, 0n, 1n]) holds((1n << bits) + by);
  });

  it('are found where a quotient is large, the first or any other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 220 }).chain((size) => fc.bigInt(1n << BigInt(size), 2n << BigInt(size))),
        fc.bigInt(1n, 2n ** 64n),
        fc.bigInt(-2n, 2n),
        (denominator, numerator, by) => {
          // L / k is nearly denominator / numerator: the quotient after those of this fraction is large.
          const k = (L * (numerator % denominator)) / denominator + by;
          if (k >= 0n && k < L) holds(k);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
