/** AES where the platform has none: JavaScript. Chosen by the `#aes-fallback` entry of package.json. */
import type { Engine } from './engine.ts';
import { nobleEngine } from './noble.ts';

/** What serves without `node:crypto`. */
export const fallbackEngine: Engine | undefined = nobleEngine;
