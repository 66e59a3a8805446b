/**
 * The command line of `npm run fuzz`.
 */
import { parseArgs } from 'node:util';

/** What a run is asked to do. */
export interface Options {
  /** Seconds for each target. */
  seconds: number;
  /** Executions of each target at most: with a seed, a run that can be repeated. */
  executions: number;
  /** Names; all by default. */
  targets: string[];
  seed: number;
  /** Targets at a time. */
  workers: number;
  /** One JSON object on standard output. */
  json: boolean;
  /** Writes what was found worth keeping into `fuzz/corpus`. */
  keep: boolean;
  /** A file with one input, which alone is run. */
  replay: string | undefined;
}

export const usage = `npm run fuzz -- [options]

  --seconds N     for each target (60)
  --target NAME   this target alone; may be given more than once
  --seed S        number from which all choices follow (random, and printed)
  --executions N  at most so many inputs for each target: with --seed, a run that can be repeated
  --workers N     targets at a time (2)
  --replay FILE   runs the one input in a file, with --target
  --keep          puts inputs that reach something new into fuzz/corpus
  --json          results as JSON

Exit status: 0 nothing found, 1 something found, 2 wrong usage.
`;

/** @throws Error for what makes no sense */
export function readOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '60' },
      executions: { type: 'string', default: 'Infinity' },
      target: { type: 'string', multiple: true },
      seed: { type: 'string' },
      workers: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      replay: { type: 'string' },
    },
  });
  const positive = (name: string, text: string) => {
    const value = Number(text);
    if (!(value > 0)) throw new Error(`--${name} must be a positive number`);
    return value;
  };
  const targets = values.target ?? [...names];
  for (const name of targets) if (!names.includes(name)) throw new Error(`--target is one of ${names.join(', ')}`);
  if (values.replay !== undefined && values.target?.length !== 1) throw new Error('--replay needs one --target');
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed must be an integer from 0');
  return {
    seconds: positive('seconds', values.seconds),
    executions: positive('executions', values.executions),
    targets,
    seed,
    workers: Math.ceil(positive('workers', values.workers)),
    json: values.json,
    keep: values.keep,
    replay: values.replay,
  };
}
