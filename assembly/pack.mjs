/**
 * Octets as text for a JavaScript string: one character for each of the 89 octets from 253 on (modulo 256), two for the others.
 * Why not base64: in base64 the same instructions read differently in three positions, so that gzip, which every server applies, finds no
 * repetition. Of this module gzip leaves 21.3 kB as base64, 16.5 kB in this form and 16.1 kB of the octets themselves.
 * src/backend/wasm/source.ts reads it.
 */

/** The digits: printable ASCII from # on but the backslash, so that no string in double quotes needs an escape. */
const digits = Array.from({ length: 92 }, (_, index) => String.fromCharCode(35 + index)).filter(
  (digit) => digit !== '\\',
);
/** The digits 0 and 1 begin two of them. */
const single = digits.length - 2;

/** @param {Uint8Array} octets */
export function pack(octets) {
  return Array.from(octets, (octet) => {
    const value = (octet + 3) % 256;
    if (value < single) return digits[value + 2];
    const rest = value - single;
    return digits[Math.floor(rest / digits.length)] + digits[rest % digits.length];
  }).join('');
}
