/**
 * The search: inputs that reach something new are kept, and changed to get further. It ends at the first finding.
 */
import { performance } from 'node:perf_hooks';
import { utf8 } from '../input.ts';
import { execute, type Place, slow } from './execute.ts';
import { minimise } from './minimise.ts';
import { mutators } from './mutate.ts';
import { Random } from './random.ts';
import type { Finding, Progress, Task } from './task.ts';

/** How a search ended. */
export interface Ended {
  progress: Progress;
  finding?: Finding;
  /** Inputs that were kept, in the order in which they were found. */
  corpus: Uint8Array[];
}

const progressOf = ({ executions, coverage }: Place, corpus: readonly Uint8Array[]): Progress => ({
  executions,
  reached: coverage.reached,
  inputs: corpus.length,
});

/** The finding, with the smallest input that shows it. */
async function smallest(place: Place, finding: Finding): Promise<Finding> {
  let best = finding;
  // Each trial would take as long.
  if (finding.signature === slow) return best;
  await minimise(finding.input, async (input) => {
    const found = await execute(place, input);
    if (found?.signature !== finding.signature) return false;
    best = found;
    return true;
  });
  return best;
}

/** Looks for a finding from some inputs on. `tell` hears about it once a second. */
export async function search(
  place: Place,
  seeds: readonly Uint8Array[],
  { seed, milliseconds, executions, words }: Pick<Task, 'seed' | 'milliseconds' | 'executions' | 'words'>,
  tell: (progress: Progress) => void,
): Promise<Ended> {
  const { target, coverage } = place;
  const random = new Random(seed);
  const corpus: Uint8Array[] = [];
  const ended = (finding?: Finding): Ended => ({
    progress: progressOf(place, corpus),
    corpus,
    ...(finding === undefined ? {} : { finding }),
  });
  /** Runs an input, and keeps it if it reaches something new. */
  const attempt = async (input: Uint8Array): Promise<Finding | undefined> => {
    const finding = await execute(place, input);
    if (finding !== undefined) return smallest(place, finding);
    if (coverage.merge()) corpus.push(input);
    return undefined;
  };

  const until = performance.now() + milliseconds;
  for (const input of [new Uint8Array(0), ...seeds]) {
    const finding = await attempt(input.slice(0, target.maxLength));
    if (finding !== undefined) return ended(finding);
  }

  // Late inputs have been changed less often than early ones.
  const choose = () => {
    const recent = random.below(2) === 0 ? corpus.length >> 2 : 0;
    const from = recent > 0 ? corpus.length - recent : 0;
    return corpus[from + random.below(corpus.length - from)] as Uint8Array;
  };
  const vocabulary = [...words, ...(target.words ?? [])].filter((word) => word.length > 0 && word.length <= 40);
  const changes = mutators(vocabulary.map(utf8), choose);
  let told = performance.now();
  while (place.executions < executions) {
    const now = performance.now();
    if (now >= until) break;
    if (now - told > 1000) {
      tell(progressOf(place, corpus));
      told = now;
    }
    let input = choose();
    for (let i = 1 << random.below(5); i > 0; i--) input = random.pick(changes)(input, random);
    const finding = await attempt(input.slice(0, target.maxLength));
    if (finding !== undefined) return ended(finding);
  }
  return ended();
}
