/**
 * The thread of a mutation run in one file, with `vitest` exchanged for what stands in for it.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url).pathname;

/** Bundles the thread into a folder; gives the file. */
export async function bundleWorker(folder: string): Promise<string> {
  const outfile = `${folder}/worker.mjs`;
  await build({
    entryPoints: [`${root}mutants/wasm/worker.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    absWorkingDir: root,
    alias: { vitest: `${root}mutants/wasm/vitest.ts` },
    external: [`${root}node_modules/vitest/*`],
    banner: {
      js: `import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);`,
    },
    logLevel: 'error',
    plugins: [
      {
        name: 'places',
        setup: ({ onLoad }) => {
          // Sources find their data by where they are.
          onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            const url = JSON.stringify(pathToFileURL(path).href);
            return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
          });
        },
      },
    ],
  });
  return outfile;
}
