/**
 * The order of calls on a hash object: absorb, then give output, then nothing. Not for the hashing itself.
 */
import { bytes, target } from '../bytes.ts';
import { fail } from '../errors.ts';

/** What both kinds of backend state have in common. */
interface State {
  update(chunk: Uint8Array): void;
  clone(): this;
  destroy(): void;
}

type Phase = 'absorbing' | 'squeezing' | 'finished' | 'destroyed';

/** A backend state with its phase; states of hash objects live in here and nowhere else. */
export class Lifecycle<S extends State> {
  readonly #state: S;
  #phase: Phase;

  constructor(state: S, phase: Phase = 'absorbing') {
    this.#state = state;
    this.#phase = phase;
  }

  absorb(chunk: unknown): void {
    this.#expect('absorbing');
    this.#state.update(bytes(chunk, 'chunk'));
  }

  /** The state for the one and only digest. */
  finish<T>(digest: (state: S) => T): T {
    this.#expect('absorbing');
    this.#phase = 'finished';
    try {
      return digest(this.#state);
    } finally {
      this.#state.destroy();
    }
  }

  /** The state for output that may go on later. */
  squeeze<T>(output: (state: S) => T): T {
    this.#expect('absorbing', 'squeezing');
    this.#phase = 'squeezing';
    return output(this.#state);
  }

  clone(): Lifecycle<S> {
    this.#expect('absorbing', 'squeezing');
    return new Lifecycle(this.#state.clone(), this.#phase);
  }

  destroy(): void {
    this.#phase = 'destroyed';
    this.#state.destroy();
  }

  #expect(...phases: Phase[]): void {
    if (this.#phase === 'destroyed') fail('destroyed');
    if (!phases.includes(this.#phase)) fail('finished');
  }
}

/** A buffer for a digest. @throws MeshError `not_bytes`, `bad_length` when it is too small */
export function digestTarget(out: unknown, length: number): Uint8Array {
  const memory = target(out, 'out');
  if (memory.length < length) fail('bad_length', `out has ${memory.length} octets, the digest has ${length}`);
  return memory;
}
