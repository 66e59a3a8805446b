/**
 * The thread that runs tests on modules. The first failure is enough: it kills the mutant.
 */
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import fc from 'fast-check';
import { flagOf } from './flags.ts';
import { globalOf, install, takeOver } from './host.ts';
import { collect } from './suite.ts';
import type { Answer, Known, Order } from './task.ts';
import { run, tests } from './vitest.ts';

const post = (answer: Answer) => parentPort?.postMessage(answer);

// The same inputs for every mutant, or a survivor could not be looked at again.
fc.configureGlobal({ seed: 448 });

/** Reads the tests, some of which compute something then: on the sound module. */
async function load({ octets, exports }: Extract<Order, { type: 'load' }>): Promise<void> {
  install(octets);
  takeOver(exports);
  await collect();
  post({ type: 'ready' });
}

async function measure({ octets, functions }: Extract<Order, { type: 'measure' }>): Promise<void> {
  install(octets);
  const known: Known[] = [];
  const broken: string[] = [];
  for (const [test, each] of tests.entries()) {
    for (let index = 0; index < functions; index++) (globalOf(flagOf(index)) as WebAssembly.Global).value = 0;
    const start = performance.now();
    try {
      await run(each);
    } catch (error) {
      broken.push(`${each.name}: ${(error as Error).message}`);
    }
    const time = performance.now() - start;
    const ran = Array.from({ length: functions }, (_, index) => index).filter(
      (index) => globalOf(flagOf(index))?.value === 1,
    );
    known.push({ test, name: each.name, time, functions: ran });
  }
  post({ type: 'measured', tests: known, broken });
}

async function judge({ octets, tests: chosen }: Extract<Order, { type: 'mutant' }>): Promise<void> {
  install(octets);
  for (const test of chosen) {
    post({ type: 'begin', test });
    const each = tests[test];
    if (each === undefined) continue;
    try {
      await run(each);
    } catch (error) {
      post({ type: 'verdict', killer: test, reason: String((error as Error).message).split('\n')[0] ?? '' });
      return;
    }
  }
  post({ type: 'verdict' });
}

parentPort?.on('message', (order: Order) => {
  const failed = (error: Error) => post({ type: 'verdict', killer: -1, reason: error.message });
  const work = { load, measure, mutant: judge }[order.type] as (order: Order) => Promise<void>;
  void work(order).catch(failed);
});
