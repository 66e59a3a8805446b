/**
 * Frames of sequences over the module. Large frames stay where they are: only tags and lengths of them are looked at, here. Small ones are copied
 * into the module, many at a time. What is wrong with a frame is found out here only.
 */
import { FRAME_NUMBERS, type FrameTable, rowEnd, rowPayload, treeFrontier } from '../../frame.ts';
import { Rows, scanHere } from '../rows.ts';
import type { Backend, ChainRule, TreeRule } from '../types.ts';
import type { Core } from './core.ts';

const DIGEST_LENGTH = 64;
const STATE_LENGTH = 208;
const ROW_LENGTH = 4 * FRAME_NUMBERS;

/** Octets that go into the module at a time, and most rows that come out. */
const WINDOW = 32768;
const MOST_ROWS = 1500;
/** Behind a frame of at most so many octets others of the kind are looked for: copying them costs less than reading them here. */
const SMALL = 256;
/** Fewer octets are read here. */
const FEW = 2048;

/** Frames whose payloads are hashed with one call, and the octets that they lie in. */
const BATCH = 128;
const BATCH_LENGTH = 49152;
/** Octets of digests that go in and come out at a time, and how many digests a tree digest goes back to. */
const PART = 448 * DIGEST_LENGTH;
const LEVELS = 32;

type FrameOperations = Pick<Backend, 'framesScan' | 'framesDigests' | 'chainDigests' | 'treeDigests'>;

/** Reads the frames that a window holds whole; gives whether they were most of it, so that the next one is worth its copy. */
function readWindow(core: Core, table: Rows, octets: Uint8Array, found: number): boolean {
  const { count, at } = table;
  const more = core.part(() => {
    const part = octets.subarray(at, at + WINDOW);
    const data = core.put(part, WINDOW);
    return core.abi.frames_scan(found, data, data + part.length, MOST_ROWS, at - data);
  });
  if (more === 0) return false;
  const rows = table.grow(count, more, at / octets.length);
  core.takeNumbers(rows, FRAME_NUMBERS * count, found, FRAME_NUMBERS * more);
  table.count = count + more;
  table.at = rowEnd(rows, FRAME_NUMBERS * (table.count - 1));
  return more === MOST_ROWS || table.at - at > WINDOW / 2;
}

/** One frame after the other here, and behind a small one those that windows hold. */
function scanForward(core: Core, octets: Uint8Array): FrameTable {
  const table = new Rows();
  core.runHash(() => {
    const found = core.reserve(MOST_ROWS * ROW_LENGTH);
    while (table.at < octets.length && table.damage === undefined) {
      table.read(octets, SMALL);
      while (table.damage === undefined && octets.length - table.at >= FEW && readWindow(core, table, octets, found));
    }
  });
  return table.finish();
}

/** How many frames from the one with the number `first` on lie together in the room of a batch, and where. */
function batchAt({ count, rows }: FrameTable, first: number): { frames: number; start: number; end: number } {
  let [frames, start, end] = [0, Number.POSITIVE_INFINITY, 0];
  const last = Math.min(count, first + BATCH);
  for (let i = first; i < last; i++, frames++) {
    // In a table that was made backwards they come from the last to the first.
    const low = Math.min(start, rows[FRAME_NUMBERS * i] as number);
    const high = Math.max(end, rowEnd(rows, FRAME_NUMBERS * i));
    if (high - low > BATCH_LENGTH) break;
    [start, end] = [low, high];
  }
  return { frames, start, end };
}

/** Small frames are hashed many with one call, with all that lies between their payloads; of others only the payload goes in. */
function framesDigests(core: Core, octets: Uint8Array, table: FrameTable, inBatches: boolean): Uint8Array {
  const { count, rows } = table;
  const out = new Uint8Array(DIGEST_LENGTH * count);
  core.runHash(({ abi }) => {
    const state = core.reserve(STATE_LENGTH);
    const digests = core.reserve(DIGEST_LENGTH * BATCH);
    const update = (data: number, length: number) => abi.sha512_update(state, data, length);
    for (let i = 0; i < count; ) {
      const { frames, start, end } = inBatches ? batchAt(table, i) : { frames: 0, start: 0, end: 0 };
      if (frames === 0) {
        const payload = rowPayload(rows, FRAME_NUMBERS * i);
        abi.sha512_init(state);
        core.feed(octets.subarray(payload.start, payload.end), update);
        abi.sha512_digest(state, digests);
      } else {
        core.part(() => {
          const spans = core.put(octetsOf(rows, i, frames), ROW_LENGTH * BATCH);
          const data = core.put(octets.subarray(start, end), BATCH_LENGTH);
          abi.frames_digests(digests, spans, frames, data - start);
        });
      }
      const done = Math.max(frames, 1);
      core.takeInto(out.subarray(DIGEST_LENGTH * i), digests, DIGEST_LENGTH * done);
      i += done;
    }
  });
  return out;
}

/** Rows as octets. */
function octetsOf(rows: Uint32Array, first: number, count: number): Uint8Array {
  return new Uint8Array(rows.buffer, rows.byteOffset + ROW_LENGTH * first, ROW_LENGTH * count);
}

/** Part for part, each with the operand that the one before it left. */
function chainDigests(core: Core, rule: ChainRule, left: Uint8Array, payloadDigests: Uint8Array): Uint8Array {
  const out = new Uint8Array(payloadDigests.length);
  const step = rule === 'unlinked' ? 0 : DIGEST_LENGTH;
  let operand = left;
  core.runHash(({ abi }) => {
    for (let at = 0; at < out.length; at += PART) {
      const part = payloadDigests.subarray(at, at + PART);
      core.part(() => {
        // The operand of the first lies before the results and before the digests: the next ones are one or the other.
        core.put(operand, DIGEST_LENGTH);
        const results = core.reserve(part.length);
        core.put(operand, DIGEST_LENGTH);
        const digests = core.put(part, PART);
        const first = (rule === 'linked' ? results : digests) - DIGEST_LENGTH;
        abi.chain_digests(results, digests, part.length / DIGEST_LENGTH, first, step);
        core.takeInto(out.subarray(at), results, part.length);
      });
      if (rule !== 'unlinked')
        operand = (rule === 'linked' ? out : payloadDigests).subarray(at + part.length - 64, at + part.length);
    }
  });
  return out;
}

/** For each power of two the tree digest of the last frame before `first` of which the number and one are a multiple of it, or zeros. */
function levelsOf(first: number, frontier: Uint8Array): Uint8Array {
  const levels = new Uint8Array(DIGEST_LENGTH * LEVELS);
  const frames = treeFrontier(first);
  for (let level = 0, power = 1; power <= first; level++, power *= 2) {
    const index = frames.indexOf(first - (first % power) - 1);
    levels.set(frontier.subarray(DIGEST_LENGTH * index, DIGEST_LENGTH * (index + 1)), DIGEST_LENGTH * level);
  }
  return levels;
}

function treeDigests(
  core: Core,
  rule: TreeRule,
  payloadDigests: Uint8Array,
  first: number,
  frontier: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(payloadDigests.length);
  const linked = rule === 'linked';
  const firstNumber = first + (rule === 'null+1' ? 2 : 1);
  core.runHash(({ abi }) => {
    const levels = core.put(levelsOf(linked ? first : 0, frontier), DIGEST_LENGTH * LEVELS);
    for (let at = 0; at < out.length; at += PART) {
      const part = payloadDigests.subarray(at, at + PART);
      core.part(() => {
        const results = core.reserve(part.length);
        const digests = core.put(part, PART);
        const number = firstNumber + at / DIGEST_LENGTH;
        abi.tree_digests(results, digests, part.length / DIGEST_LENGTH, levels, number, Number(linked));
        core.takeInto(out.subarray(at), results, part.length);
      });
    }
  });
  return out;
}

/** Rows cross as words of 32 bits. Where the platform has another order of their octets, as few have, they do not: then frames are read and hashed one by one. */
const sameOrder: boolean = /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ Uint32Array.of(1).buffer)[0] === 1;

export function frameOperations(core: Core, rowsCross: boolean = sameOrder): FrameOperations {
  return {
    framesScan: (octets, backward = false) =>
      backward || !rowsCross || octets.length < FEW ? scanHere(octets, backward) : scanForward(core, octets),
    framesDigests: (octets, table) => framesDigests(core, octets, table, rowsCross),
    chainDigests: (rule, left, payloadDigests) => chainDigests(core, rule, left, payloadDigests),
    treeDigests: (rule, payloadDigests, first, frontier) => treeDigests(core, rule, payloadDigests, first, frontier),
  };
}
