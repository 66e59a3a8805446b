/**
 * The process that is looked at: reads its secrets from standard input into memory that no collector moves, works with them, wipes them, and says so on standard
 * output. It then stands still until its input ends.
 *
 *     node --expose-gc memscan/child.mjs <mathmesh, mathmesh/js or - for no work> <library of the work>
 */
import { readSync, writeSync } from 'node:fs';
import { controlLength, randomLength, secretsLength, work } from './work.mjs';

const specifier = process.argv[2];
const library = specifier === '-' ? undefined : await import(specifier);

// Larger than what the engine keeps in the heap that it moves.
const room = new Uint8Array(new ArrayBuffer(secretsLength + controlLength + randomLength));
for (let at = 0; at < room.length; ) {
  const count = readSync(0, room, at, room.length - at, null);
  if (count === 0) throw new Error('the secrets have not come');
  at += count;
}
const secrets = room.subarray(0, secretsLength);
const control = room.subarray(secretsLength, secretsLength + controlLength);

// The control: one copy, reachable to the end.
globalThis.keptOnPurpose = new Uint8Array(new ArrayBuffer(128));
globalThis.keptOnPurpose.set(control);

if (library) {
  const random = room.subarray(secretsLength + controlLength);
  work(
    library,
    secrets,
    random,
    (_, result) => result.fill(0),
    () => undefined,
  );
}
room.fill(0);
// Objects of the platform, such as keys of AES, are wiped by their destructors.
for (let i = 0; i < 4; i++) {
  globalThis.gc();
  await new Promise((resolve) => setImmediate(resolve));
}
writeSync(1, 'done\n');
readSync(0, new Uint8Array(1));
