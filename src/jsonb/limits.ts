/**
 * The bounds of a document. Each has a default that ordinary documents do not meet and hostile ones do; all can be set.
 */
import { octetCount } from '../options.ts';

/** Bounds of a document that is read. */
export interface Limits {
  /** Levels of nesting below the outermost value; 64 by default, at most 65,536. */
  depth?: number;
  /** Octets of one string, name or item of data, before escapes are resolved; 2^28 by default. */
  length?: number;
  /** Members of one object, or elements of one array; 2^20 by default. */
  members?: number;
  /** Memory: the octets of all names, strings and data, counted each time a dictionary code stands for them, and 64 for every value; 2^29 by default. */
  total?: number;
  /** Octets of the magnitude of one integer; 4096 by default, at most 65,535. */
  integer?: number;
}

/** What each value counts towards `total`: about what an engine keeps for it. */
export const valueCost = 64;

/** Those of a document about which nothing is said. */
export const defaults: Required<Limits> = {
  depth: 64,
  length: 2 ** 28,
  members: 2 ** 20,
  total: 2 ** 29,
  integer: 4096,
};

/** The limits given, each checked, and the defaults of the others. @throws MeshError `bad_length` */
export function readLimits(given: Limits): Required<Limits> {
  const {
    depth = defaults.depth,
    length = defaults.length,
    members = defaults.members,
    total = defaults.total,
    integer = defaults.integer,
  } = given;
  return {
    depth: octetCount(depth, 'depth', 0, 65536),
    length: octetCount(length, 'length', 0, Number.MAX_SAFE_INTEGER),
    members: octetCount(members, 'members', 0, 2 ** 32 - 2),
    total: octetCount(total, 'total', 0, Number.MAX_SAFE_INTEGER),
    integer: octetCount(integer, 'integer', 0, 65535),
  };
}
