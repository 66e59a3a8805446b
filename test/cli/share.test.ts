/**
 * `mathmesh key share` without a terminal, the round trip through it and `mathmesh key recover`, and wrong usage of both.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { base32, escrow, key, profile } from './published.ts';
import { runCli } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'mathmesh-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with the text. */
function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** Runs a line of the shell in which `mathmesh` is the built program. */
const shell = (line: string) =>
  spawnSync('sh', ['-c', `mathmesh() { "$0" "$MAIN" "$@"; }; ${line}`, process.execPath], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, MAIN: main },
  });

const share = ['key', 'share', '--quorum', '2', '--shares', '3'];
const recover = ['key', 'recover'];
const lines = (text: string) => text.trimEnd().split('\n');

/** The secret of 16 octets in shares (draft-hallambaker-mesh-udf section 4.5): Lagrange at 0 modulo 2^128 + 51. */
function interpolate(shares: readonly string[]): bigint {
  const p = 2n ** 128n + 51n;
  const points = shares.map((text) => {
    const octets = base32(text);
    return {
      x: BigInt((octets[1] as number) & 15) + 1n,
      y: BigInt(`0x${Buffer.from(octets.subarray(2)).toString('hex')}`),
    };
  });
  const inverse = (a: bigint) => {
    let [result, base] = [1n, ((a % p) + p) % p];
    for (let e = p - 2n; e > 0n; e >>= 1n) {
      if (e & 1n) result = (result * base) % p;
      base = (base * base) % p;
    }
    return result;
  };
  const sum = points.reduce((total, { x, y }) => {
    const weight = points.reduce((w, other) => (other.x === x ? w : (w * other.x * inverse(other.x - x)) % p), 1n);
    return total + y * weight;
  }, 0n);
  return ((sum % p) + p) % p;
}

describe('mathmesh key share', () => {
  it('shares a key of standard input, one share a line (checked by an interpolation of its own)', async () => {
    const { code, out, err } = await runCli([...share], { input: [`${key}\n`] });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const shares = lines(out);
    expect(shares).toHaveLength(3);
    const value = BigInt(`0x${Buffer.from(base32(key).subarray(1)).toString('hex')}`);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [2, 1],
    ] as const) {
      expect(interpolate([shares[a] as string, shares[b] as string])).toBe(value);
    }
  });

  it('makes a key of 16 octets, or of as many as asked for, with --new, a different one each time', async () => {
    const secrets = new Set<string>();
    for (const [options, octets] of [
      [[], 16],
      [[], 16],
      [['--octets', '32'], 32],
      [['--octets', '64'], 64],
    ] as const) {
      const { code, out } = await runCli([...share, '--new', ...options]);
      expect(code).toBe(0);
      const { out: secret } = await runCli([...recover, '--hex'], { input: [out] });
      expect(secret).toMatch(new RegExp(`^[0-9a-f]{${2 * octets}}\n$`));
      secrets.add(secret);
    }
    expect(secrets.size).toBe(4);
  });

  it('never shows a new secret, and needs no standard input for it', async () => {
    const { out, err } = await runCli([...share, '--new', '--json']);
    const { secret, hex } = JSON.parse((await runCli([...recover, '--json'], { input: [out] })).out);
    expect(`${out}${err}`).not.toContain(secret);
    expect(`${out}${err}`).not.toContain(hex);
  });

  it('describes the shares as JSON', async () => {
    const { out } = await runCli([...share, '--json'], { input: [key] });
    const { shares, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ quorum: 2, kind: 'key', octets: 16 });
    expect(shares).toHaveLength(3);
  });

  it('reads the least and the longest secrets as hexadecimal digits and as octets', async () => {
    for (const length of [1, 2, 16, 63, 64]) {
      const octets = randomBytes(length);
      const hex = octets.toString('hex');
      for (const [option, input] of [
        ['--hex', `${hex.toUpperCase()}\n`],
        ['--hex', hex.replace(/../g, '$& ')],
        ['--raw', octets],
      ] as const) {
        const { code, out } = await runCli([...share, option], { input: [input] });
        expect(code).toBe(0);
        expect((await runCli([...recover, '--hex'], { input: [out] })).out).toBe(`${hex}\n`);
        expect((await runCli([...recover, '--raw'], { input: [out] })).octets.toString('hex')).toBe(hex);
      }
    }
  });

  it('reads input that arrives in pieces', async () => {
    const { code } = await runCli([...share], { input: [...`  ${key}\r\n`] });
    expect(code).toBe(0);
  });

  it('says how to recover what would be taken for something else, and only then', async () => {
    const { err } = await runCli([...share, '--hex'], { input: [`c80102${'00'.repeat(32)}`] });
    expect(err).toBe('mathmesh: note: to recover this secret use: mathmesh key recover --key\n');
    // 3fff is the specifier of no known algorithm.
    const seed = 'ZA77-6AAA-AAAA-AAAA';
    const unknown = await runCli([...share], { input: [seed] });
    expect(unknown.err).toContain('mathmesh key recover --seed\n');
    expect((await runCli([...recover, '--seed'], { input: [unknown.out] })).out).toBe(`${seed}\n`);
  });

  it('allows a quorum of one with a note', async () => {
    const { code, out, err } = await runCli(['key', 'share', '--quorum', '1', '--shares', '2'], { input: [key] });
    expect(code).toBe(0);
    expect(err).toBe('mathmesh: note: with a quorum of 1 each share alone gives the secret\n');
    for (const line of lines(out)) expect((await runCli(recover, { input: [line] })).out).toBe(`${key}\n`);
  });

  it('notes what a terminal keeps', async () => {
    const shared = await runCli([...share], { input: [key], tty: true });
    expect(shared.err).toBe('mathmesh: note: the terminal keeps these shares until it is cleared\n');
    const recovered = await runCli(recover, { input: [shared.out], tty: true });
    expect(recovered).toMatchObject({
      out: `${key}\n`,
      err: 'mathmesh: note: the terminal keeps this secret until it is cleared\n',
    });
  });

  it.each([
    ['', 'no secret', 2],
    ['\n', 'too_short', 1],
    ['EDHU-YN7V-M2WI-5NZS-3FKF-CBFR-YFJB', 'noncanonical_text', 1],
    ['EDHU-YN7V-1', 'bad_character', 1],
    ['\ufffd', 'bad_character', 1],
    ['EA', 'wrong_type', 1],
    ['ZAAA', 'wrong_type', 1],
    ['NAAA-IAAA-AAAA-AAAA-AAAA', 'wrong_type', 1],
    [escrow[0] as string, 'wrong_type', 1],
    ['x'.repeat(70_000), 'standard input: longer than 65536 octets', 2],
  ])('refuses the input %#, and does not repeat it', async (input, message, status) => {
    const { code, out, err } = await runCli([...share], { input: [input] });
    expect({ code, out }).toEqual({ code: status, out: '' });
    expect(err).toContain(message);
    if (input.length > 2) expect(err).not.toContain(input.slice(0, 8));
  });

  it.each([
    ['--hex', 'abc', 'bad_length', 1],
    ['--hex', '0g', 'bad_character', 1],
    ['--hex', '', 'no secret', 2],
    ['--hex', ' ', 'unsupported_secret_length', 1],
    ['--hex', '00'.repeat(65), 'unsupported_secret_length', 1],
    ['--raw', 'x'.repeat(65), 'unsupported_secret_length', 1],
  ])('refuses with %s the input %s', async (option, input, message, status) => {
    const { code, out, err } = await runCli([...share, option], { input: [input] });
    expect({ code, out }).toEqual({ code: status, out: '' });
    expect(err).toContain(message);
  });
});

describe('the round trip through the program', () => {
  it.each([
    ['a pipe', `echo ${key} | mathmesh key share --quorum 3 --shares 5 | tail -n 3 | mathmesh key recover`],
    ['JSON', `echo ${key} | mathmesh key share --quorum 3 --shares 5 --json | mathmesh key recover`],
    ['QR codes', `echo ${key} | mathmesh key share --quorum 3 --shares 5 --qr | mathmesh key recover -`],
    [
      'files',
      `echo ${key} > secret; mathmesh key share --quorum=2 --shares=2 secret > all; head -n 1 all > a; tail -n 1 all > b; mathmesh key recover b a`,
    ],
    [
      'octets',
      `head -c 32 /dev/urandom > raw; mathmesh key share --raw --quorum 2 --shares 3 raw | mathmesh key recover --raw | cmp - raw && echo ${key}`,
    ],
  ])('works by %s', (_, line) => {
    const { status, stdout, stderr } = shell(line);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${key}\n`, stderr: '' });
  });

  it('works for any secret, any quorum and any choice of shares', async () => {
    const cases = fc
      .tuple(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
      )
      .chain(([secret, a, b]) =>
        fc.record({
          secret: fc.constant(secret),
          quorum: fc.constant(Math.min(a, b)),
          count: fc.constant(Math.max(a, b)),
          chosen: fc.shuffledSubarray([...Array(Math.max(a, b)).keys()], { minLength: Math.min(a, b) }),
        }),
      );
    await fc.assert(
      fc.asyncProperty(cases, async ({ secret, quorum, count, chosen }) => {
        const { out } = await runCli(['key', 'share', '--raw', '--quorum', `${quorum}`, '--shares', `${count}`], {
          input: [secret],
        });
        const shares = lines(out);
        expect(shares).toHaveLength(count);
        const { octets } = await runCli([...recover, '--raw'], { input: chosen.map((i) => `${shares[i]}\n`) });
        expect([...octets]).toEqual([...secret]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('wrong usage', () => {
  const some = file('some', key);
  it.each([
    [['key'], 'no command'],
    [['key', key], 'unknown command'],
    [['key', 'share'], '--shares is missing'],
    [['key', 'share', '--shares', '3'], '--quorum is missing'],
    [['key', 'share', '--shares', '16', '--quorum', '2'], '--shares must be a number from 1 to 15'],
    [['key', 'share', '--shares', '0', '--quorum', '0'], '--shares must be a number from 1 to 15'],
    [['key', 'share', '--shares', '3', '--quorum', '4'], '--quorum must be a number from 1 to 3'],
    [['key', 'share', '--shares', '3', '--quorum', '0'], '--quorum must be a number from 1 to 3'],
    [['key', 'share', '--shares', '3', '--quorum', '2.5'], '--quorum must be a number from 1 to 3'],
    [['key', 'share', '--shares', '0x3', '--quorum', '2'], '--shares must be'],
    [['key', 'share', '--shares', '3', '--quorum=-1'], '--quorum must be'],
    [['key', 'share', '--shares'], 'argument missing'],
    [[...share, '--unknown'], "Unknown option '--unknown'"],
    [[...share, some, some], 'one FILE at most'],
    [[...share, '--new', some], '--new reads no FILE'],
    [[...share, '--new', '--hex'], 'choose one of --hex, --raw, --new'],
    [[...share, '--raw', '--hex'], 'choose one of --hex, --raw, --new'],
    [[...share, '--octets', '32'], '--octets is for --new'],
    [[...share, '--new', '--octets', '15'], '--octets must be a number from 16 to 64'],
    [[...share, '--new', '--octets', '65'], '--octets must be a number from 16 to 64'],
    [[...share, '--new', '--json', '--qr'], 'choose one of --json, --qr'],
    [[...share, '--new', '--force'], '--force is for --print and --svg'],
    [[...share, '--new', '--date'], '--date is for --print and --svg'],
    [[...share, '--new', '--label', 'x'], '--label is for --print and --svg'],
    [[...share, '--new', '--print', join(folder, 'x'), '--label', 'x'.repeat(41)], '--label has 40 characters at most'],
    [[...share, join(folder, 'missing')], 'cannot be read (ENOENT)'],
    [[...share, folder], 'cannot be read (EISDIR)'],
    [[...share, 'east'], 'east: cannot be read (ENOENT)'],
    [[...share, key], 'a secret does not belong on the command line'],
    [[...recover, escrow[0] as string], 'a secret does not belong on the command line'],
    [[...recover, 'ZAAQ-E6EI-PAX5-XBEI-P2GY-ZFOC'], 'a secret does not belong on the command line'],
    [[...recover, '--key', '--seed'], 'choose one of --key, --seed'],
    [[...recover, '--key', '--fingerprint', profile], '--fingerprint is for seeds'],
    [[...recover, '--fingerprint', 'x!'], '--fingerprint: '],
    [[...recover, '--hex', '--raw'], 'choose one of --hex, --raw, --json'],
    [[...recover, '--hex', '--json'], 'choose one of --hex, --raw, --json'],
    [[...recover, '--unknown'], "Unknown option '--unknown'"],
    [[...recover, join(folder, 'missing')], 'cannot be read (ENOENT)'],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, out, err } = await runCli(args, { input: [key] });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    for (const secret of [key, ...escrow, 'ZAAQ']) expect(err).not.toContain(secret);
    expect(
      err.endsWith(
        `\nTry: mathmesh ${args.slice(0, args[1]?.length === 5 || args[1] === 'recover' ? 2 : 1).join(' ')} --help\n`,
      ),
    ).toBe(true);
  });

  it('writes octets to no terminal', async () => {
    const { code, err } = await runCli([...recover, '--raw'], { input: escrow, tty: true });
    expect(code).toBe(2);
    expect(err).toContain('--raw writes to a file or a pipe, not to a terminal');
  });

  it('explains each command', async () => {
    for (const [args, start] of [
      [['key', '--help'], 'mathmesh key new [options]\n'],
      [['key', 'help'], 'mathmesh key new'],
      [['key', 'share', '-h'], 'mathmesh key share'],
      [['key', 'recover', '--help'], 'mathmesh key recover [FILE|-]...\n'],
    ] as const) {
      const { code, out } = await runCli([...args]);
      expect(code).toBe(0);
      expect(out.startsWith(start)).toBe(true);
      expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(90);
    }
  });
});

describe('the entries of the library', () => {
  it('load nothing for QR codes', () => {
    const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
    const seen = new Set<string>();
    const visit = (path: string) => {
      if (seen.has(path)) return;
      seen.add(path);
      if (!path.startsWith(dist)) return;
      for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/(?:from |import |import\()["']([^"']+)["']/g)) {
        const name = specifier as string;
        visit(name.startsWith('.') ? fileURLToPath(new URL(name, `file://${path}`)) : name);
      }
    };
    for (const name of ['index', 'js', 'wasm', 'entry/udf', 'pool/index', 'conformance/index'])
      visit(`${dist}${name}.js`);
    expect([...seen].filter((path) => /(?:^|\/)qr(?:\.js)?$/.test(path))).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
  });
});
