import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const device = 'ZAAQ-AGWA-OA2N-4YTE-LVH6-TM26-WVHO-35CJ-TOYF-NUJZ-7D4V-IGUP-SF3P-M6T3';

describe.each(backends)('values derived from UDFs on $name', ({ mesh: { udf } }) => {
  test.each([
    [
      'mesh-dare-08',
      'G3',
      '3c29545f9c24173a2cf0bcf722f2359a2a5050b34c31b1445bbdd675541d9045',
      'EBQO-WNI4-BRD4-TY3E-UDGO-5X75-6675',
    ],
    [
      'mesh-dare-09',
      'G4',
      '6501c1197fc7542aea1bd10367d9b8ba88c2d7e17d68caea61d552887411bbae',
      'EBQL-3XPM-4TXF-HEMW-IETV-OE7R-T6RL',
    ],
  ] as const)('names a symmetric key as printed (%s)', (_, generation, key, expected) => {
    expect(udf.symmetricKeyId(hex(key), { generation })).toBe(expected);
  });

  test('gives the printed identifiers of envelope and response (mesh-schema-07 section 6.2)', () => {
    expect(udf.envelopeId('NBPS-TE2K-5BQZ-3HWA-PJNU-WYOX-DAMW')).toBe('MAD4-DQE5-PU4Y-QCTJ-D5U2-ZZVS-WBYC');
    expect(udf.responseId('NBPS-TE2K-5BQZ-3HWA-PJNU-WYOX-DAMW')).toBe('MDDB-CUZ4-QYCA-BEZB-3BPQ-PYOM-GPUM');
  });

  test('uses SHA-3 when the message identifier is a SHA-3 digest', () => {
    const data = new Uint8Array(16).fill(5);
    const sha3 = (message: Uint8Array | Buffer) => createHash('sha3-512').update(message).digest();
    const digest = sha3(Buffer.concat([Buffer.from('application/mmm/envelopeid:'), sha3(data)]));
    expect(udf.envelopeId(udf.format(80, data))).toBe(udf.format(80, digest, { bits: 140 }));
  });

  test('gives the printed salted PIN and PIN identifier (mesh-schema-07 section 6.3, mesh-protocol-08)', () => {
    expect(udf.saltedPin('AB23-ZBOI-CEIZ-MTD4-VQ', 'Device')).toBe('AANT-HAQW-KDUY-GUMW-YFY2-YWB5-23YC');
    expect(udf.pinId('AANT-HAQW-KDUY-GUMW-YFY2-YWB5-23YC', 'alice@example.com')).toBe(
      'AAAU-6HVM-7AA6-TNEG-PFUS-IXZ3-BMYL',
    );
  });

  test('salts a PIN with HMAC of OpenSSL', () => {
    const key = new Uint8Array(10).fill(3);
    const code = createHmac('sha512', key).update('Contact').digest();
    expect(udf.saltedPin(udf.macKey(key), 'Contact')).toBe(udf.format(0, code, { bits: 140 }));
  });

  test('gives the printed connection of a device (mesh-schema-06)', () => {
    const pin = 'EAQ6-22WS-DZIL-56OT-X4Q4-KMBW-MY6D-4K6O-6FWB-UQB7-5DZ4-PZHX-JQ5H-Q';
    const expected = { pin, uri: `mcu://maker@example.com/${pin}` };
    expect(udf.connectPin(device, 'maker@example.com')).toEqual(expected);
    expect(udf.connectPin(device.toLowerCase().replaceAll('-', ''), 'maker@example.com')).toEqual(expected);
    const key = new Uint8Array(hkdfSync('sha512', device, new Uint8Array(0), 'maker@example.com', 32));
    expect(udf.encryptionKey(key)).toBe(pin);
  });

  test('refuses other types and malformed arguments', () => {
    expectCode('not_bytes', () => udf.symmetricKeyId('key' as unknown as Uint8Array));
    expectCode('unsupported_algorithm', () => udf.symmetricKeyId(new Uint8Array(32), { generation: 'G1' }));
    expectCode('too_short', () => udf.envelopeId(''));
    expectCode('too_short', () => udf.saltedPin('AA', 'Device'));
    expectCode('too_short', () => udf.pinId('AAA', 'alice@example.com'));
    expectCode('too_short', () => udf.connectPin('ZAAA-I', 'maker@example.com'));
    expectCode('wrong_type', () => udf.saltedPin(device, 'Device'));
    expectCode('unknown_type', () => udf.saltedPin(udf.format(3, new Uint8Array(10)), 'Device'));
    expectCode('bad_option', () => udf.pinId(udf.macKey(), 5 as unknown as string));
    expectCode('wrong_type', () => udf.connectPin(udf.macKey(), 'maker@example.com'));
    for (const account of ['example.com', '@example.com', 'a@b@c', 'a@', 'a@1.2.3.4', 'a b@c', undefined]) {
      expectCode('bad_uri', () => udf.connectPin(device, account as string));
    }
  });
});
