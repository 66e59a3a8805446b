/**
 * The test vectors as a source of inputs. Not a check of them: that is the conformance suite.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A vector: its kind and what goes in. */
export interface Vector {
  kind: string;
  inputs: Readonly<Record<string, string>>;
}

/** All vectors below a folder. */
export function readVectors(folder: string): Vector[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files?: unknown };
  if (manifest.files === undefined) throw new Error(`${folder} has no vectors`);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['schema', 'adapters'].includes(entry.name))
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));
  return files.sort().flatMap((file) => {
    const { groups } = JSON.parse(readFileSync(file, 'utf8')) as {
      groups: { kind: string; tests: { inputs: Record<string, string> }[] }[];
    };
    return groups.flatMap(({ kind, tests }) => tests.map(({ inputs }) => ({ kind, inputs })));
  });
}

/** The inputs of one kind. */
export function inputsOf(vectors: readonly Vector[], kind: string): Vector['inputs'][] {
  return vectors.filter((vector) => vector.kind === kind).map(({ inputs }) => inputs);
}
