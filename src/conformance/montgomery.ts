/**
 * Orders of the groups and the recovery of v after a ladder, in BigInt: an oracle for published values of shared keys. Nothing here is under
 * test, and nothing outside the conformance suite may use it.
 */
import { order25519, toInteger, toOctets } from './curve25519.ts';
import type { KeyCurve } from './implementation.ts';

const p25519 = 2n ** 255n - 19n;
const p448 = 2n ** 448n - 2n ** 224n - 1n;
const order448 = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;

/** The order of the base point, and octets of a scalar. */
function orderOf(crv: KeyCurve): { order: bigint; length: number } {
  return crv.endsWith('448') ? { order: order448, length: 56 } : { order: order25519, length: 32 };
}

/** A sum of multiples of scalars modulo the order. */
export function combination(
  crv: KeyCurve,
  ...terms: readonly (readonly [factor: bigint, scalar: Uint8Array])[]
): Uint8Array {
  const { order, length } = orderOf(crv);
  const sum = terms.reduce((total, [factor, scalar]) => total + factor * toInteger(scalar), 0n) % order;
  return toOctets((sum + order) % order, length);
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n;
  for (let b = base % p, e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * b) % p;
    b = (b * b) % p;
  }
  return result;
}

/** A number that is a root of c modulo p if there is one. */
function root(c: bigint, p: bigint): bigint {
  if (p === p448) return power(c, (p + 1n) / 4n, p);
  const candidate = power(c, (p + 3n) / 8n, p);
  return (candidate * candidate - c) % p === 0n ? candidate : (candidate * power(2n, (p - 1n) / 4n, p)) % p;
}

/** The two results of a ladder, (X2 : Z2) and (X3 : Z3), little-endian. */
export type LadderResults = readonly [x2: Uint8Array, z2: Uint8Array, x3: Uint8Array, z3: Uint8Array];

/** The signed encoding of k P from P and the ladder for k, neither of whose results is infinity. */
export function recoveredPoint(crv: 'X25519' | 'X448', peer: Uint8Array, results: LadderResults): Uint8Array {
  const [p, A, length] = crv === 'X448' ? [p448, 156326n, 56] : [p25519, 486662n, 32];
  const mod = (n: bigint) => ((n % p) + p) % p;
  const u = toInteger(peer.slice(0, length));
  const even = root(mod(u * u * u + A * u * u + u), p);
  const v = (even & 1n) === BigInt((peer[length] as number) >> 7) ? even : p - even;
  const [x2, z2, x3, z3] = results.map(toInteger) as [bigint, bigint, bigint, bigint];
  const uz = mod(u * z2);
  const az = mod(2n * A * z2);
  const left = mod(mod(mod((x2 + uz + az) * mod(u * x2 + z2)) - az * z2) * z3);
  const right = mod(mod((x2 - uz) * (x2 - uz)) * x3);
  const w = mod(2n * v * mod(z2 * z3));
  const inverse = power(mod(w * z2), p - 2n, p);
  const result = { u: mod(w * x2 * inverse), v: mod((left - right) * inverse) };
  return Uint8Array.of(...toOctets(result.u, length), result.v & 1n ? 0x80 : 0);
}
