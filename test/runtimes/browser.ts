/**
 * Chromium: a page, a module worker, pages with a policy, and pages that bundlers made.
 *
 * It is taken from CHROMIUM, or where Debian puts it.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import type { Answer, Row } from './outcome.ts';
import { consumer, engine, here, out, output } from './place.ts';

const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;

const types: Record<string, string> = { '.js': 'text/javascript', '.json': 'application/json', '.html': 'text/html' };

/** The page of a script, a module. */
const pageOf = (script: string) =>
  `<!doctype html><meta charset="utf-8"><script type="module" src="${script}"></script>`;

/** Files of a folder and a page, to this machine only. */
async function serve(folder: string, html: string | undefined, policy: string | undefined) {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url;
    const headers = policy === undefined ? {} : { 'content-security-policy': policy };
    try {
      const body = url === '/' && html !== undefined ? html : readFileSync(join(folder, path));
      response.writeHead(200, { ...headers, 'content-type': types[extname(path)] ?? 'application/octet-stream' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

interface Visit {
  folder: string;
  html?: string;
  policy?: string;
}

async function visit<T>({ folder, html, policy }: Visit, ask: (page: Page) => Promise<T>) {
  const { server, url } = await serve(folder, html, policy);
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    try {
      return { version: browser.version(), answer: await ask(page) };
    } catch (error) {
      throw new Error([String(error), ...errors].join('\n'));
    }
  } finally {
    await browser.close();
    server.close();
  }
}

/** Of a script that offers `answer`. */
async function answerOf<T>(page: Page): Promise<T> {
  await page.waitForFunction(() => 'answer' in globalThis, undefined, { timeout: 20_000 });
  return page.evaluate(() => (globalThis as unknown as { answer(): Promise<T> }).answer()) as Promise<T>;
}

function bundle(name: string): Promise<unknown> {
  const entryPoints = [join(consumer, `${name}.mjs`)];
  return build({ entryPoints, outfile: join(consumer, `${name}.js`), bundle: true, format: 'esm', target: 'es2022' });
}

function pageRow(name: string, backend: Answer['backend'], policy?: string): Row {
  return {
    name: `Chromium, ${name}`,
    backend,
    needs: [executablePath],
    async run() {
      await bundle('page');
      const visited = { folder: consumer, html: pageOf('/page.js'), ...(policy === undefined ? {} : { policy }) };
      return visit(visited, (page) => answerOf<Answer>(page));
    },
  };
}

const workerRow: Row = {
  name: 'Chromium, module worker',
  backend: 'wasm',
  needs: [executablePath],
  async run() {
    await bundle('worker');
    return visit({ folder: consumer, html: pageOf('/none.js') }, (page) =>
      page.evaluate(
        () =>
          new Promise<Answer>((resolve, reject) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = (event) => reject(new Error(event.message));
          }),
      ),
    );
  },
};

interface ExampleAnswer extends Answer {
  right: boolean;
  workers: number;
}

function versionOf(name: string): string {
  const folder = name === 'esbuild' ? join(here, '../../node_modules/esbuild') : engine(name);
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function bundlerRow(name: 'esbuild' | 'vite' | 'webpack'): Row {
  return {
    name: `bundle by ${name}, in Chromium`,
    backend: 'wasm',
    needs: name === 'esbuild' ? [executablePath] : [executablePath, engine(name)],
    async run() {
      const folder = name === 'esbuild' ? consumer : join(out, name);
      if (name === 'esbuild') await bundle('example');
      else await output(process.execPath, [join(here, 'bundle.mjs'), name, join(consumer, 'example.mjs'), folder]);
      const html = name === 'esbuild' ? { html: pageOf('/example.js') } : {};
      const { answer } = await visit({ folder, ...html }, (page) => answerOf<ExampleAnswer>(page));
      if (!answer.right) throw new Error('the example gives wrong results');
      return { version: versionOf(name), answer, remark: `the example runs, ${answer.workers} workers` };
    },
  };
}

/** Pages, a worker, and bundles. */
export const browserRows: readonly Row[] = [
  pageRow('page', 'wasm'),
  workerRow,
  pageRow("page with `script-src 'self'`", 'js', "script-src 'self'"),
  pageRow("page with `script-src 'self' 'wasm-unsafe-eval'`", 'wasm', "script-src 'self' 'wasm-unsafe-eval'"),
  ...(['esbuild', 'vite', 'webpack'] as const).map(bundlerRow),
];
