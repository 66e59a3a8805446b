/**
 * Octets for tests: hexadecimal, numbers and text.
 */
export function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

/** A number as little-endian octets; higher octets are cut. */
export function littleEndian(n: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Number((n >> BigInt(8 * i)) & 255n));
}

export function fromLittleEndian(octets: Uint8Array): bigint {
  return octets.reduceRight((n, octet) => (n << 8n) | BigInt(octet), 0n);
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Octets that look random and are the same on every run. */
export function pattern(length: number, seed = 1): Uint8Array {
  let x = (seed * 2654435761) >>> 0 || 1;
  return Uint8Array.from({ length }, () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x & 255;
  });
}
