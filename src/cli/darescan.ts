/**
 * An envelope of any size read once, from a file or pipe: its header first, then the digest of what it carries, then its trailer. Not opened.
 */
import { current } from '../backend/select.ts';
import { empty } from '../bytes.ts';
import { type DareHeader, type DareTrailer, parseHeader, parseTrailer } from '../dare/header.ts';
import { type DareLimits, limitsOf } from '../dare/limits.ts';
import type { Parts } from '../dare/parts.ts';
import { streamDigest } from '../dare/stream/digest.ts';
import { EnvelopeReader } from '../dare/stream/reader.ts';

/** What was read of an envelope. */
export interface Scan {
  /** Without the payload. */
  parts: Parts;
  header: DareHeader;
  trailer: DareTrailer | undefined;
  /** Octets of the payload as carried, and their SHA-512. */
  octets: number;
  digest: Uint8Array;
}

const limits: Required<DareLimits> = limitsOf(undefined);

/** What a reader of envelopes takes its octets from. */
function inputOf(pieces: AsyncIterator<Uint8Array>) {
  return {
    async next(): Promise<Uint8Array | undefined> {
      const { done, value } = await pieces.next();
      return done === true ? undefined : value;
    },
  };
}

/** Reads an envelope to its end. @throws MeshError of its structure */
export async function scan(pieces: AsyncGenerator<Uint8Array>): Promise<Scan> {
  const reader = new EnvelopeReader(inputOf(pieces), limits);
  const head = await reader.header();
  const header = parseHeader(head, limits);
  const hash = streamDigest(current);
  let octets = 0;
  for await (const piece of reader.payload()) {
    hash.update(piece);
    octets += piece.length;
  }
  const trailer = await reader.trailer();
  return {
    parts: { header: head, payload: empty, trailer },
    header,
    trailer: trailer === undefined || trailer.length === 0 ? undefined : parseTrailer(trailer, limits),
    octets,
    digest: hash.digest(),
  };
}

/** The header of an envelope, and all of the envelope again. */
export interface Begun {
  header: DareHeader;
  all(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Reads a header and keeps what was read. @throws MeshError of its structure */
export async function begin(pieces: AsyncGenerator<Uint8Array, void, undefined>): Promise<Begun> {
  const kept: Uint8Array[] = [];
  const { next } = inputOf(pieces);
  const keeping = {
    async next() {
      const piece = await next();
      if (piece !== undefined) kept.push(piece);
      return piece;
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
