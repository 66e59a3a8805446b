/**
 * A chunk: some signatures of a list, copied into two arrays that cross to a worker at once. Both sides of the pool know this form.
 * Not checked here: the items were, before they were packed.
 */
import type { Provider, SignedItem } from '../backend/types.ts';
import { makeEd448, makeEd448ph } from '../ed448/index.ts';

/** One unit of work. */
export interface Chunk {
  /** Ed448ph instead of Ed448. */
  readonly prehash: boolean;
  /** Two numbers an item: octets of its context and of its message. */
  readonly lengths: Float64Array;
  /** Signature, public key, context, message of each item. */
  readonly octets: Uint8Array;
}

/** A chunk on its way to a worker. */
export interface Work extends Chunk {
  /** Comes back with the answer: no two chunks of a pool have the same. */
  readonly number: number;
}

/** What a worker says to a chunk. */
export interface Answer {
  readonly number: number;
  /** One for each item. */
  readonly verdicts: boolean[];
}

const SIGNATURE_LENGTH = 114;
const KEY_LENGTH = 57;

/** A message of this many octets takes about as long to hash as one signature to verify. */
const OCTETS_PER_SIGNATURE = 1 << 15;

/** The work of an item, in signatures. */
function weightOf({ message }: SignedItem): number {
  return 1 + message.length / OCTETS_PER_SIGNATURE;
}

/** The work of some items, in signatures. */
export function weigh(items: readonly SignedItem[]): number {
  return items.reduce((sum, item) => sum + weightOf(item), 0);
}

/** The items in chunks of at most this weight, or of one item; the octets are copied. */
export function pack(items: readonly SignedItem[], prehash: boolean, most: number): Chunk[] {
  const chunks: Chunk[] = [];
  let part: SignedItem[] = [];
  let weight = 0;
  for (const item of items) {
    weight += weightOf(item);
    if (part.length > 0 && weight > most) {
      chunks.push(packOne(part, prehash));
      part = [];
      weight = weightOf(item);
    }
    part.push(item);
  }
  if (part.length > 0) chunks.push(packOne(part, prehash));
  return chunks;
}

function packOne(items: readonly SignedItem[], prehash: boolean): Chunk {
  const lengths = new Float64Array(2 * items.length);
  let total = 0;
  items.forEach(({ context, message }, i) => {
    lengths.set([context.length, message.length], 2 * i);
    total += SIGNATURE_LENGTH + KEY_LENGTH + context.length + message.length;
  });
  const octets = new Uint8Array(total);
  let at = 0;
  for (const { signature, publicKey, context, message } of items) {
    for (const part of [signature, publicKey, context, message]) {
      octets.set(part, at);
      at += part.length;
    }
  }
  return { prehash, lengths, octets };
}

function unpack({ lengths, octets }: Chunk): SignedItem[] {
  let at = 0;
  const next = (length: number) => octets.subarray(at, (at += length));
  return Array.from({ length: lengths.length / 2 }, (_, i) => ({
    signature: next(SIGNATURE_LENGTH),
    publicKey: next(KEY_LENGTH),
    context: next(lengths[2 * i] as number),
    message: next(lengths[2 * i + 1] as number),
  }));
}

/** One verdict for each item. */
export function verifyItems(p: Provider, items: readonly SignedItem[], prehash: boolean): boolean[] {
  return (prehash ? makeEd448ph(p) : makeEd448(p)).verifyBatch(items);
}

/** {@link verifyItems} of a chunk. */
export function verifyChunk(p: Provider, chunk: Chunk): boolean[] {
  return verifyItems(p, unpack(chunk), chunk.prehash);
}

/** The answer to a chunk. */
export function answerTo(p: Provider, work: Work): Answer {
  return { number: work.number, verdicts: verifyChunk(p, work) };
}
