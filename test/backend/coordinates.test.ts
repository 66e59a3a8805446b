/**
 * Coordinates of which all octets but one are zero: no octet of a number is left out where it is compared with zero, encoded or multiplied.
 */
import { describe, expect, test } from 'vitest';
import { jsBackend } from '../../src/backend/js/index.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { encodeMontgomery, montgomeryPoint } from '../support/curve448.ts';
import { codeOf } from '../support/errors.ts';
import { hex, littleEndian, pattern } from '../support/octets.ts';

const wasm = wasmBackend();
const key = pattern(56);

/** The first three points of curve448 with u = k 256^position. */
function points(position: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let k = 2n; found.length < 3; k++) {
    const point = montgomeryPoint(k << BigInt(8 * position), k & 1n);
    if (point !== undefined) found.push(encodeMontgomery(point));
  }
  return found;
}

describe.each(Array.from({ length: 55 }, (_, i) => i))('u with one octet, at place %i', (position) => {
  test('is judged and multiplied alike by both backends, and is never zero', () => {
    for (const point of points(position)) {
      const verdict = codeOf(() => wasm.montgomeryValidate(point));
      expect(['returned', 'not_in_prime_order_subgroup']).toContain(verdict);
      expect(codeOf(() => jsBackend.montgomeryValidate(point))).toBe(verdict);
    }
    const u = littleEndian(9n << BigInt(8 * position), 56);
    expect(hex(wasm.x448(key, u))).toBe(hex(jsBackend.x448(key, u)));
  });
});
