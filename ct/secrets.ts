/** Secrets that bring out what depends on them: the ends of the range, sparse, dense, and random ones. */
import { createHash } from 'node:crypto';

/** L (RFC 8032 section 5.2). */
const order = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;

/** 114 octets for what takes octets, and a scalar below L for what takes one. */
export interface Secret {
  readonly octets: Uint8Array;
  readonly scalar: Uint8Array;
}

function littleEndian(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** A number below 2^912, the same for the same index. */
function random(index: number): bigint {
  return BigInt(`0x${createHash('shake256', { outputLength: 114 }).update(`secret ${index}`).digest('hex')}`);
}

/** 80 secrets; the first is zero. */
export function secrets(): Secret[] {
  const all = 2n ** 912n - 1n;
  const numbers = [0n, 1n, 2n, order - 1n, order - 2n, (order - 1n) / 2n, all, all - 1n, 2n ** 446n, 2n ** 448n - 1n];
  for (let i = 0; i < 15; i++) numbers.push(1n << BigInt(61 * i + 5));
  for (let i = 0; i < 15; i++) numbers.push(all ^ (1n << BigInt(61 * i + 5)));
  while (numbers.length < 80) numbers.push(random(numbers.length));
  return numbers.map((n) => ({ octets: littleEndian(n, 114), scalar: littleEndian(n % order, 56) }));
}
