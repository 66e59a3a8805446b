/**
 * Engines with a command line: Node, Deno, Bun.
 */
import { join } from 'node:path';
import type { Row } from './outcome.ts';
import { consumer, engine, out, output } from './place.ts';

function commandRow(name: string, binary: string, args: readonly string[] = []): Row {
  const env = { ...process.env, DENO_DIR: join(out, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  return {
    name,
    backend: 'wasm',
    needs: [binary],
    async run() {
      const version = (await output(binary, ['--version'], { env })).match(/\d+\.\d+\.\d+/)?.[0] ?? 'unknown';
      const text = await output(binary, [...args, join(consumer, 'command.mjs')], { cwd: consumer, env });
      return { version, answer: JSON.parse(text) };
    },
  };
}

/** Node, Deno and Bun. */
export const commandRows: readonly Row[] = [
  ...[20, 22, 24].map((major) => commandRow(`Node ${major}`, engine(`node-${major}/bin/node`))),
  commandRow('Deno', engine('@deno/linux-x64-glibc/deno'), ['run', '--no-remote', '--allow-read']),
  commandRow('Bun', engine('@oven/bun-linux-x64/bin/bun')),
];
