/**
 * Long envelopes in JSON, whose payload is read apart from the rest: what comes out, and what is refused, is the same as of short ones.
 */
import { describe, expect, it } from 'vitest';
import { subjects } from '../support/dare.ts';
import { codeOf } from '../support/errors.ts';
import { pattern } from '../support/octets.ts';

/** Enough to be read apart, and too little for it. */
const lengths = [100_000, 30];

describe.each(subjects)('on $name', ({ dare }) => {
  it.each(lengths)('a payload of %i octets is read with folds, escapes, spaces and all around it', (length) => {
    for (const extra of [0, 1, 2]) {
      const payload = pattern(length + extra);
      const text = Buffer.from(payload).toString('base64url');
      const folded = text.replace(/.{63}/g, '$&\n    ');
      const escaped = `${text.slice(0, 5)}\\u00${text.charCodeAt(5).toString(16)}${text.slice(6)}`;
      for (const envelope of [
        `[{},"${text}"]`,
        `[{},"${text}",{"a":1}]`,
        `[{},"${text}",null]`,
        ` {"DareEnvelope" : [ { "x" : "]\\"," } ,\n "${text}" , { } ] } `,
        `[{},"${folded}"]`,
        `[{},"\n ${folded}\r\n"]`,
        `[{},"${escaped}"]`,
      ]) {
        expect(Buffer.compare(dare.open(envelope).payload, payload)).toBe(0);
      }
    }
  });

  it.each(lengths)('what is wrong about a payload of %i octets, or behind it, has its code', (length) => {
    const text = Buffer.from(pattern(length)).toString('base64url');
    const cases: [string, string][] = [
      ['base64', `[{},"${text}="]`],
      ['base64', `[{},"${text}é"]`],
      ['base64', `[{},"+${text}"]`],
      ['base64', `[{},"A${text.slice(0, Math.floor(text.length / 4) * 4)}"]`],
      ['base64', `[{},"${text.slice(0, Math.floor(text.length / 4) * 4)}AB"]`],
      ['truncated', `[{},"${text}`],
      ['truncated', `[{},"${text}"`],
      ['truncated', `[{},"${text}",{`],
      ['trailing', `[{},"${text}"]]`],
      ['syntax', `[{},"${text}",]`],
      ['separator', `[{},"${text}"{}]`],
      ['separator', `[{} "${text}"]`],
      ['structure', `[{},"${text}",{},{}]`],
      ['structure', `[[],"${text}"]`],
      ['structure', `["${text}",{}]`],
      ['structure', `"${text}"`],
      ['structure', `{"Other":[{},"${text}"]}`],
      ['duplicate', `[{},"${text}",{"a":1,"a":2}]`],
      ['limit', `[{"x":"${'y'.repeat(2 << 20)}"},"${text}"]`],
      ['limit', `[{},"${text}",{"x":"${'y'.repeat(2 << 20)}"}]`],
    ];
    for (const [code, envelope] of cases) expect([code, codeOf(() => dare.open(envelope))]).toEqual([code, code]);
  });

  it('a long payload is read in a time that is proportional to it', () => {
    const text = `[{},"${'A'.repeat(20_000_000)}"]`;
    const start = performance.now();
    expect(dare.parse(text).payload).toHaveLength(15_000_000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
