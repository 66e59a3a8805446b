/** Where the module comes from: embedded in the package. Chosen by the `#wasm-source` entry of package.json. */
import { packedModule } from './module.gen.ts';

/** The octets of the module; assembly/pack.mjs says how the text holds them. */
export function wasmSource(): unknown {
  const octets = new Uint8Array(packedModule.length);
  let length = 0;
  let first = 0;
  for (let i = 0; i < packedModule.length; i++) {
    const code = packedModule.charCodeAt(i);
    // 91 digits, # to ~ without the backslash; 0 and 1 begin a pair.
    const digit = code - (code > 92 ? 36 : 35);
    if (first === 0 && digit < 2) first = 89 + 91 * digit;
    else {
      octets[length++] = (first === 0 ? digit - 2 : first + digit) - 3;
      first = 0;
    }
  }
  return octets.subarray(0, length);
}
