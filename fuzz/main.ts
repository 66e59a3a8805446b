/**
 * `npm run fuzz`: fuzzes every parser, several at a time, and writes what it finds to files. See README.md beside this file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './build/bundle.ts';
import { writeCorpus } from './engine/corpus.ts';
import { type Result, supervise } from './engine/supervise.ts';
import type { Finding, Progress } from './engine/task.ts';
import { names } from './names.ts';
import { type Options, readOptions, usage } from './options.ts';

const here = new URL('./', import.meta.url).pathname;
const root = new URL('../', import.meta.url).pathname;

/** Where each target is, on one line that is written again and again; on terminals only. */
class Status {
  readonly #lines = new Map<string, string>();

  tell(target: string, { executions, reached }: Progress): void {
    this.#lines.set(target, `${target} ${executions} (${reached})`);
    this.#show();
  }

  end(target: string): void {
    this.#lines.delete(target);
    this.#show();
  }

  #show(): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${[...this.#lines.values()].join('   ')}`);
  }
}

/** Writes the input of a finding; gives the name of the file. */
function writeFinding(target: string, { input }: Finding): string {
  const folder = join(here, 'findings');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`);
  writeFileSync(file, input);
  return file;
}

function lineOf({ target, executions, elapsed, reached, inputs, finding }: Result): string {
  const rate = Math.round((1000 * executions) / elapsed);
  const counts = `${String(executions).padStart(9)} inputs  ${String(rate).padStart(6)}/s`;
  const verdict = finding === undefined ? 'ok     ' : 'FINDING';
  return `${verdict} ${target.padEnd(12)} ${counts}  ${reached} counters, ${inputs} kept`;
}

/** Runs the targets, `workers` at a time. */
async function run(options: Options, work: (target: string) => Promise<Result>): Promise<Result[]> {
  const waiting = [...options.targets];
  const results: Result[] = [];
  const next = async (): Promise<void> => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) results.push(await work(target));
  };
  await Promise.all(Array.from({ length: options.workers }, next));
  return results;
}

async function main(options: Options): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'mathmesh-fuzz-'));
  const status = new Status();
  const say = (text: string) => (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  try {
    const made = await bundle(`${here}worker.ts`, folder);
    const corpus = join(here, 'corpus');
    const { seed, keep, executions } = options;
    const replay = options.replay === undefined ? {} : { replay: new Uint8Array(readFileSync(options.replay)) };
    const order = {
      seed,
      keep,
      executions,
      milliseconds: 1000 * options.seconds,
      vectors: join(root, 'vectors'),
      corpus,
    };
    say(`seed ${seed}, ${made.counters} counters`);
    const results = await run(options, async (target) => {
      const tell = (progress: Progress) => status.tell(target, progress);
      const result = await supervise(made, { ...order, ...replay, target }, tell);
      status.end(target);
      say(lineOf(result));
      if (result.finding !== undefined) {
        const { signature, detail } = result.finding;
        say(`${signature}\n${detail}\nwritten: ${writeFinding(target, result.finding)}`);
      } else if (keep && result.kept.length > 0) writeCorpus(corpus, target, result.kept);
      return result;
    });
    if (options.json) {
      const rows = results.map(({ kept, finding, ...row }) => ({
        ...row,
        ...(finding && { finding: { ...finding, input: Buffer.from(finding.input).toString('base64url') } }),
      }));
      process.stdout.write(`${JSON.stringify({ seed, results: rows }, undefined, 2)}\n`);
    }
    return results.every(({ finding }) => finding === undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let options: Options;
try {
  options = readOptions(process.argv.slice(2), names);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${usage}`);
  process.exit(2);
}
process.exitCode = (await main(options)) ? 0 : 1;
