/**
 * Where frames begin, as far as it is known, by their number. Eight octets a frame, in pages of which there are only those with something on them:
 * the last frame of a file may claim to have any number, and gets no memory for it.
 */
const pageLength = 1024;

const pageOf = (n: number): number => Math.floor(n / pageLength);

export class Offsets {
  readonly #pages = new Map<number, Float64Array>();

  /** The offset of a frame; `undefined` while it is not known. */
  get(n: number): number | undefined {
    const start = this.#pages.get(pageOf(n))?.[n % pageLength];
    return start === undefined || Number.isNaN(start) ? undefined : start;
  }

  set(n: number, start: number): void {
    let page = this.#pages.get(pageOf(n));
    if (page === undefined) {
      page = new Float64Array(pageLength).fill(Number.NaN);
      this.#pages.set(pageOf(n), page);
    }
    page[n % pageLength] = start;
  }

  /** The first frame from `n` on whose offset is known; `undefined` when there is none. */
  next(n: number): number | undefined {
    const here = this.#on(pageOf(n), n % pageLength);
    if (here !== undefined) return here;
    let next = Number.POSITIVE_INFINITY;
    for (const number of this.#pages.keys()) if (number > pageOf(n) && number < next) next = number;
    return this.#on(next, 0);
  }

  #on(number: number, from: number): number | undefined {
    const found = this.#pages.get(number)?.findIndex((start, i) => i >= from && !Number.isNaN(start)) ?? -1;
    return found < 0 ? undefined : number * pageLength + found;
  }
}
