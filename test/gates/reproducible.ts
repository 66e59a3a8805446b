/**
 * Whether what is published follows from the commit alone: two clean clones in two folders, with other settings of place and time, give the same
 * archive, octet for octet.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { out, output, root } from '../runtimes/place.ts';

const settings = [
  { folder: 'a', env: { TZ: 'UTC', LC_ALL: 'C' } },
  { folder: 'another/folder', env: { TZ: 'Asia/Kolkata', LC_ALL: 'C.UTF-8' } },
];

async function digest({ folder, env }: (typeof settings)[number]): Promise<string> {
  const cwd = join(out, folder);
  const run = (file: string, ...args: string[]) => output(file, args, { cwd, env: { ...process.env, ...env } });
  await output('git', ['clone', '--quiet', '--no-local', root, cwd]);
  await run('npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline');
  await run('npm', 'run', '--silent', 'build');
  const archive = await run('npm', 'pack', '--ignore-scripts', '--silent');
  return createHash('sha256')
    .update(readFileSync(join(cwd, archive)))
    .digest('hex');
}

/** @returns the digest of the archive @throws Error when there are two */
export async function reproducible(): Promise<string> {
  const digests = await Promise.all(settings.map(digest));
  if (new Set(digests).size !== 1) throw new Error(`two clones give two archives: ${digests.join(', ')}`);
  const commit = await output('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  return `SHA-256 of the archive of ${commit}: ${digests[0]}`;
}
