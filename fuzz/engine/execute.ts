/**
 * One execution of a target: what is counted, how long it takes, and whether it is a finding.
 */
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { mostMemory, mostTime } from '../limits.ts';
import type { Target } from '../target.ts';
import type { Coverage } from './coverage.ts';
import type { Finding, Shared } from './task.ts';

/** What all executions of a thread share. */
export interface Place {
  target: Target;
  coverage: Coverage;
  shared: Shared;
  executions: number;
}

declare global {
  var $fuzzLimit: { octets: number };
}

/** Random numbers that are the same for every execution: what an input shows once, it shows again. */
function fixRandomness(): () => void {
  let state = 1;
  Object.defineProperty(globalThis.crypto, 'getRandomValues', {
    configurable: true,
    value: (array: Uint8Array) => {
      for (let i = 0; i < array.length; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        array[i] = state >>> 24;
      }
      return array;
    },
  });
  return () => {
    state = 1;
  };
}

const restartRandomness = fixRandomness();

/** Where an error comes from: the first line of its stack that is no line of this harness. */
function signatureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'Disagreement') return `Disagreement ${error.message.split(':')[0]}`;
  const frame = /\n +at (?:async )?([^ (]+)/.exec(error.stack ?? '')?.[1] ?? '';
  return `${error.name} in ${frame}: ${error.message.replace(/[0-9]+/g, '#').slice(0, 80)}`;
}

/** The signature of an input that takes too long. */
export const slow = 'slow';

const ownTime = '/proc/thread-self/schedstat';

/** Milliseconds that this thread has worked, where the system says; else those of the clock. */
const worked = existsSync(ownTime)
  ? () => Number(readFileSync(ownTime, 'utf8').split(' ')[0]) / 1e6
  : () => performance.now();

async function once(
  { target, coverage, shared }: Place,
  number: number,
  input: Uint8Array,
  now: () => number,
): Promise<Finding | number> {
  globalThis.$fuzzLimit.octets = mostMemory(input.length);
  restartRandomness();
  coverage.reset();
  shared.begin(number, input);
  const start = now();
  try {
    const running = target.run(input);
    if (running !== undefined) await running;
    return now() - start;
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { signature: signatureOf(error), detail, input };
  } finally {
    shared.end();
    globalThis.$fuzzLimit.octets = Number.POSITIVE_INFINITY;
  }
}

/** Runs an input; `undefined` when all is well. */
export async function execute(place: Place, input: Uint8Array): Promise<Finding | undefined> {
  const number = ++place.executions;
  // What waits for its turn must have one; also, rejections that nobody handles are noticed then.
  if (number % 256 === 0) await new Promise((resolve) => setImmediate(resolve));
  let took = await once(place, number, input, () => performance.now());
  // The machine may have been busy with something else.
  for (let i = 0; i < 2 && typeof took === 'number' && took > mostTime; i++) {
    took = await once(place, number, input, worked);
  }
  if (typeof took !== 'number') return took;
  if (took <= mostTime) return undefined;
  return { signature: slow, detail: `${Math.round(took)} ms`, input };
}
