/**
 * Reads the vectors that the package carries. The folder is the same distance away from the sources and from the built files.
 * Not for browsers: it needs a file system.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from '../errors.ts';
import { isManifest, isVectorFile } from './form.ts';
import { thrown } from './printable.ts';
import type { Manifest, VectorFile } from './vectors.ts';

/** Where the vectors of this package are. */
export const vectorFolder: string = fileURLToPath(new URL('../../vectors/', import.meta.url));

/** A vector file with its path inside the folder. */
interface LoadedFile {
  path: string;
  content: VectorFile;
}

/** Everything in a folder of vectors. */
export interface LoadedVectors {
  manifest: Manifest;
  /** The files that the manifest lists and the folder has. */
  files: LoadedFile[];
  /** JSON files that the manifest does not list; nobody reads them. */
  orphans: string[];
}

const manifestFile = 'manifest.json';
/** The JSON files that hold no vectors. */
const others = [manifestFile, 'schema/file.json', 'schema/kinds.json'];

function read<T>(root: string, path: string, isForm: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch (error) {
    fail('bad_option', `${path}: ${thrown(error)}`);
  }
  return isForm(value) ? value : fail('bad_option', `${path}: not of the form that schema/file.json describes`);
}

function jsonFiles(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((path) => relative(root, join(root, path)).split(sep).join('/'))
      .filter((path) => path.toLowerCase().endsWith('.json') && !others.includes(path))
      .sort();
  } catch (error) {
    fail('bad_option', `folder: ${thrown(error)}`);
  }
}

/**
 * All vector files of a folder.
 *
 * @throws MeshError `bad_option` naming the file when the folder or a listed file cannot be read, is no JSON, or has another form
 */
export function loadVectors(folder: string = vectorFolder): LoadedVectors {
  const paths = jsonFiles(folder);
  const manifest = read(folder, manifestFile, isManifest);
  const listed = (path: string) => Object.hasOwn(manifest.files, path);
  return {
    manifest,
    files: paths.filter(listed).map((path) => ({ path, content: read(folder, path, isVectorFile) })),
    orphans: paths.filter((path) => !listed(path)),
  };
}
