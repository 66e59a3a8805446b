/**
 * Equality of traces: an operation has one trace over all secrets, when its branches and addresses depend on none. Coarser than memcheck in that it sees
 * only what these secrets bring about, finer in that it takes a `select` for a branch; and it needs no processor of one kind.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import binaryen from 'binaryen';
import { jsProvider } from '../src/backend/js/index.ts';
import type { Backend } from '../src/backend/types.ts';
import type { Abi } from '../src/backend/wasm/abi.ts';
import { backendOver } from '../src/backend/wasm/over.ts';
import { MeshError } from '../src/errors.ts';
import { instrumented } from './instrument.ts';
import type { SecretOperation } from './policy.ts';
import { secrets } from './secrets.ts';

/** What the secrets have shown about one function. */
export interface Trace {
  readonly name: string;
  /** Conditions and addresses of one run; of the last one, when they differ. */
  readonly events: number;
  /** How many different traces there are. */
  readonly distinct: number;
}

/** The globals of an instrumented module. */
interface Recorder {
  reset(): void;
  read(): { hash: bigint; events: number };
}

function recorderOf(exports: WebAssembly.Exports): Recorder {
  const [hash, events] = [exports['trace_hash'], exports['trace_events']] as [WebAssembly.Global, WebAssembly.Global];
  return {
    reset() {
      hash.value = 0n;
      events.value = 0;
    },
    read: () => ({ hash: hash.value as bigint, events: events.value as number }),
  };
}

const zero = new Uint8Array(56);
const message = new Uint8Array(100).fill(1);
const field = { length: 32, offset: 297 };

/** Operations on 114 secret octets, of which each takes what it needs; where it takes a scalar, `scalar` is that below L. */
type Operation = (backend: Backend, secret: Uint8Array, scalar: Uint8Array) => unknown;

function operations(): Record<SecretOperation, Operation> {
  const js = jsProvider();
  const one = Uint8Array.from({ length: 56 }, (_, i) => (i === 0 ? 7 : 0));
  const P = js.edwardsBaseMultiply(one);
  const Q = js.montgomeryBaseMultiply(one);
  const u = Q.slice(0, 56);
  const seed = (secret: Uint8Array) => secret.slice(0, 57);
  return {
    sha512: (b, secret) => b.sha512(secret),
    hmacSha512: (b, secret) => b.hmacSha512(secret, message),
    typedDigests: (b, secret) => b.typedDigests(message, [secret, message]),
    shake256: (b, secret) => b.shake256(secret, 114),
    sha3_512: (b, secret) => b.sha3_512(secret),
    ed448PublicKey: (b, secret) => b.ed448PublicKey(seed(secret)),
    ed448Sign: (b, secret) => b.ed448Sign(message, seed(secret), zero, 0),
    ed448SignKey: (b, secret, scalar) =>
      b.ed448SignKey(message, { scalar, prefix: seed(secret), publicKey: P }, zero, 0),
    x448: (b, secret) => b.x448(secret.slice(0, 56), u),
    x448Base: (b, secret) => b.x448Base(secret.slice(0, 56)),
    scalarReduce: (b, secret) => b.scalarReduce(secret),
    scalarAdd: (b, _, scalar) => b.scalarAdd(scalar, one),
    scalarMul: (b, _, scalar) => b.scalarMul(scalar, scalar),
    scalarNegate: (b, _, scalar) => b.scalarNegate(scalar),
    scalarInvert: (b, _, scalar) => b.scalarInvert(scalar),
    edwardsMultiply: (b, _, scalar) => b.edwardsMultiply(scalar, P),
    edwardsBaseMultiply: (b, _, scalar) => b.edwardsBaseMultiply(scalar),
    edwardsCombination: (b, _, scalar) => b.edwardsCombination([one], [P], scalar),
    montgomeryMultiply: (b, _, scalar) => b.montgomeryMultiply(scalar, Q),
    montgomeryBaseMultiply: (b, _, scalar) => b.montgomeryBaseMultiply(scalar),
    shamirEvaluate(b, secret) {
      const coefficients = new Uint8Array(99);
      // Below 2^248, so that the values, which are public when they do not fit, all fit.
      for (let i = 0; i < 3; i++) coefficients.set(secret.subarray(31 * i, 31 * i + 31), 33 * i + 2);
      b.shamirEvaluate(coefficients, 5, field, 0x1000);
    },
    shamirInterpolate: (b, secret) =>
      b.shamirInterpolate(
        [1, 2, 5].map((x, i) => ({ x, value: secret.slice(32 * i, 32 * i + 32) })),
        3,
        field,
      ),
    base32Encode: (b, secret) => b.base32Encode(secret, 200, 4),
    base32Decode: (b, secret) => b.base32Decode(js.base32Encode(secret, 200, 4), false),
  };
}

/** Whether an operation gave a result. That a scalar is zero is public (declassified.ts), and refused before the result is checked. */
function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof MeshError && error.code === 'identity_result') return false;
    throw error;
  }
}

function traceOf(name: string, recorder: Recorder, runs: readonly (() => unknown)[]): Trace {
  const seen = new Set<bigint>();
  let events = 0;
  for (const run of runs) {
    recorder.reset();
    if (!succeeds(run)) continue;
    const found = recorder.read();
    seen.add(found.hash);
    events = found.events;
  }
  return { name, events, distinct: seen.size };
}

/** The operations of a module, over all secrets. */
export function traces(wasm: Uint8Array, progress: (text: string) => void): Trace[] {
  const module = new WebAssembly.Module(instrumented(wasm) as BufferSource);
  const { exports } = new WebAssembly.Instance(module);
  const pristine = () => (new WebAssembly.Instance(module).exports as unknown as Abi).memory.buffer;
  const backend = backendOver(exports as unknown as Abi, pristine);
  const recorder = recorderOf(exports);
  const all = secrets();
  backend.edwardsBaseMultiply(zero); // makes the tables
  return Object.entries(operations()).map(([name, operation]) => {
    const trace = traceOf(
      name,
      recorder,
      all.map(
        ({ octets, scalar }) =>
          () =>
            operation(backend, octets, scalar),
      ),
    );
    progress(`trace: ${name}: ${trace.distinct} of ${all.length} secrets, ${trace.events} events`);
    return trace;
  });
}

/** The functions of controls.wat, in the same way. */
export function controlTraces(): Trace[] {
  const module = binaryen.parseText(readFileSync(join(import.meta.dirname, 'controls.wat'), 'utf8'));
  module.setFeatures(binaryen.Features.All);
  const { exports } = new WebAssembly.Instance(
    new WebAssembly.Module(instrumented(module.emitBinary()) as BufferSource),
  );
  const recorder = recorderOf(exports);
  const octets = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer);
  return Object.entries(exports).flatMap(([name, control]) =>
    typeof control !== 'function'
      ? []
      : [
          traceOf(
            name,
            recorder,
            secrets().map(({ octets: secret }) => () => {
              octets.set(secret.subarray(0, 16));
              control(0, 16);
            }),
          ),
        ],
  );
}

/** What is wrong: an operation with more than one trace, or without events; a leaky control with one; a clean one with more. */
export function traceFaults(found: readonly Trace[], controls: readonly Trace[]): string[] {
  const faults: string[] = [];
  for (const { name, distinct, events } of found) {
    if (distinct !== 1) faults.push(`${name} has ${distinct} traces`);
    if (events === 0) faults.push(`${name} has an empty trace`);
  }
  for (const { name, distinct } of controls) {
    if (distinct === 1 && !name.startsWith('clean_')) faults.push(`the leaky control ${name} has one trace`);
    if (distinct !== 1 && name.startsWith('clean_')) faults.push(`the clean control ${name} has ${distinct} traces`);
  }
  return faults;
}
