/** Compiles the core with its internals exported, and reads and writes field elements as BigInt. */
import asc from 'assemblyscript/asc';

export const p = 2n ** 448n - 2n ** 224n - 1n;
export const L = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;

/** Three elements and an octet string in the I/O page, aligned to 64. */
export const [A, B, C, OCTETS] = [0x10000, 0x10040, 0x10080, 0x100c0] as const;

type Operation = (...pointers: number[]) => number;

export interface Internals {
  /** The value of an exported constant. */
  constant(name: string): number;
  memoryLength: number;
  /** Whether the memory is zero from an address to its end. */
  isZeroFrom(at: number): boolean;
  call(name: string, ...args: number[]): number;
  /** Limb k of 0..15, least significant first. */
  limb(at: number, k: number): number;
  setLimbs(at: number, limbs: (k: number) => number): void;
  /** The value of an element modulo p, from its limbs. */
  element(at: number): bigint;
  octets(at: number, length: number): bigint;
  setOctets(at: number, value: bigint, length: number): void;
}

const slot = (at: number, k: number) => (at + ((k & 7) << 3) + ((k >> 3) << 2)) >> 2;

export async function internals(): Promise<Internals> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['test/assembly/exports.ts', '--config', 'asconfig.json', '--outFile', 'internals.wasm'],
    {
      writeFile: (_name: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') wasm = contents;
      },
    },
  );
  if (error || !wasm) throw new Error(`${stderr}${error?.message}`);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource));
  const { buffer } = exports['memory'] as WebAssembly.Memory;
  const words = new Int32Array(buffer);
  const bytes = new Uint8Array(buffer);
  return {
    constant: (name) => (exports[name] as WebAssembly.Global).value as number,
    memoryLength: buffer.byteLength,
    isZeroFrom: (at) => bytes.subarray(at).every((octet) => octet === 0),
    call: (name, ...args) => (exports[name] as Operation)(...args),
    limb: (at, k) => words[slot(at, k)] as number,
    setLimbs(at, limbs) {
      for (let k = 0; k < 16; k++) words[slot(at, k)] = limbs(k);
    },
    element(at) {
      let value = 0n;
      for (let k = 0; k < 16; k++) value += BigInt(words[slot(at, k)] as number) << BigInt(28 * k);
      return ((value % p) + p) % p;
    },
    octets: (at, length) =>
      bytes.subarray(at, at + length).reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n),
    setOctets(at, value, length) {
      for (let i = 0; i < length; i++) bytes[at + i] = Number((value >> BigInt(8 * i)) & 255n);
    },
  };
}
