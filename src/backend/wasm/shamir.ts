/** Polynomials of secret sharing over the module. The weights of shares follow from their public numbers, so they are computed here. */
import { lagrangeWeights } from '../../lagrange.ts';
import type { Backend } from '../types.ts';
import type { Core } from './core.ts';

/** Octets of a number in the module: SHAMIR_NUMBER of assembly/memory.ts. */
const NUMBER_LENGTH = 72;
/** Most coefficients, shares and values. */
const MOST = 16;

/** The rows of weights that assembly/shamir.ts asks for, with the factor that its reduction takes out. */
function weightRows(xs: readonly number[], quorum: number, p: bigint, factor: bigint): Uint8Array {
  const used = xs.slice(0, quorum);
  const targets = [0, ...xs.slice(quorum)];
  const out = new DataView(new ArrayBuffer(NUMBER_LENGTH * quorum * targets.length));
  targets.forEach((target, row) => {
    lagrangeWeights(used, target, p, factor).forEach((weight, column) => {
      const start = NUMBER_LENGTH * (row * quorum + column);
      for (let at = 0, rest = weight; rest > 0n; at += 8, rest >>= 64n) out.setBigUint64(start + at, rest, true);
    });
  });
  return new Uint8Array(out.buffer);
}

export function sharingOperations(core: Core): Pick<Backend, 'shamirEvaluate' | 'shamirInterpolate'> {
  return {
    shamirEvaluate: (coefficients, count, { length, offset }) =>
      core.run(({ abi }) => {
        const width = length + 1;
        const source = core.put(coefficients, MOST * width);
        const out = core.reserve(MOST * length);
        const excess = abi.shamir_evaluate(out, source, coefficients.length / width, count, length, offset);
        return excess === 0 ? core.take(out, count * length) : undefined;
      }),
    shamirInterpolate(xs, values, quorum, { length, offset }) {
      const p = (1n << BigInt(8 * length)) + BigInt(offset);
      const words = (length >> 2) + 1;
      const rows = weightRows(xs, quorum, p, 1n << BigInt(32 * words));
      return core.run(({ abi }) => {
        const weights = core.put(rows, NUMBER_LENGTH * MOST * MOST);
        const source = core.put(values, MOST * length);
        const out = core.reserve(length);
        const wrong = abi.shamir_interpolate(out, weights, source, quorum, xs.length, length, offset);
        return wrong === 0 ? core.take(out, length) : undefined;
      });
    },
  };
}
