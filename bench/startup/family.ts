/**
 * The family of start-up costs: ours and @noble/curves, whole processes and sizes.
 */
import { readFileSync } from 'node:fs';
import { root } from '../machine.ts';
import type { FamilyResult } from '../result.ts';
import { processRows, type Starter } from './processes.ts';
import { sizeRows } from './sizes.ts';

const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { exports: object };

const starters: readonly Starter[] = [
  { name: 'mathmesh', specifier: 'mathmesh' },
  ...('./wasm' in exports ? [{ name: 'mathmesh/wasm', specifier: 'mathmesh/wasm' }] : []),
  { name: 'mathmesh/js', specifier: 'mathmesh/js' },
  { name: 'noble', specifier: '@noble/curves/ed448.js' },
];

/** Measures start-up, with so many processes for each figure. */
export async function startup(rounds: number): Promise<FamilyResult> {
  const rows = [...processRows(starters, rounds), ...(await sizeRows(starters))];
  return { name: 'startup', title: 'Start-up', rows };
}
