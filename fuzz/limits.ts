/**
 * What the reading of one input may take.
 */

/** Milliseconds. */
export const mostTime = 1000;

/** Octets taken at once, for an input of a length: four times the input, and 16 MiB. */
export const mostMemory = (length: number): number => 4 * length + 2 ** 24;

/** MiB of the heap of a thread, all in all. */
export const mostHeap = 512;
