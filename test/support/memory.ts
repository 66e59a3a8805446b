/**
 * Kinds of memory behind an array that a caller can bring, beyond the ordinary one.
 */

/** The octets in memory that other threads can write. */
export function shared(octets: Uint8Array): Uint8Array {
  const array = new Uint8Array(new SharedArrayBuffer(octets.length));
  array.set(octets);
  return array;
}

/** The octets in memory whose size can change; the array follows it when `tracking`. */
export function resizable(octets: Uint8Array, tracking = false): Uint8Array<ArrayBuffer> {
  const buffer: ArrayBuffer = Reflect.construct(ArrayBuffer, [octets.length, { maxByteLength: octets.length + 8 }]);
  const array = tracking ? new Uint8Array(buffer) : new Uint8Array(buffer, 0, octets.length);
  array.set(octets);
  return array;
}

/** Changes the size of the memory of {@link resizable}. */
export function resize(array: Uint8Array, size: number): void {
  (array.buffer as unknown as { resize(size: number): void }).resize(size);
}

/** Takes the memory away from an array, as handing it to another thread does. */
export function detach(array: Uint8Array): void {
  structuredClone(array.buffer, { transfer: [array.buffer as ArrayBuffer] });
}
