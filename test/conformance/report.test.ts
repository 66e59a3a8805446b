import { describe, expect, it } from 'vitest';
import { vectorFolder } from '../../src/conformance/files.ts';
import { formatReport, type Implementation, runConformance } from '../../src/conformance/index.ts';

const noble: Implementation = (await import(new URL('adapters/noble.mjs', vectorFolder).href)).implementation;

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
    const { runs, ok } = runConformance({ implementations: [{ name: 'nothing' }] });
    const total = runs[0]?.totals;
    expect(ok).toBe(true);
    // What is left are vectors of the 25519 oracle alone, which need nothing from an implementation.
    expect(total).toMatchObject({ reproduced: 1, proven: 0, failed: 0 });
    expect(runs[0]?.missing).toContain('sha512');
  });

  it('refuses unknown suites and backends', () => {
    const code = (options: object) => {
      try {
        runConformance(options);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return 'nothing';
    };
    expect(code({ suite: 'other' })).toBe('bad_option');
    expect(code({ backends: ['other'] })).toBe('bad_option');
  });

  it('finds no fault with the example adapter on @noble/curves, edge cases of verification included', () => {
    const { ok, runs } = runConformance({ implementations: [noble] });
    expect(runs[0]?.failures).toEqual([]);
    expect(ok).toBe(true);
    expect(runs[0]?.totals.reproduced).toBeGreaterThan(300);
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

  it('names what is not provided, what was not run, and what is wrong with the files', () => {
    const report = runConformance({ implementations: [{ name: 'nothing' }], suite: 'x448' });
    const text = formatReport({ ...report, ok: false, problems: ['a.json: an orphan'] });
    expect(text).toContain('not provided: x448, x448PublicKey');
    expect(text).toContain('1 slow vector not run: --slow');
    expect(text).toContain('PROBLEM a.json: an orphan');
  });
});
