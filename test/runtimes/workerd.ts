/**
 * workerd, the engine of Cloudflare Workers: while the module is evaluated and within a request, with an old compatibility date and a recent one.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Answer, noRandom, type Row } from './outcome.ts';
import { consumer, engine, out, output } from './place.ts';

const binary = engine('@cloudflare/workerd-linux-64/bin/workerd');

const config = (script: string, date: string) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "${script}", esModule = embed "${script}"),
    (name = "mathmesh/mesh.wasm", wasm = embed "mesh.wasm"),
  ],
  compatibilityDate = "${date}",
);
`;

/** What tools for Workers do: one script, the conditions of workerd, and modules of WASM left to the engine. */
async function bundle(name: string, date: string): Promise<string> {
  await build({
    entryPoints: [join(consumer, `${name}.mjs`)],
    outfile: join(out, `${name}.js`),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['*.wasm'],
  });
  copyFileSync(join(consumer, 'node_modules/mathmesh/dist/mesh.wasm'), join(out, 'mesh.wasm'));
  const file = join(out, `${name}-${date}.capnp`);
  writeFileSync(file, config(`${name}.js`, date));
  return file;
}

async function ask(name: string, date: string): Promise<Answer> {
  const child = spawn(binary, ['serve', '--control-fd=3', await bundle(name, date)], {
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
    const response = await fetch(`http://127.0.0.1:${port}/`);
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
      ['in a request', 'isolate'],
    ] as const
  ).map(
    ([place, script]): Row => ({
      name: `workerd, date ${date}, ${place}`,
      backend: 'wasm',
      // The engine gives no random numbers before there is a request.
      ...(script === 'early' ? { lacks: noRandom } : {}),
      needs: [binary],
      run: async () => ({
        version: (await output(binary, ['--version'])).replace('workerd ', ''),
        answer: await ask(script, date),
      }),
    }),
  ),
);
