/**
 * Sizes: the module, the memory of an instance, and what a bundler makes of an import, minified and compressed.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../machine.ts';
import { figure, type RowResult } from '../result.ts';
import type { Starter } from './processes.ts';

const compressed = (octets: Uint8Array) => gzipSync(octets, { level: 9 }).length / 1000;

/** What most applications use: hashes, signatures, agreement, combined keys, fingerprints. Not keys and secrets held by many. */
const core =
  'sha512, shake256, hmacSha512, hkdfSha512, hkdfSha256, ed448, ed448ph, x448, group448, overlay, udf, key, backend';

/** Exports of a specifier as one minified file, all of them by default; `external`: packages that stay out. */
async function bundle(specifier: string, names?: string, external: string[] = []): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names === undefined ? '*' : `{ ${names} }`} from '${specifier}'`,
      resolveDir: fileURLToPath(root),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external,
    write: false,
  });
  return outputFiles[0]?.contents as Uint8Array;
}

/** Sizes of the module and of the libraries. */
export async function sizeRows(starters: readonly Starter[]): Promise<RowResult[]> {
  const wasm = readFileSync(new URL('dist/mesh.wasm', root));
  const { instance } = await WebAssembly.instantiate(wasm);
  const { memory } = instance.exports as { memory: WebAssembly.Memory };
  const bundles = await Promise.all(starters.map(({ specifier }) => bundle(specifier)));
  const own = starters.filter(({ specifier }) => specifier.startsWith('mathmesh'));
  const cores = await Promise.all(own.map(({ specifier }) => bundle(specifier, core)));
  const alone = await Promise.all(own.map(({ specifier }) => bundle(specifier, core, ['@noble/*'])));
  const named = (sizes: number[]) => starters.map(({ name }, i) => figure(name, [sizes[i] as number]));
  const row = (id: string, title: string, unit: RowResult['unit'], figures: RowResult['figures']): RowResult => ({
    id: `startup/${id}`,
    title,
    unit,
    figures,
  });
  return [
    row('minified', 'bundle', 'kB', named(bundles.map((octets) => octets.length / 1000))),
    row('bundle', 'bundle, gzip', 'kB', named(bundles.map(compressed))),
    row(
      'bundle-core',
      'bundle of the core, gzip',
      'kB',
      own.map(({ name }, i) => figure(name, [compressed(cores[i] as Uint8Array)])),
    ),
    row(
      'bundle-alone',
      'core without @noble, gzip',
      'kB',
      own.map(({ name }, i) => figure(name, [compressed(alone[i] as Uint8Array)])),
    ),
    row('module', 'module', 'kB', [figure('mesh.wasm', [wasm.length / 1000])]),
    row('module-gzip', 'module, gzip', 'kB', [figure('mesh.wasm', [compressed(wasm)])]),
    row('instance', 'memory of an instance', 'MiB', [figure('mesh.wasm', [memory.buffer.byteLength / 2 ** 20])]),
  ];
}
