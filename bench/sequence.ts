/**
 * The family of sequences in files: durable appends beside bare writes that are made durable in the same way, reading at random places, verifying a
 * whole file beside hashing its octets. Asynchronous, so measured here and not by measure.ts.
 */
import { createHash, hash } from 'node:crypto';
import { closeSync, fdatasync, fdatasyncSync, mkdtempSync, openSync, rmSync, write, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jsBackend } from '../src/backend/js/index.ts';
import type { Backend } from '../src/backend/types.ts';
import { wasmBackend } from '../src/backend/wasm/index.ts';
import { fileStorage } from '../src/sequence/file.ts';
import { makeSequences } from '../src/sequence/index.ts';
import { octets } from './inputs.ts';
import { type FamilyResult, figure, type RowResult } from './result.ts';

/** One way of doing what a row is about. @returns milliseconds for each of what the row counts */
interface Way {
  name: string;
  run(): Promise<number>;
}

const payload = octets('frame', 512);
const folder = () => mkdtempSync(join(tmpdir(), 'bench-sequence-'));
const types = ['List', 'Chain', 'Merkle'] as const;

async function timed(count: number, task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return ((performance.now() - start) * 1000) / count;
}

/** All ways in turns, so that a slow minute of the machine is everybody's. */
async function row(id: string, title: string, rounds: number, ways: readonly Way[]): Promise<RowResult> {
  const samples = ways.map((): number[] => []);
  for (const { run } of ways) await run();
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of ways.entries()) samples[i]?.push(await run());
  }
  return {
    id: `sequence/${id}`,
    title,
    unit: 'us',
    figures: ways.map(({ name }, i) => figure(name, samples[i] as number[])),
  };
}

/** Bare writes of as many octets as a frame has, each made durable before the next. */
function bare(count: number, length: number, blocking: boolean): Way {
  const data = octets('bare', length);
  const run = async () => {
    const path = folder();
    const fd = openSync(join(path, 'bare'), 'wx', 0o600);
    const [writing, flushing] = [promisify(write), promisify(fdatasync)];
    const elapsed = await timed(count, async () => {
      for (let i = 0; i < count; i++) {
        if (blocking) {
          writeSync(fd, data, 0, length, i * length);
          fdatasyncSync(fd);
        } else {
          await writing(fd, data, 0, length, i * length);
          await flushing(fd);
        }
      }
    });
    closeSync(fd);
    rmSync(path, { recursive: true });
    return elapsed;
  };
  return { name: 'write + fdatasync', run };
}

function appending(backend: Backend, type: (typeof types)[number], count: number, blocking: boolean): Way {
  const sequences = makeSequences(() => backend);
  const run = async () => {
    const path = folder();
    const storage = await fileStorage(join(path, 'sequence'), { create: true, blocking });
    const sequence = await sequences.create(storage, { type });
    const elapsed = await timed(count, async () => {
      for (let i = 0; i < count; i++) await sequence.append(payload);
    });
    await sequence.close();
    rmSync(path, { recursive: true });
    return elapsed;
  };
  // Merkle has the longest frames, and stands for ours.
  return { name: type === 'Merkle' ? backend.name : `${backend.name}, ${type}`, run };
}

/** The octets of a sequence of many frames. */
async function large(type: 'Chain' | 'Merkle', frames: number, length: number): Promise<Uint8Array> {
  const sequences = makeSequences(() => wasmBackend());
  const memory = sequences.memory();
  const sequence = await sequences.create(memory, { type });
  const entry = octets('entry', length);
  for (let i = 0; i < frames; i += 500) {
    await sequence.appendAll(Array.from({ length: Math.min(500, frames - i) }, () => entry));
  }
  return memory.bytes();
}

async function reading(backend: Backend, data: Uint8Array, frames: number): Promise<Way> {
  const sequences = makeSequences(() => backend);
  const run = async () => {
    // Opened anew, so that no offset is known: each frame is sought from the last one.
    const sequence = await sequences.open(sequences.bytes(data));
    const target = 1 + Math.floor(Math.random() * (frames - 1));
    return timed(1, () => sequence.read(target));
  };
  return { name: backend.name, run };
}

function verifying(backend: Backend, data: Uint8Array): Way {
  const sequences = makeSequences(() => backend);
  const storage = sequences.bytes(data);
  const run = async () => {
    const sequence = await sequences.open(storage);
    return timed(1, () => sequence.verify({ requireLinked: true }));
  };
  return { name: backend.name, run };
}

/** SHA-512 of all octets of a file, by node:crypto in one call, and by ours. */
function hashing(data: Uint8Array): Way[] {
  const oneCall =
    typeof hash === 'function'
      ? () => hash('sha512', data, 'buffer')
      : () => createHash('sha512').update(data).digest();
  return [
    { name: 'node, SHA-512 of the file', run: () => timed(1, async () => oneCall()) },
    { name: 'wasm, SHA-512 of the file', run: () => timed(1, async () => wasmBackend().sha512(data)) },
  ];
}

/** Measures sequences. */
export async function sequenceFamily(rounds: number): Promise<FamilyResult> {
  const backends = [wasmBackend(), jsBackend];
  const count = 1000;
  // What a frame of these payloads has, by the type whose frames are longest.
  const length = 900;
  const [merkle, chain] = [await large('Merkle', 100_000, 64), await large('Chain', 1000, 65_536)];
  const rows: RowResult[] = [];
  for (const blocking of [true, false]) {
    const mine = types.map((type) => appending(backends[0] as Backend, type, count, blocking));
    rows.push(
      await row(
        blocking ? 'append-blocking' : 'append',
        `durable append of 512 B, one of 1,000${blocking ? ', on this thread' : ''}`,
        rounds,
        [...mine, appending(jsBackend, 'Merkle', count, blocking), bare(count, length, blocking)],
      ),
    );
  }
  const readers = await Promise.all(backends.map((backend) => reading(backend, merkle, 100_000)));
  rows.push(await row('seek', 'a frame of 100,000, sought from the last', 100 * rounds, readers));
  for (const [id, title, data] of [
    ['verify-small', 'verify Merkle, 100,000 frames of 64 B', merkle],
    ['verify-large', 'verify Chain, 1,000 frames of 64 KiB', chain],
  ] as const) {
    rows.push(await row(id, title, rounds, [...backends.map((backend) => verifying(backend, data)), ...hashing(data)]));
  }
  return { name: 'sequence', title: 'Sequences', rows };
}
