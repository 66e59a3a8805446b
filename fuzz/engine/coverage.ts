/**
 * What executions have reached: for each counter the ranges of counts that were seen. Not which lines these are.
 */

/** The eight ranges of a count: 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more. */
const ranges = Uint8Array.from({ length: 256 }, (_, count) => {
  if (count === 0) return 0;
  const range = count < 4 ? count - 1 : count < 8 ? 3 : count < 16 ? 4 : count < 32 ? 5 : count < 128 ? 6 : 7;
  return 1 << range;
});

/** The counters of this thread, and what they have shown so far. */
export class Coverage {
  readonly #counters: Uint8Array;
  readonly #words: BigUint64Array;
  readonly #seen: Uint8Array;

  constructor(counters: Uint8Array, count: number) {
    this.#counters = counters.subarray(0, Math.ceil(count / 8) * 8);
    this.#words = new BigUint64Array(counters.buffer, counters.byteOffset, this.#counters.length / 8);
    this.#seen = new Uint8Array(this.#counters.length);
  }

  /** How many counters have counted. */
  get reached(): number {
    return this.#seen.reduce((sum, seen) => sum + (seen === 0 ? 0 : 1), 0);
  }

  reset(): void {
    this.#counters.fill(0);
  }

  /** The numbers of the counters that have counted since {@link reset}. */
  hits(): number[] {
    const hits: number[] = [];
    for (let i = 0; i < this.#words.length; i++) {
      if (this.#words[i] === 0n) continue;
      for (let j = 8 * i; j < 8 * i + 8; j++) if (this.#counters[j] !== 0) hits.push(j);
    }
    return hits;
  }

  /** Takes in what has been counted since {@link reset}; gives whether any of it is new. */
  merge(): boolean {
    let isNew = false;
    for (const i of this.hits()) {
      const range = ranges[this.#counters[i] as number] as number;
      if (((this.#seen[i] as number) & range) !== 0) continue;
      this.#seen[i] = (this.#seen[i] as number) | range;
      isNew = true;
    }
    return isNew;
  }
}
