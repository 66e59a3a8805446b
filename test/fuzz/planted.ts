/**
 * Targets with planted faults, for the harness to find; the entry of its threads.
 */
import { serve } from '../../fuzz/engine/serve.ts';
import type { Target } from '../../fuzz/target.ts';

const planted = (name: string, run: Target['run']): Target => ({
  name,
  about: 'planted',
  maxLength: 256,
  seeds: () => [Uint8Array.of(1, 2, 3)],
  run,
});

/** Whether five octets stand somewhere, read one by one. */
function hasMagic(input: Uint8Array): boolean {
  for (let at = 0; at + 5 <= input.length; at++) {
    if (input[at] !== 0xd1) continue;
    if (input[at + 1] !== 0x4d) continue;
    if (input[at + 2] !== 0xe5) continue;
    if (input[at + 3] !== 0x48) continue;
    if (input[at + 4] === 0x9b) return true;
  }
  return false;
}

/** A length of four octets, believed. */
function believe(input: Uint8Array): Uint8Array {
  if (input.length < 6 || input[0] !== 7) return new Uint8Array(0);
  return new Uint8Array(new DataView(input.buffer, input.byteOffset + 1, 4).getUint32(0));
}

function spin(input: Uint8Array): void {
  if (input[0] === 0x51 && input[1] === 0x52) while (input.length > 0);
}

await serve([
  planted('magic', (input) => {
    if (hasMagic(input)) throw new TypeError('found');
  }),
  planted('memory', (input) => void believe(input)),
  planted('hang', spin),
  planted('word', (input) => {
    if (new TextDecoder().decode(input).includes('BEGIN MESH RECORD')) throw new TypeError('found');
  }),
  planted('rejection', (input) => {
    if (input.length > 8 && input[3] === 9) void Promise.reject(new TypeError('nobody listens'));
  }),
  planted('sound', () => {}),
]);
