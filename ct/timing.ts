/**
 * The second line: measured times of operations on two classes of secrets. Where it finds a difference there is one, if the null test finds none; that it
 * finds none proves little. For JavaScript, where memcheck has nothing to say, it is all there is.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { edwards448, order } from '../src/backend/js/curves.ts';
import { jsProvider } from '../src/backend/js/index.ts';
import { multiplyBlinded } from '../src/backend/js/multiply.ts';
import { reduce } from '../src/backend/js/scalar.ts';
import type { Abi } from '../src/backend/wasm/abi.ts';
import { backendOver } from '../src/backend/wasm/over.ts';
import { group25519 } from '../src/threshold/group25519.ts';
import { greatest } from './welch.ts';

/** What measuring one operation has shown. */
export interface Timing {
  readonly name: string;
  /** What one class has; the other has random scalars. */
  readonly secrets: string;
  readonly samples: number;
  /** Mean time in microseconds. */
  readonly microseconds: number;
  /** The greatest |t|. */
  readonly t: number;
  /** Whether a difference has to be there, or must not be. */
  readonly kind: 'clean' | 'null' | 'leaky';
}

/** Above this a difference is one; dudect calls 10 "definitely". With some hundred crops and operations 4.5 is too easily reached by chance. */
const LIMIT = 10;
/** Above this the machine is too noisy for any verdict. */
const NULL_LIMIT = 4.5;

type Operation = (scalar: Uint8Array) => unknown;

/** Scalars of one class, little-endian. */
const classes: Record<string, () => bigint> = {
  random: () => BigInt(`0x${randomBytes(64).toString('hex')}`),
  sparse: () => (1n << 240n) + 1n,
  small: () => 3n,
};

/** Most measurements of one operation, and how many of them do not count. */
const MOST = 20_000;
const WARMUP = 50;

/** `MOST` scalars one behind the other, each of the class that its label says. */
function arenaOf(labels: Uint8Array, [a, b]: readonly [string, string], length: number, modulus: bigint): Uint8Array {
  const arena = new Uint8Array(MOST * length);
  labels.forEach((label, i) => {
    let value = (classes[label & 1 ? b : a] as () => bigint)() % modulus;
    for (let k = 0; k < length; k++, value >>= 8n) arena[i * length + k] = Number(value & 255n);
  });
  return arena;
}

/**
 * Times in microseconds of an operation on scalars of two classes, in random order, for about so many milliseconds. All scalars lie in one arena, and each
 * is copied to the same place before it is used: where an array lies, and how old it is, must not tell the classes apart.
 */
function measure({ run, length, modulus }: Subject, pair: readonly [string, string], milliseconds: number) {
  const labels = new Uint8Array(randomBytes(MOST));
  const arena = arenaOf(labels, pair, length, modulus);
  const argument = new Uint8Array(new ArrayBuffer(128), 0, length);
  const times: [number[], number[]] = [[], []];
  const end = performance.now() + milliseconds;
  for (let i = 0; i < MOST && performance.now() < end; i++) {
    argument.set(arena.subarray(i * length, (i + 1) * length));
    const start = process.hrtime.bigint();
    run(argument);
    const time = Number(process.hrtime.bigint() - start) / 1000;
    // The first ones run in code that has not been compiled yet.
    if (i >= WARMUP) times[((labels[i] as number) & 1) as 0 | 1].push(time);
  }
  return times;
}

interface Subject {
  readonly name: string;
  readonly run: Operation;
  readonly length: number;
  readonly modulus: bigint;
  readonly kind?: 'clean' | 'leaky';
}

const order25519 = 2n ** 252n + 27742317777372353535851937790883648493n;

function subjects(): Subject[] {
  const wasm = new WebAssembly.Module(readFileSync(join(import.meta.dirname, '../dist/mesh.wasm')));
  const fresh = () => new WebAssembly.Instance(wasm).exports as unknown as Abi;
  const compiled = backendOver(fresh(), () => fresh().memory.buffer);
  const js = jsProvider();
  const seven = Uint8Array.from({ length: 56 }, (_, i) => (i === 0 ? 7 : 0));
  const P = js.edwardsBaseMultiply(seven);
  const Q = js.montgomeryBaseMultiply(seven);
  const in448 = { length: 56, modulus: order };
  const compiledOnes = (
    [
      ['edwardsMultiply', (s) => compiled.edwardsMultiply(s, P)],
      ['edwardsBaseMultiply', (s) => compiled.edwardsBaseMultiply(s)],
      ['montgomeryMultiply', (s) => compiled.montgomeryMultiply(s, Q)],
      ['x448', (s) => compiled.x448(s, Q.subarray(0, 56))],
    ] satisfies [string, Operation][]
  ).map(([name, run]): Subject => ({ name: `wasm: ${name}`, run, ...in448 }));
  const curves = (['Ed25519', 'X25519'] as const).map((crv): Subject => {
    const group = group25519(crv);
    const R = group.base(seven.slice(0, 32));
    return { name: `js: a point of ${crv}`, run: (s) => group.times(s, R), length: 32, modulus: order25519 };
  });
  const point = edwards448().fromBytes(P);
  return [
    ...compiledOnes,
    { name: 'js: the base point of edwards448', run: (s) => js.edwardsBaseMultiply(s), ...in448 },
    // Without the checks of the point, which take as long.
    { name: 'js: a point of edwards448', run: (s) => multiplyBlinded(point, reduce(s)), ...in448 },
    { name: 'js: x448', run: (s) => js.x448(s, Q.subarray(0, 56)), ...in448 },
    ...curves,
    {
      name: 'control: a point of edwards448, not blinded',
      run: (s) => point.multiply(reduce(s)),
      ...in448,
      kind: 'leaky',
    },
  ];
}

/** Measures everything, for about so many milliseconds each. */
export function timing(progress: (text: string) => void, milliseconds = 20_000): Timing[] {
  return subjects().flatMap((subject) =>
    ['random', 'sparse', 'small'].map((secrets): Timing => {
      const { name, kind = 'clean' } = subject;
      const times = measure(subject, ['random', secrets], milliseconds);
      const all = times.flat();
      const samples = all.length;
      const microseconds = Math.round(all.reduce((sum, time) => sum + time, 0) / samples);
      const t = Math.round(10 * greatest(...times)) / 10;
      progress(`time: ${name}: ${secrets}: |t| = ${t} (${samples} samples of ${microseconds} us)`);
      return { name, secrets, samples, microseconds, t, kind: secrets === 'random' ? 'null' : kind };
    }),
  );
}

/** What is wrong: a difference where there must be none, or a control that shows none for small scalars. */
export function timingFaults(found: readonly Timing[]): string[] {
  return found.flatMap(({ name, secrets, t, kind }) => {
    if (kind === 'null' && t > NULL_LIMIT)
      return [`${name}: the null test has |t| = ${t}: too much noise for a verdict`];
    if (kind === 'clean' && t > LIMIT) return [`${name}: |t| = ${t} between ${secrets} and random scalars`];
    if (kind === 'leaky' && secrets === 'small' && t <= LIMIT) return [`${name}: |t| = ${t} only`];
    return [];
  });
}
