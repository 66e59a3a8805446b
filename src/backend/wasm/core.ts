/**
 * One instance of the module with its I/O page: the only file that touches linear memory.
 * Not for the meaning of operations: those are in hash.ts, ed448.ts, group.ts, frame.ts and base32.ts.
 */
import { copied, equal, isBytes, lengthOf, wipe } from '../../bytes.ts';
import { fail } from '../../errors.ts';
import type { Abi } from './abi.ts';

/** Every block in the I/O page starts at a multiple of this. */
const ALIGNMENT = 16;
const DIGEST_LENGTH = 64;

export class Core {
  readonly abi: Abi;
  readonly #pristine: () => ArrayBuffer;
  readonly #memory: Uint8Array;
  readonly #page: Uint8Array;
  readonly #digest: Uint8Array;
  // Every platform that has WebAssembly has it; React Native, which runs the other backend, need not.
  readonly #decoder = new TextDecoder();
  readonly #start: number;
  readonly #limit: number;
  #end: number;

  /** @param pristine - gives the memory of a fresh instance */
  constructor(abi: Abi, pristine: () => ArrayBuffer) {
    this.abi = abi;
    this.#pristine = pristine;
    // The module never grows its memory, so this view stays valid.
    this.#memory = new Uint8Array(abi.memory.buffer);
    this.#start = abi.io_pointer();
    this.#limit = this.#start + abi.io_length();
    this.#end = this.#start;
    this.#page = this.#memory.subarray(this.#start, this.#limit);
    this.#digest = this.#page.subarray(0, DIGEST_LENGTH);
  }

  /** Room for `length` octets; gives its address. */
  reserve(length: number): number {
    const pointer = this.#end;
    const end = pointer + Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    // The contract bounds every argument that is not fed in parts; what lies behind the page must never be written.
    if (end > this.#limit) throw new RangeError('the argument does not fit the I/O page');
    this.#end = end;
    return pointer;
  }

  /** Copies an argument in; gives its address. The contract bounds its length, and so does this. */
  put(bytes: Uint8Array, most: number): number {
    const { length } = bytes;
    if (length > most) throw new RangeError('an argument is longer than the contract allows');
    const pointer = this.reserve(length);
    // Through a view of just this block: whatever the argument really holds, nothing else is written.
    this.#memory.subarray(pointer, pointer + length).set(bytes);
    return pointer;
  }

  /** Writes a text in, a character to an octet, 0xff for what is not ASCII; gives its address. The length is bounded as by {@link put}. */
  putText(text: string, most: number): number {
    const { length } = text;
    if (length > most) throw new RangeError('an argument is longer than the contract allows');
    const pointer = this.reserve(length);
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      this.#memory[pointer + i] = unit | ((0x7f - unit) >> 31);
    }
    return pointer;
  }

  /** Runs a part of an operation whose arguments are not needed after it: their room is used again. */
  part<T>(step: () => T): T {
    const end = this.#end;
    try {
      return step();
    } finally {
      this.#used(this.#end);
      this.#end = end;
    }
  }

  /** A fresh copy of a result. */
  take(pointer: number, length: number): Uint8Array {
    return copied(this.#memory.subarray(pointer, pointer + length));
  }

  /** A result that is ASCII text. Constant time: yes from two octets on, as `toAscii`, and several times faster: ASCII is copied as it is. */
  takeText(pointer: number, length: number): string {
    return this.#decoder.decode(this.#memory.subarray(pointer, pointer + length));
  }

  /** Zero when a result is this text. Constant time, as {@link takeText}. */
  differs(pointer: number, length: number, text: string): number {
    let difference = length ^ text.length;
    for (let i = 0; i < length; i++) difference |= (this.#memory[pointer + i] as number) ^ text.charCodeAt(i);
    return difference;
  }

  /** Copies a result into existing memory. */
  takeInto(out: Uint8Array, pointer: number, length = out.length): void {
    out.set(this.#memory.subarray(pointer, pointer + length));
  }

  /** Copies 32-bit numbers of a result into existing memory. The module and the platform must have the same order of octets. */
  takeNumbers(out: Uint32Array, at: number, pointer: number, count: number): void {
    out.set(new Uint32Array(this.#memory.buffer, pointer, count), at);
  }

  /** Passes a message of any length through the rest of the I/O page. */
  feed(message: Uint8Array, consume: (pointer: number, length: number) => void): void {
    const pointer = this.#end;
    const room = this.#limit - pointer;
    const total = lengthOf(message); // what is written and cleared is what there is, whatever the argument claims
    for (let at = 0; at < total; at += room) {
      const length = Math.min(room, total - at);
      this.#memory.set(length === total ? message : message.subarray(at, at + length), pointer);
      this.#used(pointer + length);
      consume(pointer, length);
    }
  }

  /** Fills `out` with a result of any length through the rest of the I/O page. */
  drain(out: Uint8Array, produce: (pointer: number, length: number) => void): void {
    const pointer = this.#end;
    const room = this.#limit - pointer;
    for (let at = 0; at < out.length; at += room) {
      const length = Math.min(room, out.length - at);
      this.#used(pointer + length);
      produce(pointer, length);
      out.set(this.#memory.subarray(pointer, pointer + length), at);
    }
  }

  /**
   * The 64 octets of a hash of one short argument, as one call. They lie at the start of the page, then comes the argument, then `room`
   * octets that are zero before, for padding or a state.
   */
  digest(message: Uint8Array, room: number, hash: (out: number, data: number, length: number) => void): Uint8Array {
    const length = lengthOf(message); // what is cleared is what was written, whatever the argument claims
    try {
      this.#page.set(message, DIGEST_LENGTH);
      hash(this.#start, this.#start + DIGEST_LENGTH, length);
      return new Uint8Array(this.#digest);
    } catch (error) {
      this.#report(error);
    } finally {
      this.abi.wipe_hash(DIGEST_LENGTH + length + room);
    }
  }

  /**
   * Runs one operation and clears whatever it left in the I/O page and in scratch, also when it throws.
   *
   * @throws MeshError `fault_detected` when a check of the operation has found a fault, a constant has changed, or the module has trapped
   */
  run<T>(operation: (core: this) => T): T {
    try {
      const result = operation(this);
      if (this.abi.faults() !== 0) this.refuse(result);
      return result;
    } catch (error) {
      this.#report(error);
    } finally {
      this.abi.wipe(this.#release());
    }
  }

  /** {@link run} twice for what is quickly done, with results that have to be the same. */
  twice<T extends Uint8Array | undefined>(operation: (core: this) => T): T {
    const result = this.run(operation);
    const again = this.run(operation);
    if (result === undefined || again === undefined) return result === again ? result : this.refuse(result, again);
    if (!equal(result, again)) this.refuse(result, again);
    wipe(again);
    return result;
  }

  /** Throws on, and a trap, which no operation has by itself, as a fault. */
  #report(error: unknown): never {
    if (error instanceof WebAssembly.RuntimeError) this.refuse();
    throw error;
  }

  /** A fault: no result leaves. The memory becomes that of a fresh instance, since what has flipped may be a constant or a table. */
  refuse(...results: unknown[]): never {
    for (const result of results) if (isBytes(result)) wipe(result);
    this.abi.faults();
    this.#memory.set(new Uint8Array(this.#pristine()));
    this.abi.forget_tables();
    fail('fault_detected');
  }

  /** {@link run} for operations that only hash, or leave nothing in scratch. */
  runHash<T>(operation: (core: this) => T): T {
    try {
      return operation(this);
    } catch (error) {
      this.#report(error);
    } finally {
      this.abi.wipe_hash(this.#release());
    }
  }

  #highest = 0;

  #used(end: number): void {
    if (end > this.#highest) this.#highest = end;
  }

  /** Gives up all room; how many octets of the page were in use. */
  #release(): number {
    this.#used(this.#end);
    const used = this.#highest - this.#start;
    this.#end = this.#start;
    this.#highest = this.#start;
    return used;
  }
}
