/**
 * The pruning of 448-bit secret scalars shared by X448 (RFC 7748 section 5) and Ed448 (RFC 8032 section 5.2.5).
 */

/** 56 octets with bits 0 and 1 cleared and bit 447 set, from the first 56 of the argument. */
export function clamped(octets: Uint8Array): Uint8Array {
  const scalar = octets.slice(0, 56);
  scalar[0] = (scalar[0] as number) & 0xfc;
  scalar[55] = (scalar[55] as number) | 0x80;
  return scalar;
}
