/**
 * Sharing octets by a polynomial over a prime field, 2019 and later (draft-hallambaker-mesh-udf section 4.5). Not what the octets mean.
 */
import type { Provider } from '../backend/types.ts';
import { concat, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import type { TextCodec } from '../udf/text.ts';
import { drawCoefficients } from './coefficients.ts';
import { fieldOf } from './prime.ts';
import { distinct, expectOneSet, readShares, type Share, type Shares, wipeShares, writeShares } from './share.ts';

/** At least 16 of 17 polynomials fit, so that a generator which gives none of so many repeats itself. */
const mostPolynomials = 128;

/** The octets of a secret as `S2` has them: whole words of 32 bits. */
export function wordLength(length: number): number {
  return 4 * Math.ceil(length / 4);
}

/** The shares whose values at 1, 2, ... are packed. */
function sharesOf(values: Uint8Array, length: number, quorum: number): Shares {
  const shares: Share[] = [];
  for (let x = 1; x * length <= values.length; x++) {
    shares.push({ quorum, x, value: values.subarray(length * (x - 1), length * x) });
  }
  return shares as Shares;
}

/**
 * The texts of the shares of `secret`, which is padded to `length` octets.
 *
 * @param chosen - coefficients in place of random ones, below the prime
 * @throws MeshError `unsupported_secret_length`, `random_failed`, and `share_overflow` for chosen coefficients
 */
export function splitOctets(
  p: Provider,
  codec: TextCodec,
  secret: Uint8Array,
  { length, shares, quorum }: { length: number; shares: number; quorum: number },
  chosen?: Uint8Array,
): string[] {
  const field = fieldOf(length);
  const width = length + 1;
  const size = width * quorum;
  // The engine moves arrays of up to 64 octets about and leaves copies behind.
  const polynomial = new Uint8Array(new ArrayBuffer(Math.max(128, size)), 0, size);
  polynomial.set(secret, width - secret.length);
  try {
    for (let tries = 0; tries < mostPolynomials; tries++) {
      if (chosen === undefined) drawCoefficients(polynomial.subarray(width), field);
      else polynomial.set(chosen, width);
      const values = p().shamirEvaluate(polynomial, shares, field);
      if (values !== undefined) return writeShares(codec, sharesOf(values, length, quorum));
      if (chosen !== undefined) fail('share_overflow');
    }
    return fail('random_failed', 'no polynomial whose shares fit');
  } finally {
    wipe(polynomial);
  }
}

/** The octets that were shared. @throws MeshError every error of a share and of a set of shares */
export function combineOctets(p: Provider, texts: unknown): Uint8Array {
  const read = readShares(p, texts, 'udf');
  try {
    expectOneSet(read);
    const field = fieldOf(read[0].value.length);
    const shares = distinct(read);
    const values = concat(...shares.map(({ value }) => value));
    const xs = shares.map(({ x }) => x);
    try {
      return p().shamirInterpolate(xs, values, read[0].quorum, field) ?? fail('inconsistent_shares');
    } finally {
      wipe(values);
    }
  } finally {
    wipeShares(read);
  }
}
