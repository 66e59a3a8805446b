/**
 * Secret sharing of 2015 to 2018 (mesh-reference-08): secrets of 16 octets, little-endian integers modulo 2^129 - 25, and exclusive or where
 * every share is needed. Only reading old shares asks for it, so it is BigInt on every backend, which is not constant time.
 */
import type { Provider } from '../backend/types.ts';
import { equal, room, wipe } from '../bytes.ts';
import { fail } from '../errors.ts';
import { interpolate } from '../lagrange.ts';
import { randomBytes } from '../random.ts';
import type { TextCodec } from '../udf/text.ts';
import { distinct, expectOneSet, readShares, type Share, type Shares, wipeShares, writeFirstShare } from './share.ts';

const prime = 2n ** 129n - 25n;
const secretLength = 16;
/** Octets of a number below the prime; a text has one fewer where the highest is zero, and a zero more where it looks negative. */
const fieldLength = 17;
/** The number of a share that is to be combined by exclusive or: the low nibble is 15. */
const xorNumber = 16;

function toInteger(octets: Uint8Array): bigint {
  return octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function toOctets(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}

/** As few octets as keep the number positive in two's complement. */
function minimal(value: bigint): Uint8Array {
  const bits = value === 0n ? 0 : value.toString(2).length;
  return toOctets(value, Math.floor(bits / 8) + 1);
}

function xor(parts: readonly Uint8Array[]): Uint8Array {
  const out = room(secretLength);
  for (const part of parts) for (let i = 0; i < secretLength; i++) out[i] = (out[i] as number) ^ (part[i] as number);
  return out;
}

/** The shares of a secret; the other coefficients, or the other strings where all shares are needed, are 16 octets each. */
function sharesOf(secret: Uint8Array, shares: number, quorum: number, others: readonly bigint[]): Share[] {
  if (quorum === shares) {
    const strings = others.map((value) => toOctets(value, secretLength));
    return [...strings, xor([secret, ...strings])].map((value) => ({ quorum, x: xorNumber, value }));
  }
  const coefficients = [toInteger(secret), ...others];
  return Array.from({ length: shares }, (_, i) => {
    const x = BigInt(i + 1);
    const y = coefficients.reduceRight((value, term) => (value * x + term) % prime, 0n);
    return { quorum, x: i + 1, value: minimal(y) };
  });
}

/** What a coefficient may be. */
export function firstCoefficientLimit(shares: number, quorum: number): bigint {
  return quorum === shares ? 1n << BigInt(8 * secretLength) : prime;
}

/** The texts of the shares. @throws MeshError `unsupported_secret_length`, `random_failed` */
export function splitFirst(
  codec: TextCodec,
  secret: Uint8Array,
  shares: number,
  quorum: number,
  chosen?: readonly bigint[],
): string[] {
  if (secret.length !== secretLength) fail('unsupported_secret_length', `${secret.length} octets, not ${secretLength}`);
  const draw = () => {
    const octets = randomBytes(secretLength);
    const value = toInteger(octets);
    wipe(octets);
    return value;
  };
  const others = chosen ?? Array.from({ length: quorum - 1 }, draw);
  return sharesOf(secret, shares, quorum, others).map((share) => writeFirstShare(codec, share));
}

/** A share whose value has the length of its method: 16 octets for exclusive or, 17 for a number of the field. @throws MeshError `malformed_share` */
function padded({ quorum, x, value }: Share): Share {
  if (quorum < 2) fail('malformed_share', 'a quorum of one');
  if (x === xorNumber) {
    return value.length === secretLength ? { quorum, x, value } : fail('malformed_share', 'not 16 octets');
  }
  const y = toInteger(value);
  if (y >= prime || !equal(minimal(y), value))
    fail('malformed_share', 'not the shortest form of a number of the field');
  return { quorum, x, value: toOctets(y, fieldLength) };
}

function combineXor(shares: Shares): Uint8Array {
  const [{ quorum }] = shares;
  const values: Uint8Array[] = [];
  for (const { value } of shares) if (!values.some((other) => equal(other, value))) values.push(value);
  if (values.length < quorum) fail('insufficient_shares', `${values.length} of ${quorum}`);
  if (values.length > quorum) fail('inconsistent_shares', 'more than all shares');
  return xor(values);
}

function combinePolynomial(shares: Shares): Uint8Array {
  const [{ quorum }] = shares;
  const points = distinct(shares).map(({ x, value }) => ({ x, y: toInteger(value) }));
  const xs = points.slice(0, quorum).map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const at = (target: number) => interpolate(xs, ys, target, prime);
  const secret = at(0);
  if (secret >> BigInt(8 * secretLength) !== 0n || points.some(({ x, y }) => at(x) !== y)) fail('inconsistent_shares');
  return toOctets(secret, secretLength);
}

/** The secret of shares. @throws MeshError every error of a share and of a set of shares */
export function combineFirst(p: Provider, texts: unknown): Uint8Array {
  const read = readShares(p, texts, 'first');
  const shares: Share[] = [];
  try {
    for (const share of read) shares.push(padded(share));
    const set = shares as Shares;
    expectOneSet(set);
    return set[0].x === xorNumber ? combineXor(set) : combinePolynomial(set);
  } finally {
    wipeShares(read);
    wipeShares(shares);
  }
}
