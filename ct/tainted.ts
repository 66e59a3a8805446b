/**
 * The WASM backend of the product with its secret arguments marked: the host code of src/backend/wasm as it is, over a core that marks what
 * it copies into linear memory and publishes what it copies out. Not for deciding which arguments are secret (policy.ts).
 */
import type { Backend, HashState, XofState } from '../src/backend/types.ts';
import type { Abi } from '../src/backend/wasm/abi.ts';
import { Core } from '../src/backend/wasm/core.ts';
import { backendOf } from '../src/backend/wasm/over.ts';
import { declassified, declassifiedFlags } from './declassified.ts';
import type { Oracle } from './oracle.ts';
import { secretArguments } from './policy.ts';

/** What the operations so far have shown. */
export interface Evidence {
  /** Exports that ran in an operation whose result turned out to depend on a secret argument. */
  readonly reached: Set<string>;
  /** Exports that ran in an operation without secret arguments. */
  readonly ran: Set<string>;
  /** Octets of linear memory that still depended on a secret after an operation. */
  residue: number;
}

/** The secret arguments of the operation that runs, by identity; texts by value. */
class Marks {
  readonly #oracle: Oracle;
  readonly #secrets = new Set<Uint8Array | string>();
  /** Octets that came out and depended on a secret. */
  hidden = 0;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  begin(secrets: readonly (Uint8Array | string | undefined)[]): void {
    this.hidden = 0;
    for (const secret of secrets) if (secret !== undefined && secret.length > 0) this.#secrets.add(secret);
  }

  end(): void {
    this.#secrets.clear();
  }

  get any(): boolean {
    return this.#secrets.size > 0;
  }

  in(argument: Uint8Array | string, copy: Uint8Array): void {
    if (this.#secrets.has(argument)) this.#oracle.hide(copy);
  }

  out(octets: Uint8Array): void {
    this.hidden += this.#oracle.hidden(octets);
    this.#oracle.publish(octets);
  }
}

/** The core with marks at its edges. States of hashes are copied in and out as they are, with what memcheck knows about every bit. */
class TaintedCore extends Core {
  readonly #marks: Marks;
  readonly #memory: Uint8Array;

  constructor(abi: Abi, pristine: () => ArrayBuffer, marks: Marks) {
    super(abi, pristine);
    this.#marks = marks;
    this.#memory = new Uint8Array(abi.memory.buffer);
  }

  #at(pointer: number, length: number): Uint8Array {
    return this.#memory.subarray(pointer, pointer + length);
  }

  override put(bytes: Uint8Array, most: number): number {
    const pointer = super.put(bytes, most);
    this.#marks.in(bytes, this.#at(pointer, bytes.length));
    return pointer;
  }

  override putText(text: string, most: number): number {
    const pointer = super.putText(text, most);
    this.#marks.in(text, this.#at(pointer, text.length));
    return pointer;
  }

  override feed(message: Uint8Array, consume: (pointer: number, length: number) => void): void {
    super.feed(message, (pointer, length) => {
      this.#marks.in(message, this.#at(pointer, length));
      consume(pointer, length);
    });
  }

  override drain(out: Uint8Array, produce: (pointer: number, length: number) => void): void {
    super.drain(out, (pointer, length) => {
      produce(pointer, length);
      this.#marks.out(this.#at(pointer, length));
    });
  }

  override digest(
    message: Uint8Array,
    room: number,
    hash: (out: number, data: number, length: number) => void,
  ): Uint8Array {
    return super.digest(message, room, (out, data, length) => {
      this.#marks.in(message, this.#at(data, length));
      hash(out, data, length);
      this.#marks.out(this.#at(out, 64));
    });
  }

  override take(pointer: number, length: number): Uint8Array {
    this.#marks.out(this.#at(pointer, length));
    return super.take(pointer, length);
  }

  override takeText(pointer: number, length: number): string {
    this.#marks.out(this.#at(pointer, length));
    return super.takeText(pointer, length);
  }

  override differs(pointer: number, length: number, text: string): number {
    this.#marks.out(this.#at(pointer, length));
    return super.differs(pointer, length, text);
  }
}

type Export = (...args: number[]) => number | undefined;

/** The exports; their names are noted, and results that are declassified pass through memory. */
function watched(core: Abi, returns: WebAssembly.Module, oracle: Oracle, called: Set<string>): Abi {
  const exports = new WebAssembly.Instance(returns, { core: core as unknown as WebAssembly.ModuleImports }).exports;
  const result = new Int32Array((exports['memory'] as WebAssembly.Memory).buffer, 0, 1);
  const octets = new Uint8Array(result.buffer, 0, 4);
  const memory = new Uint8Array(core.memory.buffer);
  const wrap = (name: string, call: Export): Export => {
    if (!(name in declassified)) {
      return (...args) => {
        called.add(name);
        return call(...args);
      };
    }
    const trampoline = exports[name] as Export;
    return (...args) => {
      called.add(name);
      trampoline(...args);
      oracle.publish(octets);
      const flags = declassifiedFlags[name];
      if (flags !== undefined) {
        const pointer = args[flags.pointer] as number;
        oracle.publishFlags(memory.subarray(pointer, pointer + (args[flags.length] as number)));
      }
      return result[0];
    };
  };
  return Object.fromEntries(
    Object.entries(core).map(([name, value]) => [name, typeof value === 'function' ? wrap(name, value) : value]),
  ) as unknown as Abi;
}

/** The backend over a core, and what its operations show. `returns` is the module of declassified.ts. */
export function taintedBackend(
  core: WebAssembly.Module,
  returns: WebAssembly.Module,
  oracle: Oracle,
): { backend: Backend; evidence: Evidence } {
  const called = new Set<string>();
  const evidence: Evidence = { reached: new Set(), ran: new Set(), residue: 0 };
  const fresh = () => new WebAssembly.Instance(core).exports as unknown as Abi;
  const plain = fresh();
  const abi = watched(plain, returns, oracle, called);
  const memory = new Uint8Array(plain.memory.buffer);
  const marks = new Marks(oracle);
  const tainted = new TaintedCore(abi, () => fresh().memory.buffer, marks);

  /** One operation: its secrets are marked while it runs, and afterwards none is left in linear memory. */
  const operation = <T>(secrets: readonly (Uint8Array | string | undefined)[], run: () => T): T => {
    called.clear();
    marks.begin(secrets);
    try {
      return run();
    } finally {
      const notes = marks.hidden > 0 ? evidence.reached : evidence.ran;
      for (const name of called) notes.add(name);
      marks.end();
      const left = oracle.hidden(memory);
      if (left > 0) oracle.publish(memory);
      evidence.residue += left;
    }
  };

  const streamed = <S extends HashState | XofState>(inner: S): S => {
    const into = (out: Uint8Array, write: () => void) =>
      operation([], () => {
        write();
        marks.out(out);
      });
    return {
      update: (chunk: Uint8Array) => operation([chunk], () => inner.update(chunk)),
      digestInto: (out: Uint8Array) => into(out, () => (inner as HashState).digestInto(out)),
      squeezeInto: (out: Uint8Array) => into(out, () => (inner as XofState).squeezeInto(out)),
      clone: () => streamed(inner.clone()),
      destroy: () => inner.destroy(),
    } as unknown as S;
  };

  const wrapped = Object.entries({ ...backendOf(tainted), name: undefined }).map(([name, inner]) => {
    const run = inner as (...args: unknown[]) => unknown;
    const secretsOf = (secretArguments as Record<string, unknown>)[name] as ((...args: unknown[]) => []) | undefined;
    if (name.endsWith('Create')) return [name, () => streamed(operation([], () => run() as HashState))];
    return [
      name,
      (...args: unknown[]) =>
        operation(secretsOf?.(...args) ?? [], () => {
          const result = run(...args);
          // What came out through takeInto().
          if (result instanceof Uint8Array) marks.out(result);
          return result;
        }),
    ];
  });
  return { backend: { name: 'wasm', ...Object.fromEntries(wrapped) } as Backend, evidence };
}
