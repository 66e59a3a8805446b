/**
 * Reproducible random numbers for mutations (xorshift128, Marsaglia 2003). Not for secrets.
 */

/** A stream of numbers that a seed determines. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    // Multiples of the golden ratio: no two words alike, and never all zero.
    const word = (i: number) => Math.imul(seed ^ (0x9e3779b9 * i), 0x85ebca6b) ^ (seed >>> 13) ^ i;
    [this.#a, this.#b, this.#c, this.#d] = [word(1) | 1, word(2), word(3), word(4)];
    for (let i = 0; i < 16; i++) this.word();
  }

  /** 32 bits. */
  word(): number {
    const t = this.#a ^ (this.#a << 11);
    [this.#a, this.#b, this.#c] = [this.#b, this.#c, this.#d];
    this.#d = this.#d ^ (this.#d >>> 19) ^ t ^ (t >>> 8);
    return this.#d >>> 0;
  }

  /** An integer from 0 to below `end`. */
  below(end: number): number {
    return Math.floor((this.word() / 0x100000000) * end);
  }

  /** One of some values. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }
}
