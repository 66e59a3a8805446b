/**
 * The playground in Chromium: each of its functions once on each backend, against other implementations.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { ed448 as noble } from '@noble/curves/ed448.js';
import jsqr from 'jsqr';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, noChromium } from '../../bench/browser/chromium.ts';
import { serve } from '../../bench/browser/serve.ts';
import { families } from '../../bench/families/index.ts';
import { digest as plainUdf } from '../../bench/peers/plain-udf.ts';
import { benchmarks } from '../../demo/messages.ts';
import { headers, site } from '../../demo/site.ts';
import { unhex, utf8 } from '../support/octets.ts';

/** A machine may be busy with other tests. */
const patience = 240_000;

const vectors = Object.values(
  JSON.parse(readFileSync(new URL('../../vectors/manifest.json', import.meta.url), 'utf8')).files as Record<
    string,
    number
  >,
).reduce((sum, count) => sum + count, 0);

let [server, address, browser]: [Server?, string?, Browser?] = [];
let assets: Awaited<ReturnType<typeof site>>;

/** A page that is ready, and what its console and its network saw. */
async function open(
  query: string,
  at = address as string,
): Promise<{ tab: Page; complaints: string[]; origins: Set<string> }> {
  const tab = await (browser as Browser).newPage();
  tab.setDefaultTimeout(patience);
  const complaints: string[] = [];
  const origins = new Set<string>();
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  tab.on('pageerror', ({ message }) => complaints.push(message));
  tab.on('request', (request) => origins.add(new URL(request.url()).origin));
  await tab.goto(at + query);
  await tab.waitForSelector('html[data-ready]');
  return { tab, complaints, origins };
}

const texts = (tab: Page, selector: string) => tab.locator(selector).allTextContents();

/** The value under a name, in a part of the page. */
const shown = async (tab: Page, part: string, name: string) =>
  (
    await tab
      .locator(`${part} .value`, { has: tab.getByText(name, { exact: true }) })
      .locator('code')
      .allTextContents()
  )[0];

/** What a camera would read from the n-th QR code, drawn by the browser. */
async function scanned(tab: Page, n: number): Promise<string | undefined> {
  const { pixels, side } = await tab.evaluate(async (at) => {
    const picture = document.querySelectorAll('svg.qr')[at] as SVGSVGElement;
    const copy = picture.cloneNode(true) as SVGSVGElement;
    const { fill, backgroundColor } = getComputedStyle(picture);
    copy.setAttribute('fill', fill);
    const side = 4 * picture.viewBox.baseVal.width;
    copy.setAttribute('width', String(side));
    copy.setAttribute('height', String(side));
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
    await image.decode();
    const context = new OffscreenCanvas(side, side).getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillStyle = backgroundColor;
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 0, 0);
    return { pixels: [...context.getImageData(0, 0, side, side).data], side };
  }, n);
  // The module is CommonJS: its default export may be one level down.
  const read = ('default' in jsqr ? jsqr.default : jsqr) as unknown as typeof import('jsqr').default;
  return read(Uint8ClampedArray.from(pixels), side, side)?.data;
}

describe('the playground', () => {
  it('offers families that the benchmark has', () => {
    expect(Object.keys(families)).toEqual(expect.arrayContaining(Object.keys(benchmarks)));
  });
});

describe.skipIf(noChromium !== undefined)(`the playground in Chromium${noChromium ? ` (${noChromium})` : ''}`, () => {
  beforeAll(async () => {
    assets = await site();
    ({ server, url: address } = await serve(assets, { headers }));
    browser = await chromium.launch(launch);
  }, patience);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('is served with its types under a strict policy, and nothing else is', async () => {
    for (const [path, type] of [
      ['', 'text/html'],
      ['style.css', 'text/css'],
      ['page/index.js', 'text/javascript'],
      ['worker/tasks.js', 'text/javascript'],
      ['icon.svg', 'image/svg+xml'],
      ['vectors.json', 'application/json'],
    ] as const) {
      const response = await fetch(address + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      expect(policy).not.toContain("'unsafe-");
    }
    for (const path of ['package.json', '../package.json', 'page/index.ts', '%2e%2e/package.json']) {
      expect((await fetch(address + path)).status).toBe(404);
    }
    expect((await fetch(address as string, { method: 'POST' })).status).toBe(404);
  });

  it(
    'says why where the browser refuses WebAssembly, and works all the same',
    async () => {
      const policy = headers['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
      const without = await serve(assets, { headers: { ...headers, 'content-security-policy': policy } });
      try {
        const { tab } = await open('', without.url);
        expect(await tab.textContent('#backend')).toBe('JavaScript');
        expect(await tab.textContent('#why')).toMatch(/^WebAssembly cannot run here: .*Content Security Policy/);
        await tab.click('#split button');
        await tab.locator('#shares li').nth(2).waitFor();
        await tab.close();
      } finally {
        without.server.close();
      }
    },
    patience,
  );

  it(
    'fits a phone, names every control, and leads there by keyboard',
    async () => {
      const { tab, complaints } = await open('');
      await tab.setViewportSize({ width: 360, height: 740 });
      await tab.click('#split button');
      await tab.click('#make-keys');
      await tab.click('#sign');
      await tab.locator('#shares li').nth(2).waitFor();
      expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      const unnamed = await tab.evaluate(() =>
        [...document.querySelectorAll<HTMLInputElement>('input, select, textarea')]
          .filter(({ labels }) => [...(labels ?? [])].every((label) => label.textContent?.trim() === ''))
          .map(({ id }) => id),
      );
      expect(unnamed).toEqual([]);
      await tab.evaluate(() => (document.activeElement as HTMLElement).blur());
      await tab.focus('.skip');
      const order: string[] = [];
      for (let i = 0; i < 40; i++) {
        await tab.keyboard.press('Tab');
        order.push(await tab.evaluate(() => document.activeElement?.id ?? ''));
      }
      const stops = [
        'other-backend',
        'file',
        'content-type',
        'secret',
        'share-count',
        'quorum',
        'share-list',
        'make-keys',
        'message',
        'sign',
      ];
      expect(order.filter((id) => stops.includes(id))).toEqual(stops);
      expect(complaints).toEqual([]);
      await tab.close();
    },
    patience,
  );

  describe.each([
    ['WebAssembly', ''],
    ['JavaScript', '?backend=js'],
  ])('on %s', (name, query) => {
    let [tab, complaints, origins]: [Page?, string[]?, Set<string>?] = [];
    beforeAll(async () => {
      ({ tab, complaints, origins } = await open(query));
    }, patience);
    afterAll(() => tab?.close());
    const page = () => tab as Page;

    it('says which backend is in use', async () => {
      expect(await page().textContent('#backend')).toBe(name);
      expect(await page().textContent('#why')).toMatch(
        name === 'JavaScript' ? /^Chosen in the address/ : /^The compiled backend/,
      );
    });

    it(
      'fingerprints a file as OpenSSL and plain JavaScript do, and anew for another media type',
      async () => {
        const content = Buffer.from(Array.from({ length: 3_000_001 }, (_, i) => (i * i) >> 5));
        await page().setInputFiles('#file', { name: 'octets.bin', mimeType: '', buffer: content });
        await page().locator('#file-result .value').first().waitFor();
        const hash = (algorithm: string, options = {}) => createHash(algorithm, options).update(content).digest('hex');
        expect(await shown(page(), '#file-result', 'SHA-512')).toBe(hash('sha512'));
        expect(await shown(page(), '#file-result', 'SHAKE256, 64 octets')).toBe(hash('shake256', { outputLength: 64 }));
        expect(await page().inputValue('#content-type')).toBe('application/octet-stream');
        expect(await shown(page(), '#file-result', 'UDF')).toBe(plainUdf('application/octet-stream', content));
        await page().fill('#content-type', 'text/plain');
        expect(await shown(page(), '#file-result', 'UDF')).toBe(plainUdf('text/plain', content));
        expect(await page().textContent('#file-state')).toMatch(/^octets\.bin: 3\.0 MB in \d+ ms/);
        const published = utf8('UDF Data Value');
        await page().setInputFiles('#file', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from(published) });
        await page().getByText('MDDK-7N6A-727A-JZNO-STRX-XKS7-DJAF', { exact: true }).waitFor();
      },
      patience,
    );

    it(
      'splits a secret into codes that a camera reads, and combines as many as are needed',
      async () => {
        await page().fill('#secret', 'ein Geheimnis: ß€');
        await page().fill('#share-count', '4');
        await page().fill('#quorum', '3');
        await page().click('#split button');
        await page().locator('#shares li').nth(3).waitFor();
        const shares = await texts(page(), '#shares code');
        expect(new Set(shares).size).toBe(4);
        for (const [i, share] of shares.entries()) expect(await scanned(page(), i)).toBe(share);
        const boxes = page().locator('#shares input');
        for (const i of [3, 0]) await boxes.nth(i).check();
        await page().click('#combine button');
        expect(await page().textContent('#combine-error')).toMatch(/insufficient|fewer/i);
        await boxes.nth(1).check();
        expect(await page().inputValue('#share-list')).toBe([3, 0, 1].map((i) => shares[i]).join('\n'));
        await page().click('#combine button');
        expect(await shown(page(), '#combine-result', 'Secret')).toBe('ein Geheimnis: ß€');
        expect(await page().isHidden('#combine-error')).toBe(true);
        await page().fill('#secret', 'x'.repeat(65));
        await page().click('#split button');
        expect(await page().textContent('#split-error')).not.toBe('');
        expect(await page().locator('#shares li').count()).toBe(0);
      },
      patience,
    );

    it(
      'combines two keys, whose signature another library verifies',
      async () => {
        await page().click('#make-keys');
        await page().fill('#message', 'a message');
        await page().click('#sign');
        const [device, account, sum] = (await texts(page(), '#keys .value:nth-of-type(2) code')).map((text) =>
          unhex(text),
        );
        const { Point } = noble;
        expect(Point.fromBytes(device!).add(Point.fromBytes(account!)).equals(Point.fromBytes(sum!))).toBe(true);
        const signature = unhex((await shown(page(), '#signature', 'Signature')) as string);
        expect(noble.verify(signature, utf8('a message'), sum!)).toBe(true);
        expect(await page().textContent('#verdict')).toMatch(/^Valid/);
        await page().fill('#message', 'another message');
        expect(await page().textContent('#verdict')).toMatch(/^Not valid/);
      },
      patience,
    );

    it(
      'runs the whole conformance suite',
      async () => {
        await page().click('#run-suite');
        await page().locator('#suite-progress').waitFor({ state: 'visible' });
        await page().locator('#suite-progress').waitFor({ state: 'hidden' });
        const backends = name === 'WebAssembly' ? ['WebAssembly', 'JavaScript'] : ['JavaScript'];
        expect(await texts(page(), '#suite-table thead th')).toEqual(['Part', ...backends]);
        const state = (await page().textContent('#suite-state')) ?? '';
        for (const each of backends) {
          const [, values, proven, unverifiable, failed] =
            new RegExp(`${each}, [\\d.]+ s: (\\d+) .*?, (\\d+) .*?, (\\d+) .*?, (\\d+) failed`).exec(state) ?? [];
          expect([Number(values) + Number(proven) + Number(unverifiable), failed]).toEqual([vectors - 1, '0']);
        }
        for (const cell of await texts(page(), '#suite-table .figures span:first-child')) {
          expect(cell).toMatch(/^(\d+) of \1$/);
        }
        expect(await texts(page(), '#suite-failures li')).toEqual([]);
      },
      patience,
    );

    it(
      'measures, and draws charts for light and dark',
      async () => {
        await page().locator('#families input[value=ed448]').uncheck();
        await page().locator('#families input[value=shamir]').check();
        await page().click('#run-bench');
        await page().getByText('Done.', { exact: true }).waitFor();
        const [table = ''] = await texts(page(), '#chart-shamir pre');
        expect(table.split('\n').length).toBeGreaterThan(3);
        expect(table).toContain('× js');
        const drawn = await page().evaluate(async () => {
          const image = document.querySelector('#chart-shamir img') as HTMLImageElement;
          await image.decode();
          const { srcset } = document.querySelector('#chart-shamir source') as HTMLSourceElement;
          const dark = Object.assign(new Image(), { src: srcset });
          await dark.decode();
          return [image, dark].map(({ naturalWidth }) => naturalWidth > 100);
        });
        expect(drawn).toEqual([true, true]);
        expect(await page().getAttribute('#chart-shamir img', 'alt')).toContain('Secret sharing');
      },
      patience,
    );

    it('asked no other host, and the browser found nothing to complain of', () => {
      expect([...(origins as Set<string>)]).toEqual([new URL(address as string).origin]);
      expect(complaints).toEqual([]);
    });
  });
});

describe('npm run demo', () => {
  const main = (...args: string[]) => spawn(process.execPath, ['--import', 'tsx', 'demo/main.ts', ...args]);
  const written = async (stream: NodeJS.ReadableStream) => {
    for await (const piece of stream) return String(piece);
    return '';
  };

  it('prints where it serves, to this machine only', async () => {
    const program = main('--port', '0');
    try {
      const [, url = ''] = /^The playground: (http:\/\/127\.0\.0\.1:\d+\/)\n/.exec(await written(program.stdout)) ?? [];
      expect(await (await fetch(url)).text()).toContain('<title>MathMesh playground</title>');
    } finally {
      program.kill();
    }
  });

  it.each([['x'], ['70000']])('refuses the port %s', async (port) => {
    const program = main('--port', port);
    const closed = once(program, 'close');
    expect(await written(program.stderr)).toContain('--port is a number from 0 to 65535');
    expect((await closed)[0]).toBe(1);
  });

  it('says so when the port is taken', async () => {
    const { server, url } = await serve(new Map());
    try {
      expect(await written(main('--port', new URL(url).port).stderr)).toContain('The port is in use');
    } finally {
      server.close();
    }
  });
});
