/**
 * The octets of the grammar and the table of tags: which level a tag needs.
 */
import type { Level } from './value.ts';

/** Octets of JSON text. */
export const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20] as const;
export const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c] as const;
export const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/** Levels as numbers that can be compared. */
export const levels: Readonly<Record<Level, number>> = { A: 0, B: 1, C: 2, D: 3 };

/** Tags from the first to the last of each level; every other octet from 80 on is unassigned, a frame, or CC to CE, whose layout nobody knows. */
const assigned: readonly (readonly [level: number, first: number, last: number])[] = [
  [1, 0x80, 0x8f], // strings and data
  [3, 0x90, 0x91],
  [1, 0x92, 0x92],
  [3, 0x94, 0x98],
  [1, 0xa0, 0xa3],
  [3, 0xa4, 0xa4],
  [1, 0xa5, 0xa5], // big integers of the old code point
  [1, 0xa7, 0xab],
  [3, 0xac, 0xac],
  [1, 0xad, 0xad],
  [1, 0xaf, 0xb2],
  [1, 0xb4, 0xb7], // names
  [2, 0xc0, 0xc2],
  [2, 0xc4, 0xc6],
  [2, 0xc8, 0xca],
  [2, 0xd0, 0xd0],
];

/** The level that each octet needs; 4 for what no level has. */
export const levelOf: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(4, 0x80);
  for (const [level, first, last] of assigned) table.fill(level, first, last + 1);
  return table;
})();
