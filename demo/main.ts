/**
 * `npm run demo`: the playground, served to this machine only.
 *
 *     npm run demo [-- --port NUMBER]
 */
import { parseArgs } from 'node:util';
import { serve } from '../bench/browser/serve.ts';
import { headers, site } from './site.ts';

const usual = '4480';

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error('--port is a number from 0 to 65535; 0 takes a free one');
  return port;
}

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: usual } } });
  const port = portOf(values.port);
  const { url } = await serve(await site(), { port, headers });
  console.log(`The playground: ${url}\nCtrl-C ends it.`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(
    code === 'EADDRINUSE' ? 'The port is in use: choose another one with --port, or 0 for a free one.' : message,
  );
  process.exitCode = 1;
}
