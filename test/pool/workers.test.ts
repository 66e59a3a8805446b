/**
 * The pool with the workers of the platform: the built package, in processes of their own.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** Signatures with known verdicts, and `threads`, where the workers that the process starts are recorded. */
const prelude = `
  import { ed448 } from 'mathmesh';
  import { createPool } from 'mathmesh/pool';
  const worker_threads = process.getBuiltinModule('node:worker_threads');
  const threads = [];
  worker_threads.Worker = class extends worker_threads.Worker {
    constructor(...given) { super(...given); threads.push(this); }
  };
  const { secretKey, publicKey } = ed448.keygen();
  const context = Uint8Array.of(7);
  const list = (count) => Array.from({ length: count }, (_, i) => {
    const message = Uint8Array.of(i, i >> 8);
    return { signature: ed448.sign(message, secretKey, { context }), message: i % 3 === 0 ? Uint8Array.of(i) : message, publicKey, context };
  });
  const right = (verdicts) => verdicts.every((verdict, i) => verdict === (i % 3 !== 0)) && verdicts.length;
  const print = (...values) => console.log(JSON.stringify(values));
`;

/** What a program prints, as JSON. A process that does not end by itself fails the test. */
async function program(code: string, ...flags: string[]): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, [...flags, '--input-type=module', '--eval', prelude + code], {
    timeout: 50_000,
  });
  expect(stderr.replace(/^Warning: disabling flag --expose_wasm .*\n/, '')).toBe('');
  return JSON.parse(stdout);
}

describe('workers of the platform', () => {
  it('start with the first large list, verify, and let the process end by itself', async () => {
    const code = `
      const pool = createPool({ size: 2 });
      const before = [right(await pool.verifyBatch(list(10))), threads.length, pool.workers];
      const items = list(200);
      print(before, right(await pool.verifyBatch(items)), right(await pool.verifyBatch(items)), threads.length, pool.workers);`;
    expect(await program(code)).toEqual([[10, 0, 0], 200, 200, 2, 2]);
  });

  it('keep the process alive while they work', async () => {
    const code = `createPool({ size: 1 }).verifyBatch(list(100)).then((verdicts) => print(right(verdicts)));`;
    expect(await program(code)).toEqual([100]);
  });

  it('receive the compiled module instead of compiling it', async () => {
    const code = `
      const posted = [];
      const { postMessage } = worker_threads.Worker.prototype;
      worker_threads.Worker.prototype.postMessage = function (message) { posted.push(message); postMessage.call(this, message); };
      await createPool({ size: 2 }).verifyBatch(list(100));
      print(posted.filter(({ module }) => module instanceof WebAssembly.Module).length);`;
    expect(await program(code)).toEqual([2]);
  });

  it('may be killed in the middle of a list: every verdict is given, by their successors and the calling thread', async () => {
    const code = `
      const pool = createPool({ size: 2 });
      const items = list(600);
      const promise = pool.verifyBatch(items);
      await new Promise((resolve) => threads[0].once('message', resolve));
      await threads[0].terminate();
      const first = right(await promise);
      const again = pool.verifyBatch(items);
      for (const thread of threads) thread.postMessage('not a chunk');
      print(first, right(await again), threads.length > 2);`;
    expect(await program(code)).toEqual([600, 600, true]);
  });

  it('end with the pool: pending calls are rejected (destroyed)', async () => {
    const code = `
      const pool = createPool({ size: 2 });
      const pending = pool.verifyBatch(list(600)).catch(({ code }) => code);
      await new Promise((resolve) => threads[0].once('message', resolve));
      let exits = 0;
      for (const thread of threads) thread.once('exit', () => exits++);
      await pool.close();
      const late = await pool.verifyBatch(list(1)).catch(({ code }) => code);
      print(await pending, late, exits, pool.workers);`;
    expect(await program(code)).toEqual(['destroyed', 'destroyed', 2, 0]);
  });

  it('run on the JavaScript backend on request, and without WebAssembly (--jitless)', async () => {
    const code = `
      const pool = createPool({ size: 2, backend: 'js' });
      print(right(await pool.verifyBatch(list(6))), threads.length);`;
    expect(await program(code)).toEqual([6, 2]);
    const without = `
      let refused; try { createPool({ backend: 'wasm' }); } catch (error) { refused = error.code; }
      print(right(await createPool({ size: 2 }).verifyBatch(list(3))), threads.length, refused);`;
    expect(await program(without, '--jitless')).toEqual([3, 2, 'backend_unavailable']);
  });

  it('are done without where the platform has none, forbids them, or does not find their file', async () => {
    const verify = `const pool = createPool({ size: 2 }); print(right(await pool.verifyBatch(list(100))), threads.length, pool.workers);`;
    const none = `process.getBuiltinModule = () => undefined; delete globalThis.Worker;`;
    expect(await program(none + verify)).toEqual([100, 0, 0]);
    const forbidden = `worker_threads.Worker = class { constructor() { throw new Error('not allowed'); } };`;
    expect(await program(forbidden + verify)).toEqual([100, 0, 0]);
    const lost = `
      const { Worker } = worker_threads;
      worker_threads.Worker = class extends Worker { constructor() { super(new URL('file:///nowhere/worker.js')); } };`;
    expect(await program(lost + verify)).toEqual([100, 2, 0]);
  });

  it('may be Web Workers', async () => {
    const code = `
      process.getBuiltinModule = () => undefined;
      const urls = [];
      let live = 0;
      globalThis.Worker = class {
        #thread;
        constructor(url, options) {
          urls.push([new URL(url).pathname.split('/').slice(-2).join('/'), options]);
          live++;
          this.#thread = new worker_threads.Worker(url, { execArgv: [] });
          this.#thread.on('message', (data) => this.onmessage({ data }));
          this.#thread.on('error', () => this.onerror({ preventDefault() {} }));
        }
        postMessage(message) { this.#thread.postMessage(message); }
        terminate() { live--; this.#thread.terminate(); }
      };
      const pool = createPool({ size: 2 });
      const items = list(300);
      const good = right(await pool.verifyBatch(items));
      const promise = pool.verifyBatch(items);
      threads[0].postMessage('not a chunk');
      const despite = right(await promise);
      await pool.close();
      print(urls[0], urls.length >= 2, good, despite, live);`;
    expect(await program(code)).toEqual([['pool/worker.js', { type: 'module' }], true, 300, 300, 0]);
  });

  it('are as many as asked for, from 1 to 64, by default one less than the processors and at least one (bad_option)', async () => {
    const code = `
      const { availableParallelism } = process.getBuiltinModule('node:os');
      const sizes = [0, 65, 1.5, NaN, '2', null, -1].map((size) => { try { createPool({ size }); } catch ({ code }) { return code; } });
      const others = [5, null, { backend: 'native' }].map((given) => { try { createPool(given); } catch ({ code }) { return code; } });
      const standard = createPool().size === Math.min(64, Math.max(1, availableParallelism() - 1));
      process.getBuiltinModule = () => undefined;
      const sizeOn = (hardwareConcurrency) => {
        Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency }, configurable: true });
        return createPool().size;
      };
      print(new Set(sizes).size, sizes[0], others, createPool({ size: 64 }).size, standard, [8, 1, 500, undefined].map(sizeOn), threads.length);`;
    const refused = ['bad_option', 'bad_option', 'bad_option'];
    expect(await program(code)).toEqual([1, 'bad_option', refused, 64, true, [7, 1, 64, 1], 0]);
  });
});
