/**
 * `npm run bench:browser`: the benchmark in Chromium, against @noble and hash-wasm there.
 *
 *     npm run bench:browser [-- --family NAME] [--time MS] [--json FILE]
 *
 * Chromium is taken from CHROMIUM, or where Debian puts it.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { apart } from '../apart.ts';
import { describe, thisMachine } from '../machine.ts';
import { type Options, parseOptions } from '../options.ts';
import type { Report } from '../result.ts';
import { tableOf } from '../table.ts';
import { launch, noChromium } from './chromium.ts';
import type { Page } from './page.ts';
import { type Asset, bundled, serve } from './serve.ts';

const html =
  '<!doctype html><meta charset="utf-8"><title>benchmark</title><script type="module" src="/page.js"></script>';

/** With a clock of 5 µs a sample has to be longer than in Node. Milliseconds. */
const sample = 2;

async function run(browser: Browser, url: string, { families, time }: Options): Promise<Report> {
  const tab = await browser.newPage();
  await tab.goto(url);
  await tab.waitForFunction(() => 'page' in globalThis);
  const status = await tab.evaluate(() => (globalThis as unknown as { page: Page }).page.status());
  if (status.backend !== 'wasm') throw new Error('the WASM backend is not live in the page');
  if (!status.isolated) throw new Error('the page is not isolated: its clock is too coarse');

  const { processor, cores, platform, load, versions } = thisMachine();
  const { node: _node, v8: _v8, openssl: _openssl, ...libraries } = versions;
  const machine = { processor, cores, platform, load, versions: { chromium: browser.version(), ...libraries } };
  console.log(`${describe(machine)}; load ${load}\n`);
  const report: Report = { machine, families: [] };
  for (const family of families.filter((name) => !Object.hasOwn(apart, name))) {
    const measured = await tab.evaluate(
      ({ name, settings }) => (globalThis as unknown as { page: Page }).page.measure(name, settings),
      { name: family, settings: { sample, row: time } },
    );
    report.families.push(measured);
    console.log(`${tableOf(measured)}\n`);
  }
  return report;
}

async function main(options: Options): Promise<void> {
  if (options.check || options.write) throw new Error('floors and documents are those of Node: npm run bench');
  if (noChromium !== undefined) throw new Error(noChromium);
  const assets = await bundled({ page: fileURLToPath(new URL('page.ts', import.meta.url)) });
  const { server, url } = await serve(new Map<string, Asset>([['/', { type: 'text/html', content: html }], ...assets]));
  const browser = await chromium.launch(launch);
  try {
    const report = await run(browser, url, options);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await browser.close();
    server.close();
  }
}

try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
