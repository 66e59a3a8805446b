/**
 * Runs one vector on one implementation and says what came of it. Not the walk over files: see driver.ts.
 */
import { Contradiction } from './check.ts';
import { checks, proofs } from './checks/index.ts';
import { type Field, type Fields, Inputs, type Outcome, toHex } from './fields.ts';
import { type Implementation, NotProvided, type Provided, provided } from './implementation.ts';
import { printable, thrown } from './printable.ts';
import type { Vector } from './vectors.ts';

/** What became of a vector. */
export type Status = 'reproduced' | 'proven' | 'unverifiable' | 'failed' | 'not-provided';

/** What became of a vector, and why when it is not what the vector asks for. */
export interface Verdict {
  status: Status;
  reason?: string;
}

class Mismatch extends Error {}

function shown(value: Field | undefined): string {
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}

function plain(value: Field | Uint8Array | undefined): Field | undefined {
  return value instanceof Uint8Array ? toHex(value) : value;
}

/** Every expected value must have been computed, and be equal. */
function compare(what: string, expected: Fields, computed: Outcome): void {
  for (const [name, value] of Object.entries(expected)) {
    if (!Object.hasOwn(computed, name)) throw new Mismatch(`${what} ${name} was not computed`);
    const got = plain(computed[name]);
    if (got !== value) throw new Mismatch(`${what} ${name}: ${shown(value)}, computed ${shown(got)}`);
  }
}

function allRead(inputs: Inputs): void {
  const unread = inputs.unread();
  if (unread.length > 0) throw new Mismatch(`the check does not use ${unread.join(', ')}`);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : thrown(error);
}

/** A refusal that was asked for. */
function refused(implementation: Implementation, wanted: Field, error: unknown, inputs: Inputs): void {
  if (implementation.errorCodes && codeOf(error) !== wanted) {
    throw new Mismatch(`refused as ${codeOf(error)}, not as ${wanted}`);
  }
  allRead(inputs);
}

function reproduce(implementation: Implementation, api: Provided, kind: string, vector: Vector): void {
  const check = checks[kind];
  if (check === undefined) throw new Mismatch(`no check for the kind ${kind}`);
  const { expected = {}, inputs: given = {} } = vector;
  const { error: refusal } = expected;
  if (Object.keys(expected).length === 0) throw new Mismatch('nothing is expected');
  if (refusal !== undefined && vector.result !== 'invalid') throw new Mismatch('a refusal cannot be valid');
  if (refusal !== undefined && Object.keys(expected).length > 1) throw new Mismatch('a refusal has no other values');
  const inputs = new Inputs(given);
  let computed: Outcome;
  try {
    computed = check(api, inputs);
  } catch (error) {
    if (refusal === undefined || error instanceof NotProvided || error instanceof Contradiction) throw error;
    refused(implementation, refusal, error, inputs);
    return;
  }
  if (refusal !== undefined) throw new Mismatch(`not refused, ${refusal} was expected`);
  compare('expected', expected, computed);
  allRead(inputs);
}

function prove(api: Provided, kind: string, vector: Vector): void {
  const proof = proofs[kind];
  if (proof === undefined) throw new Mismatch(`no proof for the kind ${kind}`);
  const { printed = {}, right = {}, inputs: given = {} } = vector;
  const inputs = new Inputs(given);
  const computed = proof(api, inputs);
  compare('printed', printed, computed.printed);
  compare('right', right, computed.right);
  allRead(inputs);
  if (Object.keys(printed).length === 0 || Object.keys(right).length === 0) throw new Mismatch('nothing is proved');
  const both = Object.keys(printed).filter((name) => Object.hasOwn(right, name));
  if (both.length > 0 && both.every((name) => printed[name] === right[name])) {
    throw new Mismatch('the printed value is right');
  }
}

const achieved = {
  valid: 'reproduced',
  invalid: 'reproduced',
  erratum: 'proven',
  unverifiable: 'unverifiable',
} as const;

/** The verdict on one vector. Never throws. */
export function judge(implementation: Implementation, kind: string, vector: Vector): Verdict {
  let questions = 0;
  const api = provided(implementation, () => questions++);
  try {
    if (vector.result === 'erratum') prove(api, kind, vector);
    else reproduce(implementation, api, kind, vector);
    // What the oracles of the suite can compute alone says nothing about the implementation.
    if (questions === 0) throw new Mismatch('the check asks the implementation for nothing');
    return { status: achieved[vector.result] };
  } catch (error) {
    if (error instanceof NotProvided) return { status: 'not-provided', reason: error.message };
    return { status: 'failed', reason: error instanceof Mismatch ? printable(error.message) : thrown(error) };
  }
}
