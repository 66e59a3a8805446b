/**
 * Lagrange coefficients at zero (RFC 9591 section 4.2) for public indexes. BigInt, because indexes are public and small: then so are the
 * numbers, and the inverse is quick. Never for secrets.
 */
import type { Group } from '../threshold/group.ts';

/** The integer of little-endian octets, whose number is a multiple of 8. */
function toInteger(octets: Uint8Array): bigint {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  let value = 0n;
  for (let at = octets.length - 8; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(at, true);
  return value;
}

function toOctets(value: bigint, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  for (let at = 0; at < length; at += 8) view.setBigUint64(at, BigInt.asUintN(64, value >> BigInt(8 * at)), true);
  return out;
}

/** 1 / n modulo a prime, n > 0, by Euclid's algorithm. */
function inverse(n: bigint, prime: bigint): bigint {
  let [a, b, x, y] = [prime, n % prime, 0n, 1n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return x < 0n ? x + prime : x;
}

/** The factor of the share at `index`, one of the distinct `indexes`: the product of x / (x - index) over all others. */
export function lagrange(group: Group, index: number, indexes: readonly number[]): Uint8Array {
  const one = new Uint8Array(group.scalarLength);
  one[0] = 1;
  const order = toInteger(group.negate(one)) + 1n;
  let numerator = 1n;
  let denominator = 1n;
  for (const x of indexes) {
    if (x === index) continue;
    numerator = (numerator * BigInt(x)) % order;
    denominator = (denominator * BigInt(x - index)) % order;
  }
  // The sign aside, a denominator of few indexes stays short.
  const negative = denominator < 0n;
  const size = numerator * inverse(negative ? -denominator : denominator, order);
  return toOctets((negative ? order - (size % order) : size) % order, group.scalarLength);
}
