import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vectorFolder } from '../../src/conformance/files.ts';
import { formatReport, type Implementation, runConformance } from '../../src/conformance/index.ts';

const noble: Implementation = (await import(pathToFileURL(join(vectorFolder(), 'adapters/noble.mjs')).href))
  .implementation;

describe('runConformance', () => {
  it('runs both backends of the package unless others are asked for', () => {
    const names = runConformance({ suite: 'hash' }).runs.map((run) => run.implementation);
    expect(names).toEqual(['mathmesh (wasm)', 'mathmesh (js)']);
  });

  it('runs another implementation alone, or beside a backend', () => {
    const implementations: Implementation[] = [{ name: 'nothing' }];
    const alone = runConformance({ implementations, suite: 'hash' });
    expect(alone.runs.map((run) => run.implementation)).toEqual(['nothing']);
    const both = runConformance({ implementations, backends: ['js'], suite: 'hash' });
    expect(both.runs.map((run) => run.implementation)).toEqual(['mathmesh (js)', 'nothing']);
  });

  it('never counts what an implementation has not as passed', () => {
    const report = runConformance({ implementations: [{ name: 'nothing' }] });
    const [run] = report.runs;
    expect(report.ok).toBe(false);
    expect(run?.totals).toMatchObject({ reproduced: 0, proven: 0, unverifiable: 0, failed: 0 });
    expect(run?.missing).toContain('sha512');
    expect(formatReport(report).endsWith('\nnot ok: nothing reproduced nothing\n')).toBe(true);
  });

  it('is not ok when one of several implementations reproduced nothing', () => {
    const implementations: Implementation[] = [{ name: 'nothing' }];
    expect(runConformance({ implementations, backends: ['js'], suite: 'hash' }).ok).toBe(false);
  });

  it('is not ok when nothing was run', () => {
    const report = runConformance({ backends: [] });
    expect(report).toEqual({ ok: false, problems: [], runs: [] });
    expect(formatReport(report)).toBe('not ok: nothing was run\n');
  });

  it.each<[string, unknown]>([
    ['options null', null],
    ['options that are a list', []],
    ['an unknown suite', { suite: 'other' }],
    ['a suite that has no text', { suite: Object.create(null) }],
    ['an unknown backend', { backends: ['other'] }],
    ['a hole for a backend', { backends: Array(1) }],
    ['backends in a string', { backends: 'js' }],
    ['implementations in an object', { implementations: noble }],
    ['an implementation null', { implementations: [null] }],
    ['an implementation without a name', { implementations: [{ sha512: noble.sha512 }] }],
    ['an implementation with an empty name', { implementations: [{ ...noble, name: '' }] }],
    ['a function that is none', { implementations: [{ ...noble, sha512: 5 }] }],
    ['error codes that are no flag', { implementations: [{ ...noble, errorCodes: 'yes' }] }],
    ['a folder that is not there', { folder: '/no/such/folder' }],
    ['a folder that is a file', { folder: join(vectorFolder(), 'README.md') }],
    ['a folder that is no path', { folder: 5 }],
    ['a folder null', { folder: null }],
    ['vectors that are no object', { vectors: 'all' }],
    ['a folder and vectors', { folder: vectorFolder(), vectors: {} }],
    ['a folder on the web', { folder: new URL('https://example.com/') }],
    ['a flag that is none', { suite: 'hash', slow: 'yes' }],
    ['progress that is no function', { suite: 'hash', onProgress: 'yes' }],
  ])('refuses %s', (_what, given) => {
    expect(() => runConformance(given as object)).toThrow(expect.objectContaining({ code: 'bad_option' }));
  });

  it.each(['sha215', 'Ed448Sign', 'sha-512', 'toJSON'])('names the unknown member %s', (member) => {
    const implementations = [{ ...noble, [member]: () => new Uint8Array(64) }];
    expect(() => runConformance({ implementations, suite: 'hash' })).toThrow(`unknown member ${member}`);
  });

  it('reads the vectors of a folder given as a path or as a URL', () => {
    for (const folder of [
      vectorFolder(),
      pathToFileURL(vectorFolder()),
      { href: pathToFileURL(vectorFolder()).href },
    ]) {
      expect(runConformance({ backends: ['js'], suite: 'hash', folder }).ok).toBe(true);
    }
  });

  it('keeps control characters out of the report', () => {
    const sha512 = () => {
      throw new Error('\u001b]0;title\u0007');
    };
    const report = runConformance({ implementations: [{ ...noble, name: 'a\u001bb\nok', sha512 }], suite: 'hash' });
    expect(JSON.stringify(report)).not.toMatch(/\\u00|\\n/);
    expect(formatReport(report).split('\n')[0]).toBe('implementation: a\ufffdb\ufffdok');
  });

  it('finds no fault with the example adapter on @noble/curves, edge cases of verification included', () => {
    const { ok, runs } = runConformance({ implementations: [noble] });
    expect(runs[0]?.failures).toEqual([]);
    expect(ok).toBe(true);
    expect(runs[0]?.totals.reproduced).toBeGreaterThan(400);
    expect(runs[0]?.totals.notProvided).toBeGreaterThan(0);
  });
});

describe('formatReport', () => {
  it('prints a row for each document, and the failures with what they catch', () => {
    const wrong: Implementation = { ...noble, name: 'wrong', hmacSha512: () => new Uint8Array(64) };
    const report = runConformance({ implementations: [wrong], suite: 'hash' });
    const lines = formatReport(report).split('\n');
    expect(lines[0]).toBe('implementation: wrong');
    expect(lines).toContain('RFC 4231                  0              0       7');
    expect(lines).toContain('FAILED rfc4231/hash.json hmac-sha512-6 (test case 6) [long-key]');
    expect(lines.at(-2)).toBe('not ok');
  });

  it('says in the last line how many vectors were not provided', () => {
    const { ed448phVerify: _, ...rest } = noble;
    const report = runConformance({ implementations: [rest], suite: 'ed448' });
    expect(report.ok).toBe(true);
    const count = report.runs[0]?.totals.notProvided;
    expect(count).toBeGreaterThan(30);
    expect(formatReport(report).endsWith(`\nok as far as it goes: ${count} not provided\n`)).toBe(true);
  });

  it('has a column for what cannot be verified', () => {
    const text = formatReport(runConformance({ backends: ['wasm'], suite: 'assertions' }));
    expect(text).toMatch(/^source document +reproduced +errata proven +unverifiable +failed$/m);
    expect(text).toMatch(/^draft-hallambaker-mesh-schema-06 +3 +0 +4 +0$/m);
  });

  it('names what is not provided, what was not run, and what is wrong with the files', () => {
    const report = runConformance({ implementations: [{ name: 'nothing' }], suite: 'x448' });
    const text = formatReport({ ...report, ok: false, problems: ['a.json: an orphan'] });
    expect(text).toContain('not provided: x448, x448PublicKey');
    expect(text).toContain('1 slow vector not run: --slow');
    expect(text).toContain('PROBLEM a.json: an orphan');
  });
});
