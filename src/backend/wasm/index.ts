/**
 * The WASM backend: finding, compiling and instantiating the module, at most once. A failure is remembered and never retried, unless
 * the host brings a module of its own. Not for choosing between backends (../select.ts).
 */
import { wasmSource } from '#wasm-source';
import { MeshError } from '../../errors.ts';
import type { Backend } from '../types.ts';
import type { Abi } from './abi.ts';
import { backendOver } from './over.ts';

let live: Backend | MeshError | undefined;
let compiled: WebAssembly.Module | undefined;

/** The WASM backend. Compiles on first use. @throws MeshError `backend_unavailable` with the reason, the same at every call */
export function wasmBackend(): Backend {
  live ??= attempt(() => instantiate(compile(wasmSource())));
  if (live instanceof MeshError) throw live;
  return live;
}

/** The module behind {@link wasmBackend}, for other threads. @throws MeshError `backend_unavailable` as it does */
export function compiledModule(): WebAssembly.Module {
  wasmBackend();
  return compiled as WebAssembly.Module;
}

/** Compiles off the main path, where {@link wasmBackend} would block. Never throws: the outcome shows at the next use. */
export async function compileAhead(): Promise<void> {
  if (live !== undefined) return;
  try {
    const source = wasmSource();
    const module = source instanceof Uint8Array ? await WebAssembly.compile(source as BufferSource) : compile(source);
    live ??= attempt(() => instantiate(module));
  } catch (cause) {
    live ??= unavailable(cause);
  }
}

/** Uses the host's own module (a WebAssembly.Module, or its octets) from now on. @throws MeshError `backend_unavailable` */
export function wasmBackendFrom(source: unknown): Backend {
  const result = attempt(() => instantiate(compile(source)));
  if (result instanceof MeshError) throw result;
  live = result;
  return result;
}

function attempt(make: () => Backend): Backend | MeshError {
  try {
    return make();
  } catch (cause) {
    return unavailable(cause);
  }
}

function unavailable(cause: unknown): MeshError {
  return new MeshError('backend_unavailable', cause instanceof Error ? cause.message : String(cause), { cause });
}

function compile(source: unknown): WebAssembly.Module {
  if (typeof WebAssembly === 'undefined') throw new Error('WebAssembly is missing');
  if (source === undefined) throw new Error('this platform has no module');
  return source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source as BufferSource);
}

function instantiate(module: WebAssembly.Module): Backend {
  const fresh = () => new WebAssembly.Instance(module).exports as unknown as Abi;
  const abi = fresh();
  if (typeof abi.io_pointer !== 'function') throw new Error('the module is not that of this package');
  compiled = module;
  return backendOver(abi, () => fresh().memory.buffer);
}
