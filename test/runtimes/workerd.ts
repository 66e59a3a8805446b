/**
 * workerd, the engine of Cloudflare Workers: while the module is evaluated and within a request, with an old compatibility date and a recent one.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Answer, Row } from './outcome.ts';
import { consumer, engine, out, output } from './place.ts';

const binary = engine('@cloudflare/workerd-linux-64/bin/workerd');

const config = (date: string) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "isolate.js", esModule = embed "isolate.js"),
    (name = "mathmesh/mesh.wasm", wasm = embed "mesh.wasm"),
  ],
  compatibilityDate = "${date}",
);
`;

/** What tools for Workers do: one script, the conditions of workerd, and modules of WASM left to the engine. */
async function bundle(date: string): Promise<string> {
  await build({
    entryPoints: [join(consumer, 'isolate.mjs')],
    outfile: join(out, 'isolate.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['*.wasm'],
  });
  copyFileSync(join(consumer, 'node_modules/mathmesh/dist/mesh.wasm'), join(out, 'mesh.wasm'));
  const file = join(out, `workerd-${date}.capnp`);
  writeFileSync(file, config(date));
  return file;
}

async function ask(date: string, path: string): Promise<Answer> {
  const child = spawn(binary, ['serve', '--control-fd=3', await bundle(date)], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      let text = '';
      child.on('exit', (code) => reject(new Error(`workerd ended with ${code}`)));
      child.stdio[3]?.on('data', (octets: Buffer) => {
        text += octets;
        const found = text.match(/"port":\s*(\d+)/);
        if (found) resolve(Number(found[1]));
      });
    });
    const response = await fetch(`http://127.0.0.1:${port}/${path}`);
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Answer;
  } finally {
    child.kill();
  }
}

/** Both places for both dates. */
export const workerdRows: readonly Row[] = ['2023-01-01', '2026-11-17'].flatMap((date) =>
  (
    [
      ['top level', 'early'],
      ['in a request', 'inside'],
    ] as const
  ).map(
    ([place, path]): Row => ({
      name: `workerd of ${date}, ${place}`,
      backend: 'wasm',
      needs: [binary],
      run: async () => ({
        version: (await output(binary, ['--version'])).replace('workerd ', ''),
        answer: await ask(date, path),
      }),
    }),
  ),
);
