/**
 * The worker: verifies the chunks that it is sent. An exception ends it, and the pool sees to the chunk.
 */
import { jsBackend } from '../backend/js/index.ts';
import type { Backend } from '../backend/types.ts';
import { wasmBackendFrom } from '../backend/wasm/index.ts';
import { builtin } from '../builtin.ts';
import { answerTo, type Work } from './chunk.ts';

/** The first message: the compiled module, or nothing for JavaScript. */
export interface Setup {
  readonly module: WebAssembly.Module | undefined;
}

/** The side of a channel that a worker holds. */
interface Port {
  onmessage: ((event: { data: Setup | Work }) => void) | null;
  postMessage(message: unknown): void;
}

const port = (builtin('node:worker_threads')?.parentPort ?? globalThis) as unknown as Port;
let backend: Backend | undefined;

port.onmessage = ({ data }) => {
  if ('octets' in data) port.postMessage(answerTo(() => backend as Backend, data));
  else backend = data.module === undefined ? jsBackend : wasmBackendFrom(data.module);
};
