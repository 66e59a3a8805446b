/**
 * Where instances of the module come from while mutants run: every instance that the code under test makes is one and the same, behind which mutants
 * change. So the sources and tests are loaded once, and a mutant costs no more than its compilation.
 */

type Exported = (...given: unknown[]) => unknown;

const RealInstance = WebAssembly.Instance;
const RealModule = WebAssembly.Module;
const memory = new WebAssembly.Memory({ initial: 12, maximum: 12 });
let current: Record<string, unknown> = {};

/** Puts a module in the place of the one before, in memory that is as new. */
export function install(octets: Uint8Array): void {
  new Uint8Array(memory.buffer).fill(0);
  current = new RealInstance(new RealModule(octets as BufferSource), { host: { memory } }).exports;
}

/** An exported global of the module at work. */
export function globalOf(name: string): WebAssembly.Global | undefined {
  return current[name] as WebAssembly.Global | undefined;
}

/** From now on instances are those of {@link install}. */
export function takeOver(names: readonly string[]): void {
  const abi: Record<string, unknown> = { memory };
  for (const name of names) abi[name] = (...given: unknown[]) => (current[name] as Exported)(...given);
  WebAssembly.Instance = class {
    readonly exports = { ...abi };
  } as unknown as typeof WebAssembly.Instance;
}
