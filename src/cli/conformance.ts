/**
 * `mathmesh conformance`: the options of the command, and what it prints. The vectors are the conformance room's.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  formatReport,
  type Implementation,
  type Progress,
  runConformance,
  type Suite,
  suites,
} from '../conformance/index.ts';
import { implementationOf } from '../conformance/members.ts';
import { thrown } from '../conformance/printable.ts';
import { MeshError } from '../errors.ts';
import { parsed, type Terminal, UsageError } from './terminal.ts';

/** The help of the command. */
const conformanceHelp = `mathmesh conformance [options]

Runs the published vectors and the proofs of published errata.

  --backend NAME   wasm, js or all; default all, or none when there is an adapter
  --suite NAME     one of ${suites.join(', ')}
  --adapter FILE   also run the module FILE: it exports "implementation", see vectors/README.md
  --slow           also run the vectors that take minutes
  --json           print the report as JSON

Exit status: 0 nothing failed (the last line counts what an adapter does not provide), 1 a vector failed, nothing was reproduced, or
a backend cannot run, 2 wrong usage.
`;

const options = {
  backend: { type: 'string' },
  suite: { type: 'string' },
  adapter: { type: 'string' },
  slow: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const command = 'mathmesh conformance';

/** A mistake in the use of this command. */
function misuse(message: string): never {
  throw new UsageError(message, command);
}

const parse = (args: string[]) => parsed({ args, options, allowPositionals: false }, command).values;

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined || (allowed as readonly string[]).includes(value)) return value as T | undefined;
  misuse(`--${name} ${value}: not one of ${allowed.join(', ')}`);
}

async function loadAdapter(path: string): Promise<Implementation> {
  let module: { implementation?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    misuse(`--adapter ${path}: ${thrown(error)}`);
  }
  if (module.implementation === undefined) misuse(`--adapter ${path}: no export "implementation"`);
  try {
    return implementationOf(module.implementation);
  } catch (error) {
    misuse(`--adapter ${path}: ${error instanceof MeshError ? error.message : thrown(error)}`);
  }
}

/** Runs the command. Gives the exit status. */
export async function conformance(args: string[], terminal: Terminal): Promise<number> {
  const values = parse(args);
  if (values.help) {
    terminal.write(conformanceHelp);
    return 0;
  }
  const suite: Suite | undefined = oneOf('suite', values.suite, suites);
  const backend = oneOf('backend', values.backend, ['wasm', 'js', 'all'] as const);
  const implementations = values.adapter === undefined ? [] : [await loadAdapter(values.adapter)];
  const backends = backend === 'all' ? (['wasm', 'js'] as const) : backend === undefined ? undefined : [backend];
  const onProgress = ({ implementation, done, total, file }: Progress) =>
    terminal.progress(`${implementation}: ${done + 1}/${total} ${file}`);
  let report: ReturnType<typeof runConformance>;
  try {
    report = runConformance({ backends, implementations, suite, slow: values.slow, onProgress });
  } finally {
    terminal.progress('');
  }
  terminal.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : terminal.paint(formatReport(report)));
  return report.ok ? 0 : 1;
}
