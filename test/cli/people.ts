/**
 * Keys of three people in a folder: alice.key, alice.pub and so on.
 */
import { writeFileSync } from 'node:fs';
import type { makeFolder } from './program.ts';
import { runCli } from './run.ts';

export async function makePeople({ at }: ReturnType<typeof makeFolder>): Promise<void> {
  for (const name of ['alice', 'bob', 'eve']) {
    const { out } = await runCli(['key', 'new', '-o', at(`${name}.key`)]);
    writeFileSync(at(`${name}.pub`), out);
  }
}
