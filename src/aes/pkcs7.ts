/**
 * The padding of PKCS#7 (RFC 5652 section 6.3) to blocks of 16 octets. What it is taken from may be secret and need not be authentic.
 */
import { wipe } from '../bytes.ts';
import { blockLength } from './engine.ts';
import { refuse } from './refusal.ts';

/** The last block of a plaintext, from the 0 to 15 octets that fill no block. */
export function padded(rest: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength).fill(blockLength - rest.length);
  block.set(rest);
  return block;
}

/**
 * How many of the last 16 octets are padding, 1 to 16, or 0 when they have none that is right. Constant time: yes, every octet takes part
 * whatever the count.
 */
function paddingOf(octets: Uint8Array): number {
  const last = octets.length - 1;
  const count = octets[last] as number;
  let bad = ((count - 1) | (blockLength - count)) >>> 31;
  for (let i = 0; i < blockLength; i++) {
    const inside = (i - count) >> 31;
    bad |= inside & ((octets[last - i] as number) ^ count);
  }
  return count & ((bad - 1) >> 31);
}

/** What stands before the padding, in the same memory. @param octets - whole blocks, at least one; wiped when refused @throws Refusal `padding` */
export function unpadded(octets: Uint8Array): Uint8Array {
  const count = paddingOf(octets);
  if (count === 0) {
    wipe(octets);
    refuse('padding');
  }
  return octets.subarray(0, octets.length - count);
}
