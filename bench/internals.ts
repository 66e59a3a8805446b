/**
 * Operations that no public entry offers by themselves, bundled from the sources as the package is: run one file at a time, as tsx does, they
 * would be slower than what users get.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Backend } from '../src/backend/types.ts';
import type { buildFrames } from '../src/frame.ts';
import { root } from './machine.ts';

/** Both backends, and what builds their inputs. */
export interface Internals {
  wasm: Backend;
  js: Backend;
  buildFrames: typeof buildFrames;
}

const source = `
  export { jsBackend as js } from './src/backend/js/index.ts';
  export { buildFrames } from './src/frame.ts';
  import { wasmBackend } from './src/backend/wasm/index.ts';
  export const wasm = wasmBackend();
`;

/** Bundles and loads them. The file lies inside the package, because the module is found by its imports. */
export async function internals(): Promise<Internals> {
  const outfile = new URL('bench/out/internals.mjs', root);
  await build({
    stdin: { contents: source, resolveDir: fileURLToPath(root) },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['#wasm-source'],
    outfile: fileURLToPath(outfile),
    logLevel: 'error',
  });
  return import(outfile.href);
}
