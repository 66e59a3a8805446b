/**
 * Sharing octets by a polynomial over a prime field, 2019 and later (draft-hallambaker-mesh-udf section 4.5). Not what the octets mean.
 */
import type { Provider } from '../backend/types.ts';
import { room, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { drawCoefficients, roomToDraw } from './coefficients.ts';
import { fieldOf } from './prime.ts';
import { distinct, expectOneSet, readShares, sharePrefix, wipeShares } from './share.ts';

/** At least 16 of 17 polynomials fit, so that a generator which gives none of so many repeats itself. */
const mostPolynomials = 128;

/** The octets of a secret as `S2` has them: whole words of 32 bits. */
export function wordLength(length: number): number {
  return 4 * Math.ceil(length / 4);
}

/**
 * The texts of the shares of `secret`, which is padded to `length` octets.
 *
 * @param chosen - coefficients in place of random ones, below the prime
 * @throws MeshError `unsupported_secret_length`, `random_failed`, and `share_overflow` for chosen coefficients
 */
export function splitOctets(
  p: Provider,
  secret: Uint8Array,
  { length, shares, quorum }: { length: number; shares: number; quorum: number },
  chosen?: Uint8Array,
): string[] {
  const field = fieldOf(length);
  const width = length + 1;
  const size = width * quorum;
  const held = room(width + roomToDraw(size - width));
  const polynomial = held.subarray(0, size);
  polynomial.set(secret, width - secret.length);
  try {
    for (let tries = 0; tries < mostPolynomials; tries++) {
      if (chosen === undefined) drawCoefficients(held.subarray(width), size - width, field);
      else polynomial.set(chosen, width);
      const texts = p().shamirEvaluate(polynomial, shares, field, sharePrefix(quorum));
      if (texts !== undefined) return texts;
      if (chosen !== undefined) fail('share_overflow');
    }
    return fail('random_failed', 'no polynomial whose shares fit');
  } finally {
    wipe(held);
  }
}

/** The octets that were shared. @throws MeshError every error of a share and of a set of shares */
export function combineOctets(p: Provider, texts: unknown): Uint8Array {
  const read = readShares(p, texts, 'udf');
  try {
    expectOneSet(read);
    const [{ quorum, value }] = read;
    const field = fieldOf(value.length);
    return p().shamirInterpolate(distinct(read), quorum, field) ?? fail('inconsistent_shares');
  } finally {
    wipeShares(read);
  }
}
