/**
 * A thread: a worker of the platform, as little of it as the pool needs. `node:worker_threads` where they exist (Node, Deno, Bun), else Web Workers.
 * Not for what is said to it: see pool.ts and worker.ts.
 */
import { builtin } from '../builtin.ts';

/** A running worker. */
export interface Thread {
  post(message: unknown): void;
  /** Whether it keeps the process alive. */
  hold(alive: boolean): void;
  terminate(): Promise<unknown>;
}

/** What a worker brings about. */
export interface ThreadEvents {
  answer(message: unknown): void;
  /** It stopped, failed to start, or can no longer be trusted; may be called more than once. */
  died(): void;
}

/** Starts a worker. @throws anything, where there are none */
export type StartThread = (events: ThreadEvents) => Thread;

/** {@link StartThread} on the platform. */
export const startThread: StartThread = (events) => {
  const threads = builtin('node:worker_threads');
  return threads === undefined ? startWebWorker(events) : startNodeWorker(threads, events);
};

function startNodeWorker(threads: typeof import('node:worker_threads'), { answer, died }: ThreadEvents): Thread {
  // Bundlers for the Web look for files in `new URL` beside a module: they would ship this one twice, and warn where they cannot read its name.
  const here = import.meta.url;
  // Without the flags of the process: --input-type, for one, is refused where there is a file.
  const worker = new threads.Worker(new URL('../pool/worker.js', here), { execArgv: [] });
  worker.on('message', answer).on('messageerror', died).on('error', died).on('exit', died);
  return {
    post: (message) => worker.postMessage(message),
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    terminate: () => worker.terminate(),
  };
}

function startWebWorker({ answer, died }: ThreadEvents): Thread {
  // In this form bundlers recognise a worker.
  const worker = new Worker(new URL('../pool/worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => answer(data);
  worker.onmessageerror = died;
  worker.onerror = (event) => {
    event.preventDefault();
    died();
  };
  return {
    post: (message) => worker.postMessage(message),
    hold() {},
    terminate: async () => worker.terminate(),
  };
}
