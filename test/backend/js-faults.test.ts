import { afterEach, expect, test, vi } from 'vitest';
import type * as Curves from '../../src/backend/js/curves.ts';
import { jsBackend } from '../../src/backend/js/index.ts';
import { multiplyBase } from '../../src/backend/js/multiply.ts';
import { offCurveEdwards, primeOrderEdwards } from '../arbitraries.ts';
import { codeOf } from '../support/errors.ts';
import { littleEndian, pattern } from '../support/octets.ts';

const { fault, state } = vi.hoisted(() => ({
  fault: new RangeError('a fault of the engine or of the library'),
  state: { failing: false },
}));

// The objects of the library are frozen, so that the module that holds them is replaced by one that fails on demand.
vi.mock('../../src/backend/js/curves.ts', async (original) => {
  const curves = await original<typeof Curves>();
  const failing = <T>(call: () => T): T => {
    if (state.failing) throw fault;
    return call();
  };
  class Point extends (curves.edwards448() as never as new () => object) {
    static fromBytes = (octets: Uint8Array) => failing(() => curves.edwards448().fromBytes(octets));
  }
  const scalarMult = (k: Uint8Array, u: Uint8Array) => failing(() => curves.curve448().scalarMult(k, u));
  return { ...curves, edwards448: () => Point, curve448: () => ({ ...curves.curve448(), scalarMult }) };
});

afterEach(() => {
  state.failing = false;
  vi.unstubAllGlobals();
});

test('x448: only the refusal of the library stands for the all-zero result, a fault is thrown on', () => {
  expect(jsBackend.x448(pattern(56), littleEndian(1n, 56))).toEqual(new Uint8Array(56));
  state.failing = true;
  expect(() => jsBackend.x448(pattern(56), littleEndian(5n, 56))).toThrow(fault);
});

test('decoding: only the refusal of the library means that no x belongs to y, a fault is thrown on', () => {
  const key = primeOrderEdwards[1] as Uint8Array;
  expect(codeOf(() => jsBackend.edwardsValidate(offCurveEdwards[0] as Uint8Array))).toBe('not_on_curve');
  state.failing = true;
  expect(() => jsBackend.edwardsValidate(key)).toThrow(fault);
  expect(() => jsBackend.ed448Verify(new Uint8Array(114), pattern(3), key, new Uint8Array(0), 0)).toThrow(fault);
});

test('multiples of the base point: a failing random source is named, any other fault is thrown on', () => {
  const base = {
    multiply() {
      throw fault;
    },
  } as never;
  expect(() => multiplyBase(base, 1n)).toThrow(fault);
  vi.stubGlobal('crypto', undefined);
  expect(codeOf(() => multiplyBase(base, 1n))).toBe('random_failed');
});
