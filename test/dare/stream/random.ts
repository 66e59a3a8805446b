/**
 * Random octets that are the same on every run, for comparing what two ways of sealing write.
 */
import { vi } from 'vitest';
import { pattern } from '../../support/octets.ts';

/** What `action` gives when the generator of the platform starts from the beginning. */
export async function reproducibly<T>(action: () => T | Promise<T>): Promise<T> {
  let count = 0;
  const spy = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
    const octets = new Uint8Array((array as Uint8Array).length);
    octets.set(pattern(octets.length, ++count + 1000));
    (array as Uint8Array).set(octets);
    return array;
  });
  try {
    return await action();
  } finally {
    spy.mockRestore();
  }
}
