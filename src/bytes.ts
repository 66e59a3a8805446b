/**
 * Byte strings: argument checks and the few operations that every room needs.
 * Not for text encodings, which belong to the formats that use them.
 */
import { type ErrorCode, fail } from './errors.ts';

/** The empty byte string. */
export const empty: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/** Getters as the language defines them: what an object claims about itself through own or inherited properties does not count. */
type Getter = (this: unknown) => unknown;

/** That of the first name that the prototype has. */
function getterOf(prototype: object, ...names: PropertyKey[]): Getter | undefined {
  return names.map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.get).find((getter) => getter);
}

const typedArray: object = /* @__PURE__ */ Object.getPrototypeOf(Uint8Array.prototype);
const kindOf = /* @__PURE__ */ getterOf(typedArray, Symbol.toStringTag) as Getter;
const bufferOf = /* @__PURE__ */ getterOf(typedArray, 'buffer') as (this: unknown) => ArrayBuffer;
const offsetOf = /* @__PURE__ */ getterOf(typedArray, 'byteOffset') as (this: unknown) => number;
const realLength = /* @__PURE__ */ getterOf(typedArray, 'length') as (this: unknown) => number;
/** Throws for shared memory; engines without resizable buffers have the second one only. */
const isResizable = /* @__PURE__ */ getterOf(ArrayBuffer.prototype, 'resizable', 'byteLength') as Getter;

/** Whether a value really is an array of octets, of any realm and also a subclass; a Proxy of one is not. Runs no code of the caller. */
export function isBytes(value: unknown): value is Uint8Array {
  return kindOf.call(value) === 'Uint8Array';
}

/** How many octets an array really has. */
export function lengthOf(array: Uint8Array): number {
  return realLength.call(array);
}

/** Whether memory can change, or change its size, while the caller's code does not run. */
function isUnsteady(buffer: ArrayBuffer): boolean {
  try {
    return isResizable.call(buffer) === true;
  } catch {
    return true;
  }
}

/**
 * The argument as a plain `Uint8Array` over the same memory: no copy for ordinary input, no subclass behaviour later.
 * Shared and resizable memory is copied: signing reads a message twice and must read the same octets both times.
 * Runs no code of the caller, so that what was checked before it still holds.
 *
 * @throws MeshError `not_bytes`, also for memory that was transferred away or has shrunk below the array
 */
export function bytes(value: unknown, name: string): Uint8Array {
  if (!isBytes(value)) fail('not_bytes', name);
  const buffer = bufferOf.call(value);
  try {
    return isUnsteady(buffer)
      ? new Uint8Array(value)
      : new Uint8Array(buffer, offsetOf.call(value), realLength.call(value));
  } catch {
    return fail('not_bytes', `${name} has lost its memory`);
  }
}

/**
 * An array to write to, as a plain `Uint8Array` over the same memory, whatever kind of memory that is.
 *
 * @throws MeshError `not_bytes`, as {@link bytes}
 */
export function target(value: unknown, name: string): Uint8Array {
  if (!isBytes(value)) fail('not_bytes', name);
  try {
    return new Uint8Array(bufferOf.call(value), offsetOf.call(value), realLength.call(value));
  } catch {
    return fail('not_bytes', `${name} has lost its memory`);
  }
}

/** {@link bytes} of one of the given lengths; `code` is the error for any other. */
export function sized(value: unknown, name: string, code: ErrorCode, ...lengths: number[]): Uint8Array {
  const array = bytes(value, name);
  if (!lengths.includes(array.length)) fail(code, `${name} has ${array.length} octets, not ${lengths.join(' or ')}`);
  return array;
}

/**
 * As many zero octets, where the engine's collector does not move them: arrays of up to 64 octets are else kept within its heap, and whenever they are moved a
 * copy stays behind that nobody can wipe. For everything that may be secret.
 */
export function room(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

/** A fresh copy, in a {@link room}. */
export function copied(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = room(octets.length);
  copy.set(octets);
  return copy;
}

/** Joins byte strings into a fresh one. For more than some thousands: {@link join}. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  return join(parts);
}

/** Joins any number of byte strings into a fresh one. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = room(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Equality in time that depends on the lengths only. Constant time: yes, no branch on content. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Overwrites secrets that are no longer needed. An array whose memory was transferred away is empty, and cannot be filled. */
export function wipe(...arrays: Uint8Array[]): void {
  for (const array of arrays) if (array.length > 0) array.fill(0);
}

/**
 * What is computed twice with the same outcome, once. For hashes that a key or a signature depends on, which a flipped bit of memory would change unnoticed.
 *
 * @throws MeshError `fault_detected`
 */
export function confirmed(compute: () => Uint8Array): Uint8Array {
  const result = compute();
  let same = false;
  try {
    const again = compute();
    same = equal(result, again);
    wipe(again);
  } finally {
    if (!same) wipe(result);
  }
  return same ? result : fail('fault_detected');
}

/**
 * Moves a secret into a buffer of its own, where it stays (see {@link room}), and wipes the source.
 */
export function settle(secret: Uint8Array): Uint8Array {
  const held = new Uint8Array(new ArrayBuffer(128), 0, secret.length);
  held.set(secret);
  wipe(secret);
  return held;
}
