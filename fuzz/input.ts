/**
 * Inputs as targets read them: a few octets of choices, then octets or text.
 */

/** Octets from hexadecimal digits. */
export const fromHex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));

const encoder = new TextEncoder();

/** Octets of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Choices before octets. */
export function withChoices(choices: readonly number[], octets: Uint8Array): Uint8Array {
  const out = new Uint8Array(choices.length + octets.length);
  out.set(choices);
  out.set(octets, choices.length);
  return out;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Any text, by its UTF-8; after an octet FF by its 16-bit units, which may be lone surrogates. */
export function textOf(octets: Uint8Array): string {
  if (octets[0] !== 0xff) return decoder.decode(octets);
  let text = '';
  for (let i = 1; i + 1 < octets.length; i += 2) {
    text += String.fromCharCode(((octets[i] as number) << 8) | (octets[i + 1] as number));
  }
  return text;
}

/** Octets in pieces, whose lengths a number determines. */
export function pieces(octets: Uint8Array, by: number): Uint8Array[] {
  if (by === 0) return [octets];
  const all: Uint8Array[] = [];
  let state = by;
  for (let at = 0; at < octets.length; ) {
    state = (state * 61 + 7) % 251;
    const size = by < 8 ? by : 1 + (state % by);
    all.push(octets.subarray(at, at + size));
    at += size;
  }
  return all;
}
