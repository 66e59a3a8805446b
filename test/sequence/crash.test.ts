import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sequence, SequenceStorage } from '../../src/sequence/index.ts';
import { payloadOf, payloadsOf, plainFrames, refusal, sample, sequences, text, types, utf8 } from './support.ts';

class Crash extends Error {}

/** What a storage does instead of one of its operations. */
type Fault =
  /** Everything stops: `kept` octets of the write are there already. */
  | { kind: 'crash'; kept: number }
  /** An error of the system: `kept` octets of the write are there already. */
  | { kind: 'error'; code: string; kept: number; truncates: boolean };

/** A medium with a cache before it, whose operations are counted, and one of which goes wrong. */
class FaultyStorage implements SequenceStorage {
  /** What a crash cannot take any more. */
  durable: Uint8Array;
  /** What the program sees. */
  seen: Uint8Array;
  calls = 0;
  crashed = false;
  readonly #at: number;
  readonly #fault: Fault | undefined;

  constructor(initial: Uint8Array, at = -1, fault?: Fault) {
    this.durable = initial.slice();
    this.seen = initial.slice();
    this.#at = at;
    this.#fault = fault;
  }

  #call(change: (kept?: number) => void): void {
    if (this.crashed) throw new Crash();
    const fault = this.calls++ === this.#at ? this.#fault : undefined;
    if (fault === undefined) {
      change();
      return;
    }
    change(fault.kept);
    this.crashed = fault.kind === 'crash';
    if (fault.kind === 'crash') throw new Crash();
    throw Object.assign(new Error(fault.code), { code: fault.code });
  }

  size(): number {
    return this.seen.length;
  }

  read(offset: number, length: number): Uint8Array {
    return this.seen.slice(offset, offset + length);
  }

  append(octets: Uint8Array): void {
    this.#call((kept = octets.length) => {
      const part = octets.subarray(0, kept);
      const grown = new Uint8Array(this.seen.length + part.length);
      grown.set(this.seen);
      grown.set(part, this.seen.length);
      this.seen = grown;
    });
  }

  truncate(size: number): void {
    const fault = this.#fault;
    if (fault?.kind === 'error' && !fault.truncates && this.calls > this.#at) throw new Error('EIO');
    this.#call((kept) => {
      if (kept === undefined) this.seen = this.seen.slice(0, size);
    });
  }

  sync(): void {
    this.#call((kept) => {
      if (kept === undefined) this.durable = this.seen.slice();
    });
  }

  close(): void {}
}

const payload = (name: string) => utf8(name.repeat(9));

/** What a program appends: one, one, three together, one. */
async function program(
  storage: SequenceStorage,
  acknowledged: string[][],
  type: (typeof types)[number],
): Promise<void> {
  const sequence = storage.size() === 0 ? await sequences.create(storage, { type }) : await sequences.open(storage);
  acknowledged.push(['']);
  for (const names of [['a'], ['b'], ['c', 'd', 'e'], ['f']]) {
    await sequence.appendAll(names.map(payload));
    acknowledged.push(names);
  }
}

const batches = [[''], ['a'], ['b'], ['c', 'd', 'e'], ['f']];
const repeated = (names: string[][]) => names.flat().map((name) => name.repeat(9));

/** Every state that a medium can be in after a crash: what is durable, and what was written since as far as it got, in sectors. */
function* media(storage: FaultyStorage, sector: number): Generator<Uint8Array> {
  const { durable, seen } = storage;
  yield durable;
  if (seen.length <= durable.length) {
    yield seen;
    return;
  }
  for (let end = durable.length + 1; end <= seen.length; end += 7) yield seen.slice(0, end);
  const count = Math.ceil((seen.length - durable.length) / sector);
  for (let lost = 1; lost < 2 ** Math.min(count, 5); lost++) {
    const torn = seen.slice();
    for (let i = 0; i < count; i++) {
      const from = durable.length + i * sector;
      if (lost & (1 << (i % 5))) torn.fill(0, from, from + sector);
    }
    yield torn;
  }
}

describe.each(types)('a crash in a %s sequence', (type) => {
  test('at every call of the storage leaves the old or the new sequence, whatever the medium did with what was not flushed', async () => {
    const probe = new FaultyStorage(new Uint8Array(0));
    await program(probe, [], type);
    for (let at = 0; at < probe.calls; at++) {
      const acknowledged: string[][] = [];
      const storage = new FaultyStorage(new Uint8Array(0), at, { kind: 'crash', kept: Number.POSITIVE_INFINITY });
      await expect(program(storage, acknowledged, type)).rejects.toThrow();
      const before = repeated(acknowledged);
      const after = repeated(batches.slice(0, acknowledged.length + 1));
      for (const medium of media(storage, 97)) {
        if (acknowledged.length === 0) {
          // Nothing was promised yet; what is not a whole frame 0 is no sequence.
          continue;
        }
        const memory = sequences.memory(medium);
        const sequence = await sequences.open(memory);
        const found = await payloadsOf(memory);
        if (found.length === after.length) expect(found).toEqual(after);
        else expect(found).toEqual(before);
        expect(await sequence.append(payload('z'))).toBe(found.length);
        const { frames, torn } = await sequence.verify();
        expect([frames, torn]).toEqual([found.length + 1, undefined]);
      }
    }
  });

  test('at every octet of an append of one or of several loses nothing that was acknowledged, and the next append goes on', async () => {
    const old = await sample(type, 3);
    for (const count of [1, 3]) {
      const grown = sequences.memory(old);
      const entries = Array.from({ length: count }, (_, i) => payloadOf(4 + i));
      await (await sequences.open(grown)).appendAll(entries);
      const all = grown.bytes();
      for (let cut = old.length; cut <= all.length; cut++) {
        const memory = sequences.memory(all.subarray(0, cut));
        const sequence = await sequences.open(memory);
        const whole = cut === all.length;
        expect([cut, sequence.length]).toEqual([cut, whole ? 4 + count : 4]);
        const recovered = sequence.recovered;
        if (whole || cut === old.length) expect(recovered).toBeUndefined();
        else expect([recovered?.offset, recovered?.octets]).toEqual([old.length, cut - old.length]);
        if (!whole) expect(memory.bytes()).toEqual(old);
        await sequence.append(payload('z'));
        await sequence.verify();
      }
    }
  });
});

describe('an append that fails', () => {
  test.each(['ENOSPC', 'EIO', 'EDQUOT'])('with %s at any octet is taken back, and the next one works', async (code) => {
    const old = await sample('Chain', 2);
    for (let kept = 0; kept < 300; kept += 7) {
      const storage = new FaultyStorage(old, 0, { kind: 'error', code, kept, truncates: true });
      const sequence = await sequences.open(storage);
      expect(await refusal(sequence.append(payload('a')))).toBe('storage');
      expect(storage.seen).toEqual(old);
      expect(sequence.writable).toBe(true);
      expect(await sequence.append(payload('b'))).toBe(3);
      expect(await payloadsOf(sequences.bytes(storage.durable))).toHaveLength(4);
      await sequence.verify({ requireLinked: true });
    }
  });

  test('and cannot be taken back stops all further appends until the sequence is opened again', async () => {
    const old = await sample('Merkle', 2);
    const storage = new FaultyStorage(old, 0, { kind: 'error', code: 'ENOSPC', kept: 50, truncates: false });
    const sequence = await sequences.open(storage);
    expect(await refusal(sequence.append(payload('a')))).toBe('storage');
    expect(sequence.writable).toBe(false);
    expect(await refusal(sequence.append(payload('b')))).toBe('failed');
    expect((await sequence.read(2)).payload).toEqual(payloadOf(2));
    const again = await sequences.open(sequences.memory(storage.seen));
    expect([again.length, again.recovered?.octets]).toEqual([3, 50]);
  });

  test('at the flush is not acknowledged, and nothing more is appended: nobody knows what is on the medium', async () => {
    const old = await sample('Chain', 2);
    const storage = new FaultyStorage(old, 1, { kind: 'error', code: 'EIO', kept: 0, truncates: true });
    const sequence = await sequences.open(storage);
    expect(await refusal(sequence.append(payload('a')))).toBe('storage');
    expect(await refusal(sequence.append(payload('b')))).toBe('failed');
  });

  test('for want of a sound entry changes nothing and does not stop those behind it', async () => {
    const memory = sequences.memory();
    const sequence = await sequences.create(memory);
    const wrong = sequence.appendAll([payload('a'), { payload: 'text' as unknown as Uint8Array }]);
    const right = sequence.append(payload('b'));
    expect(await refusal(wrong)).toBe('not_bytes');
    expect(await right).toBe(1);
  });
});

describe('what looks like frames behind the last one', () => {
  /** A cut-off append whose payload holds a frame with some index, which the file then ends with. */
  async function tornWithFrame(index: number): Promise<{ old: Uint8Array; torn: Uint8Array }> {
    const old = await sample('List', 2);
    const inner = plainFrames(await sample('List', index));
    const { start, end } = inner[index] as (typeof inner)[number];
    const embedded = (await sample('List', index)).subarray(start, end);
    const memory = sequences.memory(old);
    await (await sequences.open(memory)).append(Uint8Array.from([...payload('x'), ...embedded, ...payload('y')]));
    const all = memory.bytes();
    const cut = Buffer.from(all).lastIndexOf(Buffer.from(embedded)) + embedded.length;
    return { old, torn: all.slice(0, cut) };
  }

  test('within the payload of a cut-off append is not taken for the end of the sequence', async () => {
    for (const index of [1, 2, 3]) {
      const { old, torn } = await tornWithFrame(index);
      const memory = sequences.memory(torn);
      const sequence = await sequences.open(memory);
      expect([index, sequence.length, sequence.recovered?.code]).toEqual([index, 3, 'overlong']);
      expect(memory.bytes()).toEqual(old);
    }
  });

  test('is removed also when it is the part of a large payload', async () => {
    const memory = sequences.memory();
    const made = await sequences.create(memory);
    const { size } = made;
    await made.append(new Uint8Array(70 * 2 ** 20));
    const torn = sequences.memory(memory.bytes().subarray(0, -1));
    const sequence = await sequences.open(torn);
    expect([sequence.length, sequence.recovered?.offset, torn.size()]).toEqual([1, size, size]);
  });

  test('and may have been acknowledged is never removed, unless somebody asks for it', async () => {
    const { old, torn } = await tornWithFrame(7);
    const memory = sequences.memory(torn);
    expect(await refusal(sequences.open(memory))).toBe('damaged');
    expect(memory.bytes()).toEqual(torn);
    expect((await sequences.repair(memory)).length).toBe(3);
    expect(memory.bytes()).toEqual(old);

    // The length of a frame in the middle is changed, and the last append was cut off too.
    const octets = await sample('Chain', 5);
    const frames = plainFrames(octets);
    octets[(frames[2]?.start ?? 0) + 1] = 0xff;
    const both = sequences.memory(octets.subarray(0, -9));
    expect(await refusal(sequences.open(both))).toBe('damaged');
    expect(both.bytes()).toEqual(octets.subarray(0, -9));
    const repaired = await sequences.repair(both);
    expect([repaired.length, repaired.recovered?.offset]).toEqual([2, frames[2]?.start]);
  });

  test('of a storage that was closed in order is no crash: it is refused, and repaired on request', async () => {
    const octets = (await sample('Chain', 3)).subarray(0, -1);
    const memory = sequences.memory(octets);
    const clean: SequenceStorage = Object.assign(Object.create(memory), {
      clean: true,
      size: () => memory.size(),
      read: (offset: number, length: number) => memory.read(offset, length),
      truncate: (size: number) => memory.truncate(size),
    });
    expect(await refusal(sequences.open(clean))).toBe('torn');
    expect(memory.bytes()).toEqual(octets);
    expect((await sequences.open(clean, { writable: false })).torn?.code).toBe('trunc-trailer');
  });
});

test('any program of appends with a crash at any call and any state of the medium leaves a prefix of whole appends', async () => {
  const programs = fc.record({
    type: fc.constantFrom(...types),
    batches: fc.array(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
    at: fc.nat(14),
    lost: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    end: fc.double({ min: 0, max: 1, noNaN: true }),
    sector: fc.constantFrom(16, 64, 512),
  });
  await fc.assert(
    fc.asyncProperty(programs, async ({ type, batches, at, lost, end, sector }) => {
      const storage = new FaultyStorage(await sample(type, 1), at, { kind: 'crash', kept: Number.POSITIVE_INFINITY });
      const done: Uint8Array[] = [new Uint8Array(0), payloadOf(1)];
      let pending: Uint8Array[] = [];
      let sequence: Sequence;
      try {
        sequence = await sequences.open(storage);
        for (const batch of batches) {
          pending = batch;
          await sequence.appendAll(batch);
          done.push(...batch);
          pending = [];
        }
      } catch (error) {
        expect(storage.crashed).toBe(true);
        expect(error).toBeInstanceOf(Error);
      }
      const written = storage.seen.length - storage.durable.length;
      const medium = storage.seen.slice(0, storage.durable.length + Math.ceil(written * end));
      for (let i = 0, from = storage.durable.length; from < medium.length; i++, from += sector) {
        if ((lost[i % 8] as number) & 1) medium.fill(0, from, from + sector);
      }
      const memory = sequences.memory(medium);
      await sequences.open(memory);
      const found = await payloadsOf(memory);
      const [old, whole] = [done, [...done, ...pending]].map((list) => list.map(text));
      expect([old, whole]).toContainEqual(found);
    }),
    { numRuns: 300 },
  );
});
