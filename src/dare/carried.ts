/**
 * The payload as carried: base64url of any length, read by a table, because everybody on the way sees it. Not for members of headers, which are read
 * without tables (base64url.ts).
 */
import { isBytes } from '../bytes.ts';
import { fail } from '../errors.ts';
import { fromUtf8 } from '../utf8.ts';

const foreign = 64;
const space = 128;

/** The value of every octet: 0 to 63, white space, or foreign. */
const values: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256).fill(foreign);
  fromUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_').forEach((octet, i) => {
    table[octet] = i;
  });
  for (const octet of fromUtf8('\t\n\r ')) table[octet] = space;
  return table;
})();

/** Reads whole groups of four characters from `from` on, until there is one with anything else in it. @returns how many groups */
function decodeGroups(text: Uint8Array, from: number, out: Uint8Array, to: number): number {
  const end = text.length - 3;
  let at = to;
  for (let i = from; i < end; i += 4) {
    const a = values[text[i] as number] as number;
    const b = values[text[i + 1] as number] as number;
    const c = values[text[i + 2] as number] as number;
    const d = values[text[i + 3] as number] as number;
    if ((a | b | c | d) >= foreign) break;
    out[at] = (a << 2) | (b >> 4);
    out[at + 1] = (b << 4) | (c >> 2);
    out[at + 2] = (c << 6) | d;
    at += 3;
  }
  return (at - to) / 3;
}

/** The octets of base64url text; folds of the reference writer mean nothing. @throws MeshError `base64` */
export function decodeCarried(text: Uint8Array): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (let i = 0; i < text.length; ) {
    if (held === 0) {
      const groups = decodeGroups(text, i, out, at);
      i += 4 * groups;
      at += 3 * groups;
      if (i === text.length) break;
    }
    const value = values[text[i++] as number] as number;
    if (value === space) continue;
    if (value === foreign) fail('base64', 'not base64url');
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = bits >> held;
    }
  }
  // One character alone carries no octet, and spare bits are zero: one text per payload.
  if (held === 6 || (bits & ((1 << held) - 1)) !== 0) fail('base64', 'not base64url');
  return at === out.length ? out : out.slice(0, at);
}

/** The octets of a payload in either form, not copied where they are octets already. @throws MeshError `structure`, `base64` */
export function carriedOctets(value: unknown): Uint8Array {
  if (isBytes(value)) return value;
  return typeof value === 'string'
    ? decodeCarried(fromUtf8(value))
    : fail('structure', 'the payload must be text or data');
}
