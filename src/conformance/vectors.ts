/**
 * The format of a vector file: groups of one kind, from one source document. The schema for other tools stands beside the files.
 * Not the reading of files from a disk.
 */
import type { Fields } from './fields.ts';

/** What the vectors of a suite are about, and the values of `--suite`. */
export const suites = [
  'hash',
  'ed448',
  'x448',
  'group448',
  'overlay',
  'udf',
  'assertions',
  'threshold',
  'shamir',
  'jsonb',
  'dare',
  'frames',
] as const;

/** Name of a suite. */
export type Suite = (typeof suites)[number];

/** One test vector. */
export interface Vector {
  /** Unique in its file. */
  id: string;
  /**
   * `erratum`: the published value is wrong, and how it came about is recomputed. `unverifiable`: the document leaves out what the
   * published value depends on, so that it is neither right nor wrong; what can be computed without it is.
   */
  result: 'valid' | 'invalid' | 'erratum' | 'unverifiable';
  /** Keys of the notes of the file. */
  flags: readonly string[];
  section?: string;
  comment?: string;
  inputs?: Fields;
  /** All but errata: what must come out; `error` alone is the code of a refusal. */
  expected?: Fields;
  /** Erratum: the published value. */
  printed?: Fields;
  /** Erratum: the value that follows from the inputs, and what else is true of it. */
  right?: Fields;
  /** Unverifiable: what the document leaves out. */
  missing?: string;
}

/** Vectors that one check can run. */
interface Group {
  kind: string;
  tests: readonly Vector[];
}

/** A vector file. */
export interface VectorFile {
  format: 1;
  suite: Suite;
  source: { document: string; url?: string };
  /** What each flag catches. */
  notes: Readonly<Record<string, string>>;
  /** Number of tests in all groups. */
  count: number;
  groups: readonly Group[];
}

/** The list of all files with their counts, which the driver holds against what it finds. */
export interface Manifest {
  format: 1;
  files: Readonly<Record<string, number>>;
}

const known = {
  file: ['format', 'suite', 'source', 'notes', 'count', 'groups'],
  group: ['kind', 'tests'],
} as const;

const common = ['id', 'result', 'flags', 'section', 'comment', 'inputs'];
/** The fields of a vector by its result. */
const fields: Readonly<Record<Vector['result'], readonly string[]>> = {
  valid: [...common, 'expected'],
  invalid: [...common, 'expected'],
  erratum: [...common, 'printed', 'right'],
  unverifiable: [...common, 'expected', 'missing'],
};

function strangers(value: object, allowed: readonly string[]): string[] {
  return Object.keys(value).filter((name) => !allowed.includes(name));
}

/** What is wrong with a file, apart from its values. */
export function faultsOf(file: VectorFile, count: number | undefined): string[] {
  const faults: string[] = [];
  const note = (text: string) => faults.push(text);
  const unknown = (where: string, value: object, allowed: readonly string[]) =>
    strangers(value, allowed).forEach((name) => {
      note(`${where}: unknown field ${name}`);
    });

  if (file.format !== 1) note('unknown format');
  if (!suites.includes(file.suite)) note(`unknown suite ${String(file.suite)}`);
  unknown('file', file, known.file);
  const ids = new Set<string>();
  const flags = new Set<string>();
  for (const group of file.groups) {
    unknown(`group ${group.kind}`, group, known.group);
    for (const test of group.tests) {
      if (Object.hasOwn(fields, test.result)) unknown(test.id, test, fields[test.result]);
      else note(`${test.id}: unknown result`);
      if (test.result === 'unverifiable' && !test.missing) note(`${test.id}: does not say what is missing`);
      if (ids.has(test.id)) note(`${test.id}: twice`);
      ids.add(test.id);
      for (const flag of test.flags) {
        if (!Object.hasOwn(file.notes, flag)) note(`${test.id}: flag ${flag} without a note`);
        flags.add(flag);
      }
    }
  }
  for (const flag of Object.keys(file.notes)) if (!flags.has(flag)) note(`note ${flag} without a test`);
  const tests = file.groups.reduce((sum, group) => sum + group.tests.length, 0);
  if (file.count !== tests) note(`count is ${file.count}, the file has ${tests} tests`);
  if (count !== undefined && count !== tests) note(`the manifest says ${count}, the file has ${tests} tests`);
  return faults;
}
