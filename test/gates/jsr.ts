/**
 * Whether JSR would take the package: `deno publish` as far as it goes without sending anything. It checks every module and the types of the public API.
 */
import { join } from 'node:path';
import { engine, out, root, run } from '../runtimes/place.ts';

/** @returns a summary @throws Error with what Deno reports, warnings too */
export async function jsr(): Promise<string> {
  const env = { ...process.env, DENO_DIR: join(out, 'deno'), NO_COLOR: '1' };
  const deno = engine('@deno/linux-x64-glibc/deno');
  const { stderr: report } = await run(deno, ['publish', '--dry-run', '--allow-dirty'], { cwd: root, env });
  if (!report.includes('Success') || /^(warning|error)/m.test(report)) throw new Error(report);
  if (!report.includes('module.gen.ts')) throw new Error('the module is not among the files');
  return `${report.match(/file:\/\//g)?.length} files`;
}
