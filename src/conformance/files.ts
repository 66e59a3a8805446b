/**
 * Where vector files come from: a folder, that which the package carries unless another is given, or what the caller has read (a page or a Worker,
 * which has no file system). The folder is the same distance away from the sources and from the built files.
 */
import { builtin } from '../builtin.ts';
import { fail } from '../errors.ts';
import { isManifest, isVectorFile } from './form.ts';
import { thrown } from './printable.ts';
import type { Manifest, VectorFile } from './vectors.ts';

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

/** JSON files by their path in the folder, with `/` between its parts. */
interface Source {
  paths: readonly string[];
  /** The parsed content. Throws anything. */
  read(path: string): unknown;
}

const manifestFile = 'manifest.json';
/** The JSON files that hold no vectors. */
const others = [manifestFile, 'schema/file.json', 'schema/kinds.json'];

/** A module that only platforms with a file system have. */
function needed<N extends 'node:fs' | 'node:path' | 'node:url'>(name: N) {
  return builtin(name) ?? fail('bad_option', 'there is no file system: the vectors must be given');
}

/** The folder that the package carries. Not written as a URL beside the module: bundlers would take it for one more file to ship. */
export function vectorFolder(): string {
  const here = needed('node:url').fileURLToPath(import.meta.url);
  return needed('node:path').join(here, '..', '..', '..', 'vectors');
}

/** The path of a folder that is given as a path or a URL. @throws MeshError `bad_option` */
function pathOf(folder: unknown): string {
  if (folder === undefined) return vectorFolder();
  if (typeof folder === 'string') return folder;
  const href: unknown = typeof folder === 'object' && folder !== null && 'href' in folder ? folder.href : undefined;
  if (typeof href !== 'string') fail('bad_option', 'folder must be a path or a URL');
  const { fileURLToPath } = needed('node:url');
  try {
    return fileURLToPath(href);
  } catch (error) {
    fail('bad_option', `folder: ${thrown(error)}`);
  }
}

function sourceOf(folder: unknown): Source {
  const root = pathOf(folder);
  const { readdirSync, readFileSync } = needed('node:fs');
  const { join, relative, sep } = needed('node:path');
  try {
    return {
      paths: readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) =>
        relative(root, join(root, path)).split(sep).join('/'),
      ),
      read: (path) => JSON.parse(readFileSync(join(root, path), 'utf8')),
    };
  } catch (error) {
    fail('bad_option', `folder: ${thrown(error)}`);
  }
}

function givenSource(vectors: unknown): Source {
  if (typeof vectors !== 'object' || vectors === null) fail('bad_option', 'vectors must be an object');
  const given = vectors as Readonly<Record<string, unknown>>;
  return { paths: Object.keys(given), read: (path) => (Object.hasOwn(given, path) ? given[path] : undefined) };
}

function read<T>(source: Source, path: string, isForm: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = source.read(path);
  } catch (error) {
    fail('bad_option', `${path}: ${thrown(error)}`);
  }
  return isForm(value) ? value : fail('bad_option', `${path}: not of the form that schema/file.json describes`);
}

/**
 * All vector files of a folder, or those given.
 *
 * @throws MeshError `bad_option` naming the file when the folder or a listed file cannot be read, is no JSON, or has another form
 */
export function loadVectors({ folder, vectors }: { folder?: unknown; vectors?: unknown } = {}): LoadedVectors {
  if (folder !== undefined && vectors !== undefined) fail('bad_option', 'either a folder or vectors');
  const source = vectors === undefined ? sourceOf(folder) : givenSource(vectors);
  const manifest = read(source, manifestFile, isManifest);
  const listed = (path: string) => Object.hasOwn(manifest.files, path);
  const paths = source.paths.filter((path) => path.toLowerCase().endsWith('.json') && !others.includes(path)).sort();
  return {
    manifest,
    files: paths.filter(listed).map((path) => ({ path, content: read(source, path, isVectorFile) })),
    orphans: paths.filter((path) => !listed(path)),
  };
}
