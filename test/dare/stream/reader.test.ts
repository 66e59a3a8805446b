import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsOf } from '../../../src/dare/limits.ts';
import { dataChunk, dataEnd } from '../../../src/dare/stream/data.ts';
import { EnvelopeReader } from '../../../src/dare/stream/reader.ts';
import { Input } from '../../../src/dare/stream/source.ts';
import { MeshError } from '../../../src/errors.ts';
import { hex, pattern, utf8 } from '../../support/octets.ts';
import { collect, streamOf } from './sources.ts';

const header = '{ "a": "}]\\"{", "b": [1, {"c": "é"}] }';
const trailer = '{"PayloadDigest":"x"}';

/** Text and octets, joined. */
const join = (...parts: (string | Uint8Array | readonly number[])[]) =>
  Uint8Array.from(Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Uint8Array.from(part)))));

async function read(octets: Uint8Array, { lengths = [octets.length], limit = 1000 } = {}) {
  const reader = new EnvelopeReader(await Input.open(streamOf(octets, ...lengths)), limitsOf({ header: limit }));
  const decoder = new TextDecoder();
  const first = decoder.decode(await reader.header());
  const payload = hex(await collect(reader.payload()));
  const last = await reader.trailer();
  return { header: first, payload, trailer: last && decoder.decode(last) };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
  return 'read';
}

const payload = pattern(300);
const base64url = Buffer.from(payload).toString('base64url');
const folded = base64url.replace(/.{60}/g, '$&\n    ');
const chunks = join(dataChunk(payload.subarray(0, 10)), dataChunk(payload.subarray(10)), dataEnd);

/** The same envelope in every form. */
const forms: [string, Uint8Array][] = [
  ['JSON', join(`[${header},"${base64url}",${trailer}]`)],
  ['JSON with folded text', join(` [ ${header} , "\n  ${folded}\n" , ${trailer} ]\n`)],
  ['JSON, wrapped', join(`{ "DareEnvelope" : [${header},"${base64url}",${trailer}] }`)],
  ['the file form', join(`[${header},\n  `, chunks, `,\n  ${trailer}]`)],
  ['the file form without commas', join(`[${header}`, chunks, `${trailer}]`)],
  ['the file form in one piece', join(`[${header},\n  `, [0x89, 0x01, 0x2c], payload, `,\n  ${trailer}]`)],
  ['a length field wider than needed', join(`[${header},`, [0x8b, 0, 0, 0, 0, 0, 0, 1, 0x2c], payload, `,${trailer}]`)],
];

describe.each(forms)('an envelope as %s', (_, octets) => {
  test('gives the same parts in any chunks', async () => {
    const expected = { header, payload: hex(payload), trailer };
    expect(await read(octets)).toEqual(expected);
    expect(await read(octets, { lengths: [1] })).toEqual(expected);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), async (lengths) => {
        expect(await read(octets, { lengths })).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('is refused when it ends early, wherever', async () => {
    const end = octets.length - (octets.at(-1) === 0x0a ? 1 : 0);
    for (let length = 0; length < end; length++) {
      expect(await codeOf(read(octets.subarray(0, length)))).toBe('truncated');
    }
  });

  test('is refused with anything behind it', async () => {
    expect(await codeOf(read(join(octets, '{')))).toBe('trailing');
    expect(await codeOf(read(join(octets, ' \n x')))).toBe('trailing');
  });
});

describe('what is no envelope', () => {
  test.each([
    ['structure', '{"Other":[{},""]}'],
    ['structure', '[[],""]'],
    ['structure', '["",{}]'],
    ['structure', '[{},{}]'],
    ['structure', '[{},7]'],
    ['syntax', '[{}, nul]'],
    ['structure', '[{},"",[]]'],
    ['structure', '[{},"",{},{}]'],
    ['syntax', '[{},"",]'],
    ['separator', '[{}"AA"]'],
    ['separator', '[{},"AA"{}]'],
    ['base64', '[{},"A"]'],
    ['base64', '[{},"AB"]'],
    ['base64', '[{},"AA=="]'],
    ['base64', '[{},"A\u00e9A"]'],
    ['base64', '[{},"\\/A"]'],
    ['base64', '[{},"\\u0022A"]'],
    ['base64', '[{},"\\u00xx"]'],
    ['unknown-tag', '\ufeff[{},""]'],
    ['limit', `[{"a":"${'x'.repeat(1000)}"},""]`],
    ['limit', `[{},"",{"a":"${'x'.repeat(1000)}"}]`],
    ['limit', `[{"${'x'.repeat(2000)}`],
    ['limit', `{"${'x'.repeat(2000)}`],
    ['limit', `[{},""${' '.repeat(1000 + 65536)}]`],
  ])('%s (%#)', async (code, text) => {
    expect(await codeOf(read(utf8(text)))).toBe(code);
  });

  test('a chunk of text within data and a length beyond everything are refused; a header in tags is read', async () => {
    expect(await codeOf(read(join('[{},', [0x8c, 1, 7, 0x80, 0], ']')))).toBe('chunk-type');
    expect(await codeOf(read(join('[{},', [0x8b, 255, 255, 255, 255, 255, 255, 255, 255, 1])))).toBe('truncated');
    const { header: tagged } = await read(join('[{', [0x80, 1, 0x61], '"b"},""]'));
    expect(tagged).toBe(new TextDecoder().decode(join('{', [0x80, 1, 0x61], '"b"}')));
  });

  test('no payload and an empty one are both read', async () => {
    expect(await read(utf8('[{},null]'))).toEqual({ header: '{}', payload: '', trailer: undefined });
    expect(await read(utf8('[{},""]'))).toEqual({ header: '{}', payload: '', trailer: undefined });
    expect(await read(join('[{},', dataEnd, ']'))).toEqual({ header: '{}', payload: '', trailer: undefined });
    expect(await read(utf8('[{},"",null]'))).toEqual({ header: '{}', payload: '', trailer: undefined });
    // As in files of July 2018.
    expect(await read(join('[{}', dataEnd, [0x88, 1, 7], ']'))).toEqual({
      header: '{}',
      payload: '07',
      trailer: undefined,
    });
    expect(await read(utf8('[{},"",{}]'))).toEqual({ header: '{}', payload: '', trailer: '{}' });
  });
});

test('chunks carry their length in the shortest field', () => {
  const sizes = [0, 255, 256, 65535, 65536].map((length) => hex(dataChunk(new Uint8Array(length)).subarray(0, 6)));
  expect(sizes).toEqual(['8c00', '8cff00000000', '8d0100000000', '8dffff000000', '8e0001000000']);
});
