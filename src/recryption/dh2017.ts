/**
 * Recryption of 2017 and 2018: Diffie-Hellman in the groups 14 and 16 of RFC 3526 with g = 2, to open what was encrypted then (threshold keys, section
 * A5). It makes no keys and encrypts nothing. BigInt on every backend, not constant time: not for services.
 */
import { bytes, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { randomBytes } from '../random.ts';
import { objectOf, readList } from '../threshold/read.ts';

/** A group of RFC 3526 by its number. */
export type DhGroup = 14 | 16;

/** One holder's share of an agreement: an exponent as it was published, and the group. */
export interface DhShare {
  readonly group: DhGroup;
  /** Two's complement, little-endian: a last zero octet where the top bit of the number is set. */
  readonly secretKey: Uint8Array;
}

/** Diffie-Hellman recryption, read only. */
export interface Dh2017 {
  /**
   * 2^x modulo p, to find the public key that a published share belongs to.
   *
   * @param share - group 14 or 16, and the exponent x, 1 to p - 2
   * @returns up to 257 or 513 octets
   * @throws MeshError `bad_option`, `unsupported_algorithm`, `not_bytes`, `bad_private_length`, `noncanonical_encoding`, `scalar_out_of_range`,
   * `random_failed`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * console.log(recryption.dh2017.publicKey({ group: 14, secretKey: Uint8Array.of(10) })); // Uint8Array(2) [ 0, 4 ]
   * ```
   * Constant time: no, it is BigInt; the exponent is blinded. RFC 3526; section A5.
   */
  publicKey(share: DhShare): Uint8Array;
  /**
   * What one holder gives to an agreement: E^x modulo p.
   *
   * @param share - group 14 or 16, and the exponent x, 1 to p - 2
   * @param peer - E: above 1, below p - 1 and of order (p - 1) / 2, since another one would tell whether x is odd
   * @returns up to 257 or 513 octets
   * @throws MeshError as {@link Dh2017.publicKey}; for E `bad_public_length`, `noncanonical_encoding`, `small_order_base`, `not_in_prime_order_subgroup`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * const share = { group: 14, secretKey: Uint8Array.of(3) } as const;
   * console.log(recryption.dh2017.contribute(share, Uint8Array.of(4))); // Uint8Array(1) [ 64 ]
   * ```
   * Constant time: no, it is BigInt; the exponent is blinded. RFC 3526; section A5.
   */
  contribute(share: DhShare, peer: Uint8Array): Uint8Array;
  /**
   * The agreement value: the product of the contributions of the service and of the member.
   *
   * @param group - 14 or 16
   * @param contributions - 2 to 255, each checked as E above
   * @returns up to 257 or 513 octets
   * @throws MeshError as for E in {@link Dh2017.contribute}; `unsupported_algorithm`, `bad_option`, `insufficient_shares`, `bad_quorum`, `identity_result`
   * @example
   * ```ts
   * import { recryption } from 'mathmesh';
   * console.log(recryption.dh2017.complete(14, [Uint8Array.of(4), Uint8Array.of(16)])); // Uint8Array(1) [ 64 ]
   * ```
   * Constant time: no, it is BigInt. RFC 3526; section A5.
   */
  complete(group: DhGroup, contributions: readonly Uint8Array[]): Uint8Array;
}

/** Pi times 2^bits, rounded down, by Machin's formula with 64 bits to spare. */
function scaledPi(bits: number): bigint {
  const one = 1n << BigInt(bits + 64);
  const arctangent = (n: bigint) => {
    let sum = 0n;
    for (let power = one / n, k = 1n; power !== 0n; power /= -n * n, k += 2n) sum += power / k;
    return sum;
  };
  return (16n * arctangent(5n) - 4n * arctangent(239n)) >> 64n;
}

/** The prime of RFC 3526: 2^n - 2^(n-64) - 1 + 2^64 (floor(2^(n-130) pi) + offset). */
function primeOf(bits: number, offset: bigint): bigint {
  const n = BigInt(bits);
  return (1n << n) - (1n << (n - 64n)) - 1n + ((scaledPi(bits - 130) + offset) << 64n);
}

const primes = /* @__PURE__ */ new Map<DhGroup, bigint>();

/** The modulus, computed on first use. @throws MeshError `unsupported_algorithm` */
function modulus(group: unknown): bigint {
  if (group !== 14 && group !== 16) return fail('unsupported_algorithm', 'group');
  const known = primes.get(group) ?? (group === 14 ? primeOf(2048, 124476n) : primeOf(4096, 240904n));
  primes.set(group, known);
  return known;
}

/** Variable time: the exponent is public. */
function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  for (let bit = 1n << BigInt(exponent.toString(2).length); bit > 0n; bit >>= 1n) {
    result = (result * result) % p;
    if ((exponent & bit) !== 0n) result = (result * base) % p;
  }
  return result;
}

/**
 * base^x for a secret x below p and a base of order q = (p - 1) / 2, as base^(x + r q) with 128 random bits r, and with the same steps for each
 * bit. Not constant time all the same: it is BigInt.
 */
function secretPower(base: bigint, x: bigint, p: bigint): bigint {
  const r = randomBytes(16).reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const exponent = x + r * ((p - 1n) / 2n);
  const bits = 4 * p.toString(16).length + 128;
  let result = 1n;
  for (let bit = 1n << BigInt(bits); bit > 0n; bit >>= 1n) {
    const square = (result * result) % p;
    const product = (square * base) % p;
    result = (exponent & bit) === 0n ? square : product;
  }
  return result;
}

/** The shortest two's complement. */
function encode(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const length = Math.floor(value.toString(2).length / 8) + 1;
  const padded = hex.padStart(2 * length, '0');
  return Uint8Array.from({ length }, (_, i) =>
    Number.parseInt(padded.slice(2 * (length - 1 - i), 2 * (length - i)), 16),
  );
}

/** A natural number in its one encoding. @throws MeshError `not_bytes`, `noncanonical_encoding`, and `code` for its length */
function decode(value: unknown, name: string, p: bigint, code: 'bad_private_length' | 'bad_public_length'): bigint {
  const octets = bytes(value, name);
  const most = p.toString(16).length / 2 + 1;
  if (octets.length < 1 || octets.length > most) fail(code, `${name} has ${octets.length} octets`);
  const number = octets.reduceRight((hex, octet) => hex + octet.toString(16).padStart(2, '0'), '0x');
  const natural = BigInt(number);
  const expected = encode(natural);
  const canonical = expected.length === octets.length;
  wipe(expected);
  return canonical ? natural : fail('noncanonical_encoding', name);
}

function exponentOf(share: DhShare): { p: bigint; x: bigint } {
  const { group, secretKey } = objectOf(share, 'share');
  const p = modulus(group);
  const x = decode(secretKey, 'secretKey', p, 'bad_private_length');
  return x > 0n && x < p - 1n ? { p, x } : fail('scalar_out_of_range', 'secretKey');
}

/** An element of the subgroup of squares, which 2 generates. */
function elementOf(value: unknown, name: string, p: bigint): bigint {
  const element = decode(value, name, p, 'bad_public_length');
  if (element >= p) fail('noncanonical_encoding', name);
  if (element <= 1n || element === p - 1n) fail('small_order_base', name);
  return power(element, (p - 1n) / 2n, p) === 1n ? element : fail('not_in_prime_order_subgroup', name);
}

/** {@link Dh2017}; the same on every backend. */
export const dh2017: Dh2017 = {
  publicKey(share) {
    const { p, x } = exponentOf(share);
    return encode(secretPower(2n, x, p));
  },
  contribute(share, peer) {
    const { p, x } = exponentOf(share);
    return encode(secretPower(elementOf(peer, 'peer', p), x, p));
  },
  complete(group, contributions) {
    const read = readList(contributions, 'contributions', 2, (item) => item);
    const p = modulus(group);
    const product = read.map((item, i) => elementOf(item, `contribution ${i}`, p)).reduce((a, b) => (a * b) % p);
    return product === 1n ? fail('identity_result') : encode(product);
  },
};
