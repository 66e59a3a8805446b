/**
 * The command line of `npm run bench`.
 */
import { parseArgs } from 'node:util';
import { apart } from './apart.ts';
import { families } from './families/index.ts';

/** What a run is asked to do. */
export interface Options {
  /** Names of families; all of them by default. */
  families: string[];
  /** File for the report. */
  json: string | undefined;
  /** Milliseconds of samples for each row. */
  time: number;
  /** Processes for each figure of start-up, and turns with streams and files. */
  rounds: number;
  /** Fail when a floor is missed. */
  check: boolean;
  /** Write tables into the documents and charts beside them. */
  write: boolean;
}

/** All names. */
const familyNames: readonly string[] = [...Object.keys(families), ...Object.keys(apart)];

/** A positive number. @throws Error */
function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a positive number`);
  return value;
}

/** @throws Error for options that do not exist or make no sense */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      family: { type: 'string', multiple: true },
      json: { type: 'string' },
      time: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '15' },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const chosen = values.family ?? [...familyNames];
  for (const name of chosen) {
    if (!familyNames.includes(name)) throw new Error(`--family must be one of ${familyNames.join(', ')}`);
  }
  if (values.write && values.family !== undefined) throw new Error('--write needs all families');
  return {
    families: chosen,
    json: values.json,
    time: positive('time', values.time),
    rounds: Math.ceil(positive('rounds', values.rounds)),
    check: values.check,
    write: values.write,
  };
}
