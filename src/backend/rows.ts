/**
 * Tables of frames while they are made, and making them in JavaScript, which both backends do. Their memory follows what has been read, never what a
 * length claims.
 */
import { FRAME_NUMBERS, type FrameDamage, type FrameTable, readRow, readRowBackward } from '../frame.ts';

/** Rows at the beginning. */
const FEWEST = 32;
/** Most that memory grows at once. */
const GROWTH = 32;
/** A little more than expected, so that the last rows need no growing. */
const RESERVE = 1.05;

/** A table of frames under construction. */
export class Rows {
  rows: Uint32Array = new Uint32Array(FEWEST * FRAME_NUMBERS);
  count = 0;
  /** How far has been read. */
  at = 0;
  damage: FrameDamage | undefined;

  /**
   * Makes room for `more` rows beyond the first `count`. If those came from the share `read` of the octets, the rest will give as many again:
   * room is made for all of them at once, but for no more than {@link GROWTH} times what there is.
   */
  grow(count: number, more: number, read: number): Uint32Array {
    const needed = count + more;
    const room = this.rows.length / FRAME_NUMBERS;
    if (needed > room) {
      const expected = Math.min(Math.ceil((count / read) * RESERVE), GROWTH * room);
      const grown = new Uint32Array(Math.max(needed, 2 * room, expected || 0) * FRAME_NUMBERS);
      grown.set(this.rows);
      this.rows = grown;
    }
    return this.rows;
  }

  /** Reads on until nothing is left, a frame is damaged, or one of at most `small` octets has been read. */
  read(octets: Uint8Array, small = 0): void {
    let { rows, count, at } = this;
    while (at < octets.length) {
      const row = FRAME_NUMBERS * count;
      if (row === rows.length) rows = this.grow(count, 1, at / octets.length);
      const next = readRow(rows, row, octets, at, octets.length);
      if (typeof next === 'string') {
        this.damage = next;
        break;
      }
      const size = next - at;
      at = next;
      count++;
      if (size <= small) break;
    }
    this.count = count;
    this.at = at;
  }

  /** The table. Room that is left over is kept with it unless it is more than what is used. */
  finish(): FrameTable {
    const { rows, count, at, damage } = this;
    const used = rows.subarray(0, count * FRAME_NUMBERS);
    return { count, rows: 2 * used.length < rows.length ? used.slice() : used, stop: at, damage };
  }
}

function scanBackward(octets: Uint8Array): FrameTable {
  const table = new Rows();
  table.at = octets.length;
  while (table.at > 0) {
    const { count, at } = table;
    const rows = table.grow(count, 1, 1 - at / octets.length);
    const next = readRowBackward(rows, FRAME_NUMBERS * count, octets, at);
    if (typeof next === 'string') {
      table.damage = next;
      break;
    }
    table.at = next;
    table.count++;
  }
  return table.finish();
}

/** The frames of octets, read where they are. */
export function scanHere(octets: Uint8Array, backward = false): FrameTable {
  if (backward) return scanBackward(octets);
  const table = new Rows();
  table.read(octets);
  return table.finish();
}
