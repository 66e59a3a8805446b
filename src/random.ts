/**
 * Random octets from the platform's generator (Web Crypto), or a refusal: never a weaker source.
 */
import { fail } from './errors.ts';

/**
 * `length` fresh random octets.
 *
 * @throws MeshError `random_failed` when there is no generator, or it throws, or it leaves 16 and more octets at zero.
 */
export function randomBytes(length: number): Uint8Array {
  const source = globalThis.crypto;
  if (typeof source?.getRandomValues !== 'function') fail('random_failed', 'crypto.getRandomValues is missing');
  const out = new Uint8Array(length);
  try {
    source.getRandomValues(out);
  } catch (cause) {
    fail('random_failed', cause instanceof Error ? cause.message : undefined);
  }
  // A generator that leaves one constant octet has failed; by chance this happens once in 2^120 calls of 16 octets.
  if (length >= 16 && out.every((octet) => octet === out[0])) fail('random_failed', 'the generator repeats one octet');
  return out;
}
