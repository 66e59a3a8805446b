/**
 * A pool of threads that verify lists of signatures: who does which chunk, and what happens when a thread dies. Verdicts never depend on it.
 * Not for other work, and not for the platform: see thread.ts.
 */
import type { Backend } from '../backend/types.ts';
import { checkedItems, type Ed448Item } from '../ed448/index.ts';
import { fail, MeshError } from '../errors.ts';
import { flag, options } from '../options.ts';
import { type Answer, type Chunk, pack, verifyChunk, verifyItems, type Work, weigh } from './chunk.ts';
import type { StartThread, Thread } from './thread.ts';
import type { Pool, VerifyOptions } from './types.ts';
import type { Setup } from './worker.ts';

/**
 * Measures of work, in signatures, by backend: below `alone` the calling thread does it at once, since two running workers would not be faster (measured on
 * two processors); `least` and `most` bound a chunk. The module verifies 64 signatures together; on the JavaScript backend each takes milliseconds.
 */
const measures = {
  wasm: { alone: 32, least: 16, most: 64 },
  js: { alone: 2, least: 1, most: 8 },
} as const;

/** After so many deaths with no answer in between, no thread is started again. */
const MOST_DEATHS = 3;

interface Task {
  readonly chunk: Work;
  resolve(verdicts: boolean[]): void;
  reject(error: unknown): void;
}

interface Member {
  readonly thread: Thread;
  task: Task | undefined;
}

/** What the pool runs on, decided at the first call. */
export interface Engine extends Setup {
  readonly backend: Backend;
}

/** The pool behind `createPool`. */
export class VerificationPool implements Pool {
  readonly size: number;
  readonly #start: StartThread;
  readonly #choose: () => Engine;
  #engine: Engine | undefined;
  readonly #members = new Set<Member>();
  /** For any thread. */
  readonly #queue: Task[] = [];
  /** For the calling thread: what was in the hands of a thread that died, and everything where there are none. */
  readonly #own: Task[] = [];
  #numbers = 0;
  #working = false;
  #deaths = 0;
  #closed = false;

  constructor(size: number, choose: () => Engine, start: StartThread) {
    this.size = size;
    this.#choose = choose;
    this.#start = start;
  }

  get workers(): number {
    return this.#members.size;
  }

  async verifyBatch(items: readonly Ed448Item[], given?: VerifyOptions): Promise<boolean[]> {
    this.#open();
    const { prehash = false } = options(given);
    flag(prehash, 'prehash');
    const checked = checkedItems(items);
    this.#open(); // again: getters of the caller have run
    const { backend } = (this.#engine ??= this.#choose());
    const { alone, least, most } = measures[backend.name];
    const weight = weigh(checked);
    if (weight < alone) return verifyItems(() => backend, checked, prehash);
    const chunks = pack(checked, prehash, Math.min(Math.max(least, Math.ceil(weight / this.size)), most));
    const verdicts = await Promise.all(chunks.map((chunk) => this.#submit(chunk)));
    return verdicts.flat();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const members = [...this.#members];
    const tasks = [...members.flatMap(({ task }) => task ?? []), ...this.#queue.splice(0), ...this.#own.splice(0)];
    this.#members.clear();
    for (const { reject } of tasks) reject(new MeshError('destroyed', 'the pool was closed'));
    await Promise.all(members.map(({ thread }) => thread.terminate()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #open(): void {
    if (this.#closed) fail('destroyed', 'the pool is closed');
  }

  #submit(chunk: Chunk): Promise<boolean[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ chunk: { ...chunk, number: this.#numbers++ }, resolve, reject });
      this.#distribute();
    });
  }

  /** Hands out what waits, starting threads as long as there may be more. */
  #distribute(): void {
    while (this.#queue.length > 0) {
      const member = this.#idle() ?? this.#grow();
      if (member === undefined) break;
      this.#give(member, this.#queue.shift() as Task);
    }
    if (this.#members.size === 0) this.#own.push(...this.#queue.splice(0));
    if (this.#own.length > 0) this.#work();
  }

  #idle(): Member | undefined {
    for (const member of this.#members) if (member.task === undefined) return member;
    return undefined;
  }

  #grow(): Member | undefined {
    if (this.#members.size >= this.size || this.#deaths >= MOST_DEATHS) return undefined;
    const { module } = this.#engine as Engine;
    let thread: Thread | undefined;
    try {
      thread = this.#start({
        answer: (message) => this.#answer(member, message),
        died: () => this.#bury(member),
      });
      thread.post({ module } satisfies Setup);
    } catch {
      this.#deaths = MOST_DEATHS;
      end(thread);
      return undefined;
    }
    const member: Member = { thread, task: undefined };
    this.#members.add(member);
    return member;
  }

  #give(member: Member, task: Task): void {
    member.task = task;
    try {
      member.thread.hold(true);
      member.thread.post(task.chunk); // a copy crosses; the original is kept until there is an answer
    } catch {
      this.#bury(member);
    }
  }

  #answer(member: Member, message: unknown): void {
    const { task, thread } = member;
    if (!this.#members.has(member)) return;
    if (task === undefined || !isAnswer(message, task.chunk)) {
      this.#bury(member);
      return;
    }
    this.#deaths = 0;
    member.task = undefined;
    thread.hold(false);
    task.resolve(message.verdicts);
    this.#distribute();
  }

  #bury(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.#deaths++;
    if (member.task !== undefined) this.#own.push(member.task);
    end(member.thread);
    this.#distribute();
  }

  /** Does what the calling thread must do, one chunk in each turn of the event loop. */
  #work(): void {
    if (this.#working) return;
    this.#working = true;
    setTimeout(() => {
      this.#working = false;
      const task = this.#own.shift();
      if (task === undefined) return;
      try {
        task.resolve(verifyChunk(() => (this.#engine as Engine).backend, task.chunk));
      } catch (error) {
        task.reject(error);
      }
      if (this.#own.length > 0) this.#work();
    });
  }
}

/** Ends a thread that is of no use, whatever it says to that. */
function end(thread: Thread | undefined): void {
  try {
    thread?.terminate().catch(() => {});
  } catch {
    // it is gone
  }
}

/** Whether a message is the answer to this very chunk: its number, and one verdict for each item. */
function isAnswer(message: unknown, { number, lengths }: Work): message is Answer {
  const { number: given, verdicts } = (message ?? {}) as Partial<Answer>;
  return (
    given === number &&
    Array.isArray(verdicts) &&
    verdicts.length === lengths.length / 2 &&
    verdicts.every((one) => typeof one === 'boolean')
  );
}
