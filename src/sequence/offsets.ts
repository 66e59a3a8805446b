/**
 * Where frames begin, as far as it is known, by their number. Eight octets a frame.
 */
export class Offsets {
  #starts = new Float64Array(16).fill(Number.NaN);

  /** The offset of a frame; `undefined` while it is not known. */
  get(n: number): number | undefined {
    const start = this.#starts[n];
    return start === undefined || Number.isNaN(start) ? undefined : start;
  }

  /** `n` is below the number of frames that the storage has room for. */
  set(n: number, start: number): void {
    if (n >= this.#starts.length) {
      const grown = new Float64Array(Math.max(n + 1, 2 * this.#starts.length)).fill(Number.NaN);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[n] = start;
  }
}
