import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemoryStorage, Sequence } from '../../src/sequence/index.ts';
import { plainFrames, refusal, sequences, types } from './support.ts';

/** What a sequence should hold. */
interface Model {
  payloads: Uint8Array[];
}
interface Real {
  storage: MemoryStorage;
  sequence: Sequence;
}
type Command = fc.AsyncCommand<Model, Real>;

const always = { check: () => true };

class Append implements Command {
  readonly payloads: Uint8Array[];
  constructor(payloads: Uint8Array[]) {
    this.payloads = payloads;
  }
  check = always.check;
  async run(model: Model, { sequence }: Real): Promise<void> {
    const first = await sequence.appendAll(this.payloads);
    expect(first).toBe(model.payloads.length);
    model.payloads.push(...this.payloads);
  }
  toString = () => `append ${this.payloads.length}`;
}

class Read implements Command {
  readonly n: number;
  constructor(n: number) {
    this.n = n;
  }
  check = always.check;
  async run(model: Model, { sequence }: Real): Promise<void> {
    const wanted = model.payloads[this.n];
    if (wanted === undefined) expect(await refusal(sequence.read(this.n))).toBe('no-frame');
    else expect((await sequence.read(this.n)).payload).toEqual(wanted);
  }
  toString = () => `read ${this.n}`;
}

class List implements Command {
  readonly reverse: boolean;
  constructor(reverse: boolean) {
    this.reverse = reverse;
  }
  check = always.check;
  async run(model: Model, { sequence }: Real): Promise<void> {
    const found: Uint8Array[] = [];
    for await (const frame of sequence.frames({ reverse: this.reverse })) found.push((await frame.open()).payload);
    expect(this.reverse ? found.reverse() : found).toEqual(model.payloads);
  }
  toString = () => `list ${this.reverse ? 'backwards' : 'forwards'}`;
}

class Verify implements Command {
  check = always.check;
  async run(model: Model, { sequence }: Real): Promise<void> {
    const { frames, payloadDigests } = await sequence.verify();
    expect([frames, payloadDigests]).toEqual([model.payloads.length, model.payloads.length]);
  }
  toString = () => 'verify';
}

class Reopen implements Command {
  check = always.check;
  async run(model: Model, real: Real): Promise<void> {
    await real.sequence.close();
    real.sequence = await sequences.open(real.storage);
    expect([real.sequence.length, real.sequence.recovered]).toEqual([model.payloads.length, undefined]);
  }
  toString = () => 'reopen';
}

/** A crash in the middle of an append that was never acknowledged. */
class Tear implements Command {
  readonly payloads: Uint8Array[];
  readonly part: number;
  constructor(payloads: Uint8Array[], part: number) {
    this.payloads = payloads;
    this.part = part;
  }
  check = always.check;
  async run(model: Model, real: Real): Promise<void> {
    const before = real.storage.bytes().length;
    await real.sequence.appendAll(this.payloads);
    const written = real.storage.bytes().length - before;
    const kept = Math.min(written - 1, Math.floor(written * this.part));
    real.storage.truncate(before + kept);
    real.sequence = await sequences.open(real.storage);
    expect([real.sequence.length, real.storage.bytes().length]).toEqual([model.payloads.length, before]);
  }
  toString = () => `tear ${this.payloads.length} at ${this.part}`;
}

class Copy implements Command {
  readonly modulus: number;
  constructor(modulus: number) {
    this.modulus = modulus;
  }
  check = always.check;
  async run(model: Model, real: Real): Promise<void> {
    const storage = sequences.memory();
    const filter = ({ index }: { index: number }) => index % this.modulus !== 1;
    const sequence = await sequences.copy(real.sequence, storage, { filter });
    model.payloads = model.payloads.filter((_, n) => n === 0 || filter({ index: n }));
    Object.assign(real, { storage, sequence });
  }
  toString = () => `copy without every ${this.modulus}th`;
}

test('any commands leave what a list of payloads would hold (model)', async () => {
  const payload = fc.uint8Array({ maxLength: 300 });
  const some = fc.array(payload, { minLength: 1, maxLength: 5 });
  const commands = fc.commands(
    [
      some.map((payloads) => new Append(payloads)),
      fc.nat(20).map((n) => new Read(n)),
      fc.boolean().map((reverse) => new List(reverse)),
      fc.constant(new Verify()),
      fc.constant(new Reopen()),
      fc.tuple(some, fc.double({ min: 0, max: 1, noNaN: true })).map(([payloads, part]) => new Tear(payloads, part)),
      fc.integer({ min: 2, max: 5 }).map((modulus) => new Copy(modulus)),
    ],
    { maxCommands: 25 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), commands, async (type, list) => {
      const setup = async () => {
        const storage = sequences.memory();
        const real: Real = { storage, sequence: await sequences.create(storage, { type }) };
        return { model: { payloads: [new Uint8Array(0)] }, real };
      };
      let real: Real | undefined;
      await fc.asyncModelRun(async () => {
        const made = await setup();
        real = made.real;
        return made;
      }, list);
      // An independent reader sees the same.
      const { length } = (real as Real).sequence;
      expect(plainFrames((real as Real).storage.bytes())).toHaveLength(length);
    }),
    { numRuns: 150 },
  );
});
