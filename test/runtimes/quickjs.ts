/**
 * QuickJS (compiled to WASM, run by Node), for the engines that have nothing but the language.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { noRandom, type Row } from './outcome.ts';
import { consumer, engine, here, out, output, vectors } from './place.ts';

const needs = [engine('quickjs-emscripten-core'), engine('@jitl/quickjs-ng-wasmfile-release-sync')];

async function run(...options: string[]) {
  const script = join(out, 'script.js');
  await build({
    entryPoints: [join(consumer, 'script.mjs')],
    outfile: script,
    bundle: true,
    format: 'iife',
    target: 'es2020',
    logOverride: { 'empty-import-meta': 'silent' }, // only threads and folders need it
  });
  const { version } = JSON.parse(readFileSync(join(needs[0] as string, 'package.json'), 'utf8')) as { version: string };
  const text = await output(process.execPath, [join(here, 'quickjs.mjs'), script, vectors, ...options]);
  return { version, answer: JSON.parse(text) };
}

/** With a random source of the host, and with nothing at all. */
export const quickjsRows: readonly Row[] = [
  { name: 'QuickJS', backend: 'js', needs, run: () => run('all', 'random') },
  {
    name: 'QuickJS without a random source, suite overlay',
    backend: 'js',
    lacks: noRandom,
    needs,
    run: () => run('overlay'),
  },
];
