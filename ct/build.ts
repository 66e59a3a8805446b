/** What has to be made before a run, in ct/out/: the native module, the program that valgrind runs, and two small modules. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import binaryen from 'binaryen';
import { build } from 'esbuild';
import { trampolines } from './declassified.ts';

const folder = import.meta.dirname;
const out = join(folder, 'out');

/** Thrown when a tool is missing, with how to get it. */
export class MissingTool extends Error {}

const install = 'apt-get install -y valgrind gcc libc6-dev';

/** Headers of Node: those of the installation, which nodejs.org and NodeSource put beside the program. */
function nodeHeaders(): string {
  const places = [join(dirname(dirname(process.execPath)), 'include/node'), '/usr/include/node'];
  const found = places.find((place) => existsSync(join(place, 'node_api.h')));
  if (found === undefined) throw new MissingTool(`node_api.h is in none of ${places.join(', ')}`);
  return found;
}

/** Checks that a program runs. */
function need(program: string): void {
  if (spawnSync(program, ['--version']).status !== 0) throw new MissingTool(`${program} is missing: ${install}`);
}

function compileAddon(): string {
  need('gcc');
  if (!existsSync('/usr/include/valgrind/memcheck.h'))
    throw new MissingTool(`the headers of valgrind are missing: ${install}`);
  const file = join(out, 'oracle.node');
  const flags = ['-std=c11', '-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', `-I${nodeHeaders()}`];
  const { status, stderr } = spawnSync('gcc', [...flags, join(folder, 'addon.c'), '-o', file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return file;
}

function assembleText(name: string, text: string): string {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  if (!module.validate()) throw new Error(`${name} is not valid`);
  const file = join(out, `${name}.wasm`);
  writeFileSync(file, module.emitBinary());
  module.dispose();
  return file;
}

async function bundle(): Promise<string> {
  const outfile = join(out, 'child.mjs');
  await build({
    entryPoints: [join(folder, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

/** The arguments of Node for the child. `core` is the module to be examined. @throws MissingTool */
export async function prepare(core: string): Promise<string[]> {
  mkdirSync(out, { recursive: true });
  need('valgrind');
  const controls = readFileSync(join(folder, 'controls.wat'), 'utf8');
  return [
    await bundle(),
    compileAddon(),
    core,
    assembleText('returns', trampolines()),
    assembleText('controls', controls),
  ];
}
