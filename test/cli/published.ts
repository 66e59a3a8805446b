/**
 * Published keys, seeds and shares that the tests of the commands recover.
 */

/** The key of draft-hallambaker-mesh-udf-08 section 1.1.1. */
export const key = 'EDHU-YN7V-M2WI-5NZS-3FKF-CBFR-YFJA';

/** Its shares, any two of which recover it. */
export const published = [
  'SAQD-BME7-I3AF-LVEV-RZMU-VEKD-N3SL-M',
  'SAQZ-EFIG-TAM7-6GTT-5HMU-BUMC-FQEE-2',
  'SARP-G6LN-5FZ2-QYCS-IVMT-OEOA-5EV6-I',
] as const;

/** Two shares of the escrow of mesh-architecture-16. */
export const escrow = [
  'SAQG-6OSG-RP4C-S77T-K737-GP33-HNTF-KN2J-ZTEH-MPZR-O2TO-R5FF-XDC2-U3JR-EGQA',
  'SARL-3LGO-WLLY-YIBC-73LN-ZI2Y-Q2XE-H64Z-GOYL-OOOT-37G3-4IDS-JD3I-ID36-ZGUQ',
] as const;

/** The fingerprint of its profile. */
export const profile = 'MAMU-5QXP-TWCD-7PKI-S4FC-IB76-XASH';

/** The octets of Base32 text, after RFC 4648 and independent of the code under test. */
export function base32(text: string): Uint8Array {
  const letters = text.replaceAll('-', '');
  let bits = '';
  for (const letter of letters) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  }
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => Number.parseInt(octet, 2));
}
