/**
 * Frames and records, the framing of DARE sequences (JBCD): octets with a tag and their length, a frame with both again, reversed, behind it,
 * so that it can be read from either end. Also which frames a tree digest goes back to. Not what records say, not digests themselves.
 * Source: draft-hallambaker-mesh-dare, sections on framing and Merkle trees; JSON-B tags F0 to F7.
 *
 *     record = tag F0 + k | length, 2^k octets, big-endian | data
 *     frame  = tag F4 + k | length, 2^k octets, big-endian | records | length, reversed | tag
 *
 * A claimed length is compared with the octets there are before anything else happens with it, so nothing is ever allocated for one. As a
 * number a length above 2^53 - 1 is inexact, but still above 2^53 - 1, and there are never so many octets.
 */
import { type ErrorCode, fail } from './errors.ts';

/** What is wrong with a frame. */
export type FrameDamage = Extract<
  ErrorCode,
  | 'bad-tag'
  | 'unidirectional'
  | 'trunc-len'
  | 'overlong'
  | 'trunc-trailer'
  | 'reverse-mismatch'
  | 'record-overlong'
  | 'records'
  | 'underflow'
>;

/** Most records of a frame: header, payload, trailer. */
export const MOST_RECORDS = 3;

/**
 * Numbers in a row of a table of frames: where the frame starts, its {@link Shape}, then where each of three records ends, or zero. Everything else
 * follows from these, because records and frames lie side by side.
 */
export const FRAME_NUMBERS = 2 + MOST_RECORDS;

/** Octets within others, from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A whole frame, tags and lengths included. */
export interface Frame extends Span {
  /** The data of its records, up to three. */
  readonly records: readonly Span[];
}

/** The whole frames that lie one behind the other in a piece of memory of up to 2^32 - 1 octets. */
export interface FrameTable {
  readonly count: number;
  /** {@link FRAME_NUMBERS} for each frame, in the order in which they were read. */
  readonly rows: Uint32Array;
  /** How far the frames reach: to where the first one starts that is damaged; read backwards, to where that one ends. */
  readonly stop: number;
  /** What is wrong with it; `undefined` when there are no octets left. */
  readonly damage: FrameDamage | undefined;
}

/**
 * How long the lengths in a frame are, and how many records it has: two bits for the k of the frame, two for that of each record, from the lowest on, then
 * the number of records.
 */
type Shape = number;
const COUNT_SHIFT = 2 * (1 + MOST_RECORDS);

/** A tag with its length. */
export interface Field {
  /** Octets of both. */
  readonly size: number;
  /** Octets of what follows; above 2^53 - 1 not exact. */
  readonly length: number;
}

const isRecordTag = (tag: number): boolean => (tag & 0xfc) === 0xf0;
const isFrameTag = (tag: number): boolean => (tag & 0xfc) === 0xf4;
/** Octets of a tag and the length behind it; only the lowest two bits of the tag count, its k. */
const fieldSize = (tag: number): number => 1 + (1 << (tag & 3));

/** What is wrong with a tag where a frame should begin. */
const notFrame = (tag: number): FrameDamage => (isRecordTag(tag) ? 'unidirectional' : 'bad-tag');

/** An integer of `count` octets from an offset on, most significant first; with the step -1 they lie in the opposite order. */
function integer(octets: Uint8Array, at: number, count: number, step = 1): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 256 + (octets[at + step * i] as number);
  return value;
}

/**
 * Reads the frame that starts at an offset and must end at or before `limit`, which is behind the start, into a row of a table. Gives the offset
 * behind it, or what is wrong; then the row is of no use.
 */
export function readRow(
  rows: Uint32Array,
  row: number,
  octets: Uint8Array,
  start: number,
  limit: number,
): number | FrameDamage {
  const tag = octets[start] as number;
  if (!isFrameTag(tag)) return notFrame(tag);
  const size = fieldSize(tag);
  const body = start + size;
  if (body > limit) return 'trunc-len';
  const length = integer(octets, start + 1, size - 1);
  if (length > limit - body) return 'overlong';
  const bodyEnd = body + length;
  const end = bodyEnd + size;
  if (end > limit) return 'trunc-trailer';
  for (let i = 0; i < size; i++) if (octets[end - 1 - i] !== octets[start + i]) return 'reverse-mismatch';

  let shape: Shape = tag & 3;
  let records = 0;
  for (let at = body; at < bodyEnd; records++) {
    if (records === MOST_RECORDS) return 'records';
    const recordTag = octets[at] as number;
    if (!isRecordTag(recordTag)) return 'bad-tag';
    const data = at + fieldSize(recordTag);
    if (data > bodyEnd) return 'record-overlong';
    const dataLength = integer(octets, at + 1, data - at - 1);
    if (dataLength > bodyEnd - data) return 'record-overlong';
    at = data + dataLength;
    shape |= (recordTag & 3) << (2 + 2 * records);
    rows[row + 2 + records] = at;
  }
  rows[row] = start;
  rows[row + 1] = shape | (records << COUNT_SHIFT);
  for (let i = records; i < MOST_RECORDS; i++) rows[row + 2 + i] = 0;
  return end;
}

/** {@link readRow} for the frame that ends at an offset above zero. Gives the offset at which it starts, by what its last octets say. */
export function readRowBackward(rows: Uint32Array, row: number, octets: Uint8Array, end: number): number | FrameDamage {
  const field = fieldBefore(octets, end);
  if (typeof field === 'string') return field;
  const room = end - 2 * field.size;
  if (field.length > room) return 'underflow';
  const start = room - field.length;
  const found = readRow(rows, row, octets, start, end);
  if (typeof found === 'string') return found;
  return found === end ? start : 'reverse-mismatch';
}

/** Where the frame in a row ends. */
export function rowEnd(rows: Uint32Array, row: number): number {
  const shape: Shape = rows[row + 1] as number;
  const records = shape >> COUNT_SHIFT;
  const size = fieldSize(shape);
  return size + (records === 0 ? (rows[row] as number) + size : (rows[row + 1 + records] as number));
}

/** Where the data of the payload, the second record of the frame in a row, starts and ends; of nothing, if there is none. */
export function rowPayload(rows: Uint32Array, row: number): Span {
  const shape: Shape = rows[row + 1] as number;
  if (shape >> COUNT_SHIFT < 2) return { start: 0, end: 0 };
  return { start: (rows[row + 2] as number) + fieldSize(shape >> 4), end: rows[row + 3] as number };
}

/**
 * The tag and length at the start of a frame, of which no more than 9 octets need to be there: for frames that are not read as a whole.
 * The frame has 2 `size` + `length` octets; the caller compares that with what there is.
 */
export function fieldAfter(octets: Uint8Array, start: number): Field | FrameDamage {
  if (start >= octets.length) return 'trunc-len';
  const tag = octets[start] as number;
  if (!isFrameTag(tag)) return notFrame(tag);
  const size = fieldSize(tag);
  return start + size > octets.length ? 'trunc-len' : { size, length: integer(octets, start + 1, size - 1) };
}

/** The same at the end of a frame. `underflow` when the octets begin within. */
export function fieldBefore(octets: Uint8Array, end: number): Field | FrameDamage {
  if (end < 1) return 'underflow';
  const tag = octets[end - 1] as number;
  if (!isFrameTag(tag)) return notFrame(tag);
  const size = fieldSize(tag);
  return end < size ? 'underflow' : { size, length: integer(octets, end - 2, size - 1, -1) };
}

/** The tag and length of a record within a frame, of which no more than 9 octets need to be there. The data has `length` octets. */
export function recordField(octets: Uint8Array, start: number): Field | FrameDamage {
  if (start >= octets.length) return 'record-overlong';
  const tag = octets[start] as number;
  if (!isRecordTag(tag)) return 'bad-tag';
  const size = fieldSize(tag);
  return start + size > octets.length ? 'record-overlong' : { size, length: integer(octets, start + 1, size - 1) };
}

/** A frame of a table. */
export function frameAt({ rows }: Pick<FrameTable, 'rows'>, index: number): Frame {
  const row = FRAME_NUMBERS * index;
  const start = rows[row] as number;
  const shape: Shape = rows[row + 1] as number;
  const records: Span[] = [];
  let before = start + fieldSize(shape);
  for (let i = 0; i < shape >> COUNT_SHIFT; i++) {
    const end = rows[row + 2 + i] as number;
    records.push({ start: before + fieldSize(shape >> (2 + 2 * i)), end });
    before = end;
  }
  return { start, end: rowEnd(rows, row), records };
}

/**
 * The frame that starts at an offset.
 *
 * @throws MeshError what {@link FrameDamage} names, but `underflow`; `trunc-len` also when there are no octets
 */
export function readFrame(octets: Uint8Array, start = 0): Frame {
  const rows = new Uint32Array(FRAME_NUMBERS);
  const found = start < octets.length ? readRow(rows, 0, octets, start, octets.length) : 'trunc-len';
  return typeof found === 'string' ? fail(found, `frame at ${start}`) : frameAt({ rows }, 0);
}

/**
 * The frame that ends at an offset.
 *
 * @throws MeshError what {@link FrameDamage} names; `underflow` when the octets begin behind its start
 */
export function readFrameBackward(octets: Uint8Array, end: number = octets.length): Frame {
  const rows = new Uint32Array(FRAME_NUMBERS);
  const found = readRowBackward(rows, 0, octets, end);
  return typeof found === 'string' ? fail(found, `frame before ${end}`) : frameAt({ rows }, 0);
}

/** The k of the shortest length field: 2^k octets. */
function widthOf(length: number): number {
  return length < 0x100 ? 0 : length < 0x10000 ? 1 : length < 0x100000000 ? 2 : 3;
}

/** Writes a tag with its length; gives the offset behind it. */
function writeField(out: Uint8Array, at: number, tag: number, length: number): number {
  const width = widthOf(length);
  out[at] = tag + width;
  const end = at + fieldSize(tag + width);
  for (let i = end - 1, rest = length; i > at; i--) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return end;
}

const bodyLength = (records: readonly Uint8Array[]): number =>
  records.reduce((sum, { length }) => sum + fieldSize(widthOf(length)) + length, 0);

/**
 * Frames one behind the other, each with the given records, all lengths in their shortest form. Plain copying from many places to one: a
 * backend could only copy once more.
 *
 * @throws MeshError `records` for a frame of more than three
 */
export function buildFrames(frames: readonly (readonly Uint8Array[])[]): Uint8Array {
  const bodies = frames.map(bodyLength);
  const out = new Uint8Array(bodies.reduce((sum, body) => sum + 2 * fieldSize(widthOf(body)) + body, 0));
  let at = 0;
  frames.forEach((records, i) => {
    if (records.length > MOST_RECORDS) fail('records');
    const start = at;
    at = writeField(out, at, 0xf4, bodies[i] as number);
    const size = at - start;
    for (const data of records) {
      at = writeField(out, at, 0xf0, data.length);
      out.set(data, at);
      at += data.length;
    }
    for (let j = size - 1; j >= 0; j--) out[at++] = out[start + j] as number;
  });
  return out;
}

/**
 * Which earlier frames the tree digest of frame n takes in, in this order: n + 1 is x 2^j with an odd x, and they are n - 1, n - 2, n - 4, up to
 * n - 2^j, where -1 stands for 64 zero octets; but when x is 1, the last one comes twice instead of -1 (n > 0).
 */
export function treePath(n: number): number[] {
  const path: number[] = [];
  let x = n + 1;
  let d = 1;
  for (; x % 2 === 0; x /= 2, d *= 2) path.push(n - d);
  path.push(x === 1 && d > 1 ? n - d / 2 : n - d);
  return path;
}

/** The frame whose offset frame n > 0 carries as its TreePosition: the last of its path. -1 for frame 0. */
export function treePrevious(n: number): number {
  return treePath(n).at(-1) as number;
}

/**
 * The frames before frame n that paths of frame n and later ones can name, beginning with n - 1: for each power of two the last frame whose number
 * and one is a multiple of it. One for each bit of n that is set, so none for 0.
 */
export function treeFrontier(n: number): number[] {
  const frames: number[] = [];
  for (let rest = n, d = 1; rest > 0; d *= 2) {
    if (rest % (2 * d) === 0) continue;
    frames.push(rest - 1);
    rest -= d;
  }
  return frames;
}
