import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { hex } from './support/octets.ts';

/** The module on a platform with a TextEncoder or without. */
async function loaded(encoder: unknown) {
  vi.resetModules();
  vi.stubGlobal('TextEncoder', encoder);
  try {
    return await import('../src/utf8.ts');
  } finally {
    vi.unstubAllGlobals();
  }
}

describe('UTF-8 of strings', () => {
  const platform = new TextEncoder();
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), units());

  /** Any code units: pairs, and surrogates that stand alone. */
  function units() {
    const unit = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 }), fc.nat(0x900));
    return fc.array(unit).map((list) => String.fromCharCode(...list));
  }

  it.each([
    ['with a TextEncoder', TextEncoder],
    ['without one', undefined],
  ])('%s is that of the Encoding standard, lone surrogates included', async (_platform, encoder) => {
    const { fromUtf8, utf8Into } = await loaded(encoder);
    fc.assert(
      fc.property(texts, (text) => {
        const expected = platform.encode(text);
        expect(hex(fromUtf8(text))).toBe(hex(expected));
        const room = new Uint8Array(3 * text.length + 1).fill(0xa5);
        expect(utf8Into(text, room)).toBe(expected.length);
        expect(hex(room.subarray(0, expected.length))).toBe(hex(expected));
        expect(room[3 * text.length]).toBe(0xa5);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '\x7f', '\x80', '\u07ff', '\u0800', '\uffff', '\u{10000}', '\u{10ffff}', '\ud800', '\udfffx'])(
    'is right at the edges without the platform: %j',
    async (text) => {
      const { fromUtf8 } = await loaded(undefined);
      expect(hex(fromUtf8(text))).toBe(Buffer.from(text, 'utf8').toString('hex'));
    },
  );
});
