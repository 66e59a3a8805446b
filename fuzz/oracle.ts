/**
 * What may happen: a value, or a refusal with a code. Anything else is a finding, and so is a disagreement between two that must agree.
 */
import { isDeepStrictEqual } from 'node:util';
import { MeshError } from '../src/errors.ts';

/** What a call gave. */
export type Outcome<T> = { readonly value: T; readonly code?: undefined } | { readonly code: string };

/** Two that must agree do not. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

/** The code of a refusal. @throws whatever else was thrown: it is a finding */
function codeOf(error: unknown): string {
  if (error instanceof MeshError) return error.code;
  throw error;
}

/** What a call gives. @throws anything that is no refusal */
export function outcome<T>(call: () => T): Outcome<T> {
  try {
    return { value: call() };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

/** What a promise gives. @throws anything that is no refusal */
export async function outcomeLater<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

/** A short text of a value, for people. */
function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, each) =>
    typeof each === 'bigint' ? `${each}n` : each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each,
  );
  return (text ?? String(value)).slice(0, 300);
}

/** @throws Disagreement unless the two are the same to the last octet */
export function agree(what: string, a: unknown, b: unknown): void {
  if (!isDeepStrictEqual(a, b)) throw new Disagreement(`${what}: ${shown(a)} against ${shown(b)}`);
}

/** @throws Disagreement */
export function expect(what: string, holds: boolean): void {
  if (!holds) throw new Disagreement(what);
}
