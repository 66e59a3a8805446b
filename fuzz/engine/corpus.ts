/**
 * Inputs that earlier runs have found, one file a target: a line of base64url for each. Not the vectors.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (folder: string, target: string) => join(folder, `${target}.txt`);

/** The inputs of a target. */
export function readCorpus(folder: string, target: string): Uint8Array[] {
  const file = fileOf(folder, target);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => new Uint8Array(Buffer.from(line, 'base64url')));
}

/** Replaces the inputs of a target. */
export function writeCorpus(folder: string, target: string, inputs: readonly Uint8Array[]): void {
  const lines = inputs.map((input) => `${Buffer.from(input).toString('base64url')}\n`);
  writeFileSync(fileOf(folder, target), lines.sort().join(''));
}
