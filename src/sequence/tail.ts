/**
 * The end of a sequence as it is found: whole, or with something behind the last whole frame that a crash has left. What a crash leaves was
 * never acknowledged; everything that was is kept. Source: DARE sequences, appending and recovery.
 *
 * The end of a frame that was cut off may look like a frame, when the payload holds one. So the storage is read forwards when it was not closed in order.
 * Frames that were appended together name the first and last of them, so that the first few of them do not pass for all.
 */
import type { Backend } from '../backend/types.ts';
import { equal } from '../bytes.ts';
import { type ErrorCode, fail, MeshError } from '../errors.ts';
import { FRAME_NUMBERS, type Frame, frameAt, readRow, type Span } from '../frame.ts';
import { frameBefore, Window } from './locate.ts';
import { type Stretch, scan } from './scan.ts';
import { type Found, found, frameHere, placeAt, type SeekMap } from './seek.ts';
import { readFrom, type SequenceStorage } from './storage.ts';
import { placeIn } from './verify.ts';

/** What lies behind the last whole frame. */
export interface Torn {
  /** Where it begins. */
  offset: number;
  /** How much it is. */
  octets: number;
  /** What is wrong with it. */
  code: ErrorCode;
}

/** The end of a sequence. */
export interface Tail {
  /** The last whole frame. */
  last: Found;
  torn: Torn | undefined;
  /** Whether whole frames that must have been acknowledged lie behind the damage. */
  damaged: boolean;
}

/** Octets of headers that are read in search of frames behind damage, and of what an append may be longer than its largest payload. */
const mostSearched = 2 ** 26;

/** Codes that say nothing about the octets. */
const unjudged: readonly ErrorCode[] = ['storage', 'limit', 'depth', 'closed'];

/** The end, read backwards. @throws MeshError when the last octets are no frame that says its index */
async function fromBehind(map: SeekMap, storage: SequenceStorage, size: number): Promise<Tail> {
  const window = new Window(storage, size, 4096);
  const frame = await frameBefore(window, size);
  const place = await placeAt(map, window, frame);
  const n = (place.index ?? fail('index', 'no index')) + 1 - map.indexBase;
  // No frame is shorter than six octets.
  if (n * 6 > frame.start) fail('index', `frame ${n} at ${frame.start}`);
  return { last: await found(map, window, n, frame), torn: undefined, damaged: false };
}

async function fromFront(backend: Backend, map: SeekMap, storage: SequenceStorage, size: number): Promise<Tail> {
  const stretches = scan(backend, storage, 0, size, { limits: map.limits, digests: false });
  let count = 0;
  for (;;) {
    const { done, value } = await stretches.next();
    if (!done) {
      for (const frame of value.frames) map.offsets.set(count++, frame.start);
      continue;
    }
    const torn = value && { offset: value.offset, octets: size - value.offset, code: value.code };
    return lastReadable(map, storage, size, count, torn);
  }
}

/** The last frame whose header and trailer can be read: a crash may leave zeros within a frame whose two ends are there. */
async function lastReadable(
  map: SeekMap,
  storage: SequenceStorage,
  size: number,
  count: number,
  damage: Torn | undefined,
): Promise<Tail> {
  const window = new Window(storage, size, 4096);
  let torn = damage;
  for (let n = count - 1; n >= 0; n--) {
    const offset = map.offsets.get(n) as number;
    try {
      return { last: await frameHere(map, window, n, offset), torn, damaged: false };
    } catch (error) {
      const code = error instanceof MeshError ? error.code : undefined;
      if (n === 0 || code === undefined || unjudged.includes(code)) throw error;
      torn = { offset, octets: size - offset, code };
    }
  }
  return fail(torn?.code ?? 'no-frame', 'no sequence');
}

/** The end without the frames of an append that is not complete. */
async function withoutPart(
  map: SeekMap,
  storage: SequenceStorage,
  size: number,
  tail: Tail,
  code: ErrorCode,
): Promise<Tail> {
  const window = new Window(storage, size, 4096);
  const { n, place } = tail.last;
  const before = (place.batch?.[0] ?? n) - 1;
  if (before < 0) fail(code, 'frame 0');
  let { frame } = tail.last;
  // Headers on the way may be zeros.
  for (let at = n; at > before; at--) frame = await frameBefore(window, frame.start);
  const last = await found(map, window, before, frame);
  const offset = frame.end;
  return { last, torn: { offset, octets: size - offset, code: tail.torn?.code ?? code }, damaged: false };
}

/** The payload digest that a frame says; `null` when it cannot be read. */
function digestIn(frame: Frame, { octets }: Stretch, { limits }: SeekMap): Uint8Array | undefined | null {
  try {
    return placeIn(frame, octets, limits).payload;
  } catch (error) {
    if (error instanceof MeshError && !unjudged.includes(error.code)) return null;
    throw error;
  }
}

/** Whether the payload of a frame has the digest that it says, and its JSON can be read. */
async function isSound(
  backend: Backend,
  map: SeekMap,
  storage: SequenceStorage,
  start: number,
  end: number,
): Promise<boolean> {
  const stretches = scan(backend, storage, start, end, { limits: map.limits, digests: true });
  for (;;) {
    const { done, value } = await stretches.next();
    if (done) return value === undefined;
    const digests = value.payloadDigests();
    for (const [i, frame] of value.frames.entries()) {
      const payload = digestIn(frame, value, map);
      if (payload === null) return false;
      if (payload !== undefined && !equal(payload, digests.subarray(64 * i, 64 * i + 64))) return false;
    }
  }
}

/** Whether a whole frame lies within the octets that can only have been appended after frame `n`, or in another append. */
function holdsLaterFrame(map: SeekMap, octets: Uint8Array, n: number): boolean {
  const rows = new Uint32Array(FRAME_NUMBERS);
  const read = ({ start, end }: Span) => octets.subarray(start, end);
  let parsed = 0;
  for (let at = 1; at < octets.length; at++) {
    if (((octets[at] as number) & 0xfc) !== 0xf4) continue;
    if (typeof readRow(rows, 0, octets, at, octets.length) === 'string') continue;
    const frame = frameAt({ rows }, 0);
    const [header] = frame.records;
    // Frames that overlap in many ways are somebody's work, and not to be decided about here.
    parsed += header === undefined ? 0 : header.end - header.start;
    if (parsed > mostSearched) return true;
    try {
      const { index, batch } = placeIn(frame, read, map.limits);
      if (index !== undefined && index > n && (batch === undefined || batch[0] > n)) return true;
    } catch {
      // Not a frame.
    }
  }
  return false;
}

/**
 * The end of a sequence.
 *
 * @param thorough - reads all frames, and the payloads of the last append: after a crash
 * @throws MeshError those of framing and reading when the first frame is damaged; `storage`
 */
export async function findTail(
  backend: Backend,
  map: SeekMap,
  storage: SequenceStorage,
  size: number,
  thorough: boolean,
): Promise<Tail> {
  let tail: Tail;
  try {
    if (thorough) fail('torn');
    tail = await fromBehind(map, storage, size);
  } catch (error) {
    if (!(error instanceof MeshError) || error.code === 'storage') throw error;
    tail = await fromFront(backend, map, storage, size);
  }
  const { last, torn } = tail;
  const damaged =
    torn !== undefined &&
    (torn.octets > map.limits.payload + mostSearched ||
      holdsLaterFrame(map, await readFrom(storage, torn.offset, torn.octets), last.n + 1));
  if (damaged) return { ...tail, damaged };
  if (last.place.batch !== undefined && last.place.batch[1] > last.n) {
    return withoutPart(map, storage, size, tail, 'torn');
  }
  if (torn !== undefined || !thorough || last.n === 0) return tail;
  const first = last.place.batch?.[0] ?? last.n;
  const start = map.offsets.get(first) ?? fail('index', `frame ${last.n}`);
  return (await isSound(backend, map, storage, start, last.frame.end))
    ? tail
    : withoutPart(map, storage, size, tail, 'payload-digest');
}
