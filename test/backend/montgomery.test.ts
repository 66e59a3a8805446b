import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  flipSign,
  mixedOrderMontgomery,
  nonCanonicalMontgomery,
  primeOrderMontgomery,
  scalarNumbers,
  smallOrderMontgomery,
  twistMontgomery,
  x448Secrets,
} from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import {
  type Affine,
  encodeMontgomery,
  L,
  montgomeryAdd,
  montgomeryBase,
  montgomeryMultiply,
  montgomeryPoint,
} from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { fromLittleEndian, hex, littleEndian } from '../support/octets.ts';

const decode = (encoding: Uint8Array) =>
  montgomeryPoint(fromLittleEndian(encoding.subarray(0, 56)), BigInt(encoding[56]! >> 7)) as Affine;

describe.each(backends)('curve448 points on $name', ({ backend }) => {
  test('L - 1 times a point is the point with the other sign, for many points', () => {
    for (const point of primeOrderMontgomery) {
      for (let k = 1n, at = point; k < 8n; k++, at = backend.montgomeryAdd(at, point)) {
        expect(hex(backend.montgomeryMultiply(littleEndian(L - 1n, 56), at))).toBe(hex(flipSign(at)));
        if (hex(at) === hex(flipSign(point))) break;
      }
    }
  });

  test('the base point is u = 5 with even v (RFC 7748 section 4.2)', () => {
    expect(hex(backend.montgomeryBaseMultiply(littleEndian(1n, 56)))).toBe(hex(littleEndian(5n, 57)));
    expect(montgomeryBase.y & 1n).toBe(0n);
  });

  test('addition equals the affine law for any two points, also equal, opposite and of small order', () => {
    const all = [
      ...primeOrderMontgomery.slice(0, 4),
      flipSign(primeOrderMontgomery[2]!),
      ...smallOrderMontgomery,
      ...mixedOrderMontgomery,
    ];
    for (const a of all) {
      for (const b of all) {
        const sum = montgomeryAdd(decode(a), decode(b));
        if (sum === undefined) expect(codeOf(() => backend.montgomeryAdd(a, b))).toBe('identity_result');
        else expect(hex(backend.montgomeryAdd(a, b))).toBe(hex(encodeMontgomery(sum)));
      }
    }
  });

  test('multiplication equals double-and-add, and zero gives no key (identity_result)', () => {
    fc.assert(
      fc.property(scalarNumbers, fc.constantFrom(...primeOrderMontgomery), (s, P) => {
        const scalar = littleEndian(s, 56);
        const model = montgomeryMultiply(s, decode(P));
        const base = montgomeryMultiply(s, montgomeryBase);
        if (model === undefined || base === undefined) {
          expect(codeOf(() => backend.montgomeryMultiply(scalar, P))).toBe('identity_result');
          expect(codeOf(() => backend.montgomeryBaseMultiply(scalar))).toBe('identity_result');
        } else {
          expect(hex(backend.montgomeryMultiply(scalar, P))).toBe(hex(encodeMontgomery(model)));
          expect(hex(backend.montgomeryBaseMultiply(scalar))).toBe(hex(encodeMontgomery(base)));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('u agrees with X448, which has no signs (RFC 7748 section 5)', () => {
    fc.assert(
      fc.property(x448Secrets, (k) => {
        const pruned = k.slice();
        pruned[0] = pruned[0]! & 0xfc;
        pruned[55] = pruned[55]! | 0x80;
        const s = littleEndian(fromLittleEndian(pruned) % L, 56);
        if (fromLittleEndian(s) === 0n) return;
        const P = primeOrderMontgomery[4]!;
        expect(hex(backend.montgomeryBaseMultiply(s).subarray(0, 56))).toBe(hex(backend.x448Base(k)));
        expect(hex(backend.montgomeryMultiply(s, P).subarray(0, 56))).toBe(hex(backend.x448(k, P.subarray(0, 56))));
      }),
      { numRuns: 12 },
    );
  });

  test('points are refused with the first code that applies (Mesh key combination, section 6)', () => {
    const one = littleEndian(1n, 56);
    for (const [code, points] of [
      ['noncanonical_encoding', nonCanonicalMontgomery],
      ['not_on_curve', twistMontgomery],
      ['small_order_base', smallOrderMontgomery],
      ['not_in_prime_order_subgroup', mixedOrderMontgomery],
      ['returned', primeOrderMontgomery],
    ] as const) {
      for (const point of points) {
        expect(codeOf(() => backend.montgomeryValidate(point))).toBe(code);
        expect(codeOf(() => backend.montgomeryMultiply(one, point))).toBe(code);
      }
    }
  });
});
