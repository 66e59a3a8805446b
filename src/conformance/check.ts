/**
 * What a check is: the recomputation of one kind of vector, or of one kind of erratum. Not the comparison, which the driver does.
 */
import type { Inputs, Outcome } from './fields.ts';
import type { Provided } from './implementation.ts';

/** Computes the outputs of a vector. It reads every input before it calls anything that may throw. */
export type Check = (api: Provided, inputs: Inputs) => Outcome;

/** Computes how a published value came about, and the value that should have been published. */
export type Proof = (api: Provided, inputs: Inputs) => { printed: Outcome; right: Outcome };

/** Kinds of vectors by name. */
export type Checks = Readonly<Record<string, Check>>;

/** Kinds of errata by name. */
export type Proofs = Readonly<Record<string, Proof>>;

/** Thrown when an implementation contradicts itself. Never taken for a refusal. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
}

/** Two computations of one value, which must not differ. @throws Contradiction */
export function agrees<T extends string | Uint8Array>(what: string, a: T, b: T): T {
  const same = typeof a === 'string' ? a === b : a.length === b.length && a.every((octet, i) => octet === b[i]);
  if (!same) throw new Contradiction(`${what}: two ways of computing it differ`);
  return a;
}
