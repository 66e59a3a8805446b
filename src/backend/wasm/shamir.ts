/** Polynomials of secret sharing over the module. The weights of shares follow from their public numbers, so they are computed here. */
import { lagrangeWeights } from '../../lagrange.ts';
import type { Backend } from '../types.ts';
import type { Core } from './core.ts';

/** Most coefficients, shares and values. */
const MOST = 16;

export function sharingOperations(core: Core): Pick<Backend, 'shamirEvaluate' | 'shamirInterpolate'> {
  return {
    shamirEvaluate: (coefficients, count, { length, offset }, prefix) => {
      /** Hands the text of each value to `each`; whether all values fit. */
      const evaluate = (each: (text: number, length: number, i: number) => void) =>
        core.run(({ abi }) => {
          const [width, size] = [length + 1, length + 2];
          const source = core.put(coefficients, MOST * width);
          const rows = core.reserve(MOST * size);
          const excess = abi.shamir_evaluate(rows, source, coefficients.length / width, count, length, offset, prefix);
          if (excess !== 0) return false;
          const text = core.reserve(2 * size + 1);
          for (let i = 0; i < count; i++) each(text, abi.base32_encode(text, rows + size * i, size, 2 * size, 4), i);
          return true;
        });
      const texts: string[] = [];
      const fit = evaluate((text, size) => texts.push(core.takeText(text, size)));
      // Twice, as everything short that could go wrong unnoticed, but not for another copy of strings, which nobody can wipe.
      let difference = 0;
      const fitAgain = evaluate((text, size, i) => {
        difference |= core.differs(text, size, texts[i] ?? '');
      });
      if (fit !== fitAgain || difference !== 0) core.refuse();
      return fit ? texts : undefined;
    },
    shamirInterpolate: (points, quorum, { length, offset }) =>
      core.twice(({ abi }) => {
        const values = points.map(({ value }) => core.put(value, length));
        const xs = points.slice(0, quorum).map(({ x }) => x);
        /** Adds up what is the divisor times the value at a number. */
        const sum = (at: number) => {
          const { weights, divisor } = lagrangeWeights(xs, at);
          weights.forEach((weight, i) => {
            abi.shamir_add(values[i] as number, weight, length);
          });
          return divisor;
        };
        let wrong = 0;
        for (let i = quorum; i < points.length; i++) {
          const divisor = sum((points[i] as { x: number }).x);
          abi.shamir_add(values[i] as number, -divisor, length);
          wrong |= abi.shamir_check(length, offset);
        }
        const divisor = sum(0);
        const out = core.reserve(length);
        wrong |= abi.shamir_quotient(out, divisor, length, offset);
        return wrong === 0 ? core.take(out, length) : undefined;
      }),
  };
}
