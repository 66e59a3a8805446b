/**
 * Which engine serves: that of the platform where `node:crypto` has the three ciphers, else JavaScript. Decided once, on first use.
 */
import { fallbackEngine } from '#aes-fallback';
import { builtin } from '../builtin.ts';
import { fail } from '../errors.ts';
import type { Engine } from './engine.ts';
import { nodeEngine } from './node.ts';

let chosen: Engine | undefined;

/** The engine of this platform. */
export function platformEngine(): Engine {
  const crypto = builtin('node:crypto');
  return (chosen ??= (crypto && nodeEngine(crypto)) ?? fallbackEngine ?? fail('backend_unavailable', 'AES'));
}
