/**
 * Injecting faults: one bit of linear memory is flipped at a random moment of a task, and what comes out is judged. Half of the bits are of what is about to be
 * used at that moment; the others lie anywhere in constants, scratch, the part of the I/O page in use, and tables.
 */

import type { Abi } from '../src/backend/wasm/abi.ts';
import { backendOver } from '../src/backend/wasm/over.ts';
import { MeshError } from '../src/errors.ts';
import type { Instrument } from './instrument.ts';
import type { Task } from './tasks.ts';

/** What became of the faults of one task. */
export interface Tally {
  task: string;
  kind: string;
  injected: number;
  /** Moments at which a bit could flip. */
  moments: number;
  /** The right result: nobody read the bit, or nothing came of it. */
  right: number;
  /** `fault_detected`. */
  detected: number;
  /** Another coded error. */
  refused: number;
  /** A wrong result was given away, or an error without a code. */
  escaped: number;
  /** Moment, address and bit of escapes, for finding out why: the first few. */
  escapes: string[];
}

/** Parts of the ABI that a campaign replaces, to show that it finds what is not protected. */
export type Weakening = (abi: Abi) => Partial<Abi>;

/** Numbers in [0, n), the same for the same seed (xorshift32, Marsaglia 2003). */
export function chance(seed: number): (n: number) => number {
  let x = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  const next = () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x = (x ^ (x << 5)) >>> 0;
    return x;
  };
  return (n) => Math.floor((next() / 2 ** 32) * n);
}

/** What two results have to be for being the same. */
function shown(result: unknown): string {
  return result instanceof Uint8Array ? Buffer.from(result).toString('hex') : JSON.stringify(result);
}

/** Octets in use: [from, to). */
const constants = [0x400, 0xa00] as const;
const scratch = [0x4000, 0x7d00] as const;
const page = [0x10000, 0x11000] as const;
const tables = [0x20000, 0x38000] as const;
/** The small regions count more than their size: most of the tables is not read for one digit. */
const regions = [constants, scratch, scratch, page, page, tables];

/** Injects `count` faults into a task; `step` is called after each. */
export function campaign(
  make: () => Instrument,
  task: Task,
  count: number,
  random: (n: number) => number,
  step: () => void = () => undefined,
  weaken: Weakening = () => ({}),
): Tally {
  const { abi, memory, arm, passed } = make();
  const fresh = () => make().abi.memory.buffer;
  const backend = backendOver({ ...abi, ...weaken(abi) }, fresh);
  const never = 0x7fffffff;
  const quiet = () => arm(never, () => undefined);
  quiet();
  const right = shown(task.run(backend)); // makes the tables, too
  const clean = memory.slice();
  quiet();
  if (shown(task.run(backend)) !== right) throw new Error(`${task.name} does not give the same twice`);
  const moments = passed();
  const tally: Tally = {
    ...{ task: task.name, kind: task.kind, injected: 0, moments },
    ...{ right: 0, detected: 0, refused: 0, escaped: 0, escapes: [] },
  };

  const judge = (where: () => string) => {
    try {
      const result = shown(task.run(backend));
      if (result === right) return tally.right++;
      if (tally.escapes.length < 20) tally.escapes.push(where());
    } catch (error) {
      if (error instanceof MeshError) return error.code === 'fault_detected' ? tally.detected++ : tally.refused++;
      if (tally.escapes.length < 20) tally.escapes.push(`${where()}: ${error}`);
    }
    return tally.escaped++;
  };

  for (; tally.injected < count; tally.injected++) {
    // One more than there are: the bit has flipped before the operation begins.
    const moment = random(moments + 1);
    const near = random(2) === 0;
    const [from, to] = regions[random(regions.length)] as readonly [number, number];
    let address = from + random(to - from);
    const bit = random(8);
    const wide = random(16);
    const flip = (used: number) => {
      if (near && used >= 0 && used + wide < memory.length) address = used + wide;
      memory[address] = (memory[address] as number) ^ (1 << bit);
    };
    quiet();
    if (moment === moments) flip(-1);
    else arm(moment + 1, flip);
    judge(() => `moment ${moment} of ${moments}, address 0x${address.toString(16)}, bit ${bit}`);
    quiet();
    // What stays flipped must not give a wrong result later either.
    if (Buffer.compare(memory, clean) !== 0) {
      const { right: r, detected: d, refused: f } = tally;
      judge(() => `later, address 0x${address.toString(16)}, bit ${bit}`);
      Object.assign(tally, { right: r, detected: d, refused: f });
      memory.set(clean);
    }
    step();
  }
  return tally;
}
