import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { checks, proofs } from '../../src/conformance/checks/index.ts';
import { problemsOf } from '../../src/conformance/driver.ts';
import { loadVectors, vectorFolder } from '../../src/conformance/files.ts';
import { runConformance } from '../../src/conformance/index.ts';
import { faultsOf, suites, type VectorFile } from '../../src/conformance/vectors.ts';

const folderOfPackage = vectorFolder();
const text = (path: string) => readFileSync(join(folderOfPackage, path), 'utf8');
const loaded = loadVectors();
const groups = loaded.files.flatMap(({ content }) => content.groups);

describe('every vector file', () => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
  const kinds = JSON.parse(text('schema/kinds.json'));
  ajv.addSchema(kinds);
  const valid = ajv.compile(JSON.parse(text('schema/file.json')));

  it('is what schema/file.json describes', () => {
    for (const { path, content } of loaded.files) {
      valid(content);
      expect({ path, errors: valid.errors }).toEqual({ path, errors: null });
    }
  });

  it('has the fields that schema/kinds.json describes for its kinds', () => {
    for (const { kind, tests } of groups) {
      const fields = ajv.getSchema(`kinds.json#/$defs/${kind}`);
      if (fields === undefined) throw new Error(`no schema for ${kind}`);
      for (const test of tests) {
        fields(test);
        expect({ id: test.id, errors: fields.errors }).toEqual({ id: test.id, errors: null });
      }
    }
  });

  it('is of a kind that has a check or a proof, and no check is without vectors', () => {
    const used = new Set(groups.map(({ kind }) => kind));
    expect([...used].sort()).toEqual([...Object.keys(checks), ...Object.keys(proofs)].sort());
    expect(Object.keys(kinds.$defs).filter((name) => !['hex', 'base64url', 'error'].includes(name))).toEqual(
      [...used].sort(),
    );
  });

  it('has a row in the README, and its flags are explained there', () => {
    const readme = text('README.md').replace(/ +/g, ' ');
    for (const { path, content } of loaded.files) {
      expect(readme).toContain(`| [${path}](${path}) |`);
      expect(readme).toMatch(new RegExp(`\\]\\(${path.replaceAll('.', '\\.')}\\) \\|.*\\| ${content.count} \\|`));
      for (const [flag, note] of Object.entries(content.notes)) expect(readme).toContain(`| ${flag} | ${note} |`);
    }
  });

  it('is of a known suite, and every suite has files', () => {
    expect([...new Set(loaded.files.map(({ content }) => content.suite))].sort()).toEqual([...suites].sort());
  });
});

describe('the driver', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const hash = 'rfc4231/hash.json';

  /** A copy of the vectors in which one file is changed. */
  function changed(path: string, change: (content: string) => string) {
    rmSync(folder, { recursive: true });
    cpSync(folderOfPackage, folder, { recursive: true });
    writeFileSync(join(folder, path), change(existsSync(join(folderOfPackage, path)) ? text(path) : text(hash)));
    return runConformance({ backends: ['js'], suite: 'hash', folder });
  }

  it('passes an unchanged copy', () => {
    expect(changed(hash, (content) => content)).toMatchObject({ ok: true, problems: [] });
  });

  it.each(['orphan.json', 'rfc4231/orphan.json', 'schema/x.json', 'adapters/x.json', 'X.JSON', 'rfc4231/Hash.Json'])(
    'fails on the orphan %s',
    (path) => {
      const { ok, problems } = changed(path, (content) => content);
      expect(ok).toBe(false);
      expect(problems).toEqual([`${path}: an orphan: not in the manifest`]);
    },
  );

  it.each([
    ['no JSON', () => '{"format": 1,'],
    ['an empty object', () => '{}'],
    ['null', () => 'null'],
    ['groups without tests', (content: string) => content.replace('"tests"', '"texts"')],
    ['a vector without flags', (content: string) => content.replace('"flags"', '"flogs"')],
    ['an input that is a list', (content: string) => content.replace('"key": "', '"key": [], "kay": "')],
    ['a source without a document', (content: string) => content.replace('"document"', '"paper"')],
  ])('names a file that holds %s', (_what, content) => {
    expect(() => changed(hash, content)).toThrow(
      expect.objectContaining({ code: 'bad_option', message: expect.stringContaining(`: ${hash}: `) }),
    );
  });

  it.each(['', '[]', '{}', '{"format": 1, "files": {"a.json": "7"}}'])('names a manifest that is %j', (content) => {
    expect(() => changed('manifest.json', () => content)).toThrow(
      expect.objectContaining({ code: 'bad_option', message: expect.stringContaining('manifest.json: ') }),
    );
  });

  it('fails when a listed file is not there', () => {
    const { ok, problems } = changed('manifest.json', (content) =>
      content.replace(`"${hash}"`, `"gone.json": 1,\n"${hash}"`),
    );
    expect(ok).toBe(false);
    expect(problems).toEqual(['gone.json: in the manifest, but not there']);
  });

  it('fails on a wrong count in the manifest', () => {
    const { ok, problems } = changed('manifest.json', (content) => content.replace(`"${hash}": 7`, `"${hash}": 8`));
    expect(ok).toBe(false);
    expect(problems).toEqual([`${hash}: the manifest says 8, the file has 7 tests`]);
  });

  it('fails on a wrong count in the file', () => {
    const { ok, problems } = changed(hash, (content) => content.replace('"count": 7', '"count": 6'));
    expect(ok).toBe(false);
    expect(problems).toEqual([`${hash}: count is 6, the file has 7 tests`]);
  });

  it('reports a planted wrong value with file, id and reason', () => {
    const { ok, problems, runs } = changed(hash, (content) => content.replace('"tag": "87aa', '"tag": "97aa'));
    expect(ok).toBe(false);
    expect(problems).toEqual([]);
    expect(runs[0]?.totals).toMatchObject({ failed: 1 });
    expect(runs[0]?.failures).toMatchObject([
      { file: hash, id: 'hmac-sha512-1', kind: 'hmac-sha512', reason: expect.stringContaining('expected tag: 97aa') },
    ]);
  });

  it('runs vectors that are given, without a file system', () => {
    const paths = ['manifest.json', ...Object.keys(loaded.manifest.files)];
    const vectors = Object.fromEntries(paths.map((path) => [path, JSON.parse(text(path))]));
    const run = (given: Readonly<Record<string, unknown>>) =>
      runConformance({ backends: ['js'], suite: 'hash', vectors: given });
    const expected = runConformance({ backends: ['js'], suite: 'hash' });
    vi.stubGlobal('process', undefined);
    try {
      expect(run(vectors)).toEqual(expected);
      expect(run({ ...vectors, 'more.json': {} }).problems).toEqual(['more.json: an orphan: not in the manifest']);
      expect(() => run({ ...vectors, [hash]: {} })).toThrow(expect.objectContaining({ code: 'bad_option' }));
      expect(() => run({})).toThrow('manifest.json: ');
      expect(() => runConformance({ backends: ['js'] })).toThrow('the vectors must be given');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('fails a kind that nobody knows', () => {
    const { runs } = changed(hash, (content) => content.replace('"kind": "hmac-sha512"', '"kind": "unheard-of"'));
    expect(runs[0]?.totals.failed).toBe(7);
    expect(runs[0]?.failures[0]?.reason).toBe('no check for the kind unheard-of');
  });
});

describe('the form of a file', () => {
  const file = (): VectorFile =>
    structuredClone(loaded.files.find(({ path }) => path === 'rfc4231/hash.json')!.content);
  const faults = (change: (content: VectorFile & Record<string, unknown>) => void, count = 7) => {
    const content = file() as VectorFile & Record<string, unknown>;
    change(content);
    return faultsOf(content, count);
  };
  const first = (content: VectorFile) => content.groups[0]?.tests[0] as unknown as Record<string, unknown>;

  it.each<[string, (content: VectorFile & Record<string, unknown>) => void, string[]]>([
    ['nothing', () => {}, []],
    ['format', (c) => Object.assign(c, { format: 2 }), ['unknown format']],
    ['suite', (c) => Object.assign(c, { suite: 'other' }), ['unknown suite other']],
    ['field of the file', (c) => Object.assign(c, { extra: 1 }), ['file: unknown field extra']],
    ['field of a group', (c) => Object.assign(c.groups[0]!, { extra: 1 }), ['group hmac-sha512: unknown field extra']],
    ['field of a test', (c) => Object.assign(first(c), { extra: 1 }), ['hmac-sha512-1: unknown field extra']],
    [
      'printed value of no erratum',
      (c) => Object.assign(first(c), { printed: {} }),
      ['hmac-sha512-1: unknown field printed'],
    ],
    ['result', (c) => Object.assign(first(c), { result: 'maybe' }), ['hmac-sha512-1: unknown result']],
    [
      'reason of a vector that is verifiable',
      (c) => Object.assign(first(c), { missing: 'the key' }),
      ['hmac-sha512-1: unknown field missing'],
    ],
    [
      'result to unverifiable, without a reason',
      (c) => Object.assign(first(c), { result: 'unverifiable' }),
      ['hmac-sha512-1: does not say what is missing'],
    ],
    ['flag', (c) => Object.assign(first(c), { flags: ['odd'] }), ['hmac-sha512-1: flag odd without a note']],
    ['note', (c) => Object.assign(c.notes, { odd: 'never used' }), ['note odd without a test']],
    ['identifier', (c) => Object.assign(first(c), { id: 'hmac-sha512-2' }), ['hmac-sha512-2: twice']],
  ])('is refused for a change of the %s', (_what, change, expected) => {
    expect(faults(change)).toEqual(expected);
  });

  it('is in order in the package', () => {
    expect(problemsOf(loaded)).toEqual([]);
  });
});
