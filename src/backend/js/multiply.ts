/**
 * Multiplication of a point by a secret scalar, for both curve models. Not for verification, whose scalars are public.
 */
import { randomBytes } from '../../random.ts';
import { type EdwardsPoint, order } from './curves.ts';
import { reduce } from './scalar.ts';

/** s P for 0 <= s < L. The library's routine refuses zero and has a fixed sequence of point operations. */
function multiplyOnce(point: EdwardsPoint, s: bigint): EdwardsPoint {
  return s === 0n ? point.subtract(point) : point.multiply(s);
}

/**
 * s B. The library itself blinds multiples of its base point with random multiples of L, hence the one way to fail: the random
 * source. @throws MeshError `random_failed`
 */
export function multiplyBase(base: EdwardsPoint, s: bigint): EdwardsPoint {
  try {
    return multiplyOnce(base, s);
  } catch (cause) {
    // What the source throws is not known, so it is asked itself, and refuses. When it works, the fault is another one and stays visible.
    randomBytes(64);
    throw cause;
  }
}

/**
 * s P as (s - r) P + r P with a random r, because the time of the library's routine depends on the size of the scalar when
 * the point is not its base. Each part is uniform modulo L whatever s is. P must have order L.
 */
export function multiplyBlinded(point: EdwardsPoint, s: bigint): EdwardsPoint {
  // 114 random octets reduced modulo L are uniform up to 2^-466.
  const r = reduce(randomBytes(114));
  const rest = (s - r + order) % order;
  return multiplyOnce(point, rest).add(multiplyOnce(point, r));
}
