import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { backends } from '../support/backends.ts';
import { expectCode } from '../support/errors.ts';

const sha512 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Base32 by string arithmetic on bits, in groups. */
function text(octets: Uint8Array, characters: number, group: number): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const symbols = (bits.match(/.{5}/g) as string[]).map(
    (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)],
  );
  return (
    symbols
      .slice(0, characters)
      .join('')
      .match(new RegExp(`.{1,${group}}`, 'g')) as string[]
  ).join('-');
}

const key = 'EBUD-AN3Z-53LM-3VSH-6LLN-XOPK-KGRM-4J';
const digestId = Buffer.of(96);

describe.each(backends)('values that only the reference implementation defines, on $name', ({ mesh: { udf } }) => {
  test('names secrets and locks by one hash of the key text', () => {
    const names = {
      G2: ['application/udf-encryption', 'application/udf-lock'],
      G4: ['UDFEncryption', 'UDFLock'],
    } as const;
    for (const generation of ['G2', 'G4'] as const) {
      const [secret, lock] = names[generation];
      expect(udf.secretId(key, { generation })).toBe(text(Buffer.concat([digestId, sha512(secret, ':', key)]), 56, 4));
      expect(udf.lockName(key, { generation })).toBe(text(Buffer.concat([digestId, sha512(lock, ':', key)]), 56, 4));
    }
  });

  test('makes the witness of two parties, which has no type identifier and an order', () => {
    const [a, b] = [1, 2].map((n) => ({
      fingerprint: new Uint8Array(64).fill(n),
      nonce: new Uint8Array(16).fill(n + 2),
    })) as [{ fingerprint: Uint8Array; nonce: Uint8Array }, { fingerprint: Uint8Array; nonce: Uint8Array }];
    const expected = sha512(sha512(a.fingerprint, a.nonce), sha512(b.fingerprint, b.nonce));
    expect(udf.witness(a, b)).toBe(text(expected, 28, 4));
    expect(udf.witness(b, a)).not.toBe(udf.witness(a, b));
  });

  test('identifies an escrowed key and a pair of fingerprints as in 2018, the low bits of the last octet included', () => {
    const first = (contentType: string, data: Uint8Array) => {
      const digest = sha512(contentType, ':', sha512(data));
      return text(Buffer.concat([digestId, digest.subarray(0, 17), Buffer.of((digest[17] as number) << 2)]), 30, 5);
    };
    const secret = new Uint8Array(16).fill(9);
    expect(udf.escrowId(secret)).toBe(first('application/mmm-escrowed', secret));
    expect(udf.fingerprintPair('MAAAA', 'MBBBB')).toBe(first('application/udf', Buffer.from('MAAAA:MBBBB:')));
  });

  test('refuses other types, lengths and generations', () => {
    expectCode('wrong_type', () => udf.secretId('NAAA-AAAA'));
    expectCode('wrong_type', () => udf.lockName('NAAA-AAAA'));
    expectCode('unsupported_algorithm', () => udf.secretId(key, { generation: 'G1' }));
    expectCode('unsupported_algorithm', () => udf.lockName(key, { generation: 'G1' }));
    expectCode('unsupported_algorithm', () => udf.lockName(key, { generation: 'G5' as 'G4' }));
    expectCode('too_short', () => udf.secretId('EA'));
    expectCode('too_short', () => udf.lockName('EA'));
    const party = { fingerprint: new Uint8Array(64), nonce: new Uint8Array(0) };
    expectCode('bad_length', () => udf.witness(party, { ...party, fingerprint: new Uint8Array(63) }));
    expectCode('not_bytes', () => udf.witness({ ...party, nonce: 'x' as never }, party));
    expectCode('not_bytes', () => udf.escrowId('secret' as never));
    expectCode('bad_option', () => udf.fingerprintPair(1 as never, 'x'));
  });
});
