/**
 * Where things are, and the package as a consumer has it: packed, and installed in a folder of its own.
 */
import { type ExecFileOptions, execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** This folder, with the engines in its node_modules. */
export const here: string = dirname(fileURLToPath(import.meta.url));
/** The repository. */
export const root: string = join(here, '..', '..');
/** Everything that is written: away from the repository, whose packages would stand in for missing ones. */
export const out: string = mkdtempSync(join(tmpdir(), 'mathmesh-'));
process.on('exit', () => rmSync(out, { recursive: true, force: true }));
/** The consumer. */
export const consumer: string = join(out, 'consumer');
/** The vectors as one file. */
export const vectors: string = join(consumer, 'vectors.json');

/** A package of the folder. */
export const engine = (path: string): string => join(here, 'node_modules', path);

/** Runs a program. @throws Error with what it printed when it fails */
export async function run(file: string, args: readonly string[], options: ExecFileOptions = {}) {
  try {
    return await promisify(execFile)(file, args, { maxBuffer: 1 << 26, ...options, encoding: 'utf8' });
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout ?? ''}${stderr ?? ''}`.slice(0, 4000));
  }
}

/** What a program prints. @throws Error as {@link run} */
export const output = async (...call: Parameters<typeof run>): Promise<string> => (await run(...call)).stdout.trim();

/** Packs what is built, installs it, and puts the programs and the vectors beside it. */
export async function installConsumer(): Promise<void> {
  cpSync(join(here, 'consumer'), consumer, { recursive: true });
  const packed = await output('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', out], {
    cwd: root,
  });
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  await output('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(out, packed)], { cwd: consumer });

  const folder = join(consumer, 'node_modules', 'mathmesh', 'vectors');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
  const files = paths.map((path) => [path, JSON.parse(readFileSync(join(folder, path), 'utf8'))]);
  writeFileSync(vectors, JSON.stringify(Object.fromEntries(files)));
}
