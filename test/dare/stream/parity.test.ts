/**
 * A stream and an envelope in one piece are one format: whatever is done to the octets, both give the same, or both refuse.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDare } from '../../../src/dare/index.ts';
import { dataChunk, dataEnd } from '../../../src/dare/stream/data.ts';
import { MeshError } from '../../../src/errors.ts';
import { hex, utf8 } from '../../support/octets.ts';
import { collect, streamOf } from './sources.ts';
import { libraries } from './subjects.ts';

const join = (...parts: (string | readonly number[] | Uint8Array)[]) =>
  Uint8Array.from(Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Uint8Array.from(part)))));

/** What is said of header, payload and assurance, or that it is refused. */
async function verdict(read: () => Promise<object>): Promise<string> {
  try {
    return JSON.stringify(await read());
  } catch (error) {
    if (error instanceof MeshError) return 'refused';
    throw error;
  }
}

const chunked = join(dataChunk(Uint8Array.of(1)), dataChunk(Uint8Array.of(2, 3)), dataEnd);

/** Envelopes whose payload is 010203, and which say little of themselves. */
const forms: readonly Uint8Array[] = [
  join('[{"a":"}]"}, "AQ\n ID", {"b":[1]}]'),
  join('{"DareEnvelope" : [{}, "AQID"]}\n'),
  join('[{"a":"\\u0041"},"\\u0041Q\\nID",{}]'),
  join('[{},\n  ', chunked, ',\n  {"b":2}]'),
  join('[{}', [0x88, 0, 0x88, 3, 1, 2, 3], ']'),
  join('[{"a":', [0x88, 1, 0x7d], '},', [0x84, 2], 'AQ', [0x80, 2], 'ID', '{"b":', [0xb2], '}]'),
  join('[{},null,null]'),
];

/** What is put in: what is punctuation somewhere, escapes, tags, a byte order mark. */
const morsels: readonly (string | readonly number[])[] = [
  ...['"', '\\', ',', '{', '}', '[', ']', ':', ' ', '\n', '\t', '\u0001', '\u00e9', '\ufeff', '=', '/'],
  ...['\\u0041', '\\u002', '\\/', '\\n', '\\"', '\\u0022', '\\ud800', '\\x', 'null', 'true', '7', '{}', '""', '[]'],
  ...[
    [0x80, 1, 0x41],
    [0x84, 1, 0x41],
    [0x88, 0],
    [0x88, 1, 7],
    [0x8c, 1, 7],
    [0x8b],
    [0xb0],
    [0xb2],
    [0xc0, 1],
    [0xff],
  ],
];

describe.each(libraries)('on $name', ({ p, streams: { openStream } }) => {
  const dare = makeDare(p);
  const whole = (octets: Uint8Array) =>
    verdict(async () => {
      const { payload, header, assurance } = dare.open(octets);
      return { payload: hex(payload), header, assurance };
    });
  const streamed = (octets: Uint8Array, length: number) =>
    verdict(async () => {
      const { payload, header, assurance } = await openStream(() => streamOf(octets, length));
      return { payload: hex(await collect(payload)), header, assurance: await assurance };
    });

  test.each(forms.map((octets) => [octets]))('an envelope is read by both (%#)', async (octets) => {
    expect(await whole(octets)).toContain(octets === forms.at(-1) ? '"payload":""' : '"payload":"010203"');
    for (const length of [1, 5, 1000]) expect(await streamed(octets, length)).toBe(await whole(octets));
  });

  test.each([
    ['a byte order mark', join('\ufeff', forms[0] as Uint8Array)],
    ['a byte order mark within', join('[\ufeff{},""]')],
    ['an escape of what is no base64url', join('[{},"AQ\\/D"]')],
    ['an envelope of four items in July 2018', join('[{}', [0x88, 0, 0x88, 1, 7], '{}]')],
    ['a second data item', join('[{}', [0x88, 1, 7, 0x88, 1, 7], ']')],
  ])('%s is refused by both', async (_, octets) => {
    expect([await whole(octets), await streamed(octets, 3)]).toEqual(['refused', 'refused']);
  });

  test.each(forms.map((octets) => [octets]))(
    'anything put in anywhere, over something or not, has one verdict (%#)',
    async (octets) => {
      for (const morsel of morsels) {
        for (let at = 0; at <= octets.length; at++) {
          for (const over of [0, 1]) {
            const changed = join(
              octets.subarray(0, at),
              typeof morsel === 'string' ? utf8(morsel) : morsel,
              octets.subarray(at + over),
            );
            const [a, b] = [await whole(changed), await streamed(changed, 1 + ((at * 7) % 16))];
            if (a !== b)
              expect({ text: Buffer.from(changed).toString('latin1'), verdict: b }).toEqual({ text: '', verdict: a });
          }
        }
      }
    },
  );

  test('any few changes have one verdict', async () => {
    const change = fc.record({
      at: fc.nat(80),
      over: fc.nat(4),
      put: fc.oneof(fc.constantFrom(...morsels), fc.uint8Array({ maxLength: 2 })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.array(change, { maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        async (octets, changes, length) => {
          let changed = octets;
          for (const { at, over, put } of changes) {
            changed = join(changed.subarray(0, at), put, changed.subarray(at + over));
          }
          expect(await streamed(changed, length)).toBe(await whole(changed));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
