/**
 * The headers and trailers of frames, read as JSON text, lenient about folded strings. Not what they say.
 */
import { type Members, objectOf } from '../dare/members.ts';
import { type ErrorCode, fail, MeshError } from '../errors.ts';
import { jsonb } from '../jsonb/index.ts';
import type { Limits } from './limit.ts';

/** Codes that say more than that it is not JSON. */
const kept: readonly ErrorCode[] = ['limit', 'depth', 'structure'];

/** The object that a header or trailer record holds; no prototype. @throws MeshError `json`, `structure`, `limit`, `depth` */
export function readMembers(octets: Uint8Array, name: string, { header, depth }: Limits): Members {
  if (octets.length > header) fail('limit', `${name} of ${octets.length} octets`);
  try {
    return objectOf(jsonb.decode(octets, { lenient: true, level: 'A', depth }), name);
  } catch (error) {
    if (error instanceof MeshError && !kept.includes(error.code)) fail('json', `${name}: ${error.code}`);
    throw error;
  }
}
