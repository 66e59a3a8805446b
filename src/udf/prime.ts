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

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Odd primes below 2,000, computed when first needed. */
let odd: bigint[] | undefined;
function oddPrimes(): bigint[] {
  if (odd === undefined) {
    odd = [];
    for (let n = 3n; n < 2000n; n += 2n) if (odd.every((d) => n % d !== 0n)) odd.push(n);
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

/** Rounds of Miller-Rabin; far more than numbers of random origin need. */
const rounds = 24;

function isPrime(n: bigint): boolean {
  for (const divisor of oddPrimes()) if (n % divisor === 0n) return n === divisor;
  if (n < 2000n * 2000n) return n > 1n;
  let d = n - 1n;
  let s = 0;
  for (; (d & 1n) === 0n; s++) d >>= 1n;
  return oddPrimes()
    .slice(0, rounds)
    .every((base) => passes(n, base, d, s));
}

/** The first odd prime at or above `start`. */
export function nextPrime(start: bigint): bigint {
  let n = start | 1n;
  while (!isPrime(n)) n += 2n;
  return n;
}
