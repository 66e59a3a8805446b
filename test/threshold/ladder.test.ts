/**
 * The published intermediate values of the ladder, and multiplication of signed u against it (threshold keys, section A6).
 */
import { describe, expect, it } from 'vitest';
import { groupOf } from '../../src/threshold/group.ts';
import { backends } from '../support/backends.ts';
import { codeOf } from '../support/errors.ts';
import { curve448, curve25519, divide, encode, ladder, multiply, recovered } from '../support/montgomery.ts';
import { hex, littleEndian, pattern } from '../support/octets.ts';
import { ladders } from './ladders.ts';

const curves = { X25519: curve25519, X448: curve448 };

describe.each(ladders)('the ladder of $id', ({ crv, u, v, scalar, x2, z2, x3, z3, contribution }) => {
  const curve = curves[crv];
  const { p } = curve;

  it('has the printed results', () => {
    expect(ladder(curve, scalar, u)).toEqual({ x2, z2, x3, z3 });
    expect(divide(x2, z2, p)).toBe(multiply(curve, scalar, { u, v })?.u);
    expect(divide(x3, z3, p)).toBe(multiply(curve, scalar + 1n, { u, v })?.u);
  });

  it.each(backends)('recovers the printed point, which $name gives too', ({ backend }) => {
    const group = groupOf(() => backend, crv);
    const point = recovered(curve, scalar, { u, v })!;
    expect(hex(encode(curve, point))).toBe(contribution);
    const s = group.reduce(littleEndian(scalar, curve.length));
    expect(hex(group.times(s, encode(curve, { u, v })))).toBe(contribution);
  });
});

describe.each(backends.flatMap((subject) => (['X25519', 'X448'] as const).map((crv) => ({ ...subject, crv }))))(
  'multiplication on $crv on $name',
  ({ backend, crv }) => {
    const curve = curves[crv];
    const group = groupOf(() => backend, crv);
    const P = group.base(group.reduce(pattern(group.wideLength)));
    const times = (k: bigint) => group.times(littleEndian(k, curve.length), P);

    it('is that of the ladder for k = 1, 2, L - 2 and L - 1, where the closed formula divides by zero', () => {
      const negative = P.slice();
      negative[curve.length]! ^= 0x80;
      expect(hex(times(1n))).toBe(hex(P));
      expect(hex(times(curve.L - 1n))).toBe(hex(negative));
      expect(hex(times(curve.L - 2n))).toBe(hex(group.plus(negative, negative)));
      expect(hex(times(2n))).toBe(hex(group.plus(P, P)));
    });

    it('has no result for k = 0', () => {
      expect(codeOf(() => times(0n))).toBe('identity_result');
    });
  },
);
