/**
 * Which engine serves: that of the platform where `node:crypto` has the three ciphers, else JavaScript. Decided once, on first use.
 */
import { fallbackEngine } from '#aes-fallback';
import { fail } from '../errors.ts';
import type { Engine } from './engine.ts';
import { nodeEngine } from './node.ts';

let chosen: Engine | undefined;

/** `node:crypto`, without an import that other platforms could not resolve. */
export function nodeCrypto(): typeof import('node:crypto') | undefined {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:crypto');
}

/** The engine of this platform. */
export function platformEngine(): Engine {
  const crypto = nodeCrypto();
  return (chosen ??= (crypto && nodeEngine(crypto)) ?? fallbackEngine ?? fail('backend_unavailable', 'AES'));
}
