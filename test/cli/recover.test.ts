/**
 * `mathmesh key recover` without a terminal: shares of files and pipes, published ones first.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { base32, escrow, key, profile, published } from './published.ts';
import { runCli } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mathmesh-recover-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with the text. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const share = ['key', 'share', '--quorum', '2', '--shares', '3'];
const recover = ['key', 'recover'];
const lines = (text: string) => text.trimEnd().split('\n');

describe('mathmesh key recover', () => {
  it('recovers the key of draft-hallambaker-mesh-udf-08 section 1.1.1 from any two of its shares', async () => {
    for (const left of published) {
      const input = [published.filter((text) => text !== left).join('\n')];
      expect(await runCli(recover, { input })).toMatchObject({ code: 0, out: `${key}\n`, err: '' });
    }
    expect((await runCli(recover, { input: [published.join('\n')] })).out).toBe(`${key}\n`);
  });

  it('recovers the escrowed seed of mesh-architecture-16 and verifies the fingerprint of its profile', async () => {
    const input = [escrow.join('\n')];
    const { out } = await runCli(recover, { input });
    expect(out).toBe('ZAAQ-E6EI-PAX5-XBEI-P2GY-ZFOC-LXKS-EGKU-KXA6-AQQT-PZPL-64FN-HWOA-UTNS\n');
    expect(await runCli([...recover, '--fingerprint', profile], { input })).toMatchObject({ code: 0, out, err: '' });
    const wrong = await runCli([...recover, '--fingerprint', profile.replace('MAMU', 'MAMV')], { input });
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('(udf_mismatch)');
  });

  it('recovers the escrowed seed of mesh-architecture-13, which was padded to whole words', async () => {
    const input = [
      `SAQE-Y4MW-BH55-ZL57-4XFP-PQVZ-VLHT-U7C3-X2BA-ZOCW-75EE-KZZM-3KSQ-E47T-O26A-I\n`,
      `SARO-HRGA-DWX2-ODU2-MGHG-EPLC-R2YK-HUIZ-3VHC-XXH4-GVQQ-SBVZ-I4XT-BAYE-DF4E-Q\n`,
    ];
    expect((await runCli(recover, { input })).out).toBe(
      'ZAAQ-AIPX-QBJK-P2KC-QVST-RXUF-2H6K-6G75-EYCG-IO7D-S5TK-IX7L-NRVS-KXPC\n',
    );
    expect((await runCli([...recover, '--hex'], { input })).out).toMatch(/^00c80100/);
  });

  it('describes the secret as JSON', async () => {
    const { out } = await runCli([...share], { input: [key] });
    const { out: json } = await runCli([...recover, '--json'], { input: [out] });
    const hex = Buffer.from(base32(key).subarray(1)).toString('hex');
    expect(JSON.parse(json)).toEqual({ kind: 'key', secret: key, hex, quorum: 2, octets: 16 });
  });

  it('shows the same octets as key or as seed when told to', async () => {
    const { out } = await runCli([...share], { input: ['ZAAQ-E6EI-PAX5'] });
    // The four spare bits of the last letter are not shared.
    expect((await runCli([...recover], { input: [out] })).out).toBe('ZAAQ-E6EI-PAXQ\n');
    const { out: asKey } = await runCli([...recover, '--key'], { input: [out] });
    expect([...base32(asKey.trim())]).toEqual([0x20, ...base32('ZAAQ-E6EI-PAX5')]);
    const { out: shares } = await runCli([...share], { input: [key] });
    const { code, err } = await runCli([...recover, '--seed'], { input: [shares] });
    expect(code).toBe(1);
    expect(err).toContain('(not_a_seed)');
  });

  it('reads shares of several files and of standard input, in any case, with empty lines and copies', async () => {
    const { out } = await runCli(['key', 'share', '--quorum', '3', '--shares', '5'], { input: [key] });
    const [a, b, c, d] = lines(out) as [string, string, string, string];
    const one = file('one', `\r\n${a}\r\n\r\n ${b.toLowerCase()} \r\n`);
    const two = file('two', `${c.replaceAll('-', '')}\n${a}`);
    expect(await runCli([...recover, one, two])).toMatchObject({ code: 0, out: `${key}\n` });
    expect(await runCli([...recover, one, '-'], { input: [d] })).toMatchObject({ code: 0, out: `${key}\n` });
  });

  it.each([
    ['too few', (s: string[]) => [s[0]], 'insufficient_shares'],
    ['one twice', (s: string[]) => [s[0], s[0]], 'insufficient_shares'],
    ['none', () => [''], 'insufficient_shares'],
    [
      'a surplus one that is wrong',
      (s: string[]) => [s[0], s[1], s[2]?.replace(/^(.{8}).(.*)$/, '$1Q$2').replace(/^(.{9}).(.*)$/, '$1-$2')],
      'inconsistent_shares',
    ],
    ['another set', (s: string[]) => [s[0], escrow[0]], 'mismatched_shares'],
    ['a key', (s: string[]) => [s[0], key], 'wrong_type'],
    ['a typing error', (s: string[]) => [s[0], `${s[1]}!`], 'bad_character'],
  ])('exits with 1 for %s', async (_, choose, code) => {
    const { out } = await runCli([...share, '--hex'], { input: ['01'.repeat(16)] });
    const shares = lines(out);
    const result = await runCli(recover, { input: [choose(shares).join('\n')] });
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toContain(`(${code})`);
    expect(result.err).not.toContain((shares[0] as string).slice(5, 14));
  });

  it('says which line is malformed', async () => {
    const { err } = await runCli(recover, { input: [`\n${escrow[0]}\nS1\n`] });
    expect(err).toContain('standard input, share or line 3 (bad_character)');
  });

  it.each([
    ['{', 'begins like JSON, but is none'],
    [`{"shares": ["${escrow[0]}", }`, 'begins like JSON, but is none'],
    ['{}', 'JSON without a list "shares" of texts'],
    ['{"shares": [1]}', 'JSON without a list "shares" of texts'],
    ['{"__proto__": {"shares": []}}', 'JSON without a list "shares" of texts'],
  ])('exits with 2 for the object %s, and does not repeat it', async (input, message) => {
    const { code, out, err } = await runCli(recover, { input: [input] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`mathmesh: standard input: ${message}\nTry: mathmesh key recover --help\n`);
  });
});
