/**
 * The thread's side of a run: reads its task, fuzzes, says what came of it.
 */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { Target } from '../target.ts';
import { readVectors } from '../vectors.ts';
import { readCorpus } from './corpus.ts';
import { Coverage } from './coverage.ts';
import { execute, type Place } from './execute.ts';
import { worthKeeping } from './keep.ts';
import { search } from './loop.ts';
import { type Message, Shared, type Task } from './task.ts';

declare global {
  var $fuzzCounters: Uint8Array;
}

/** Does what the supervisor asks for, with one of these targets. */
export async function serve(targets: readonly Target[]): Promise<void> {
  const task = workerData as Task;
  const post = (message: Message) => parentPort?.postMessage(message);
  const target = targets.find(({ name }) => name === task.target);
  if (target === undefined) throw new Error(`no target ${task.target}`);
  const coverage = () => new Coverage(globalThis.$fuzzCounters, task.counters);
  const place: Place = { target, coverage: coverage(), shared: new Shared(task.shared), executions: 0 };

  if (task.replay !== undefined) {
    const start = performance.now();
    const finding = await execute(place, task.replay);
    const progress = { executions: place.executions, reached: place.coverage.hits().length, inputs: 1 };
    if (finding === undefined) post({ type: 'done', kept: [], elapsed: performance.now() - start, ...progress });
    else post({ type: 'finding', finding, progress });
    return;
  }

  const vectors = target.seeds(readVectors(task.vectors)).map((seed) => seed.slice(0, target.maxLength));
  const start = performance.now();
  const seeds = [...vectors, ...readCorpus(task.corpus, target.name)];
  const { progress, finding, corpus } = await search(place, seeds, task, (now) => post({ type: 'progress', ...now }));
  const elapsed = performance.now() - start;
  if (finding !== undefined) post({ type: 'finding', finding, progress });
  else post({ type: 'done', kept: task.keep ? await worthKeeping(place, vectors, corpus) : [], elapsed, ...progress });
}
