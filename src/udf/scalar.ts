/**
 * Scalars of the NIST curves from derived octets (draft-hallambaker-mesh-udf section 4.4.3; FIPS 186-4 appendix B.4.1).
 * Not arithmetic on the curves.
 */
import { room, wipe } from '../bytes.ts';
import { toOctets } from './prime.ts';

/** Curves of FIPS 186-4 that seeds can name. */
export type NistCurve = 'P-256' | 'P-384' | 'P-521';

/** Group order and field prime. The published values were reduced by the field prime. */
export const nistModuli: Readonly<Record<NistCurve, { order: bigint; field: bigint }>> = {
  'P-256': {
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    field: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  },
  'P-384': {
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    field: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
  },
  'P-521': {
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    field:
      0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffn,
  },
};

/**
 * `(c mod (m - 1)) + 1` of a big-endian number c, as many octets as m has. Constant time: yes in c, bit by bit with a
 * subtraction that is always done and kept by mask.
 */
export function toScalar(c: Uint8Array, m: bigint): Uint8Array {
  const length = Math.ceil(m.toString(16).length / 2);
  const divisor = toOctets(m - 1n, length + 1);
  const rest = room(length + 1);
  const less = room(length + 1);

  for (let bit = 0; bit < c.length * 8; bit++) {
    // rest = 2 rest + bit; less = rest - divisor
    let carry = ((c[bit >> 3] as number) >> (7 - (bit & 7))) & 1;
    let borrow = 0;
    for (let i = length; i >= 0; i--) {
      const doubled = ((rest[i] as number) << 1) | carry;
      carry = doubled >> 8;
      rest[i] = doubled;
      const difference = (doubled & 0xff) - (divisor[i] as number) - borrow;
      borrow = (difference >> 8) & 1;
      less[i] = difference;
    }
    const keep = -borrow;
    for (let i = 0; i <= length; i++) rest[i] = ((rest[i] as number) & keep) | ((less[i] as number) & ~keep);
  }

  let carry = 1;
  for (let i = length; i >= 0; i--) {
    const sum = (rest[i] as number) + carry;
    rest[i] = sum;
    carry = sum >> 8;
  }
  const scalar = rest.slice(1);
  wipe(rest, less);
  return scalar;
}
