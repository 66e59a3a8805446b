/**
 * The worker that fingerprints files and runs the conformance suite.
 */
import { drive } from '../../src/conformance/driver.ts';
import type { LoadedVectors } from '../../src/conformance/files.ts';
import { ofBackend } from '../../src/conformance/ours.ts';
import { suites } from '../../src/conformance/vectors.ts';
import { use } from '../../src/entry/backend.ts';
import { sha512, shake256 } from '../../src/entry/hash.ts';
import type { FileReport, FileTask, SuiteReport, SuiteTask } from '../messages.ts';
import { answer } from './port.ts';

/** Milliseconds between two reports of progress. */
const pause = 50;

/** Reads a file once, a piece at a time. */
async function file({ file, backend }: FileTask, report: (report: FileReport) => void): Promise<void> {
  use(backend);
  const [first, second] = [sha512.create(), shake256.create({ dkLen: 64 })];
  const start = performance.now();
  let [done, reported] = [0, start];
  const reader = file.stream().getReader();
  for (;;) {
    const { done: ended, value } = await reader.read();
    if (ended) break;
    first.update(value);
    second.update(value);
    done += value.length;
    if (performance.now() - reported < pause) continue;
    reported = performance.now();
    report({ done });
  }
  report({ sha512: first.digest(), shake256: second.digest(), milliseconds: performance.now() - start });
}

/** The vectors are served beside the page, all in one file; a worker's paths begin at its script. */
async function suite({ backends }: SuiteTask, report: (report: SuiteReport) => void): Promise<void> {
  const response = await fetch('../vectors.json');
  if (!response.ok) throw new Error('the vectors cannot be loaded');
  const vectors = (await response.json()) as LoadedVectors;
  report({ total: backends.length * vectors.files.length });
  const implementations = backends.map((backend) => ({ backend, implementation: ofBackend(backend) }));
  let done = 0;
  for (const suite of suites) {
    for (const { backend, implementation } of implementations) {
      const onProgress = () => report({ at: { suite, backend, done: done++ } });
      const start = performance.now();
      const { problems, runs } = drive(vectors, [implementation], { suite, onProgress });
      const [run] = runs;
      if (problems.length > 0 || run === undefined) throw new Error(`the vectors are not in order: ${problems[0]}`);
      const milliseconds = performance.now() - start;
      report({ suite, backend, totals: run.totals, failures: run.failures, milliseconds });
    }
  }
}

answer<FileTask | SuiteTask, FileReport | SuiteReport>((task, report) =>
  task.task === 'file' ? file(task, report) : suite(task, report),
);
