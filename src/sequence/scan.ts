/**
 * All frames of a storage from the first to the last, many at a time: read in blocks, in which the backend finds the frames. Frames larger than a block
 * come alone, without their payloads. Not what the records mean.
 */
import type { Backend } from '../backend/types.ts';
import { empty } from '../bytes.ts';
import { MeshError } from '../errors.ts';
import { type Frame, type FrameDamage, frameAt, type Span } from '../frame.ts';
import { type Limits, within } from './limit.ts';
import { frameAfter, Window } from './locate.ts';
import { readFrom, type SequenceStorage } from './storage.ts';

const BLOCK = 2 ** 21;

/** Frames that lie one behind the other, with offsets in the storage. */
export interface Stretch {
  frames: Frame[];
  /** The octets of a header or trailer of one of them. */
  octets(record: Span): Uint8Array;
  /** SHA-512 of the payloads, 64 octets each, packed; none where they were not asked for and would have to be read. */
  payloadDigests(): Uint8Array;
}

/** What is wrong where the whole frames end. */
export interface Damage {
  offset: number;
  code: FrameDamage;
}

/** Damage that a longer block might not have. */
const isCut = (damage: FrameDamage): boolean => ['trunc-len', 'overlong', 'trunc-trailer'].includes(damage);

async function digestOf(backend: Backend, storage: SequenceStorage, start: number, end: number): Promise<Uint8Array> {
  const state = backend.sha512Create();
  try {
    for (let at = start; at < end; at += BLOCK) {
      state.update(await readFrom(storage, at, Math.min(BLOCK, end - at)));
    }
    const digest = new Uint8Array(64);
    state.digestInto(digest);
    return digest;
  } finally {
    state.destroy();
  }
}

function moved({ start, end, records }: Frame, by: number): Frame {
  return {
    start: start + by,
    end: end + by,
    records: records.map((record) => ({ start: record.start + by, end: record.end + by })),
  };
}

/** What is wanted of frames larger than a block. */
export interface Wanted {
  limits: Limits;
  digests: boolean;
}

/** A frame larger than a block. @throws MeshError `limit` */
async function large(
  backend: Backend,
  storage: SequenceStorage,
  frame: Frame,
  { limits, digests }: Wanted,
): Promise<Stretch> {
  const [header, payload, trailer] = frame.records;
  const known = new Map<number, Uint8Array>();
  for (const record of [header, trailer]) {
    if (record === undefined) continue;
    const length = within(record.end - record.start, limits.header, 'a header or trailer');
    known.set(record.start, await readFrom(storage, record.start, length));
  }
  const digest = digests ? await digestOf(backend, storage, payload?.start ?? 0, payload?.end ?? 0) : empty;
  return { frames: [frame], octets: ({ start }) => known.get(start) ?? empty, payloadDigests: () => digest };
}

/**
 * The frames from an offset to an end. What stops it early is the value returned.
 *
 * @throws MeshError `storage`
 */
export async function* scan(
  backend: Backend,
  storage: SequenceStorage,
  from: number,
  end: number,
  wanted: Wanted,
): AsyncGenerator<Stretch, Damage | undefined> {
  let at = from;
  while (at < end) {
    const base = at;
    const block = await readFrom(storage, base, Math.min(BLOCK, end - base));
    const table = backend.framesScan(block);
    if (table.count > 0) {
      yield {
        frames: Array.from({ length: table.count }, (_, i) => moved(frameAt(table, i), base)),
        octets: ({ start, end: to }) => block.subarray(start - base, to - base),
        payloadDigests: () => backend.framesDigests(block, table),
      };
      at = base + table.stop;
    }
    if (table.damage === undefined) continue;
    if (!isCut(table.damage) || base + block.length === end) return { offset: at, code: table.damage };
    if (table.count > 0) continue;
    const window = new Window(storage, end, 4096);
    let frame: Frame;
    try {
      frame = await frameAfter(window, at, end);
    } catch (error) {
      if (error instanceof MeshError && error.code !== 'storage')
        return { offset: at, code: error.code as FrameDamage };
      throw error;
    }
    yield await large(backend, storage, frame, wanted);
    at = frame.end;
  }
  return undefined;
}
