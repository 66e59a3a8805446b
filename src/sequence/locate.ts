/**
 * Frames in a storage, which is read piece by piece: where a frame is that begins or ends at an offset. Lengths are compared with what is left
 * before anything is read. Not frames in memory, which the backend reads many at a time.
 */
import type { ErrorCode } from '../errors.ts';
import { fail } from '../errors.ts';
import { type Field, type Frame, fieldAfter, fieldBefore, MOST_RECORDS, recordField, type Span } from '../frame.ts';
import { readFrom, type SequenceStorage } from './storage.ts';

const longestField = 9;

function checked(field: Field | ErrorCode, at: number): Field {
  return typeof field === 'string' ? fail(field, `at ${at}`) : field;
}

/** Reads a storage through one piece that it keeps; nothing beyond `end` is asked for. */
export class Window {
  readonly #storage: SequenceStorage;
  readonly #block: number;
  readonly end: number;
  #start = 0;
  #octets: Uint8Array = new Uint8Array(0);

  /** `block`: how many octets to read at least. */
  constructor(storage: SequenceStorage, end: number, block: number) {
    this.#storage = storage;
    this.#block = block;
    this.end = end;
  }

  /** Octets within the storage, which the caller does not change; fewer at its end. */
  async upTo(offset: number, length: number): Promise<Uint8Array> {
    return this.get(offset, Math.min(length, this.end - offset));
  }

  /** Octets that are known to be there, which the caller does not change. */
  async get(offset: number, length: number): Promise<Uint8Array> {
    if (offset < this.#start || offset + length > this.#start + this.#octets.length) {
      await this.#load(offset, Math.max(length, Math.min(this.#block, this.end - offset)));
    }
    return this.#octets.subarray(offset - this.#start, offset - this.#start + length);
  }

  /** Prepares for reading what lies before an offset. */
  async before(end: number): Promise<void> {
    const start = Math.max(0, end - this.#block);
    const kept = this.#start <= Math.max(0, end - longestField) && end <= this.#start + this.#octets.length;
    if (!kept) await this.#load(start, end - start);
  }

  async #load(offset: number, length: number): Promise<void> {
    this.#octets = await readFrom(this.#storage, offset, length);
    this.#start = offset;
  }
}

async function recordsOf(window: Window, start: number, end: number): Promise<Span[]> {
  const records: Span[] = [];
  for (let at = start; at < end; ) {
    if (records.length === MOST_RECORDS) fail('records', `at ${at}`);
    const octets = await window.get(at, Math.min(longestField, end - at));
    const { size, length } = checked(recordField(octets, 0), at);
    if (length > end - at - size) fail('record-overlong', `at ${at}`);
    records.push({ start: at + size, end: at + size + length });
    at += size + length;
  }
  return records;
}

/** The frame that begins at an offset and ends at or before `limit`. @throws MeshError with the codes of framing */
export async function frameAfter(window: Window, start: number, limit: number): Promise<Frame> {
  const octets = await window.get(start, Math.min(longestField, limit - start));
  const { size, length } = checked(fieldAfter(octets, 0), start);
  const front = octets.slice(0, size);
  if (length > limit - start - size) fail('overlong', `at ${start}`);
  const bodyEnd = start + size + length;
  if (size > limit - bodyEnd) fail('trunc-trailer', `at ${start}`);
  const records = await recordsOf(window, start + size, bodyEnd);
  const back = await window.get(bodyEnd, size);
  if (front.some((octet, i) => octet !== back[size - 1 - i])) fail('reverse-mismatch', `at ${start}`);
  return { start, end: bodyEnd + size, records };
}

/** The frame that ends at an offset above zero. @throws MeshError with the codes of framing */
export async function frameBefore(window: Window, end: number): Promise<Frame> {
  await window.before(end);
  const count = Math.min(longestField, end);
  const { size, length } = checked(fieldBefore(await window.get(end - count, count), count), end);
  if (length > end - 2 * size) fail('underflow', `before ${end}`);
  const frame = await frameAfter(window, end - 2 * size - length, end);
  return frame.end === end ? frame : fail('reverse-mismatch', `before ${end}`);
}
