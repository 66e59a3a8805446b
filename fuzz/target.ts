/**
 * Target: something that reads what strangers send, with what must hold of it for every input.
 */
import type { Vector } from './vectors.ts';

export interface Target {
  readonly name: string;
  /** What it covers, in a line. */
  readonly about: string;
  /** Octets of the longest input. */
  readonly maxLength: number;
  /** Words that inputs may need, beside those of the sources. */
  readonly words?: readonly string[];
  /** Inputs to begin with. */
  seeds(vectors: readonly Vector[]): Uint8Array[];
  /** Returns when all is well. @throws whatever is a finding */
  run(input: Uint8Array): void | Promise<void>;
}
