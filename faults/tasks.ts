/**
 * What faults are injected into: operations on secrets with fixed arguments, so that there is one right result. Kinds are those of the promise in SECURITY.md: signing
 * (with the key generation behind it), splitting, decrypting (with combining and agreement).
 */

import { jsBackend } from '../src/backend/js/index.ts';
import type { Backend } from '../src/backend/types.ts';
import { makeDare } from '../src/dare/index.ts';
import { makeEd448, makeEd448ph } from '../src/ed448/index.ts';
import { makeShamir } from '../src/shamir/index.ts';
import { makeUdf } from '../src/udf/index.ts';

/** A kind of task. */
export const kinds = ['sign', 'split', 'decrypt'] as const;
export type Kind = (typeof kinds)[number];

export interface Task {
  name: string;
  kind: Kind;
  run(backend: Backend): unknown;
}

/** Octets that look random and are always the same. */
function octets(length: number, salt: number): Uint8Array {
  return jsBackend.shake256(Uint8Array.of(salt), length);
}

const scalar = jsBackend.scalarReduce(octets(114, 1));
const seed = octets(57, 2);
const message = octets(200, 3);
const context = octets(5, 4);
const point = jsBackend.edwardsBaseMultiply(jsBackend.scalarReduce(octets(114, 5)));
const signedU = jsBackend.montgomeryBaseMultiply(jsBackend.scalarReduce(octets(114, 6)));
const key = { scalar, prefix: octets(57, 7), publicKey: jsBackend.edwardsBaseMultiply(scalar) };
const field = { length: 32, offset: 297 };

/** Three coefficients below the prime of 33 octets each. */
const coefficients = new Uint8Array(99);
for (const i of [0, 1, 2]) coefficients.set(octets(32, 8 + i), 33 * i + 1);
const points = [2, 3, 5, 9].map((x) => ({ x, value: valueAt(x) }));

function valueAt(x: number): Uint8Array {
  const text = jsBackend.shamirEvaluate(coefficients, x, field, 0x3000)?.[x - 1] as string;
  return jsBackend.base32Decode(text, false).octets.slice(2, 34);
}

/** A seed text and shares of a key text. */
const jsUdf = makeUdf(() => jsBackend);
const seedText = jsUdf.format(200, octets(18, 13).fill(0, 0, 2));
const keyShares = makeShamir(() => jsBackend).splitKey(jsUdf.format(32, octets(16, 14)), { shares: 3, quorum: 2 });

const jsDare = makeDare(() => jsBackend);
const payload = octets(100, 11);

/** An envelope to a key of the curve, and its opening. */
function opening(crv: 'X448' | 'Ed448', cipher: 'A256GCM' | 'A256CBC'): Task {
  const secretKey = octets(crv === 'X448' ? 56 : 57, 12);
  const recipient = { crv, secretKey };
  const publicKey =
    crv === 'Ed448' ? jsBackend.ed448PublicKey(secretKey) : jsBackend.montgomeryBaseMultiply(clampedModuloL(secretKey));
  const signers = cipher === 'A256CBC' ? [{ crv: 'Ed448' as const, secretKey: seed }] : [];
  const envelope = jsDare.seal(payload, { recipients: [{ crv, publicKey }], signers, cipher });
  return {
    name: `open an envelope to ${crv}, ${cipher}`,
    kind: 'decrypt',
    run: (b) => makeDare(() => b).open(envelope, { keys: [recipient] }).payload,
  };
}

function clampedModuloL(secretKey: Uint8Array): Uint8Array {
  const k = secretKey.slice();
  k[0] = (k[0] as number) & 0xfc;
  k[55] = (k[55] as number) | 0x80;
  return jsBackend.scalarReduce(k);
}

export const tasks: readonly Task[] = [
  { name: 'ed448Sign', kind: 'sign', run: (b) => b.ed448Sign(message, seed, context, 0) },
  { name: 'ed448SignKey', kind: 'sign', run: (b) => b.ed448SignKey(message, key, context, 0) },
  { name: 'ed448PublicKey', kind: 'sign', run: (b) => b.ed448PublicKey(seed) },
  {
    name: 'prepareSigner and sign',
    kind: 'sign',
    run: (b) =>
      makeEd448(() => b)
        .prepareSigner(seed)
        .sign(message),
  },
  { name: 'sign, prehashed', kind: 'sign', run: (b) => makeEd448ph(() => b).sign(message, seed) },
  { name: 'edwardsBaseMultiply', kind: 'sign', run: (b) => b.edwardsBaseMultiply(scalar) },
  {
    name: 'derive a key from a seed',
    kind: 'sign',
    run: (b) => makeUdf(() => b).deriveKey(seedText, { form: 'salt', algorithm: 'X448' }),
  },
  { name: 'shamirEvaluate', kind: 'split', run: (b) => b.shamirEvaluate(coefficients, 5, field, 0x3000) },
  { name: 'x448', kind: 'decrypt', run: (b) => b.x448(seed.subarray(0, 56), signedU.subarray(0, 56)) },
  { name: 'x448Base', kind: 'decrypt', run: (b) => b.x448Base(seed.subarray(0, 56)) },
  { name: 'montgomeryMultiply', kind: 'decrypt', run: (b) => b.montgomeryMultiply(scalar, signedU) },
  { name: 'montgomeryBaseMultiply', kind: 'decrypt', run: (b) => b.montgomeryBaseMultiply(scalar) },
  { name: 'edwardsMultiply', kind: 'decrypt', run: (b) => b.edwardsMultiply(scalar, point) },
  { name: 'shamirInterpolate', kind: 'decrypt', run: (b) => b.shamirInterpolate(points, 3, field) },
  {
    name: 'combine the shares of a key',
    kind: 'decrypt',
    run: (b) => makeShamir(() => b).combineKey(keyShares.slice(0, 2)),
  },
  opening('X448', 'A256GCM'),
  opening('Ed448', 'A256GCM'),
  opening('X448', 'A256CBC'),
];
