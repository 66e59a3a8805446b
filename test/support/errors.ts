/**
 * Expectations about errors: which code, and that nothing but a MeshError ever comes out.
 */
import { expect } from 'vitest';
import { type ErrorCode, MeshError } from '../../src/errors.ts';

/** The code of the MeshError that `call` throws; 'returned' when it does not throw. Any other error is thrown on. */
export function codeOf(call: () => unknown): ErrorCode | 'returned' {
  try {
    call();
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
  return 'returned';
}

/** Asserts that `call` throws a MeshError with this code. */
export function expectCode(code: ErrorCode, call: () => unknown): void {
  expect(codeOf(call)).toBe(code);
}
