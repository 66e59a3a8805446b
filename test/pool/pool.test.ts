/**
 * Who does which chunk, with threads that the test makes: good ones, and ones that fail in every way there is.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsBackend } from '../../src/backend/js/index.ts';
import type { Backend } from '../../src/backend/types.ts';
import { compiledModule, wasmBackend, wasmBackendFrom } from '../../src/backend/wasm/index.ts';
import type { Ed448Item } from '../../src/ed448/index.ts';
import { type ErrorCode, MeshError } from '../../src/errors.ts';
import { answerTo, type Work } from '../../src/pool/chunk.ts';
import { type Engine, VerificationPool } from '../../src/pool/pool.ts';
import type { StartThread, ThreadEvents } from '../../src/pool/thread.ts';
import type { Setup } from '../../src/pool/worker.ts';
import { pattern } from '../support/octets.ts';
import { known } from './items.ts';

const wasm: Engine = { backend: wasmBackend(), module: compiledModule() };
const js: Engine = { backend: jsBackend, module: undefined };

/** What a thread does with its n-th chunk instead of answering. */
type Fault = (n: number, events: ThreadEvents, chunk: Work) => 'answer' | 'silence';
const faultless: Fault = () => 'answer';

interface Log {
  started: number;
  ended: number;
  chunks: Work[];
  modules: unknown[];
}

/** Threads that live in this one, and answer later. */
function threads(fault: Fault = faultless): { start: StartThread; log: Log } {
  const log: Log = { started: 0, ended: 0, chunks: [], modules: [] };
  const start: StartThread = (events) => {
    log.started++;
    let backend: Backend;
    return {
      post(message) {
        const data = structuredClone(message) as Setup | Work;
        if (!('octets' in data)) {
          log.modules.push(data.module);
          backend = data.module === undefined ? jsBackend : wasm.backend;
          return;
        }
        const n = log.chunks.push(data);
        setTimeout(() => {
          if (fault(n, events, data) === 'answer') events.answer(answerTo(() => backend, data));
        }, 1);
      },
      hold() {},
      terminate: async () => void log.ended++,
    };
  };
  return { start, log };
}

const pool = (size: number, start: StartThread, engine = wasm) => new VerificationPool(size, () => engine, start);

/** The code with which a promise is rejected. */
async function codeOf(promise: Promise<unknown>): Promise<ErrorCode | 'resolved'> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
  return 'resolved';
}

const never: StartThread = () => {
  throw new Error('no thread should start');
};

describe('a pool of threads', () => {
  it.each([false, true])('gives the verdicts of a mixed list, in order (prehash %s)', async (prehash) => {
    const { items, verdicts } = known(300, prehash);
    const { start, log } = threads();
    expect(await pool(3, start).verifyBatch(items, { prehash })).toEqual(verdicts);
    expect([log.started, log.modules]).toEqual([3, Array(3).fill(wasm.module)]);
    expect(log.chunks.length).toBe(5); // of 64, the last of 44
  });

  it('does the same on the JavaScript backend, in smaller chunks and without a module', async () => {
    const { items, verdicts } = known(12);
    const { start, log } = threads();
    expect(await pool(2, start, js).verifyBatch(items)).toEqual(verdicts);
    expect([log.chunks.length, log.modules]).toEqual([2, [undefined, undefined]]);
  });

  it('takes the options of Ed448 and Ed448ph apart (RFC 8032 section 5.2)', async () => {
    const { items } = known(80, true);
    expect(await pool(2, threads().start).verifyBatch(items)).toEqual(Array(80).fill(false));
  });

  it('does short lists at once, in the calling thread', async () => {
    const { items, verdicts } = known(31);
    expect(await pool(2, never).verifyBatch(items)).toEqual(verdicts);
    expect(await pool(2, never).verifyBatch([])).toEqual([]);
    expect(await pool(2, never, js).verifyBatch(items.slice(0, 1))).toEqual([true]);
  });

  it('counts long messages as work: few of them are a long list, and a chunk each', async () => {
    const { items, verdicts } = known(4);
    const long = items.map((item) => ({ ...item, message: pattern(600_000) }));
    const { start, log } = threads();
    expect(await pool(4, start).verifyBatch([...items, ...long])).toEqual([...verdicts, ...Array(4).fill(false)]);
    expect(log.chunks.length).toBe(5); // the short ones together
  });

  it('starts no more threads than needed, and not again for the next list', async () => {
    const { items, verdicts } = known(40);
    const { start, log } = threads();
    const subject = pool(64, start);
    expect(subject.workers).toBe(0);
    for (let i = 0; i < 3; i++) expect(await subject.verifyBatch(items)).toEqual(verdicts);
    expect([log.started, subject.workers, subject.size]).toEqual([3, 3, 64]); // 40 items in chunks of 16
  });

  it('serves several lists at a time', async () => {
    const lists = [known(100), known(33), known(200, true), known(70)];
    const { start } = threads();
    const subject = pool(2, start);
    const all = lists.map(({ items }, i) => subject.verifyBatch(items, { prehash: i === 2 }));
    expect(await Promise.all(all)).toEqual(lists.map(({ verdicts }) => verdicts));
  });

  it('verifies what it was given, whatever happens to the arrays later, and leaves them as they are', async () => {
    const { items, verdicts } = known(100);
    const copy = structuredClone(items);
    const promise = pool(2, threads().start).verifyBatch(items);
    expect(items).toEqual(copy);
    for (const { signature, message, publicKey, context } of items) {
      for (const octets of [signature, message, publicKey, context]) octets?.fill(0);
    }
    items.length = 0;
    expect(await promise).toEqual(verdicts);
  });

  it('refuses what ed448.verifyBatch refuses, with the same codes, before a thread starts', async () => {
    const subject = pool(2, never);
    const good = known(40).items;
    const refused = (changed: unknown) => codeOf(subject.verifyBatch([...good, changed as Ed448Item]));
    const [item] = good as [Ed448Item];
    const { message } = item;
    expect(await refused({ ...item, signature: new Uint8Array(113) })).toBe('bad_signature_length');
    expect(await refused({ ...item, publicKey: new Uint8Array(56) })).toBe('bad_public_length');
    expect(await refused({ ...item, message: 'text' })).toBe('not_bytes');
    expect(await refused({ ...item, context: new Uint8Array(256) })).toBe('context_too_long');
    expect(await refused({})).toBe('not_bytes');
    for (const nothing of [undefined, null, 5, 'item', message]) expect(await refused(nothing)).toBe('bad_option');
    expect(await codeOf(subject.verifyBatch(Array(50)))).toBe('bad_option');
    for (const list of [undefined, null, 'items', { length: 1 }]) {
      expect(await codeOf(subject.verifyBatch(list as unknown as Ed448Item[]))).toBe('bad_option');
    }
    for (const options of [5, { prehash: 1 }, { prehash: 'yes' }]) {
      expect(await codeOf(subject.verifyBatch(good, options as object))).toBe('bad_option');
    }
  });
});

describe('a pool whose threads fail', () => {
  const { items, verdicts } = known(400);
  const die: Fault = (_, events) => {
    events.died();
    events.died();
    return 'silence';
  };

  it.each<[string, Fault, number]>([
    ['dies once', (n, ...rest) => (n === 2 ? die(n, ...rest) : 'answer'), 3],
    ['dies at every third chunk', (n, ...rest) => (n % 3 === 0 ? die(n, ...rest) : 'answer'), 4],
    ['always dies', die, 4],
  ])('gives every verdict when a thread %s, and stops starting new ones in time', async (_, fault, most) => {
    const { start, log } = threads(fault);
    const subject = pool(2, start);
    expect(await subject.verifyBatch(items)).toEqual(verdicts);
    expect(log.started).toBeLessThanOrEqual(most);
    expect(await subject.verifyBatch(items.slice(0, 40))).toEqual(verdicts.slice(0, 40));
  });

  it.each<[string, unknown]>([
    ['too short', [true]],
    ['too long', Array(65).fill(true)],
    ['no booleans', Array(64).fill(1)],
    ['nothing', undefined],
    ['an object', { length: 64 }],
  ])('does not believe an answer that is %s', async (_, answer) => {
    const { start, log } = threads((n, events, { number }) => {
      if (n !== 2) return 'answer';
      events.answer({ number, verdicts: answer });
      return 'silence';
    });
    expect(await pool(2, start).verifyBatch(items)).toEqual(verdicts);
    expect(log.ended).toBe(1);
  });

  it('does not take a second answer to one chunk for that to the next', async () => {
    const { start } = threads((_, events, chunk) => {
      const answer = answerTo(() => wasm.backend, chunk);
      events.answer(answer);
      events.answer(answer);
      return 'silence';
    });
    expect(await pool(2, start).verifyBatch(items)).toEqual(verdicts);
  });

  it.each([undefined, null, 5, 'true', []])('does not believe %j for an answer', async (answer) => {
    const { start } = threads((n, events) => {
      if (n !== 2) return 'answer';
      events.answer(answer);
      return 'silence';
    });
    expect(await pool(2, start).verifyBatch(items)).toEqual(verdicts);
  });

  it('ignores what a thread says after its death, and an answer that nobody asked for', async () => {
    const { start } = threads((n, events, chunk) => {
      if (n > 2) return 'answer';
      if (n === 1) events.died();
      else events.answer(answerTo(() => wasm.backend, chunk));
      events.answer({ number: chunk.number, verdicts: Array(64).fill(true) });
      return 'silence';
    });
    expect(await pool(2, start).verifyBatch(items)).toEqual(verdicts);
  });

  it('survives the death of an idle thread', async () => {
    const events: ThreadEvents[] = [];
    const { start, log } = threads();
    const subject = pool(1, (given) => {
      events.push(given);
      return start(given);
    });
    await subject.verifyBatch(items);
    events[0]?.died();
    expect(subject.workers).toBe(0);
    expect(await subject.verifyBatch(items)).toEqual(verdicts);
    expect(log.started).toBe(2);
  });

  it('does everything in the calling thread where threads cannot start, or take no message', async () => {
    expect(await pool(2, never).verifyBatch(items)).toEqual(verdicts);
    for (const refused of [1, 2]) {
      let terminated = 0;
      const subject = pool(2, () => {
        let posted = 0;
        return {
          post() {
            if (++posted === refused) throw new Error('cannot be cloned');
          },
          hold() {},
          terminate: async () => {
            terminated++;
            throw new Error('cannot be ended either');
          },
        };
      });
      expect(await subject.verifyBatch(items)).toEqual(verdicts);
      expect([subject.workers, terminated > 0]).toEqual([0, true]);
    }
  });

  it('leaves the calling thread free between chunks where it does everything', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await pool(2, never).verifyBatch(items);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('passes on an error of the calling thread', async () => {
    const broken: Engine = {
      ...wasm,
      backend: {
        ...wasm.backend,
        ed448VerifyBatch() {
          throw new RangeError('out of memory');
        },
      },
    };
    await expect(pool(2, never, broken).verifyBatch(items)).rejects.toThrow(RangeError);
  });
});

describe('closing a pool', () => {
  const { items } = known(200);

  it('rejects what is pending and what comes later (destroyed), and ends the threads', async () => {
    const { start, log } = threads();
    const subject = pool(2, start);
    const pending = [subject.verifyBatch(items), subject.verifyBatch(items)];
    const closed = subject.close();
    expect(await Promise.all(pending.map(codeOf))).toEqual(['destroyed', 'destroyed']);
    await closed;
    expect([log.ended, subject.workers]).toEqual([2, 0]);
    for (const list of [items, items.slice(0, 1), [], undefined]) {
      expect(await codeOf(subject.verifyBatch(list as Ed448Item[]))).toBe('destroyed');
    }
    await subject.close();
    expect(log.ended).toBe(2);
  });

  it('rejects what the calling thread was to do', async () => {
    const subject = pool(2, never);
    const pending = subject.verifyBatch(items);
    await subject.close();
    expect(await codeOf(pending)).toBe('destroyed');
  });

  it('holds from within the reading of a list: no thread starts after it', async () => {
    const subject = pool(2, never);
    const closing = Object.defineProperty({ ...items[0] }, 'message', {
      enumerable: true,
      get() {
        void subject.close();
        return Uint8Array.of(1);
      },
    }) as Ed448Item;
    expect(await codeOf(subject.verifyBatch([...items, closing]))).toBe('destroyed');
  });

  it('is what disposing does', async () => {
    const { start, log } = threads();
    const subject = pool(1, start);
    await subject.verifyBatch(items);
    await subject[Symbol.asyncDispose]();
    expect([log.ended, await codeOf(subject.verifyBatch([]))]).toEqual([1, 'destroyed']);
  });

  it('needs no thread to have started', async () => {
    await pool(2, never).close();
  });
});

it('the module that is handed to workers is that of the live backend', () => {
  expect(compiledModule()).toBe(wasm.module);
  const own = new WebAssembly.Module(readFileSync('dist/mesh.wasm'));
  wasmBackendFrom(own);
  expect(() => wasmBackendFrom(new Uint8Array(8))).toThrow(MeshError);
  expect(compiledModule()).toBe(own);
});
