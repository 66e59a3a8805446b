/**
 * JSON-B: draft-hallambaker-jsonbcd-16 to -21, with files that the reference implementation wrote. Not the frames of the same drafts.
 */
import type { Checks, Proofs } from '../check.ts';
import type { Inputs } from '../fields.ts';
import type { JsonbReading } from '../implementation.ts';

function readingOf(inputs: Inputs): JsonbReading {
  return {
    ...(inputs.has('level') ? { level: inputs.text<'A' | 'B' | 'C'>('level') } : {}),
    ...(inputs.flag('lenient') ? { lenient: true } : {}),
    ...(inputs.flag('lenientSep') ? { lenientSep: true } : {}),
  };
}

/** Kinds of JSON-B vectors. */
export const jsonbChecks: Checks = {
  'jsonb-value'(api, inputs) {
    const [document, reading] = [inputs.bytes('document'), readingOf(inputs)];
    return { value: api.jsonbDecode(document, reading) };
  },

  'jsonb-encode'(api, inputs) {
    const [value, level] = [inputs.text('value'), inputs.text<'A' | 'B' | 'C' | 'D'>('level')];
    return { document: api.jsonbEncode(value, level) };
  },

  'jsonb-session'(api, inputs) {
    const documents: Uint8Array[] = [];
    for (let i = 1; inputs.has(`document${i}`); i++) documents.push(inputs.bytes(`document${i}`));
    const known = inputs.has('hash')
      ? { hash: inputs.bytes('hash'), code: inputs.number('code'), entry: inputs.text('entry') }
      : undefined;
    const { values, codes } = api.jsonbSession(documents, known);
    return { values: `[${values}]`, codes };
  },
};

/** Errata of the examples. */
export const jsonbProofs: Proofs = {
  /** The comment beside the example has the hexadecimal digits of the octet where it means the decimal ones of the value. */
  'erratum-octet-digits'(api, inputs) {
    const document = inputs.bytes('document');
    const { int } = JSON.parse(api.jsonbDecode(document, {})) as { int: string };
    return { printed: { integer: Number(int).toString(16) }, right: { integer: int } };
  },
};
