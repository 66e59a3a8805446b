/**
 * Appends to a file until it is killed, and says what was acknowledged. Run with tsx: node --import tsx child.mjs FILE [BATCH].
 */

import { jsBackend } from '../../src/backend/js/index.ts';
import { fileStorage } from '../../src/sequence/file.ts';
import { makeSequences } from '../../src/sequence/index.ts';

const [path, batch = '1'] = process.argv.slice(2);
const sequences = makeSequences(() => jsBackend);
const sequence = await sequences.open(await fileStorage(path));
process.stdout.write(`open ${sequence.length} ${sequence.recovered?.octets ?? 0}\n`);
for (;;) {
  const first = sequence.length;
  const entries = Array.from({ length: Number(batch) }, (_, i) =>
    new TextEncoder().encode(`frame ${first + i} ${'y'.repeat(5000)}`),
  );
  await sequence.appendAll(entries);
  process.stdout.write(`ack ${sequence.length - 1}\n`);
}
