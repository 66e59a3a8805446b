/**
 * Byte strings: argument checks and the few operations that every room needs.
 * Not for text encodings, which belong to the formats that use them.
 */
import { type ErrorCode, fail } from './errors.ts';

/** The empty byte string. */
export const empty: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * The argument as a plain `Uint8Array` over the same memory: no copy for ordinary input, no subclass behaviour later.
 * Shared memory is copied, because signing reads a message twice and must read the same octets both times.
 */
export function bytes(value: unknown, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) fail('not_bytes', name);
  const { buffer, byteOffset, byteLength } = value;
  if (typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer) return Uint8Array.from(value);
  return value.constructor === Uint8Array ? value : new Uint8Array(buffer, byteOffset, byteLength);
}

/** {@link bytes} of one of the given lengths; `code` is the error for any other. */
export function sized(value: unknown, name: string, code: ErrorCode, ...lengths: number[]): Uint8Array {
  const array = bytes(value, name);
  if (!lengths.includes(array.length)) fail(code, `${name} has ${array.length} octets, not ${lengths.join(' or ')}`);
  return array;
}

/** Joins byte strings into a fresh one. */
export function concat(...parts: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
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

/** Overwrites secrets that are no longer needed. */
export function wipe(...arrays: Uint8Array[]): void {
  for (const array of arrays) array.fill(0);
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/** The UTF-8 octets of a string. */
export function fromUtf8(text: string): Uint8Array {
  return utf8.encode(text);
}
