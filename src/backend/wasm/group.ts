/** Scalars modulo L and the groups edwards448 and curve448 over the module. */
import type { Backend } from '../types.ts';
import type { Core } from './core.ts';
import { check } from './status.ts';

const SCALAR_LENGTH = 56;
const POINT_LENGTH = 57;
const WIDE_LIMIT = 114;
/** Most terms that the module sums together (assembly/memory.ts). */
const TERMS_LIMIT = 128;

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
  | 'edwardsCombination'
  | 'montgomeryValidate'
  | 'montgomeryAdd'
  | 'montgomeryMultiply'
  | 'montgomeryBaseMultiply'
>;

export function groupOperations(core: Core): GroupOperations {
  const { abi } = core;

  /** A function of points, or of a scalar and points, whose status may refuse them. */
  const point =
    (f: (out: number, ...pointers: number[]) => number) =>
    (...args: Uint8Array[]): Uint8Array =>
      core.twice(() => {
        const out = core.reserve(POINT_LENGTH);
        check(f(out, ...args.map((arg) => core.put(arg, POINT_LENGTH))));
        return core.take(out, POINT_LENGTH);
      });

  /** s B, or s P on curve448 with a status, with the check that goes with it. */
  const multiple =
    (
      multiply: (out: number, scalar: number, p: number) => unknown,
      confirm: (octets: number, s: number, scalar: number, p: number) => void,
    ) =>
    (scalar: Uint8Array, P?: Uint8Array): Uint8Array =>
      core.run(() => {
        const out = core.reserve(POINT_LENGTH);
        const s = core.put(scalar, SCALAR_LENGTH);
        const putPoint = () => (P === undefined ? 0 : core.put(P, POINT_LENGTH));
        check((multiply(out, s, putPoint()) as number | undefined) ?? 0);
        const result = core.take(out, POINT_LENGTH);
        confirm(core.put(result, POINT_LENGTH), s, core.put(scalar, SCALAR_LENGTH), putPoint());
        return result;
      });

  /** A function with a result of `length` octets that never refuses. */
  const total =
    (length: number, f: (out: number, ...pointers: number[]) => void) =>
    (...args: Uint8Array[]): Uint8Array =>
      core.twice(() => {
        const out = core.reserve(length);
        f(out, ...args.map((arg) => core.put(arg, POINT_LENGTH)));
        return core.take(out, length);
      });

  const scalar = (f: (out: number, ...pointers: number[]) => void) => total(SCALAR_LENGTH, f);
  const validate = (f: (p: number) => number) => (p: Uint8Array) => core.run(() => check(f(core.put(p, POINT_LENGTH))));

  /** A sum of up to TERMS_LIMIT multiples, and of one of the base point. */
  const combinationPart = (
    scalars: readonly Uint8Array[],
    points: readonly Uint8Array[],
    base?: Uint8Array,
  ): Uint8Array =>
    core.run(() => {
      abi.combination_start();
      points.forEach((P, i) => {
        const s = scalars[i] as Uint8Array;
        core.part(() => {
          const scalarAt = core.put(s, SCALAR_LENGTH);
          check(abi.combination_term(scalarAt, core.put(P, POINT_LENGTH)));
        });
      });
      if (base !== undefined) abi.combination_base(core.put(base, SCALAR_LENGTH));
      const out = core.reserve(POINT_LENGTH);
      abi.combination_finish(out);
      return core.take(out, POINT_LENGTH);
    });

  const edwardsAdd = point(abi.edwards_add);

  return {
    scalarReduce: (wide) =>
      core.twice(() => {
        const out = core.reserve(SCALAR_LENGTH);
        abi.scalar_reduce(out, core.put(wide, WIDE_LIMIT), wide.length);
        return core.take(out, SCALAR_LENGTH);
      }),
    scalarAdd: scalar(abi.scalar_add),
    scalarMul: scalar(abi.scalar_mul),
    scalarNegate: scalar(abi.scalar_negate),
    scalarInvert: scalar(abi.scalar_invert),
    edwardsValidate: validate(abi.edwards_validate),
    edwardsAdd,
    edwardsMultiply: point(abi.edwards_multiply),
    edwardsBaseMultiply: multiple(abi.edwards_base_multiply, abi.edwards_base_check),
    edwardsCombination(scalars, points, base) {
      const part = (at: number, multiple?: Uint8Array) => {
        const end = at + TERMS_LIMIT;
        return combinationPart(scalars.slice(at, end), points.slice(at, end), multiple);
      };
      let sum = part(0, base);
      for (let at = TERMS_LIMIT; at < points.length; at += TERMS_LIMIT) sum = edwardsAdd(sum, part(at));
      return sum;
    },
    montgomeryValidate: validate(abi.montgomery_validate),
    montgomeryAdd: point(abi.montgomery_add),
    montgomeryMultiply: multiple(abi.montgomery_multiply, abi.montgomery_check),
    montgomeryBaseMultiply: multiple(abi.montgomery_base_multiply, abi.montgomery_check),
  };
}
