/**
 * Shares on paper and as QR codes: files of `mathmesh key share`, the pages in them, and codes read back by a decoder of other people.
 */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { pageSvg } from '../../src/cli/page.ts';
import { qrCode, qrLines } from '../../src/cli/qr.ts';
import { runCli } from './run.ts';

const root = mkdtempSync(join(tmpdir(), 'mathmesh-page-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'));
});

const share = ['key', 'share', '--new', '--quorum', '2', '--shares', '3'];
const inFolder = (name: string) => join(folder, name);
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const sharePattern = /SA[A-Z2-7]{2}(?:-[A-Z2-7]{1,4})+/g;

/** What a camera would read; `light` says where it is light, `scale` pixels a module. */
function decode(light: readonly (readonly boolean[])[], scale = 4): string | undefined {
  const side = light.length * scale;
  const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (light[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) continue;
      pixels.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    }
  }
  // The module is CommonJS: its default export may be one level down.
  const read = ('default' in jsqr ? jsqr.default : jsqr) as unknown as typeof import('jsqr').default;
  return read(pixels, side, side)?.data;
}

/** The modules that lines of half blocks show. */
function fromLines(lines: readonly string[]): boolean[][] {
  return lines.flatMap((line) => [
    [...line].map((block) => block === '\u2588' || block === '\u2580'),
    [...line].map((block) => block === '\u2588' || block === '\u2584'),
  ]);
}

/** The modules of the path in a page, drawn by its rectangles. */
function fromSvg(svg: string, size: number): boolean[][] {
  const light = Array.from({ length: size }, () => Array<boolean>(size).fill(true));
  const [, path] = svg.match(/ d="([^"]+)"/) as unknown as [string, string];
  expect(path.replace(/M\d+ \d+h\d+v1h-\d+z/g, '')).toBe('');
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    (light[Number(y)] as boolean[]).fill(false, Number(x), Number(x) + Number(width));
  }
  return light;
}

/** The names of all elements, after a check that each is closed where it has to be. */
function elements(xml: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  const text = xml
    .replace(/^<!DOCTYPE html>\n/, '')
    .replace(
      /<(\/?)([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>/g,
      (_, end: string, name: string, __, empty: string) => {
        if (end !== '') expect(open.pop()).toBe(name);
        else all.push(name);
        if (end === '' && empty === '') open.push(name);
        return '';
      },
    );
  expect(open).toEqual([]);
  expect(text.replace(/&#\d+;/g, '')).not.toMatch(/[<>&]/);
  return all;
}

describe('QR codes on a terminal', () => {
  it('stand under each share and hold it (read back by jsqr)', async () => {
    for (const octets of ['16', '33', '64']) {
      const { code, out } = await runCli([...share, '--octets', octets, '--qr']);
      expect(code).toBe(0);
      const parts = out.split(/(?=^S)/m);
      expect(parts).toHaveLength(3);
      for (const part of parts) {
        const [text, blank, ...lines] = part.trimEnd().split('\n');
        expect(blank).toBe('');
        expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
        const rows = fromLines(lines);
        expect(decode(rows.slice(0, rows[0]?.length))).toBe(text);
      }
    }
  });

  it('have colours of their own where colour is welcome, so that a light terminal does not invert them', async () => {
    const coloured = await runCli([...share, '--qr'], { tty: true });
    const [, , ...rows] = coloured.out.split('\n');
    expect(rows[0]?.startsWith('\u001b[97;40m\u2588')).toBe(true);
    expect(rows[0]?.endsWith('\u2588\u001b[0m')).toBe(true);
    for (const surroundings of [{}, { tty: true, env: { NO_COLOR: '1' } }]) {
      expect((await runCli([...share, '--qr'], surroundings)).out).not.toContain('\u001b');
    }
  });

  it('show dark modules as gaps, four light ones around all', async () => {
    const code = await qrCode('SAQD-BME7');
    const rows = fromLines(qrLines(code, false).trimEnd().split('\n'));
    expect(rows.slice(0, code.length)).toEqual(code.map((row) => row.map((dark) => !dark)));
    for (const edge of [...code.slice(0, 4), ...code.slice(-4)]) expect(edge).not.toContain(true);
  });
});

describe('pages', () => {
  it('are one for each share in one document, and no share is on standard output', async () => {
    const path = inFolder('pages.html');
    const { code, out, err } = await runCli([...share, '--print', path], { tty: true });
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: `written: ${path}\n` });
    expect(mode(path)).toBe('600');
    const html = readFileSync(path, 'utf8');
    const names = elements(html);
    expect(names.filter((name) => name === 'section')).toHaveLength(3);
    expect(names.filter((name) => name === 'svg')).toHaveLength(3);
    expect(new Set(names)).toEqual(
      new Set(['html', 'head', 'meta', 'title', 'style', 'body', 'section', 'svg', 'rect', 'text', 'path']),
    );
    expect(html).toMatch(/section \{[^}]*break-after: page;/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    for (const i of [1, 2, 3]) expect(html).toContain(`>Share ${i} of 3<`);
    expect(html.match(/>Any 2 of the 3 shares give the secret\./g)).toHaveLength(3);
  });

  it('load nothing, run nothing and name nobody', async () => {
    const path = inFolder('pages.html');
    await runCli([...share, '--print', path, '--svg', inFolder('svg')]);
    const texts = [path, ...readdirSync(inFolder('svg')).map((name) => join(inFolder('svg'), name))].map((name) =>
      readFileSync(name, 'utf8'),
    );
    for (const text of texts) {
      expect(text).not.toMatch(/script|href|src=|url\(|@import|javascript|onload|data:|\d{4}-\d\d-\d\d/i);
      const addresses = new Set(text.match(/https?:[^"]*/g));
      expect([...addresses].filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
    }
  });

  it('show the share in groups and as a code that holds it (read back by jsqr), and together recover the secret', async () => {
    const secret = '5a'.repeat(64);
    const args = ['key', 'share', '--hex', '--quorum', '3', '--shares', '15', '--svg', inFolder('svg')];
    const { err } = await runCli(args, { input: [secret] });
    expect(err.split('\n')).toHaveLength(16);
    expect(mode(inFolder('svg'))).toBe('700');
    const shares: string[] = [];
    for (let i = 1; i <= 15; i++) {
      const path = join(inFolder('svg'), `share-${i}-of-15.svg`);
      expect(mode(path)).toBe('600');
      const svg = readFileSync(path, 'utf8');
      elements(svg);
      const [, scale] = svg.match(/scale\(([\d.]+)\)/) as unknown as [string, string];
      const text = [...svg.matchAll(/monospace[^>]*>([A-Z2-7-]+)</g)].map(([, line]) => line).join('');
      expect(decode(fromSvg(svg, Math.round(95 / Number(scale))))).toBe(text);
      shares.push(text);
      for (const [, y] of svg.matchAll(/ y="(\d+)"/g)) expect(Number(y)).toBeLessThan(280);
    }
    expect((await runCli(['key', 'recover', '--hex'], { input: [shares.join('\n')] })).out).toBe(`${secret}\n`);
  });

  it('have the label and the date that are asked for, and nothing of them is markup', async () => {
    const path = inFolder('pages.html');
    const label = `<script>&"'\u202e\u001b[2J`;
    const before = new Date().toISOString().slice(0, 10);
    await runCli([...share, '--print', path, '--label', label, '--date']);
    const html = readFileSync(path, 'utf8');
    expect(elements(html)).not.toContain('script');
    expect(html).toContain('>&#60;script&#62;&#38;&#34;&#39;\ufffd\ufffd[2J<');
    expect([before, new Date().toISOString().slice(0, 10)].some((date) => html.includes(`>${date}<`))).toBe(true);
  });

  it('say how to recover what would be taken for something else', async () => {
    const path = inFolder('pages.html');
    const input = [`c80102${'00'.repeat(32)}`];
    await runCli(['key', 'share', '--hex', '--quorum', '1', '--shares', '1', '--print', path], { input });
    const html = readFileSync(path, 'utf8');
    expect(html).toContain('>mathmesh key recover --key<');
    expect(html).toContain('>This share alone gives the secret.<');
  });

  it('come with the shares as JSON or QR codes when those are asked for', async () => {
    const { out } = await runCli([...share, '--json', '--print', inFolder('a.html')]);
    const [first] = JSON.parse(out).shares as [string];
    expect(readFileSync(inFolder('a.html'), 'utf8')).toContain(first.slice(0, 19));
    expect((await runCli([...share, '--qr', '--print', inFolder('b.html')])).out.match(sharePattern)).toHaveLength(3);
  });

  it('fit a share of 64 octets and two notes', async () => {
    const code = await qrCode('A');
    const share = Array(27).fill('SAYA').join('-').slice(0, 132);
    const svg = pageSvg({ share, index: 1, shares: 15, quorum: 15, code, notes: ['a', 'b'], command: 'c' });
    expect(svg).toContain('>All 15 shares give the secret. Fewer tell nothing about it.<');
    const places = [...svg.matchAll(/ y="(\d+)"/g)].map(([, y]) => Number(y));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('files of shares', () => {
  it('are never written over another file, and then none is written', async () => {
    mkdirSync(inFolder('svg'));
    writeFileSync(inFolder('svg/share-2-of-3.svg'), 'mine');
    const { code, out, err } = await runCli([
      ...share,
      '--json',
      '--print',
      inFolder('a.html'),
      '--svg',
      inFolder('svg'),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${inFolder('svg/share-2-of-3.svg')}: exists; --force replaces it`);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['svg', 'svg/share-2-of-3.svg']);
    expect(readFileSync(inFolder('svg/share-2-of-3.svg'), 'utf8')).toBe('mine');
  });

  it('never replace a folder or a pipe, and then no file at all', async () => {
    const mixed = inFolder('mixed');
    expect((await runCli([...share, '--svg', mixed])).code).toBe(0);
    const path = join(mixed, 'share-1-of-3.svg');
    const before = readFileSync(path, 'utf8');
    rmSync(join(mixed, 'share-3-of-3.svg'));
    mkdirSync(join(mixed, 'share-3-of-3.svg'));
    const { code, err } = await runCli([...share, '--force', '--svg', mixed]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('cannot be written (EISDIR)') });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('of one name are refused', async () => {
    const same = inFolder('same');
    const { code, err } = await runCli([...share, '--svg', same, '--print', join(same, 'share-1-of-3.svg')]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('the same file') });
  });

  it('replace others with --force, whatever mode those had and wherever a link led', async () => {
    writeFileSync(inFolder('a.html'), 'old');
    chmodSync(inFolder('a.html'), 0o644);
    writeFileSync(inFolder('elsewhere'), 'mine');
    symlinkSync(inFolder('elsewhere'), inFolder('b.html'));
    for (const name of ['a.html', 'b.html']) {
      expect((await runCli([...share, '--force', '--print', inFolder(name)])).code).toBe(0);
      expect(mode(inFolder(name))).toBe('600');
      expect(readFileSync(inFolder(name), 'utf8')).toContain('Share 1 of 3');
    }
    expect(readFileSync(inFolder('elsewhere'), 'utf8')).toBe('mine');
    expect(readdirSync(folder).sort()).toEqual(['a.html', 'b.html', 'elsewhere']);
  });

  it('do not follow a link to a file that is not there', async () => {
    symlinkSync(inFolder('nowhere'), inFolder('a.html'));
    expect((await runCli([...share, '--print', inFolder('a.html')])).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['a.html']);
  });

  it.each([
    ['missing/a.html', 'cannot be written (ENOENT)'],
    ['.', 'exists; --force replaces it'],
  ])('are refused at %s', async (name, message) => {
    const { code, out, err } = await runCli([...share, '--print', inFolder(name)]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('leave nothing behind when the place of one cannot be taken', async () => {
    mkdirSync(inFolder('a.html'));
    expect((await runCli([...share, '--force', '--print', inFolder('a.html')])).code).toBe(2);
    expect(readdirSync(folder)).toEqual(['a.html']);
  });
});
