/**
 * Start-up in fresh processes: every sample is a process of its own, contenders in turns, round after round. The children run the
 * built package without any loader.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from '../machine.ts';
import { figure, type RowResult } from '../result.ts';

/** What a child does after importing. */
type Operation = 'nothing' | 'sign' | 'verify';

/** One library that starts. */
export interface Starter {
  name: string;
  /** What is imported; `-` for nothing. */
  specifier: string;
}

/** What a child measured, and what its parent did: milliseconds and MiB. */
interface Sample {
  import: number;
  operation: number;
  memory: number;
  process: number;
}

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

function run({ specifier }: Starter, operation: Operation): Sample {
  const started = performance.now();
  const output = execFileSync(process.execPath, [child, specifier, operation], { cwd: root, encoding: 'utf8' });
  const elapsed = performance.now() - started;
  return { ...(JSON.parse(output) as Omit<Sample, 'process'>), process: elapsed };
}

interface Metric {
  id: string;
  title: string;
  unit: RowResult['unit'];
  operation: Operation;
  read(sample: Sample): number;
}

const metrics: readonly Metric[] = [
  { id: 'import', title: 'import', unit: 'ms', operation: 'nothing', read: (s) => s.import },
  { id: 'sign', title: 'first signature', unit: 'ms', operation: 'sign', read: (s) => s.operation },
  { id: 'verify', title: 'first verification', unit: 'ms', operation: 'verify', read: (s) => s.operation },
  { id: 'import-sign', title: 'import and sign', unit: 'ms', operation: 'sign', read: (s) => s.import + s.operation },
  { id: 'process', title: 'process that imports', unit: 'ms', operation: 'nothing', read: (s) => s.process },
  { id: 'process-sign', title: 'process that signs once', unit: 'ms', operation: 'sign', read: (s) => s.process },
  {
    id: 'process-verify',
    title: 'process that verifies once',
    unit: 'ms',
    operation: 'verify',
    read: (s) => s.process,
  },
  { id: 'memory', title: 'memory after import', unit: 'MiB', operation: 'nothing', read: (s) => s.memory },
  { id: 'memory-sign', title: 'memory after signing', unit: 'MiB', operation: 'sign', read: (s) => s.memory },
];

/** Node itself, which has neither import nor operation. */
const bare: Starter = { name: 'node alone', specifier: '-' };

/** Times and memory of the libraries, from `rounds` processes for each library and operation. */
export function processRows(starters: readonly Starter[], rounds: number): RowResult[] {
  const samples = new Map<string, Sample[]>();
  const take = (starter: Starter, operation: Operation) => {
    const key = `${starter.name} ${operation}`;
    const list = samples.get(key) ?? [];
    samples.set(key, list);
    list.push(run(starter, operation));
  };
  for (let round = 0; round < rounds; round++) {
    take(bare, 'nothing');
    for (const operation of ['nothing', 'sign', 'verify'] as const) {
      for (const starter of starters) take(starter, operation);
    }
  }
  return metrics.map(({ id, title, unit, operation, read }) => {
    const figures = [...starters, bare].flatMap(({ name }) => {
      const taken = samples.get(`${name} ${operation}`);
      const shown = taken !== undefined && (name !== bare.name || id === 'process' || id === 'memory');
      return shown ? [figure(name, taken.map(read))] : [];
    });
    return { id: `startup/${id}`, title, unit, figures };
  });
}
