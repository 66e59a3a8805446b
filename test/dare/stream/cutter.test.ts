import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cutter } from '../../../src/dare/stream/cutter.ts';
import { hex } from '../../support/octets.ts';

test('pieces have one length whatever the chunks have, and the last piece is never empty unless all is', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 8 }), (given, length) => {
      const cutter = new Cutter(length);
      const pieces: string[] = [];
      for (const chunk of given) {
        const own = chunk.slice();
        for (const piece of cutter.push(own)) {
          expect(piece.length).toBe(length);
          pieces.push(hex(piece));
        }
        // The memory of a chunk is the source's again.
        own.fill(0);
      }
      pieces.push(hex(cutter.end()));
      const whole = hex(Buffer.concat(given));
      expect(pieces.join('')).toBe(whole);
      expect(pieces.length).toBe(Math.max(1, Math.ceil(whole.length / 2 / length)));
    }),
  );
});
