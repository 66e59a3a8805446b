/**
 * One file with the worker, the targets and all that they import; modules of `src/` have counters. Not for release: that is src/bundle.mjs.
 */
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { globals, instrument } from './instrument.ts';

/** Where a bundle is, and what was found on the way. */
export interface Bundle {
  path: string;
  /** How many counters there are. */
  counters: number;
  /** Literals of `src/`: words that inputs may need. */
  words: string[];
}

const root = new URL('../../', import.meta.url).pathname;

/** Most counters: what a run allocates before it knows how many there are. */
const most = 65536;

const banner = `
globalThis.${globals.counters} ??= new Uint8Array(${most});
globalThis.$fuzzLimit ??= { octets: Infinity };
for (const [name, Type] of [['${globals.octets}', Uint8Array], ['${globals.buffer}', ArrayBuffer]]) {
  globalThis[name] ??= function (...given) {
    if (typeof given[0] === 'number' && given[0] > globalThis.$fuzzLimit.octets) throw new RangeError('memory of ' + given[0] + ' octets at once');
    return new Type(...given);
  };
}
`;

/** Bundles an entry with what it imports into a folder. Files below `instrumented` get counters. */
export async function bundle(entry: string, folder: string, instrumented = `${root}src/`): Promise<Bundle> {
  const path = `${folder}/bundle.mjs`;
  const words = new Set<string>();
  let counters = 0;
  await build({
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    absWorkingDir: root,
    banner: {
      js: `import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);${banner}`,
    },
    logLevel: 'error',
    plugins: [
      {
        name: 'counters',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, async (file) => {
            if (!file.path.startsWith(instrumented)) return undefined;
            const read = await readFile(file.path, 'utf8');
            // No await from here on: the numbers of one file lie together.
            const { code, next, words: found } = instrument(file.path, read, counters);
            counters = next;
            for (const word of found) words.add(word);
            return { contents: code, loader: 'ts' };
          });
        },
      },
    ],
  });
  if (counters > most) throw new Error(`${counters} counters, of which there can be ${most}`);
  return { path, counters, words: [...words].sort() };
}
