/**
 * Runs a target in a thread, and ends the thread when it hangs or takes too much memory: both are findings, unless a second look shows that the
 * machine was only busy.
 */
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { Bundle } from '../build/bundle.ts';
import { mostHeap, mostTime } from '../limits.ts';
import { type Finding, type Message, type Progress, Shared, type Task } from './task.ts';

/** How a run ended. */
export interface Result extends Progress {
  target: string;
  /** Milliseconds. */
  elapsed: number;
  kept: Uint8Array[];
  finding?: Finding;
}

/** What one target is to be run with. */
export type Order = Omit<Task, 'counters' | 'words' | 'shared'>;

const lookEvery = 100;
/** What returns late is seen by the thread itself, by its own clock; this is for what does not return. */
const longSilence = 10 * mostTime;
const none: Progress = { executions: 0, reached: 0, inputs: 0 };

type Ending = Omit<Result, 'target' | 'elapsed'> & { hung?: boolean };

/** One thread, from its start to its end. */
function attempt(
  { path, counters, words }: Bundle,
  order: Order,
  tell: (progress: Progress) => void,
  silence: number,
): Promise<Ending> {
  const shared = new Shared();
  const task: Task = { ...order, counters, words, shared: shared.memory };
  return new Promise((resolve) => {
    const worker = new Worker(path, {
      workerData: task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: mostHeap },
    });
    let progress = none;
    let number = 0;
    let since = performance.now();
    const finish = (ending: Partial<Ending>) => {
      clearInterval(watch);
      void worker.terminate();
      resolve({ ...progress, kept: [], ...ending });
    };
    const found = (signature: string, detail: string) => ({ finding: { signature, detail, input: shared.input } });
    const watch = setInterval(() => {
      const now = performance.now();
      const at = shared.number;
      if (at === 0 || at !== number) since = now;
      number = at;
      if (now - since > silence) finish({ hung: true, ...found('hang', `no answer in ${silence} ms`) });
    }, lookEvery);
    worker.on('message', (message: Message) => {
      if (message.type === 'progress') tell((progress = message));
      else if (message.type === 'finding') finish({ ...message.progress, finding: message.finding });
      else finish(message);
    });
    worker.on('error', (error: Error) => finish(found(`crash ${error.name}`, error.stack ?? error.message)));
    worker.on('exit', (code) => finish(found('exit', `the thread ended with status ${code}`)));
  });
}

/** Runs a target to its end. */
export async function supervise(
  bundle: Bundle,
  order: Order,
  tell: (progress: Progress) => void,
  silence: number = longSilence,
): Promise<Result> {
  const start = performance.now();
  const until = start + order.milliseconds;
  let ending = await attempt(bundle, order, tell, silence);
  while (ending.hung && ending.finding !== undefined && order.replay === undefined) {
    const again = await attempt(bundle, { ...order, replay: ending.finding.input }, () => {}, silence);
    const left = until - performance.now();
    if (again.finding !== undefined || left <= 0) {
      const { finding, ...rest } = ending;
      ending = again.finding === undefined ? rest : ending;
      break;
    }
    ending = await attempt(bundle, { ...order, milliseconds: left, seed: order.seed + 1 }, tell, silence);
  }
  const { hung, ...rest } = ending;
  return { target: order.target, ...rest, elapsed: performance.now() - start };
}
