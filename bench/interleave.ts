/**
 * Interleaving: tinybench tasks that take turns, one sample each, round after round. tinybench runs tasks one after the other or, with
 * `concurrency: 'bench'`, all at once; at once, and each waiting for its turn, they alternate strictly. tinybench keeps the samples and
 * does the statistics.
 */
import { Bench } from 'tinybench';

/** Something that is sampled. */
export interface Sampled {
  name: string;
  /** One sample, in whatever unit. */
  sample(): number;
}

/** What the samples of one name come to. */
export interface Figure {
  name: string;
  min: number;
  median: number;
  samples: number;
}

/** Lets `parties` proceed one at a time, always in the same order. */
class Turnstile {
  readonly #waiting = new Map<number, () => void>();
  readonly #parties: number;
  #next = 0;

  constructor(parties: number) {
    this.#parties = parties;
  }

  turn(party: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(party, resolve);
      this.#admit();
    });
  }

  pass(): void {
    this.#next = (this.#next + 1) % this.#parties;
    this.#admit();
  }

  #admit(): void {
    const proceed = this.#waiting.get(this.#next);
    this.#waiting.delete(this.#next);
    proceed?.();
  }
}

/** Samples everyone `rounds` times, in turns. @throws whatever a sample throws */
export async function interleave(everyone: readonly Sampled[], rounds: number): Promise<Figure[]> {
  const bench = new Bench({ concurrency: 'bench', iterations: rounds, time: 0, warmup: false, throws: true });
  const turnstile = new Turnstile(everyone.length);
  everyone.forEach(({ name, sample }, party) => {
    const task = async () => {
      await turnstile.turn(party);
      const overriddenDuration = sample();
      turnstile.pass();
      return { overriddenDuration };
    };
    bench.add(name, task, { async: true });
  });
  const tasks = await bench.run();
  return tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`);
    const { min, p50, samplesCount } = result.latency;
    return { name, min, median: p50, samples: samplesCount };
  });
}
