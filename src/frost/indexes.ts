/**
 * Lists of members with an index, as signers and coordinators exchange them: each member read once, indexes distinct and ascending.
 * Not for the octets beside an index.
 */
import { fail } from '../errors.ts';
import { options } from '../options.ts';

/** Most indexes, and the greatest one. */
export const INDEX_LIMIT = 65535;

/** Something that belongs to the share of this index. */
export interface Indexed {
  /** 1 to 65,535. */
  readonly index: number;
}

/** An index given by the caller. @throws MeshError `share_index_zero`, `share_out_of_range` */
export function checkedIndex(value: unknown): number {
  if (value === 0) fail('share_index_zero');
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > INDEX_LIMIT) {
    fail('share_out_of_range', `an index is an integer from 1 to ${INDEX_LIMIT}`);
  }
  return value;
}

/**
 * Copies of the members of a list. The caller's code can run in here and not later: octets are checked after it.
 *
 * @throws MeshError `bad_option` when it is no array of plain objects, `share_out_of_range` when it is too long
 */
export function readList<T extends object>(value: unknown, name: string): Partial<T>[] {
  if (!Array.isArray(value)) fail('bad_option', `${name} must be an array`);
  if (value.length > INDEX_LIMIT) fail('share_out_of_range', `${name} has ${value.length} members`);
  return Array.from(value, (member: unknown) =>
    member === undefined ? fail('bad_option', `a member of ${name} is missing`) : options(member as T),
  );
}

/** The indexes of a list, in its order. @throws MeshError `share_index_zero`, `share_out_of_range`, `duplicate_index`, `unsorted_indexes` */
export function ascending(list: readonly { index?: unknown }[], name: string): number[] {
  const indexes = list.map(({ index }) => checkedIndex(index));
  if (new Set(indexes).size !== indexes.length) fail('duplicate_index', name);
  if (indexes.some((index, i) => i > 0 && index < (indexes[i - 1] as number))) fail('unsorted_indexes', name);
  return indexes;
}
