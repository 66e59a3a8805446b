/**
 * What the module checks before a result leaves: every octet that the host puts in once more. That flips in between are found is the matter of
 * test/faults.test.ts; here nothing flips, and an octet is another one.
 */
import { describe, expect, test } from 'vitest';
import type { Abi } from '../../src/backend/wasm/abi.ts';
import { compiledModule } from '../../src/backend/wasm/index.ts';
import { primeOrderMontgomery } from '../arbitraries.ts';
import { pattern } from '../support/octets.ts';

const abi = new WebAssembly.Instance(compiledModule()).exports as unknown as Abi;
const memory = new Uint8Array(abi.memory.buffer);
/** Pieces of the I/O page, far enough apart. */
const piece = (i: number) => abi.io_pointer() + 128 * i;
const [out, s, p, octets, again, pAgain] = [0, 1, 2, 3, 4, 5].map(piece) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

const seed = pattern(57);
const scalar = pattern(56, 3);
scalar[55] = 0x12;
const point = primeOrderMontgomery[3] as Uint8Array;

/** An operation, and its check with what it takes: result and arguments. */
interface Checked {
  name: string;
  /** Computes with fresh arguments; the result is at `out`. */
  compute: () => void;
  /** What is put in once more. */
  given: () => { at: number; value: Uint8Array }[];
  check: () => void;
}

const copyOf = (at: number, length: number) => memory.slice(at, at + length);
const put = (at: number, value: Uint8Array) => memory.set(value, at);

const all: Checked[] = [
  {
    name: 'public key',
    compute: () => {
      put(s, seed);
      abi.ed448_public(out, s, 57);
    },
    given: () => [
      { at: octets, value: copyOf(out, 57) },
      { at: again, value: seed },
    ],
    check: () => abi.ed448_public_check(octets, again, 57),
  },
  {
    name: 'X448',
    compute: () => {
      put(s, scalar);
      put(p, point.subarray(0, 56));
      abi.x448(out, s, p);
    },
    given: () => [
      { at: octets, value: copyOf(out, 56) },
      { at: again, value: scalar },
      { at: pAgain, value: point.subarray(0, 56) },
    ],
    check: () => abi.x448_check(octets, s, again, pAgain),
  },
  {
    name: 'X448 of the base point',
    compute: () => {
      put(s, scalar);
      abi.x448_base(out, s);
    },
    given: () => [
      { at: octets, value: copyOf(out, 56) },
      { at: again, value: scalar },
    ],
    check: () => abi.x448_base_check(octets, s, again),
  },
  {
    name: 'multiple of the base point of edwards448',
    compute: () => {
      put(s, scalar);
      abi.edwards_base_multiply(out, s);
    },
    given: () => [
      { at: octets, value: copyOf(out, 57) },
      { at: again, value: scalar },
    ],
    check: () => abi.edwards_base_check(octets, s, again),
  },
  {
    name: 'multiple of a point of curve448',
    compute: () => {
      put(s, scalar);
      put(p, point);
      expect(abi.montgomery_multiply(out, s, p)).toBe(0);
    },
    given: () => [
      { at: octets, value: copyOf(out, 57) },
      { at: again, value: scalar },
      { at: pAgain, value: point },
    ],
    check: () => abi.montgomery_check(octets, s, again, pAgain),
  },
  {
    name: 'multiple of the base point of curve448',
    compute: () => {
      put(s, scalar);
      expect(abi.montgomery_base_multiply(out, s)).toBe(0);
    },
    given: () => [
      { at: octets, value: copyOf(out, 57) },
      { at: again, value: scalar },
    ],
    check: () => abi.montgomery_check(octets, s, again, 0),
  },
];

/** Whether the check finds a fault, with octet `at` of argument `which` changed in `bits`. */
function finds({ compute, given, check }: Checked, which: number, at: number, bits: number): number {
  compute();
  for (const [i, one] of given().entries()) {
    const value = one.value.slice();
    if (i === which) value[at] = (value[at] as number) ^ bits;
    put(one.at, value);
  }
  check();
  const found = abi.faults();
  abi.wipe(abi.io_length());
  return found;
}

describe.each(all.map((one) => [one.name, one] as const))('the check of a %s', (name, one) => {
  test('passes what is right', () => {
    expect(finds(one, -1, 0, 0)).toBe(0);
  });

  test('finds any octet that is another, of the result and of what it was made from', () => {
    one.compute();
    const lengths = one.given().map(({ value }) => value.length);
    abi.wipe(abi.io_length());
    for (const [which, length] of lengths.entries()) {
      for (let at = 0; at < length; at++) {
        // X448 clamps the first and the last octet of its key: these bits stay.
        const bits = name.startsWith('X448') && which === 1 && at === 55 ? 0x40 : 0x80;
        expect([which, at, finds(one, which, at, bits)]).toEqual([which, at, 1]);
      }
    }
  });
});
