import { describe, expect, it } from 'vitest';
import { checks, proofs } from '../../src/conformance/checks/index.ts';
import type { Field, Fields } from '../../src/conformance/fields.ts';
import { loadVectors } from '../../src/conformance/files.ts';
import { fromMesh } from '../../src/conformance/mesh.ts';
import type { Vector } from '../../src/conformance/vectors.ts';
import { judge } from '../../src/conformance/verdict.ts';
import { backends } from '../support/backends.ts';

const { mesh, backend } = backends.find(({ name }) => name === 'wasm')!;
const implementation = fromMesh(mesh, backend);
const groups = loadVectors().files.flatMap(({ content }) => content.groups);

/** Quick vectors of a kind that between them have every field of it. */
function examples(kind: string): Vector[] {
  const seen = new Set<string>();
  const tests = groups.filter((group) => group.kind === kind).flatMap((group) => group.tests);
  return tests.filter(({ result, flags, inputs = {}, expected = {}, printed = {}, right = {} }) => {
    const { iterations = 0 } = inputs;
    if (flags.includes('slow') || Number(iterations) > 1) return false;
    const names = [result, ...Object.keys({ ...inputs, ...expected, ...printed, ...right })];
    const fresh = names.some((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return fresh;
  });
}

function other(value: Field): Field {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const last = value.at(-1) ?? '';
  return last === '0' ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`;
}

/** The vector once for each field of one part, with that field changed. */
function mutants(vector: Vector, part: 'expected' | 'printed' | 'right'): [string, Vector][] {
  const fields: Fields = vector[part] ?? {};
  return Object.entries(fields).map(([name, value]) => [
    `${part}.${name}`,
    { ...vector, [part]: { ...fields, [name]: other(value) } },
  ]);
}

const kinds = [...Object.keys(checks), ...Object.keys(proofs)];

describe.each(kinds)('%s', (kind) => {
  const vectors = examples(kind);

  it('fails when any expected value is changed', () => {
    expect(vectors.length).toBeGreaterThan(0);
    for (const vector of vectors) {
      expect(judge(implementation, kind, vector).reason).toBe(undefined);
      for (const part of ['expected', 'printed', 'right'] as const) {
        for (const [what, mutant] of mutants(vector, part)) {
          expect({ id: vector.id, what, ...judge(implementation, kind, mutant) }).toMatchObject({ status: 'failed' });
        }
      }
    }
  });

  it('fails on a field that nothing reads, and on one that nothing computes', () => {
    const [vector] = vectors as [Vector];
    const part = vector.result === 'erratum' ? 'right' : 'expected';
    const stranger = { ...vector, inputs: { ...vector.inputs, stranger: 1 } };
    expect(judge(implementation, kind, stranger)).toMatchObject({ status: 'failed' });
    const unheard = { ...vector, [part]: { ...vector[part], unheard: 1 } };
    expect(judge(implementation, kind, unheard)).toMatchObject({ status: 'failed' });
  });
});

describe.each(Object.keys(proofs))('%s', (kind) => {
  it('fails when what is claimed to be printed is what is right', () => {
    const [vector] = examples(kind) as [Vector];
    const { printed = {}, right = {} } = vector;
    const both = Object.keys(printed).filter((name) => name in right);
    const same = { ...vector, right: Object.fromEntries(both.map((name) => [name, printed[name] as Field])) };
    expect(judge(implementation, kind, same)).toMatchObject({ status: 'failed' });
  });

  it('fails when the printed value is right, and when nothing is claimed', () => {
    const [vector] = examples(kind) as [Vector];
    const { printed = {}, right = {} } = vector;
    const corrected = Object.fromEntries(Object.keys(printed).map((name) => [name, right[name] ?? '']));
    expect(judge(implementation, kind, { ...vector, printed: corrected, right: {} })).toMatchObject({
      status: 'failed',
    });
    const { printed: _, ...silent } = vector;
    expect(judge(implementation, kind, silent)).toEqual({ status: 'failed', reason: 'nothing is proved' });
  });
});

describe('a verdict', () => {
  const vector = (change: Partial<Vector>): Vector => ({
    id: 'x',
    result: 'valid',
    flags: [],
    inputs: { message: '' },
    ...change,
  });

  it('needs something to expect', () => {
    expect(judge(implementation, 'sha512', vector({}))).toEqual({ status: 'failed', reason: 'nothing is expected' });
  });

  it('does not take a refusal for valid', () => {
    const reason = 'a refusal cannot be valid';
    expect(judge(implementation, 'sha512', vector({ expected: { error: 'x' } })).reason).toBe(reason);
  });

  it('does not take an answer for a refusal', () => {
    const refusal = vector({ result: 'invalid', expected: { error: 'bad_length' } });
    expect(judge(implementation, 'sha512', refusal).reason).toBe('not refused, bad_length was expected');
  });

  it('reports a missing function as not provided, also where a refusal is expected', () => {
    const none = { name: 'none' };
    const status = { status: 'not-provided', reason: 'sha512' };
    expect(judge(none, 'sha512', vector({ expected: { digest: '' } }))).toEqual(status);
    expect(judge(none, 'sha512', vector({ result: 'invalid', expected: { error: 'bad_length' } }))).toEqual(status);
  });

  it('does not take a contradiction for a refusal', () => {
    const [vectorOfKind] = examples('udf-public-key') as [Vector];
    const { name, errorCodes: _, ...functions } = implementation;
    const broken = { ...functions, name, udfDigest: () => 'MAAA' };
    const refusal: Vector = { ...vectorOfKind, result: 'invalid', expected: { error: 'bad_length' } };
    expect(judge(broken, 'udf-public-key', refusal).reason).toContain('two ways of computing it differ');
  });

  it('counts nothing that the suite computes without the implementation', () => {
    const unasked = vector({ inputs: { start: '05', iterations: 0 }, expected: { value: '05' } });
    const reason = 'the check asks the implementation for nothing';
    expect(judge(implementation, 'x448-iterated', unasked)).toEqual({ status: 'failed', reason });
  });

  it('says of an unverifiable vector that it is unverifiable, or that it failed', () => {
    const [elided] = examples('envelope-signer-elided') as [Vector];
    expect(judge(implementation, 'envelope-signer-elided', elided)).toEqual({ status: 'unverifiable' });
    const wrong = { ...elided, expected: { ...elided.expected, wellFormed: false } };
    expect(judge(implementation, 'envelope-signer-elided', wrong)).toMatchObject({ status: 'failed' });
  });

  it('never throws, and never repeats control characters, whatever is thrown', () => {
    const hostile = Object.create(null);
    const values = [null, undefined, 'a\u001b[2Jb\nc\u202ed\u009b', hostile, new Error('\u0007\u2028'), Symbol('s')];
    const reasons = values.map((value) => {
      const sha512 = () => {
        throw value;
      };
      return judge({ name: 'x', sha512 }, 'sha512', vector({ expected: { digest: '' } })).reason;
    });
    expect(reasons).toEqual([
      'null',
      'undefined',
      'a\ufffd[2Jb\ufffdc\ufffdd\ufffd',
      'something without a text',
      'Error: \ufffd\ufffd',
      'Symbol(s)',
    ]);
  });

  it('asks a frozen implementation, and one that is a class', () => {
    class Mine {
      readonly name = 'mine';
      readonly #length = 64;
      sha512() {
        return new Uint8Array(this.#length);
      }
    }
    const zeros = vector({ expected: { digest: '00'.repeat(64) } });
    for (const mine of [new Mine(), Object.freeze({ name: 'x', sha512: () => new Uint8Array(64) })]) {
      expect(judge(mine, 'sha512', zeros)).toEqual({ status: 'reproduced' });
    }
  });

  it('takes any refusal of an implementation without codes, and only the right code of one with codes', () => {
    const refuse = (code: string) => () => {
      throw Object.assign(new Error(code), { code });
    };
    const refusal = vector({ result: 'invalid', expected: { error: 'bad_length' } });
    const status = (sha512: () => never, errorCodes: boolean) =>
      judge({ name: 'x', errorCodes, sha512 }, 'sha512', refusal);
    expect(status(refuse('other'), false)).toEqual({ status: 'reproduced' });
    expect(status(refuse('bad_length'), true)).toEqual({ status: 'reproduced' });
    expect(status(refuse('other'), true).reason).toBe('refused as other, not as bad_length');
  });

  it('reports an implementation that contradicts itself', () => {
    const [vectorOfKind] = examples('udf-public-key') as [Vector];
    const broken = { ...implementation, udfDigest: () => 'MAAA' };
    expect(judge(broken, 'udf-public-key', vectorOfKind).reason).toBe(
      'Contradiction: key data: two ways of computing it differ',
    );
  });

  it('refuses inputs that are not what a check reads', () => {
    const expected = { digest: '' };
    const reason = (inputs: Fields) => judge(implementation, 'sha512', vector({ inputs, expected })).reason;
    expect(reason({})).toContain('input message is missing');
    expect(reason({ message: 'ABC' })).toContain('not hexadecimal');
    expect(reason({ message: 'aa', repeat: 'x' })).toContain('input repeat is missing or no number');
  });
});
