/**
 * Reads the vectors that the package carries. The folder is the same distance away from the sources and from the built files.
 * Not for browsers: it needs a file system.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest, VectorFile } from './vectors.ts';

/** Where the vectors of this package are. */
export const vectorFolder: URL = new URL('../../vectors/', import.meta.url);

/** A vector file with its path inside the folder. */
interface LoadedFile {
  path: string;
  content: VectorFile;
}

/** Everything in a folder of vectors. */
export interface LoadedVectors {
  manifest: Manifest;
  files: LoadedFile[];
}

/** Folders that hold no vectors. */
const others = ['schema', 'adapters'];

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** All vector files of a folder, whether the manifest lists them or not. */
export function loadVectors(folder: URL = vectorFolder): LoadedVectors {
  const root = fileURLToPath(folder);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => relative(root, join(root, path)).split(sep).join('/'))
    .filter((path) => path.endsWith('.json') && path !== 'manifest.json' && !others.includes(path.split('/')[0] ?? ''))
    .sort();
  return {
    manifest: read<Manifest>(join(root, 'manifest.json')),
    files: paths.map((path) => ({ path, content: read<VectorFile>(join(root, path)) })),
  };
}
