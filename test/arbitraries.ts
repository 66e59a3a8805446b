/**
 * Weighted generators: inputs at the edges of the mathematics, not only random ones. Group elements come from the independent
 * model, and as an index into a small set where a model computation for each case would cost too much.
 */
import fc from 'fast-check';
import {
  B,
  decodeEdwards,
  edwardsAdd,
  edwardsMultiply,
  encodeEdwards,
  encodeMontgomery,
  L,
  mod,
  montgomeryAdd,
  montgomeryBase,
  montgomeryMultiply,
  montgomeryPoint,
  montgomeryTorsion,
  p,
  torsion,
} from './support/curve448.ts';
import { hex, littleEndian, pattern } from './support/octets.ts';

const word = fc.uint8Array({ minLength: 57, maxLength: 57 });
const asNumber = (octets: Uint8Array) => octets.reduce((n, octet) => (n << 8n) | BigInt(octet), 0n);

/** Octets with lengths around the blocks of SHA-512 (128), its padding (112) and SHAKE256 (136). */
export const shortMessages: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc
    .constantFrom(0, 1, 63, 64, 111, 112, 127, 128, 129, 135, 136, 137, 239, 240, 255, 256, 257, 272, 273)
    .map((n) => pattern(n)),
  fc.uint8Array({ maxLength: 300 }),
);

/** Lengths around a page, and around what of the I/O page of the module is left beside the state of a hash. */
const pageEdges = fc.constantFrom(65327, 65328, 65329, 65392, 65536, 131072).map((n) => pattern(n));

/** {@link shortMessages}, and rarely one at the edge of a page. */
export const messages: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 20, arbitrary: shortMessages },
  { weight: 1, arbitrary: pageEdges },
);

/** Contexts, with the longest. */
export const contexts: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom(0, 1, 254, 255).map((n) => pattern(n)),
  fc.uint8Array({ maxLength: 255 }),
);

/** Numbers below L: small, near L, powers of two, sparse, random. */
export const scalarNumbers: fc.Arbitrary<bigint> = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 3n, L - 1n, L - 2n, L >> 1n, (L >> 1n) + 1n, 2n ** 224n, 2n ** 224n - 1n, 2n ** 445n),
  fc.integer({ min: 0, max: 445 }).map((k) => 2n ** BigInt(k)),
  word.map((octets) => mod(asNumber(octets), L)),
);

/** Scalars of the contract: 56 octets below L. */
export const scalars: fc.Arbitrary<Uint8Array> = scalarNumbers.map((n) => littleEndian(n, 56));

/** 1 to 114 octets: multiples of L and their neighbours, all ones, random. */
export const wideScalars: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.integer({ min: 1, max: 114 }).map((length) => new Uint8Array(length).fill(255)),
  fc
    .tuple(fc.constantFrom(-1n, 0n, 1n), fc.bigInt({ min: 1n, max: 2n ** 466n - 1n }))
    .map(([by, k]) => littleEndian(k * L + by, 114)),
  fc
    .constantFrom(L - 1n, L, L + 1n, 2n * L, 3n * L, 4n * L, 2n ** 446n, 2n ** 448n - 1n)
    .map((n) => littleEndian(n, 57)),
  fc.uint8Array({ minLength: 1, maxLength: 114 }),
);

/** 56-octet X448 secrets. */
export const x448Secrets: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom(0n, 1n, 2n ** 448n - 1n, L, 2n * L, 3n * L, 4n * L, 2n ** 447n).map((n) => littleEndian(n, 56)),
  fc.uint8Array({ minLength: 56, maxLength: 56 }),
);

/** 56-octet u coordinates: small order, non-canonical, twist and curve. */
export const x448Points: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 5n, p - 1n, p - 2n, p, p + 1n, p + 5n, 2n ** 448n - 1n).map((n) => littleEndian(n, 56)),
  fc.uint8Array({ minLength: 56, maxLength: 56 }),
);

const edwardsPoints = [1n, 2n, 3n, 0x1234567n, L - 1n, 2n ** 444n + 5n].map((s) => edwardsMultiply(s, B));
const montgomeryPoints = [1n, 2n, 3n, 0x1234567n, L - 1n, 2n ** 444n + 5n].map(
  (s) => montgomeryMultiply(s, montgomeryBase)!,
);

/** Encodings of points of order L. */
export const primeOrderEdwards: readonly Uint8Array[] = edwardsPoints.map(encodeEdwards);
/** Encodings of signed u of order L. */
export const primeOrderMontgomery: readonly Uint8Array[] = montgomeryPoints.map(encodeMontgomery);

/** Encodings of the identity and the points of order 2 and 4. */
export const smallOrderEdwards: readonly Uint8Array[] = torsion.map(encodeEdwards);
export const smallOrderMontgomery: readonly Uint8Array[] = montgomeryTorsion.map(encodeMontgomery);

/** Encodings of points with a component of small order. */
export const mixedOrderEdwards: readonly Uint8Array[] = torsion
  .slice(1)
  .map((t, i) => encodeEdwards(edwardsAdd(edwardsPoints[i + 1]!, t)));
export const mixedOrderMontgomery: readonly Uint8Array[] = montgomeryTorsion.map((t, i) =>
  encodeMontgomery(montgomeryAdd(montgomeryPoints[i + 1]!, t)!),
);

/** The sign bit of an encoding, turned. */
export function flipSign(encoding: Uint8Array): Uint8Array {
  const flipped = encoding.slice();
  flipped[56] = flipped[56]! ^ 0x80;
  return flipped;
}

function withJunk(encoding: Uint8Array, bit: number): Uint8Array {
  const junk = encoding.slice();
  junk[56] = junk[56]! ^ (1 << bit);
  return junk;
}

/** Not the one encoding of a point: y of p and more, bits beside the sign, a sign for x = 0 (RFC 8032 section 5.2.3). */
export const nonCanonicalEdwards: readonly Uint8Array[] = [
  littleEndian(p, 57),
  littleEndian(p + 1n, 57),
  littleEndian(p + 2n, 57),
  littleEndian(2n ** 448n - 1n, 57),
  littleEndian((p + 1n) | (1n << 455n), 57),
  flipSign(littleEndian(1n, 57)),
  flipSign(littleEndian(p - 1n, 57)),
  ...[0, 1, 2, 3, 4, 5, 6].map((bit) => withJunk(primeOrderEdwards[1]!, bit)),
];

/** Not the one encoding of a signed u: u of p and more, bits beside the sign, a sign for v = 0. */
export const nonCanonicalMontgomery: readonly Uint8Array[] = [
  littleEndian(p, 57),
  littleEndian(p + 5n, 57),
  littleEndian(2n ** 448n - 1n, 57),
  flipSign(littleEndian(0n, 57)),
  ...[0, 3, 6].map((bit) => withJunk(primeOrderMontgomery[1]!, bit)),
];

const small = Array.from({ length: 20 }, (_, i) => BigInt(i + 1));

/** y for which there is no x, small and near p. */
export const offCurveEdwards: readonly Uint8Array[] = small
  .flatMap((y) => [littleEndian(y, 57), flipSign(littleEndian(y, 57)), littleEndian(p - y, 57)])
  .filter((encoding) => decodeEdwards(encoding) === undefined)
  .filter((encoding) => !nonCanonicalEdwards.some((other) => hex(other) === hex(encoding)));

/** u of points on the twist, small and near p. */
export const twistMontgomery: readonly Uint8Array[] = [...small, ...small.map((u) => p - u)]
  .filter((u) => montgomeryPoint(u, 0n) === undefined)
  .flatMap((u) => [littleEndian(u, 57), flipSign(littleEndian(u, 57))]);

/** 57 octets that are a point in some way, or not. */
export const edwardsEncodings: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...primeOrderEdwards) },
  fc.constantFrom(...smallOrderEdwards),
  fc.constantFrom(...mixedOrderEdwards),
  fc.constantFrom(...nonCanonicalEdwards),
  fc.constantFrom(...offCurveEdwards),
  word.map((octets) => littleEndian(asNumber(octets) & (2n ** 448n - 1n), 57)),
);

/** 57 octets that are a signed u in some way, or not. */
export const montgomeryEncodings: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...primeOrderMontgomery) },
  fc.constantFrom(...smallOrderMontgomery),
  fc.constantFrom(...mixedOrderMontgomery),
  fc.constantFrom(...nonCanonicalMontgomery),
  fc.constantFrom(...twistMontgomery),
  word.map((octets) => littleEndian(asNumber(octets) & (2n ** 448n - 1n), 57)),
);

/** A message cut into pieces, some of them empty. */
export const chunked: fc.Arbitrary<{ message: Uint8Array; chunks: Uint8Array[] }> = fc
  .tuple(messages, fc.array(fc.nat(300), { maxLength: 6 }))
  .map(([message, cuts]) => {
    const at = [0, ...cuts.map((cut) => Math.min(cut, message.length)).sort((a, b) => a - b), message.length];
    return { message, chunks: at.slice(1).map((end, i) => message.subarray(at[i], end)) };
  });
