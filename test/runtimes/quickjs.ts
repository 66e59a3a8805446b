/**
 * QuickJS (compiled to WASM, run by Node), for the engines that have nothing but the language.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { noRandom, type Row } from './outcome.ts';
import { consumer, engine, here, out, output, vectors } from './place.ts';

const needs = [engine('quickjs-emscripten-core'), engine('@jitl/quickjs-ng-wasmfile-release-sync')];

/** Bundles for a platform and runs one suite or all. */
async function run(name: string, conditions: string[], suite: string, ...random: 'random'[]) {
  const script = join(out, `${name}.js`);
  await build({
    entryPoints: [join(consumer, 'script.mjs')],
    outfile: script,
    bundle: true,
    format: 'iife',
    target: 'es2020',
    conditions,
    logOverride: { 'empty-import-meta': 'silent' }, // only threads and folders need it
  });
  const { version } = JSON.parse(readFileSync(join(needs[0] as string, 'package.json'), 'utf8')) as { version: string };
  const text = await output(process.execPath, [join(here, 'quickjs.mjs'), script, vectors, suite, ...random]);
  return { version, answer: JSON.parse(text) };
}

/** With a random source of the host; and with nothing at all, in the form for React Native, whose Hermes is such an engine. */
export const quickjsRows: readonly Row[] = [
  { name: 'QuickJS', backend: 'js', needs, run: () => run('fallback', [], 'all', 'random') },
  {
    name: 'QuickJS, form for React Native, no random source, suite overlay',
    backend: 'js',
    lacks: noRandom,
    needs,
    run: () => run('native', ['react-native'], 'overlay'),
  },
];
