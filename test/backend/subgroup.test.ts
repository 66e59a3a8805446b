import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import {
  B,
  edwardsAdd,
  edwardsMultiply,
  encodeEdwards,
  encodeMontgomery,
  L,
  montgomeryAdd,
  montgomeryBase,
  montgomeryMultiply,
  montgomeryTorsion,
  torsion,
} from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';

// Multiples s B for a few dozen s without structure, and both ends; the model computes them.
const multiples = [1n, L - 1n, ...Array.from({ length: 30 }, (_, i) => 3n ** BigInt(281 + i) % L)];
const mixed = 'not_in_prime_order_subgroup';

describe.each(backends)('the subgroup of order L, on $name', ({ backend }) => {
  test('of the four cosets of edwards448 only the subgroup itself is accepted', () => {
    for (const s of multiples) {
      const point = edwardsMultiply(s, B);
      const verdicts = torsion.map((t) => codeOf(() => backend.edwardsValidate(encodeEdwards(edwardsAdd(point, t)))));
      expect(verdicts).toEqual(['returned', mixed, mixed, mixed]);
    }
  });

  test('of the four cosets of curve448 only the subgroup itself is accepted', () => {
    for (const s of multiples) {
      const point = montgomeryMultiply(s, montgomeryBase)!;
      const verdicts = [point, ...montgomeryTorsion.map((t) => montgomeryAdd(point, t)!)].map((coset) =>
        codeOf(() => backend.montgomeryValidate(encodeMontgomery(coset))),
      );
      expect(verdicts).toEqual(['returned', mixed, mixed, mixed]);
    }
  });
});
