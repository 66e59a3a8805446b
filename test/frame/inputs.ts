/**
 * Frames to read: published ones, real ones, and arbitrary ones with lengths of any form.
 */
import fc from 'fast-check';
import { unhex } from '../support/octets.ts';

/** Tag and length in 1, 2, 4 or 8 octets. */
function field(base: number, k: number, length: number): number[] {
  const size = 2 ** k;
  return [
    base + k,
    ...Array.from({ length: size }, (_, i) => Number((BigInt(length) >> BigInt(8 * (size - 1 - i))) & 255n)),
  ];
}

/** The smallest k for a length, or one above it. */
const wide = (k: number, length: number): number => Math.max(k, length < 256 ? 0 : 1);

/** A frame with records, each with the k of its length, or a larger one where it does not fit. */
export function frame(k: number, records: readonly (readonly [k: number, data: Uint8Array])[]): Uint8Array {
  const body = records.flatMap(([recordK, data]) => [...field(0xf0, wide(recordK, data.length), data.length), ...data]);
  const head = field(0xf4, wide(k, body.length), body.length);
  return Uint8Array.from([...head, ...body, ...[...head].reverse()]);
}

const k = fc.integer({ min: 0, max: 3 });

/** A frame of up to three records. */
export const arbitraryFrame = (maxLength = 300): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(k, fc.array(fc.tuple(k, fc.uint8Array({ maxLength })), { maxLength: 3 }))
    .map(([frameK, records]) => frame(frameK, records));

/** Octets that look like the beginning of frames more often than not. */
export const nearlyFrames: fc.Arbitrary<Uint8Array> = fc
  .array(fc.oneof(fc.constantFrom(0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xf6, 0xf7, 0, 1, 2, 3, 4), fc.nat(255)), {
    maxLength: 60,
  })
  .map((octets) => Uint8Array.from(octets));

/** The smallest real file (JBCD1 of 2018), then a frame of each length form, and one of nothing: 56 octets, valid. */
export const sample: Uint8Array = Uint8Array.from([
  ...unhex('f410f00748656164657220f005446174612010f4'),
  ...frame(1, [
    [0, Uint8Array.of(1)],
    [1, Uint8Array.of(2)],
    [0, Uint8Array.of()],
  ]),
  ...frame(2, [[2, Uint8Array.of(3)]]),
  ...frame(0, []),
]);
