/** Where the module comes from on engines without WebAssembly (React Native's Hermes): nowhere. */

/** Nothing. */
export function wasmSource(): unknown {
  return undefined;
}
