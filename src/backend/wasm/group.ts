/** Scalars modulo L and the groups edwards448 and curve448 over the module. */
import type { Backend } from '../types.ts';
import type { Core } from './core.ts';
import { check } from './status.ts';

const SCALAR_LENGTH = 56;
const POINT_LENGTH = 57;

type GroupOperations = Pick<
  Backend,
  | 'scalarReduce'
  | 'scalarAdd'
  | 'scalarMul'
  | 'scalarNegate'
  | 'scalarInvert'
  | 'edwardsValidate'
  | 'edwardsAdd'
  | 'edwardsMultiply'
  | 'edwardsBaseMultiply'
  | 'montgomeryValidate'
  | 'montgomeryAdd'
  | 'montgomeryMultiply'
  | 'montgomeryBaseMultiply'
>;

export function groupOperations(core: Core): GroupOperations {
  const { abi } = core;

  /** A function with a result of `length` octets and, for points, a status; its arguments are copied in. */
  const lift =
    (length: number, f: (out: number, ...pointers: number[]) => number | void) =>
    (...args: Uint8Array[]): Uint8Array =>
      core.run(() => {
        const out = core.reserve(length);
        check(f(out, ...args.map((arg) => core.put(arg))) ?? 0);
        return core.take(out, length);
      });
  const validate = (f: (p: number) => number) => (p: Uint8Array) => core.run(() => check(f(core.put(p))));
  const scalar = (f: (out: number, ...pointers: number[]) => void) => lift(SCALAR_LENGTH, f);
  const point = (f: (out: number, ...pointers: number[]) => number | void) => lift(POINT_LENGTH, f);

  return {
    scalarReduce: (wide) => scalar((out, octets) => abi.scalar_reduce(out, octets as number, wide.length))(wide),
    scalarAdd: scalar(abi.scalar_add),
    scalarMul: scalar(abi.scalar_mul),
    scalarNegate: scalar(abi.scalar_negate),
    scalarInvert: scalar(abi.scalar_invert),
    edwardsValidate: validate(abi.edwards_validate),
    edwardsAdd: point(abi.edwards_add),
    edwardsMultiply: point(abi.edwards_multiply),
    edwardsBaseMultiply: point(abi.edwards_base_multiply),
    montgomeryValidate: validate(abi.montgomery_validate),
    montgomeryAdd: point(abi.montgomery_add),
    montgomeryMultiply: point(abi.montgomery_multiply),
    montgomeryBaseMultiply: point(abi.montgomery_base_multiply),
  };
}
