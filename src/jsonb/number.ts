/**
 * Numbers of both notations: JSON decimals, and big-endian magnitudes and floats behind tags.
 * Integers keep every digit: a number when it is a safe integer, else a bigint.
 */
import { fail } from '../errors.ts';

const hexOctet: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, octet) =>
  octet.toString(16).padStart(2, '0'),
);

/** A bigint as a number where that loses nothing. Beyond the safe integers rounding never leads back to one; QuickJS compares the two kinds wrongly. */
function narrowest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The integer of a big-endian magnitude of any length. Negative zero is zero. */
export function integerOf(bytes: Uint8Array, start: number, length: number, negative: boolean): number | bigint {
  if (length <= 6) {
    let value = 0;
    for (let i = start; i < start + length; i++) value = value * 256 + (bytes[i] as number);
    return negative ? 0 - value : value;
  }
  let hex = '0x';
  for (let i = start; i < start + length; i++) hex += hexOctet[bytes[i] as number];
  const value = BigInt(hex);
  return narrowest(negative ? -value : value);
}

/** binary16: exponent 0 is subnormal, 31 infinity or NaN. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 0
      ? fraction * 2 ** -24
      : exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : (fraction + 1024) * 2 ** (exponent - 25);
  return bits >> 15 === 0 ? size : -size;
}

const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The number of an IEEE image of 2, 4 or 8 octets. */
export function floatOf(bytes: Uint8Array, start: number, length: number): number {
  for (let i = 0; i < length; i++) scratch.setUint8(i, bytes[start + i] as number);
  return length === 8 ? scratch.getFloat64(0) : length === 4 ? scratch.getFloat32(0) : half(scratch.getUint16(0));
}

/** Writes the image of a binary64. */
export function writeFloat(value: number, out: Uint8Array, at: number): void {
  scratch.setFloat64(0, value);
  for (let i = 0; i < 8; i++) out[at + i] = scratch.getUint8(i);
}

/** As many decimal digits as a safe integer always has room for. */
export const exactDigits = 15;

/** The integer of up to {@link exactDigits} digits. "-0" is the number minus zero, as for JSON.parse. */
export function decimalOf(bytes: Uint8Array, start: number, end: number, negative: boolean): number {
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i] as number) - 0x30;
  return negative ? -value : value;
}

/** The integer of decimal digits with an optional sign. */
export function integerOfText(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : narrowest(BigInt(text));
}

/** The number of a JSON text with a fraction or an exponent. @throws MeshError `number-range` */
export function floatOfText(text: string, offset: number): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : fail('number-range', `at octet ${offset}`);
}
