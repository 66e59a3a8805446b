/**
 * The header of an envelope from a file or pipe, before it is decided how the envelope is read; and all of the envelope again.
 */
import { type DareHeader, parseHeader } from '../dare/header.ts';
import { type DareLimits, limitsOf } from '../dare/limits.ts';
import { EnvelopeReader } from '../dare/stream/reader.ts';

const limits: Required<DareLimits> = limitsOf(undefined);

/** What was begun. */
export interface Begun {
  header: DareHeader;
  all(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Reads a header and keeps what was read. @throws MeshError of its structure */
export async function begin(pieces: AsyncGenerator<Uint8Array, void, undefined>): Promise<Begun> {
  const kept: Uint8Array[] = [];
  const keeping = {
    async next() {
      const { done, value } = await pieces.next();
      if (done === true) return undefined;
      kept.push(value);
      return value;
    },
  };
  const header = parseHeader(await new EnvelopeReader(keeping, limits).header(), limits);
  return {
    header,
    async *all() {
      for (let piece = kept.shift(); piece !== undefined; piece = kept.shift()) yield piece;
      yield* pieces;
    },
  };
}
