import { expect, test } from 'vitest';
import { multiplyBlinded } from '../../src/backend/js/multiply.ts';
import { L, mod } from '../support/curve448.ts';

/** A point that only remembers what it was multiplied by. */
class Recorder {
  readonly scalars: bigint[] = [];
  multiply(scalar: bigint): this {
    this.scalars.push(scalar);
    return this;
  }
  add(): this {
    return this;
  }
}

test('a secret scalar never reaches the variable part of the library as it is: two random parts add up to it', () => {
  for (const s of [0n, 1n, 2n ** 100n, L - 1n]) {
    const seen = new Set<bigint>();
    for (let i = 0; i < 10; i++) {
      const point = new Recorder();
      multiplyBlinded(point as never, s);
      expect(point.scalars.length).toBe(2);
      expect(mod(point.scalars[0]! + point.scalars[1]!, L)).toBe(s);
      for (const part of point.scalars) {
        expect(part > 0n && part < L).toBe(true);
        seen.add(part);
      }
    }
    expect(seen.size).toBe(20);
    expect(seen.has(s)).toBe(false);
  }
});
