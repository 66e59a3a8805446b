/**
 * The module with a hook before every load and store: a countdown in WebAssembly, which calls the host once, when it reaches zero. Made by binaryen's
 * instrument-memory. Copies and fills of memory have none; what the host does between two calls has (see {@link Instrument}). Not what is then done.
 */
import binaryen from 'binaryen';
import type { Abi } from '../src/backend/wasm/abi.ts';

/** An instance, and its clock. */
export interface Instrument {
  abi: Abi;
  memory: Uint8Array;
  /** Calls `hit` at the n-th moment from now on, with the address that is about to be used, or -1 when a function begins or ends. */
  arm(n: number, hit: (address: number) => void): void;
  /** Moments since {@link arm}. */
  passed(): number;
}

/** The hooks: values pass through. */
const clock = `(module
  (import "env" "hit" (func $hit (param i32)))
  (global $left (mut i32) (i32.const -1))
  (func $tick (export "tick") (param $address i32)
    (global.set $left (i32.sub (global.get $left) (i32.const 1)))
    (if (i32.eqz (global.get $left)) (then (call $hit (local.get $address)))))
  (func (export "arm") (param i32) (global.set $left (local.get 0)))
  (func (export "left") (result i32) (global.get $left))
  (func (export "load_ptr") (param i32 i32 i32 i32) (result i32)
    (call $tick (i32.add (local.get 2) (local.get 3))) (local.get 3))
  (func (export "store_ptr") (param i32 i32 i32 i32) (result i32)
    (call $tick (i32.add (local.get 2) (local.get 3))) (local.get 3))
  ${['pre', 'post'].map((when) => `(func (export "memory_grow_${when}") (param i32 i32) (result i32) (local.get 1))`).join('\n  ')}
  ${['load', 'store']
    .flatMap((access) =>
      ['i32', 'i64', 'f32', 'f64'].map(
        (type) => `(func (export "${access}_val_${type}") (param i32 ${type}) (result ${type}) (local.get 1))`,
      ),
    )
    .join('\n  ')})`;

/** More moments than any operation has. */
const never = 0x7fffffff;

/** The instrumented module of the octets of a module. */
export function instrumented(wasm: Uint8Array): () => Instrument {
  const parsed = binaryen.readBinary(wasm);
  parsed.runPasses(['instrument-memory']);
  const module = new WebAssembly.Module(parsed.emitBinary() as BufferSource);
  const clockModule = new WebAssembly.Module(binaryen.parseText(clock).emitBinary() as BufferSource);
  return () => {
    let hit: (address: number) => void = () => undefined;
    let armed = never;
    const hooks = new WebAssembly.Instance(clockModule, { env: { hit: (address: number) => hit(address) } })
      .exports as Record<string, (...args: number[]) => number>;
    const exports = new WebAssembly.Instance(module, { env: hooks }).exports;
    const tick = () => hooks['tick']?.(-1);
    const abi = Object.fromEntries(
      Object.entries(exports).map(([name, value]) => {
        if (typeof value !== 'function') return [name, value];
        const timed = (...args: number[]) => {
          tick();
          const result = value(...args);
          tick();
          return result;
        };
        return [name, timed];
      }),
    ) as unknown as Abi;
    return {
      abi,
      memory: new Uint8Array(abi.memory.buffer),
      arm(n, then) {
        hit = then;
        armed = n;
        hooks['arm']?.(n);
      },
      passed: () => armed - (hooks['left'] as () => number)(),
    };
  };
}
