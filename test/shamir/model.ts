/**
 * Secret sharing by its definition, in plain BigInt and with texts of its own: what the tests expect comes from here.
 */
import { makeShamir } from '../../src/shamir/index.ts';
import { backends } from '../support/backends.ts';

/** The library's sharing on each backend. */
export const subjects = backends.map(({ name, backend }) => ({ name, backend, shamir: makeShamir(() => backend) }));

/** Rabin's test with the first bases is certain far beyond what a mistake in a table could produce by chance. */
function isPrime(n: bigint): boolean {
  const power = (base: bigint, exponent: bigint) => {
    let result = 1n;
    for (let b = base % n, e = exponent; e > 0n; e >>= 1n, b = (b * b) % n) if (e & 1n) result = (result * b) % n;
    return result;
  };
  return [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n].every((base) => {
    if (n % base === 0n) return n === base;
    let d = n - 1n;
    let s = 0;
    for (; d % 2n === 0n; d /= 2n) s++;
    let x = power(base, d);
    if (x === 1n) return true;
    for (let i = 0; i < s; i++, x = (x * x) % n) if (x === n - 1n) return true;
    return false;
  });
}

const primes = new Map<number, bigint>();

/** The first prime above 2^(8 n), searched for. */
export function primeOf(n: number): bigint {
  let p = primes.get(n) ?? (1n << BigInt(8 * n)) + 1n;
  while (!isPrime(p)) p += 2n;
  primes.set(n, p);
  return p;
}

/** The value of a polynomial, constant term first, by its definition. */
export function valueAt(coefficients: readonly bigint[], x: number, p: bigint): bigint {
  return coefficients.reduce((sum, a, j) => sum + a * BigInt(x) ** BigInt(j), 0n) % p;
}

/** Big-endian. */
export function toInteger(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** Big-endian. */
export function toOctets(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n));
}

/** Base32 from its definition, in groups. */
export function base32(octets: Uint8Array, group = 4): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const characters = (bits.match(/.{1,5}/g) ?? []).map(
    (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)] as string,
  );
  return (characters.join('').match(new RegExp(`.{1,${group}}`, 'g')) ?? []).join('-');
}

/** The text of a share. */
export function shareText(quorum: number, x: number, value: Uint8Array): string {
  return base32(Uint8Array.of(0x90, (quorum << 4) | (x - 1), ...value));
}

/** Every choice of so many members. */
export function choices<T>(members: readonly T[], size: number): T[][] {
  const [first, ...rest] = members;
  if (size === 0) return [[]];
  if (first === undefined) return [];
  return [...choices(rest, size - 1).map((choice) => [first, ...choice]), ...choices(rest, size)];
}
