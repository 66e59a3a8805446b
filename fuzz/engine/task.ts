/**
 * What the supervisor and the thread that fuzzes a target say to each other.
 */

/** What a thread is asked to do. */
export interface Task {
  target: string;
  seed: number;
  /** How long to go on; a run ends at whichever bound is met first. */
  milliseconds: number;
  executions: number;
  /** Counters of the bundle. */
  counters: number;
  words: readonly string[];
  /** Folders of vectors and of inputs kept from earlier runs. */
  vectors: string;
  corpus: string;
  /** See {@link Shared}. */
  shared: SharedArrayBuffer;
  /** Runs this input alone, instead of looking for others. */
  replay?: Uint8Array;
  /** Looks at the end which inputs are worth keeping. */
  keep: boolean;
}

/** Something that must not happen. */
export interface Finding {
  /** Where and what, the same for inputs that show the same fault. */
  signature: string;
  /** For people: message and stack. */
  detail: string;
  input: Uint8Array;
}

/** How far a run is. */
export interface Progress {
  executions: number;
  /** Counters reached. */
  reached: number;
  /** Inputs that reach something which those before them do not. */
  inputs: number;
}

export type Message =
  | ({ type: 'progress' } & Progress)
  | ({ type: 'done'; kept: Uint8Array[]; elapsed: number } & Progress)
  | { type: 'finding'; finding: Finding; progress: Progress };

/** Octets of the longest input. */
const mostOctets = 1 << 17;

/** The input at work and its number, in memory that both threads see. */
export class Shared {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #octets: Uint8Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8 + mostOctets)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, 2);
    this.#octets = new Uint8Array(memory, 8);
  }

  /** The number of the execution at work; 0 when there is none. */
  get number(): number {
    return Atomics.load(this.#numbers, 0);
  }

  get input(): Uint8Array {
    return this.#octets.slice(0, Atomics.load(this.#numbers, 1));
  }

  begin(number: number, input: Uint8Array): void {
    this.#octets.set(input.subarray(0, mostOctets));
    Atomics.store(this.#numbers, 1, Math.min(input.length, mostOctets));
    Atomics.store(this.#numbers, 0, number);
  }

  end(): void {
    Atomics.store(this.#numbers, 0, 0);
  }
}
