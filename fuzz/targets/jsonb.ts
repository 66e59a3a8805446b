/**
 * JSON-B documents: one shot and pull reader give the same, however the octets come, and what was read can be written and read again.
 */

import { concat } from '../../src/bytes.ts';
import {
  jsonb as codec,
  type DecodeOptions,
  type JsonbValue,
  RawFloat,
  type ReaderOptions,
} from '../../src/jsonb/index.ts';
import { fromHex, pieces, utf8, withChoices } from '../input.ts';
import { agree, expect, type Outcome, outcome } from '../oracle.ts';
import type { Target } from '../target.ts';
import { inputsOf } from '../vectors.ts';

/** The value that a reader's tokens make, fed piece by piece. */
function pulled(document: Uint8Array, options: ReaderOptions, by: number): JsonbValue {
  const reader = codec.reader(options);
  const open: { value: JsonbValue[] | Record<string, JsonbValue>; name: string }[] = [];
  const textParts: string[] = [];
  const dataParts: Uint8Array[] = [];
  let result: JsonbValue | undefined;
  let end = 0;
  const take = (value: JsonbValue) => {
    const inner = open.at(-1);
    if (inner === undefined) result = value;
    else if (Array.isArray(inner.value)) inner.value.push(value);
    else inner.value[inner.name] = value;
  };
  const drain = () => {
    for (let token = reader.next(); token !== undefined; token = reader.next()) {
      expect('tokens lie one behind the other', token.start >= end && token.end >= token.start);
      end = token.end;
      if (token.type === 'begin-array') open.push({ value: [], name: '' });
      else if (token.type === 'begin-object') open.push({ value: Object.create(null), name: '' });
      else if (token.type === 'end-array' || token.type === 'end-object') take(open.pop()?.value as JsonbValue);
      else if (token.type === 'name') (open.at(-1) as { name: string }).name = token.value;
      else if (token.type === 'string-part') {
        textParts.push(token.value);
        if (token.last) take(textParts.splice(0).join(''));
      } else if (token.type === 'data-part') {
        dataParts.push(token.value);
        if (token.last) take(concat(...dataParts.splice(0)));
      } else take('value' in token ? token.value : token.type === 'null' ? null : token.type === 'true');
    }
  };
  for (const piece of pieces(document, by)) {
    reader.feed(piece);
    drain();
  }
  reader.end();
  drain();
  expect('a sound document is done', reader.done);
  return result as JsonbValue;
}

/** Codes that depend on how much has been seen: of several faults of a document, who reads it in pieces may meet another one first. */
const early: ReadonlySet<string | undefined> = new Set(['limit', 'depth', 'truncated']);

/** The same value, or both refuse: for the same reason, but for those that depend on how much has been seen, and for texts that are given out in parts. */
function agreeOn(parts: boolean, whole: Outcome<JsonbValue>, pulled: Outcome<JsonbValue>): void {
  const isEarly = parts || early.has(whole.code) || early.has(pulled.code);
  if (whole.code !== undefined && pulled.code !== undefined && isEarly) return;
  agree('the reader', pulled, whole);
}

/** Choices of an octet: level, leniences, parts, tight limits. */
function optionsOf(choices: number): DecodeOptions & { parts: boolean } {
  const parts = (choices & 16) !== 0;
  // What comes in parts has no bound of its own: the caller need not keep it.
  const tight = parts ? { depth: 3, members: 6 } : { depth: 3, length: 24, members: 6, total: 1024, integer: 9 };
  return {
    level: (['D', 'C', 'B', 'A'] as const)[choices & 3] as 'A',
    lenient: (choices & 4) !== 0,
    lenientSep: (choices & 8) !== 0,
    parts,
    ...((choices & 32) !== 0 ? tight : {}),
  };
}

function hasRaw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return value instanceof RawFloat || Object.values(value).some(hasRaw);
}

export const jsonb: Target = {
  name: 'jsonb',
  about: 'JSON-B, -C and -D: one shot, pull reader, session',
  maxLength: 4096,
  seeds: (vectors) => [
    ...inputsOf(vectors, 'jsonb-value').flatMap(({ document = '', lenientSep }) => [
      withChoices([lenientSep === undefined ? 16 : 24, 3], fromHex(document)),
    ]),
    ...inputsOf(vectors, 'jsonb-session').flatMap(({ document1 = '', document2 = '' }) => [
      withChoices([0, 1], fromHex(document1)),
      withChoices([0, 1], fromHex(document2)),
    ]),
    withChoices([48, 5], utf8('{"a":["bcdefghijklmnopqrstuvwxyz",1,2,3,4,5,6,7]}')),
  ],
  run(input) {
    const [choices = 0, by = 0] = input;
    const document = input.subarray(2);
    const { parts, ...options } = optionsOf(choices);
    const whole = outcome(() => codec.decode(document, options));
    agree(
      'views',
      outcome(() => codec.decode(document, { ...options, views: true })),
      whole,
    );
    for (const size of [by, 1]) {
      agreeOn(
        parts,
        whole,
        outcome(() => pulled(document, { ...options, parts }, size)),
      );
    }

    const session = codec.session();
    const first = outcome(() => session.decode(document));
    agree(
      'a fresh session',
      first,
      outcome(() => codec.decode(document)),
    );
    outcome(() => session.decode(document));

    if (whole.code !== undefined) return;
    const { value } = whole;
    const depth = 65536;
    for (const level of ['B', 'C', 'D'] as const) {
      const written = outcome(() => codec.encode(value, { level, depth }));
      if (level !== 'D' && hasRaw(value))
        agree('writing what a level has no form for', written.code, 'unsupported-value');
      else if (written.code !== undefined) agree('writing what was read', written.code, undefined);
      else agree('reading what was written', codec.decode(written.value, { depth, integer: 65535 }), value);
    }
  },
};
