/**
 * The files of the playground, bundled in memory, and the policy that they are served under.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Asset, bundled } from '../bench/browser/serve.ts';
import { loadVectors } from '../src/conformance/files.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Files of its own and nothing else: no other host, no inline code, no inline style. Charts are pictures that a worker makes. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What every answer says. */
export const headers = {
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** Everything, by path. */
export async function site(): Promise<Map<string, Asset>> {
  const file = (name: string, type: string): [string, Asset] => [
    `/${name}`,
    { type, content: readFileSync(here(name)) },
  ];
  const [, page] = file('index.html', 'text/html');
  return new Map<string, Asset>([
    ['/', page],
    file('style.css', 'text/css'),
    file('icon.svg', 'image/svg+xml'),
    ['/vectors.json', { type: 'application/json', content: JSON.stringify(loadVectors()) }],
    ...(await bundled({
      'page/index': here('page/index.ts'),
      'worker/tasks': here('worker/tasks.ts'),
      'worker/bench': here('worker/bench.ts'),
    })),
  ]);
}
