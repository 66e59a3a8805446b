/**
 * Serving the page to this machine only. The headers make it cross-origin isolated: else browsers round the clock to 0.1 ms, not 5 µs.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const html =
  '<!doctype html><meta charset="utf-8"><title>benchmark</title><script type="module" src="/page.js"></script>';

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

async function script(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.contents as Uint8Array;
}

/** Starts on a free port. */
export async function serve(): Promise<{ server: Server; url: string }> {
  const code = await script();
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.writeHead(200, { ...isolation, 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? code : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
