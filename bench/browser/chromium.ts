/**
 * The browser of this machine: CHROMIUM, or where Debian puts it.
 */
import { existsSync } from 'node:fs';

const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;

/** Nothing but the page: no graphics, no services of the browser. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How it is started. */
export const launch = { executablePath, args };

/** Why it cannot be. */
export const noChromium: string | undefined = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install it (Debian: apt-get install chromium) or set CHROMIUM`;
