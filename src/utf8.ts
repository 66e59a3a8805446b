/**
 * Strings to UTF-8, by the platform or, where it has no TextEncoder (QuickJS, older Hermes), here. A lone surrogate becomes U+FFFD, as the
 * Encoding standard has it. Not for text that may not hold one (jsonb/wellformed.ts), and not the other direction (jsonb/text.ts).
 */

const platform = /* @__PURE__ */ (() => (typeof TextEncoder === 'function' ? new TextEncoder() : undefined))();

/** Without the platform. */
function encodeInTurn(text: string, out: Uint8Array): number {
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const point = code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
    if (point < 0x80) {
      out[at++] = point;
      continue;
    }
    const following = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    out[at++] = (0x780 >> following) | (point >> (6 * following));
    for (let i = following - 1; i >= 0; i--) out[at++] = 0x80 | ((point >> (6 * i)) & 0x3f);
  }
  return at;
}

/** Writes the UTF-8 octets of a string where there is room for three a unit. Gives their number. */
export function utf8Into(text: string, out: Uint8Array): number {
  return platform === undefined ? encodeInTurn(text, out) : platform.encodeInto(text, out).written;
}

/** The UTF-8 octets of a string. */
export function fromUtf8(text: string): Uint8Array {
  if (platform !== undefined) return platform.encode(text);
  const room = new Uint8Array(3 * text.length);
  const out = room.slice(0, encodeInTurn(text, room));
  room.fill(0); // the text may be secret
  return out;
}
