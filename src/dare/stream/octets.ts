/**
 * The octets of an input in order, whatever chunks they come in: one looked at, some taken. Not what they mean.
 */
import { empty } from '../../bytes.ts';
import { fail } from '../../errors.ts';
import type { Input } from './source.ts';

const isSpace = (octet: number) => octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;

/** A cursor over an input. */
export class Octets {
  readonly #input: Pick<Input, 'next'>;
  #chunk: Uint8Array = empty;
  #at = 0;
  #ended = false;

  constructor(input: Pick<Input, 'next'>) {
    this.#input = input;
  }

  /** Whether there is an octet at the cursor; reads on when the chunk is used up. */
  async #more(): Promise<boolean> {
    while (this.#at === this.#chunk.length && !this.#ended) {
      const next = await this.#input.next();
      this.#ended = next === undefined;
      this.#chunk = next ?? empty;
      this.#at = 0;
    }
    return !this.#ended;
  }

  /** The octet at the cursor, or -1 at the end. */
  async peek(): Promise<number> {
    if (this.#at === this.#chunk.length && !(await this.#more())) return -1;
    return this.#chunk[this.#at] as number;
  }

  /** The octet at the cursor once white space is passed, or -1. */
  async significant(): Promise<number> {
    for (;;) {
      while (this.#at < this.#chunk.length) {
        const octet = this.#chunk[this.#at] as number;
        if (!isSpace(octet)) return octet;
        this.#at++;
      }
      if (!(await this.#more())) return -1;
    }
  }

  /** Passes octets that {@link some} or {@link peek} has shown. */
  pass(count: number): void {
    this.#at += count;
  }

  /** All that is there now, at least one octet, not taken: a view, good until the next call. @throws MeshError `truncated` */
  async some(): Promise<Uint8Array> {
    if (!(await this.#more())) fail('truncated');
    return this.#chunk.subarray(this.#at);
  }

  /** The next octet, taken. @throws MeshError `truncated` */
  async take(): Promise<number> {
    const octet = await this.peek();
    if (octet < 0) fail('truncated');
    this.#at++;
    return octet;
  }
}
