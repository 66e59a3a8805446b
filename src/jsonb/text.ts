/**
 * UTF-8 to strings: strict (no overlong form, no surrogate, nothing above U+10FFFF, never U+FFFD for what is wrong) and fast for ASCII.
 */
import { toAscii } from '../ascii.ts';
import { fail } from '../errors.ts';

/** What Node's Buffer has for strings, several times faster than building them in the language. */
type Latin1Slice = (this: Uint8Array, start: number, end: number) => string;

const native = /* @__PURE__ */ (() => {
  const slice = (globalThis as { Buffer?: { prototype?: { latin1Slice?: Latin1Slice } } }).Buffer?.prototype
    ?.latin1Slice;
  try {
    // It is no documented interface, so it must show that it does what is expected of it.
    return slice?.call(new Uint8Array([0x20, 0x4d, 0xfc, 0x20]), 1, 3) === 'M\u00fc' ? slice : undefined;
  } catch {
    return undefined;
  }
})();

/** A decoder that refuses what is not UTF-8 and keeps a byte order mark; not every engine has one. */
const platform = /* @__PURE__ */ (() =>
  typeof TextDecoder === 'function' ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) : undefined)();

/** Below so many octets the decoder of the platform is slower than {@link decodeInTurn}. */
const platformPays = 32;

/** One character for each octet. */
export function fromLatin1(bytes: Uint8Array, start: number, end: number): string {
  return native === undefined ? toAscii(bytes.subarray(start, end)) : native.call(bytes, start, end);
}

/** Strings of up to so many octets are cheaper to make in one call with a fixed number of characters than by the platform. */
export const longestShort = 16;

const code = String.fromCharCode;

/** Up to four characters from a place on. */
function quad(b: Uint8Array, at: number, length: number): string {
  const [p, q, r, s] = [b[at] as number, b[at + 1] as number, b[at + 2] as number, b[at + 3] as number];
  if (length === 4) return code(p, q, r, s);
  if (length === 3) return code(p, q, r);
  return length === 2 ? code(p, q) : length === 1 ? code(p) : '';
}

/** ASCII of at most {@link longestShort} octets. */
export function shortAscii(b: Uint8Array, start: number, length: number): string {
  let text = '';
  let at = start;
  let left = length;
  for (; left >= 8; left -= 8) {
    const eight = code(
      b[at] as number,
      b[at + 1] as number,
      b[at + 2] as number,
      b[at + 3] as number,
      b[at + 4] as number,
      b[at + 5] as number,
      b[at + 6] as number,
      b[at + 7] as number,
    );
    text = text === '' ? eight : text + eight;
    at += 8;
  }
  if (left > 4) {
    text += quad(b, at, 4);
    at += 4;
    left -= 4;
  }
  return left === 0 ? text : text + quad(b, at, left);
}

/** The octets of a sequence that begins with `lead`, and the least value it may have; 0 octets for what cannot begin one. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

/** The code point of a sequence of two to four octets at a place, or -1. */
function codePoint(bytes: Uint8Array, at: number, length: number, end: number): number {
  if (length === 0 || at + length > end) return -1;
  let point = (bytes[at] as number) & (0x7f >> length);
  for (let i = at + 1; i < at + length; i++) {
    const octet = bytes[i] as number;
    if ((octet & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (octet & 0x3f);
  }
  if (length === 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return -1;
  if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return -1;
  return point;
}

const piece = 1024;

/** Without the platform: units are collected and joined piece by piece. */
function decodeInTurn(bytes: Uint8Array, start: number, end: number): string | undefined {
  const units = new Uint16Array(Math.min(end - start, piece) + 1);
  let text = '';
  let held = 0;
  for (let at = start; at < end; ) {
    const octet = bytes[at] as number;
    if (octet < 0x80) {
      units[held++] = octet;
      at++;
    } else {
      const length = sequenceLength(octet);
      const point = codePoint(bytes, at, length, end);
      if (point < 0) return undefined;
      if (point >= 0x10000) units[held++] = 0xd7c0 + (point >> 10);
      units[held++] = point >= 0x10000 ? 0xdc00 | (point & 0x3ff) : point;
      at += length;
    }
    if (held >= piece) {
      text += String.fromCharCode.apply(null, units.subarray(0, held) as unknown as number[]);
      held = 0;
    }
  }
  return text + String.fromCharCode.apply(null, units.subarray(0, held) as unknown as number[]);
}

/** The text of octets that are not all ASCII. @throws MeshError `utf8`, with the offset of the text */
export function fromUtf8Strict(bytes: Uint8Array, start: number, end: number, offset: number): string {
  if (platform === undefined || end - start < platformPays) {
    return decodeInTurn(bytes, start, end) ?? fail('utf8', `at octet ${offset}`);
  }
  try {
    return platform.decode(bytes.subarray(start, end));
  } catch {
    return fail('utf8', `at octet ${offset}`);
  }
}

/** Whether octets are all ASCII. */
export function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let any = 0;
  for (let i = start; i < end; i++) any |= bytes[i] as number;
  return any < 0x80;
}
