/** Where the module comes from: embedded in the package. Chosen by the `#wasm-source` entry of package.json. */
import { moduleBase64 } from './module.gen.ts';

/** The octets of the module. */
export function wasmSource(): unknown {
  return Uint8Array.from(atob(moduleBase64), (character) => character.charCodeAt(0));
}
