/**
 * A thread with tests, from outside: it is given modules and says whether a test fails. One that hangs is ended, which is a failed test too.
 */
import { Worker } from 'node:worker_threads';
import type { Answer, Known, Order } from './task.ts';

/** What became of a mutant. */
export interface Verdict {
  /** The test that fails on it; none on a survivor. */
  killer?: string;
  reason?: string;
}

/** Milliseconds that no test of the suite takes, on whatever machine. */
const mostTime = 30_000;

/** A thread, which is replaced by another when it is ended. */
export class Judge {
  readonly #file: string;
  readonly #sound: Extract<Order, { type: 'load' }>;
  #worker: Worker | undefined;

  constructor(file: string, sound: Uint8Array, exports: string[]) {
    this.#file = file;
    this.#sound = { type: 'load', octets: sound, exports };
  }

  /** Sends an order; `hear` gets answers until it gives a value. */
  #ask<T>(worker: Worker, order: Order, hear: (answer: Answer) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const listen = (answer: Answer) => {
        const value = hear(answer);
        if (value === undefined) return;
        worker.off('message', listen);
        worker.off('error', reject);
        resolve(value);
      };
      worker.on('message', listen);
      worker.on('error', reject);
      worker.postMessage(order);
    });
  }

  async #ready(): Promise<Worker> {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#file, { execArgv: [] });
    await this.#ask(worker, this.#sound, (answer) => {
      if (answer.type === 'verdict') throw new Error(`the tests cannot be read: ${answer.reason}`);
      return answer.type === 'ready' ? true : undefined;
    });
    this.#worker = worker;
    return worker;
  }

  /** Which tests run which functions, on a module that says so. @throws Error when a test fails there */
  async measure(octets: Uint8Array, functions: number): Promise<Known[]> {
    const worker = await this.#ready();
    const measured = await this.#ask(worker, { type: 'measure', octets, functions }, (answer) =>
      answer.type === 'measured' ? answer : undefined,
    );
    if (measured.broken.length > 0) throw new Error(`tests fail on the sound module:\n${measured.broken.join('\n')}`);
    return measured.tests;
  }

  /** Runs tests on a module until one fails. */
  async judge(octets: Uint8Array, chosen: readonly Known[]): Promise<Verdict> {
    const worker = await this.#ready();
    const known = new Map(chosen.map((each) => [each.test, each]));
    let timer: NodeJS.Timeout | undefined;
    let at: Known | undefined;
    const hung = new Promise<Verdict>((resolve) => {
      timer = setTimeout(() => {
        this.close();
        resolve({ killer: at?.name ?? '', reason: 'no end' });
      }, mostTime);
    });
    const judged = this.#ask(
      worker,
      { type: 'mutant', octets, tests: chosen.map(({ test }) => test) },
      (answer): Verdict | undefined => {
        if (answer.type === 'begin') {
          at = known.get(answer.test);
          timer?.refresh();
          return undefined;
        }
        if (answer.type !== 'verdict') return undefined;
        const { killer, reason } = answer;
        return killer === undefined ? {} : { killer: known.get(killer)?.name ?? 'instantiation', reason: reason ?? '' };
      },
    );
    try {
      return await Promise.race([judged, hung]);
    } catch (error) {
      this.close();
      return { killer: at?.name ?? '', reason: (error as Error).message };
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}
