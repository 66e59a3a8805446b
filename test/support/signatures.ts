/**
 * Signatures of Ed448 at the edges, with the verdict that follows from how they were made: every point is a known multiple of the base point and a
 * known point of small order, so that the equation holds exactly when S = r + k a modulo L. No code under test is asked.
 */
import { createHash } from 'node:crypto';
import { nonCanonicalEdwards, offCurveEdwards } from '../arbitraries.ts';
import { B, decodeEdwards, edwardsAdd, edwardsMultiply, encodeEdwards, L, mod, p, torsion } from './curve448.ts';
import { fromLittleEndian, littleEndian } from './octets.ts';

/** An encoding, and what is known about it. */
interface Known {
  octets: Uint8Array;
  /** The multiple of the base point; `undefined` for what is no point. */
  log: bigint | undefined;
  /** The order of a point of small order, else 0. */
  small: 0 | 1 | 2 | 4;
}

const orders = [1, 2, 4, 4] as const;
const logs = [1n, 2n, 3n, 0x1234567n, L - 1n, 2n ** 444n + 5n];

/** Points with and without a component of small order, points of small order, and what is no point. */
const points: readonly Known[] = [
  ...logs.flatMap((log) => {
    const point = edwardsMultiply(log, B);
    return torsion.map((t) => ({ octets: encodeEdwards(edwardsAdd(point, t)), log, small: 0 }) as const);
  }),
  ...torsion.map((t, i) => ({ octets: encodeEdwards(t), log: 0n, small: orders[i] as 1 | 2 | 4 })),
  ...[...nonCanonicalEdwards, ...offCurveEdwards].map((octets) => ({ octets, log: undefined, small: 0 }) as const),
];

/** A signature with its verdicts. */
export interface Case {
  signature: Uint8Array;
  publicKey: Uint8Array;
  /** By the policy of SECURITY.md. */
  verdict: boolean;
  /**
   * That of OpenSSL 3.0 (crypto/ec/curve448): the same equation, but decoding multiplies by an isogeny that has no square root to take for x = 0, so that
   * the points (0, 1) and (0, -1) are refused as R and as A, and nothing looks at the order of A otherwise: those of order 4 are taken.
   */
  openssl: boolean;
}

/** The point that an octet chooses; half of them are sound. */
function chosen(octet: number): Known {
  const most = octet < 128 ? 4 * logs.length : points.length;
  return points[octet % most] as Known;
}

/** dom4(0, "") of RFC 8032 section 2. */
const domain = Buffer.from([...Buffer.from('SigEd448'), 0, 0]);

/** A signature of a message. `choices`: A, R, what is done to S, a bit. */
export function signatureCase(message: Uint8Array, choices: Uint8Array): Case {
  const [a = 0, r = 0, change = 0, bit = 0] = choices;
  const [A, R] = [chosen(a), chosen(r)];
  const hash = createHash('shake256', { outputLength: 114 }).update(domain).update(R.octets).update(A.octets);
  const k = fromLittleEndian(new Uint8Array(hash.update(message).digest()));
  const right = mod((R.log ?? 0n) + k * (A.log ?? 0n), L);
  const others = [
    right + L,
    right + 2n * L,
    right + (1n << BigInt(448 + (bit % 8))),
    right ^ (1n << BigInt(bit)),
    0n,
    L,
    L - 1n,
  ];
  const S = change < 128 ? right : (others[change % others.length] as bigint);
  const signature = new Uint8Array(114);
  signature.set(R.octets);
  signature.set(littleEndian(S & (2n ** 456n - 1n), 57), 57);
  const isPoint = A.log !== undefined && R.log !== undefined;
  const holds = isPoint && S < L && S === right;
  const isLost = ({ small }: Known) => small === 1 || small === 2;
  return {
    signature,
    publicKey: A.octets,
    verdict: holds && A.small === 0,
    openssl: holds && !isLost(A) && !isLost(R),
  };
}

/** What is no point must be none, or the verdicts above are not right. */
for (const { octets, log } of points) {
  const point = decodeEdwards(octets);
  if ((point === undefined) !== (log === undefined) || (point !== undefined && point.x >= p))
    throw new Error('a wrong point');
}
