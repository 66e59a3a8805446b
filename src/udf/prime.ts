/**
 * The next prime from a number on, for RSA keys from seeds (draft-hallambaker-mesh-udf section 4.4.4).
 * Not a general prime test and not constant time: numbers come from a key derivation, never from an adversary.
 */

/** The integer of big-endian octets. */
export function toInteger(octets: Uint8Array): bigint {
  let value = 0n;
  for (const octet of octets) value = (value << 8n) | BigInt(octet);
  return value;
}

/** Big-endian octets of an integer below 2^(8 length). */
export function toOctets(value: bigint, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let i = length - 1, rest = value; i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 0xffn);
  return out;
}

/** Bit by bit from the top: a small base makes all multiplications but the squarings cheap. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    const square = result * result;
    result = (bit === '1' ? square * base : square) % modulus;
  }
  return result;
}

/** Marks of composite numbers among the odd ones from `first` on, which must be above `primes`. */
function sieve(first: bigint, length: number, primes: readonly number[]): Uint8Array {
  const composite = new Uint8Array(length);
  for (const p of primes) {
    const rest = Number(first % BigInt(p));
    // The least i with rest + 2 i divisible by p.
    for (let i = ((p - rest) * ((p + 1) / 2)) % p; i < length; i += p) composite[i] = 1;
  }
  return composite;
}

/** Odd primes below this bound sieve: the marks of larger ones would cost more than the tests they save. */
const bound = 1 << 18;

/** The odd primes below the bound, computed when first needed. */
let odd: number[] | undefined;
function oddPrimes(): readonly number[] {
  if (odd === undefined) {
    const roots: number[] = [];
    for (let n = 3; n * n < bound; n += 2) if (roots.every((d) => n % d !== 0)) roots.push(n);
    const first = (roots.at(-1) as number) + 2;
    const composite = sieve(BigInt(first), (bound - first) >> 1, roots);
    odd = [...roots];
    for (const [i, mark] of composite.entries()) if (mark === 0) odd.push(first + 2 * i);
  }
  return odd;
}

/** Whether `base` fails to prove that `n` = d 2^s + 1 is composite (Miller-Rabin, FIPS 186-5 appendix B.3.1). */
function passes(n: bigint, base: bigint, d: bigint, s: number): boolean {
  let x = power(base, d, n);
  if (x === 1n || x === n - 1n) return true;
  for (let i = 1; i < s; i++) {
    x = (x * x) % n;
    if (x === n - 1n) return true;
  }
  return false;
}

/**
 * Whether a number above the bases, the first primes, is prime. A composite number of random origin passes 8 bases from 512 bits on, or 24 bases from
 * 216 bits on, with a probability below 2^-100 (FIPS 186-4 appendix F.1); below 78 bits none passes 24.
 */
function isPrime(n: bigint): boolean {
  let d = n - 1n;
  let s = 0;
  for (; (d & 1n) === 0n; s++) d >>= 1n;
  const rounds = n >> 511n === 0n ? 24 : 8;
  return [2, ...oddPrimes().slice(0, rounds - 1)].every((base) => passes(n, BigInt(base), d, s));
}

/** Odd numbers that are sieved at once: more than the mean distance of primes of 1,024 bits. */
const sieved = 1 << 9;

/** The first odd prime at or above `start`. */
export function nextPrime(start: bigint): bigint {
  const small = oddPrimes().find((prime) => prime >= start);
  if (small !== undefined) return BigInt(small);
  for (let first = start | 1n; ; first += 2n * BigInt(sieved)) {
    const composite = sieve(first, sieved, oddPrimes());
    for (let i = composite.indexOf(0); i >= 0; i = composite.indexOf(0, i + 1)) {
      const n = first + 2n * BigInt(i);
      if (isPrime(n)) return n;
    }
  }
}
