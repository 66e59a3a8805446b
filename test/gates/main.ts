/**
 * `npm run gates`: what has to hold for a release beyond `npm run check`.
 *
 *     npm run gates [-- --only NAME]
 *
 * Compilers and Deno are those of test/runtimes (npm ci --prefix test/runtimes). Exit status 1 when a gate does not hold.
 */
import { parseArgs } from 'node:util';
import { installConsumer } from '../runtimes/place.ts';
import { bill } from './bill.ts';
import { empty } from './empty.ts';
import { jsr } from './jsr.ts';
import { reproducible } from './reproducible.ts';
import { types } from './types.ts';

const gates = { empty, types, bill, jsr, reproducible };

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const chosen = Object.entries(gates).filter(([name]) => values.only === undefined || name === values.only);
if (chosen.length === 0) throw new Error(`a gate is one of ${Object.keys(gates).join(', ')}`);
await installConsumer();
for (const [name, gate] of chosen) {
  const begun = performance.now();
  let text: string;
  try {
    text = await gate();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    text = 'FAILED';
  }
  console.log(`${name}: ${text} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
}
