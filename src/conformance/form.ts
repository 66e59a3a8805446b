/**
 * Whether a JSON value is a vector file or a manifest as far as the driver must rely on it: everything is there and of its type.
 * Not whether it is in order: see vectors.ts for unknown names and wrong counts.
 */
import type { Manifest, VectorFile } from './vectors.ts';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);

function hasOnly(value: unknown, test: (member: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(test);
}

const isField = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const areFields = (value: unknown): boolean => value === undefined || hasOnly(value, isField);

function isVector(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, result, flags, section, comment, missing, inputs, expected, printed, right } = value;
  return (
    [id, result].every(isText) &&
    Array.isArray(flags) &&
    flags.every(isText) &&
    [section, comment, missing].every(isTextOrNone) &&
    [inputs, expected, printed, right].every(areFields)
  );
}

function isGroup(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { kind, tests } = value;
  return isText(kind) && Array.isArray(tests) && tests.every(isVector);
}

/** Whether the value can be read as a vector file. */
export function isVectorFile(value: unknown): value is VectorFile {
  if (!isObject(value)) return false;
  const { suite, source, notes, count, groups } = value;
  if (!isObject(source) || typeof count !== 'number' || !Array.isArray(groups)) return false;
  const { document, url } = source;
  return [suite, document].every(isText) && isTextOrNone(url) && hasOnly(notes, isText) && groups.every(isGroup);
}

/** Whether the value can be read as a manifest. */
export function isManifest(value: unknown): value is Manifest {
  if (!isObject(value)) return false;
  const { files } = value;
  return hasOnly(files, (count) => typeof count === 'number');
}
