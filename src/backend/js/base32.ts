/**
 * Base32 (RFC 4648 section 6) for text that may carry secrets: characters are computed and read with arithmetic, never with a
 * table index or a branch on the value. Constant time: yes in the content, separators apart.
 */
import { toAscii } from '../../ascii.ts';
import { wipe } from '../../bytes.ts';
import { fail } from '../../errors.ts';
import type { BitString } from '../types.ts';

const hyphen = 0x2d;

/** All ones when `n` is negative, else zero; |n| < 2^31. */
function negative(n: number): number {
  return n >> 31;
}

/** The character of a value below 32: A to Z, then 2 to 7. */
function character(value: number): number {
  return 0x41 + value - (negative(25 - value) & (0x41 + 26 - 0x32));
}

/** The value of a character of either case, or -1. */
function characterValue(code: number): number {
  const letter = (code | 0x20) - 0x61;
  const digit = code - 0x32;
  const isLetter = ~negative(letter) & ~negative(25 - letter);
  const isDigit = ~negative(digit) & ~negative(5 - digit);
  return (letter & isLetter) | ((digit + 26) & isDigit) | ~(isLetter | isDigit);
}

function isSeparator(code: number): boolean {
  return code === hyphen || code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

function base32Encode(data: Uint8Array, characters: number, group: number): string {
  const count = Math.min(characters, Math.ceil((data.length * 8) / 5));
  const out = new Uint8Array(count + Math.max(0, Math.ceil(count / group) - 1));
  let bits = 0;
  let pending = 0;
  let from = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % group === 0) out[at++] = hyphen;
    if (pending < 5) {
      // Past the end the value is filled with zero bits.
      bits = ((bits << 8) | (data[from++] ?? 0)) & 0xffff;
      pending += 8;
    }
    pending -= 5;
    out[at++] = character((bits >> pending) & 31);
  }
  const text = toAscii(out);
  wipe(out);
  return text;
}

function base32Decode(text: string, lenient: boolean): BitString {
  const buffer = new Uint8Array(Math.ceil((text.length * 5) / 8));
  let bits = 0;
  let pending = 0;
  let at = 0;
  let refused = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSeparator(code)) continue;
    const value = characterValue(code);
    if (lenient && value < 0) continue;
    refused |= value;
    bits = ((bits << 5) | (value & 31)) & 0xffff;
    pending += 5;
    if (pending >= 8) {
      pending -= 8;
      buffer[at++] = bits >> pending;
    }
  }
  const whole = at;
  if (pending > 0) buffer[at++] = bits << (8 - pending);
  const octets = buffer.slice(0, at);
  wipe(buffer);
  // Only -1 has the sign bit; tested once, after the last character.
  if (refused < 0) {
    wipe(octets);
    fail('bad_character');
  }
  return { octets, bits: 8 * whole + pending };
}

export const base32 = { base32Encode, base32Decode };
