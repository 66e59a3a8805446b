/** Where the module comes from in workerd, which compiles imported modules itself and refuses to compile octets. */
// @ts-expect-error: the bundler resolves this to a WebAssembly.Module
import module from 'mathmesh/mesh.wasm';

/** The compiled module. */
export function wasmSource(): unknown {
  return module;
}
