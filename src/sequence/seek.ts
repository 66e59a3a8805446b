/**
 * The way to a frame from one behind it: by TreePositions where there are, log2(n)^2 / 2 steps at most, else frame by frame. Where a step leads to has to be a
 * whole frame with the right index that lies before. Source: DARE sequences, random access.
 */
import { empty } from '../bytes.ts';
import { type ErrorCode, fail } from '../errors.ts';
import { type Frame, treePrevious } from '../frame.ts';
import { type Limits, within } from './limit.ts';
import { frameAfter, frameBefore, type Window } from './locate.ts';
import type { Place } from './members.ts';
import type { Offsets } from './offsets.ts';
import { placeIn } from './verify.ts';

/** A frame and what it says about its place. */
export interface Found {
  n: number;
  frame: Frame;
  place: Place;
}

/** What a search needs to know of a sequence. */
export interface SeekMap {
  offsets: Offsets;
  limits: Limits;
  indexBase: 0 | 1;
}

/** The place of a frame. */
export async function placeAt({ limits }: SeekMap, window: Window, frame: Frame): Promise<Place> {
  const known = new Map<number, Uint8Array>();
  const [header, , trailer] = frame.records;
  for (const record of [header, trailer]) {
    if (record === undefined) continue;
    known.set(
      record.start,
      await window.get(record.start, within(record.end - record.start, limits.header, 'a header')),
    );
  }
  return placeIn(frame, ({ start }) => known.get(start) ?? empty, limits);
}

/** Reads the place of a frame, whose number must be the right one. @throws MeshError `index`, or `code` in its stead */
export async function found(
  map: SeekMap,
  window: Window,
  n: number,
  frame: Frame,
  code: ErrorCode = 'index',
): Promise<Found> {
  const place = await placeAt(map, window, frame);
  if (place.index !== undefined && place.index !== n - 1 + map.indexBase) {
    fail(code, `frame ${n} says ${place.index}`);
  }
  map.offsets.set(n, frame.start);
  return { n, frame, place };
}

/** The frame that begins where frame `n` is known to begin. */
export async function frameHere(map: SeekMap, window: Window, n: number, start: number): Promise<Found> {
  return found(map, window, n, await frameAfter(window, start, window.end));
}

/** The next step from a frame towards a target before it. */
async function step(map: SeekMap, window: Window, { n, frame, place }: Found, target: number): Promise<Found> {
  const previous = treePrevious(n);
  const { treePosition } = place;
  if (treePosition === undefined || previous < target) {
    if (frame.start === 0) fail('index', `frame ${n} is the first`);
    return found(map, window, n - 1, await frameBefore(window, frame.start));
  }
  if (treePosition >= frame.start) fail('tree-position', `frame ${n}`);
  let reached: Frame;
  try {
    reached = await frameAfter(window, treePosition, frame.start);
  } catch {
    return fail('tree-position', `frame ${n}`);
  }
  return found(map, window, previous, reached, 'tree-position');
}

/**
 * Frame `target`, from frame `last` on, whose offset is known.
 *
 * @throws MeshError `tree-position`, `index`, and those of reading a frame
 */
export async function seek(map: SeekMap, window: Window, last: number, target: number): Promise<Found> {
  const near = Math.min(map.offsets.next(target) ?? last, last);
  // Beyond a few frames, TreePositions from the last one are a shorter way than the frames between.
  let at = await frameHere(map, window, near, map.offsets.get(near) as number);
  while (at.n > target) at = await step(map, window, at, target);
  return at;
}
