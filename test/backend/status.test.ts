import { expect, test } from 'vitest';
import { check } from '../../src/backend/wasm/status.ts';
import { codeOf } from '../support/errors.ts';

test('only the status 0 passes: one that the module does not have is refused too (backend_unavailable)', () => {
  expect(codeOf(() => check(0))).toBe('returned');
  expect([1, 2, 3, 4, 5].map((status) => codeOf(() => check(status)))).toEqual([
    'noncanonical_encoding',
    'not_on_curve',
    'small_order_base',
    'not_in_prime_order_subgroup',
    'identity_result',
  ]);
  for (const status of [-1, 6, 255]) expect(codeOf(() => check(status))).toBe('backend_unavailable');
});
