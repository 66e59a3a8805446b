/**
 * Base64url without padding (RFC 4648 section 5; RFC 7515 section 2): one text per value. Not lenient and not standard Base64.
 * Characters are computed from comparisons made with sign bits, so that neither a table index nor a branch follows a secret.
 */
import { fromAscii, toAscii } from './ascii.ts';
import { room, wipe } from './bytes.ts';
import { type ErrorCode, fail } from './errors.ts';

/** All ones when low < value < high, else zero; for values below 2^31. */
function between(value: number, low: number, high: number): number {
  return ((low - value) & (value - high)) >> 31;
}

function character(sextet: number): number {
  return (
    (between(sextet, -1, 26) & (sextet + 0x41)) |
    (between(sextet, 25, 52) & (sextet + 0x47)) |
    (between(sextet, 51, 62) & (sextet - 4)) |
    (between(sextet, 61, 63) & 0x2d) |
    (between(sextet, 62, 64) & 0x5f)
  );
}

/** The value of a character plus one, or zero outside the alphabet. */
function sextetPlusOne(code: number): number {
  return (
    (between(code, 0x40, 0x5b) & (code - 0x40)) |
    (between(code, 0x60, 0x7b) & (code - 0x46)) |
    (between(code, 0x2f, 0x3a) & (code + 5)) |
    (between(code, 0x2c, 0x2e) & 63) |
    (between(code, 0x5e, 0x60) & 64)
  );
}

/** Characters of the text of so many octets. */
export function textLength(octets: number): number {
  return Math.ceil((octets * 4) / 3);
}

/** The text of an octet string. Constant time: yes in the content, by arithmetic on every sextet. */
export function toBase64url(octets: Uint8Array): string {
  const out = new Uint8Array(textLength(octets.length));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const octet of octets) {
    bits = ((bits << 8) | octet) & 0x3fff;
    held += 8;
    while (held >= 6) {
      held -= 6;
      out[at++] = character((bits >> held) & 63);
    }
  }
  if (held > 0) out[at++] = character((bits << (6 - held)) & 63);
  const text = toAscii(out);
  wipe(out);
  return text;
}

/**
 * The octets of a text. Constant time: yes in the content, one test after the loop.
 *
 * @throws MeshError `code` for padding, white space, any other foreign character, an impossible length or spare bits that are not zero
 */
export function fromBase64url(text: string, code: ErrorCode): Uint8Array {
  const ascii = fromAscii(text, code);
  const out = room(Math.floor((ascii.length * 3) / 4));
  let bad = Number(ascii.length % 4 === 1);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const octet of ascii) {
    const value = sextetPlusOne(octet) - 1;
    bad |= value >>> 31;
    bits = ((bits << 6) | (value & 63)) & 0x3fff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = bits >> held;
    }
  }
  bad |= bits & ((1 << held) - 1);
  wipe(ascii);
  if (bad !== 0) {
    wipe(out);
    fail(code, 'not base64url');
  }
  return out;
}
