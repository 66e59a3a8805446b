/**
 * Computed edge cases of shared keys with both answers: what a check prevents, and what goes on inside (threshold keys, sections A4 and A7).
 */
import { describe, expect, test } from 'vitest';
import { groupOf } from '../../src/threshold/group.ts';
import { splitTimes } from '../../src/threshold/sum.ts';
import { codeOf } from '../support/errors.ts';
import { add, type Curve, curve448, curve25519, decode, multiply } from '../support/montgomery.ts';
import { fromLittleEndian, hex, littleEndian, unhex } from '../support/octets.ts';
import { libraries } from '../support/subjects.ts';

const curves = { X25519: curve25519, X448: curve448 };

/** An E with a component of small order: a key pruned but not reduced, and two shares of it. */
const mixed = [
  {
    crv: 'X25519',
    peer: '9c0a432336c709238ea59871cb97de0b0ac8b2647577d975167b99eaa090d71480',
    scalar: '98e523018adabc1ef7c67f613aefcfeddb130b4e706c7077668147f51c462646',
    share1: '78bb0143f2217f98ea15e410df939f280a643c773bee69465610a9f772f9870d',
    share2: '59ae40a7488f067e89dab467bf6d9386d1afced6347e063110719efda94c9e08',
    direct: 'bcf64baa7dabed58b15e8388f31edfefbe43c0e00f1a6bdef637134cde61a742',
    threshold: '61da873adbf426d9fbe61ed71ebda12345305bf82a2ecfdab384cb44ba2c507b',
  },
  {
    crv: 'X448',
    peer: 'ffdeae548539b1e2e4d43291cea34ae9074a881e6d7fc8f2904248e4774cbbf8d5ece382dce00ae42cc759e06a8842a6a171cfe10566296480',
    scalar:
      '20883e8268b46fb77b176389f5dd85344874e1b9a28ecea9a15427dd280cbb513e250ca29bf12589ce4158f47aa2cdf3a29421cb8a36d393',
    share1:
      '86b3afc2a33cb10ede9077067c99ec6b12b010e818afbb2c382a9967b1b0bb302f09f80ed82c751d23065c61038e4e03e25419b9f091ae30',
    share2:
      'a78f361432b5458548f725f506822ca7a58dfa224004c4b87f06c4f8775bff200f1c1493c3c4b06bab3bfc9277147ff0c03f08129aa42423',
    direct:
      '87d1cecfb7f24325c6c8dc2b79ca5c77a1023d24c2b545d28101f53508665193cec1dd86d4e79980aab0237afb29ea9fab03f344c504988a',
    threshold:
      'a04ee4c7905b085af6f7b173934f642fc850ecd5dafeb3f8bcb6a890ee51a6cd9d1c36c50cce6b3b27a20aec59395b089c921bde15bd3e32',
  },
] as const;

/** A secret split at random for one multiplication. */
const splits = [
  {
    crv: 'X25519',
    secret: '9ce523018adabc1ef7c67f613aefcfeddb130b4e706c7077668147f51c462606',
    random: '78bb0143f2217f98ea15e410df939f280a643c773bee69465610a9f772f9870d',
    peer: '9a6c4efdf1bfa549b66e4e801ee267738facdfc2b58a07d332e859c9a6ddac6000',
    agreement: '8f792916f6270a4b27640c5beafc39f513f7f290316e079f767f599caf12ca3a',
  },
  {
    crv: 'X448',
    secret:
      '22883e8268b46fb77b176389f5dd85344874e1b9a28ecea9a15427dd280cbb513e250ca29bf12589ce4158f47aa2cdf3a29421cb8a36d313',
    random:
      '86b3afc2a33cb10ede9077067c99ec6b12b010e818afbb2c382a9967b1b0bb302f09f80ed82c751d23065c61038e4e03e25419b9f091ae30',
    peer: 'b5bd7731583148dc966c2c95502458384b11e51737f10ab0075d4168d3dd2cf2e707ca7a33f3037bb20648ba85ec5c2a9e9c06b001df44a000',
    agreement:
      '9c83ecd6ad8f61abd684d7a654c3d6624a2e4e891a6202b40aa77fc59263efdc7f98830659b0926223f793196f29845b93ebfef5d5da9016',
  },
] as const;

describe.each(mixed)('a peer of mixed order on $crv', ({ crv, peer, scalar, share1, share2, direct, threshold }) => {
  const curve: Curve = curves[crv];
  const E = decode(curve, unhex(peer));
  const times = (s: string) => multiply(curve, fromLittleEndian(unhex(s)), E);
  const u = (point: { u: bigint } | undefined) => hex(littleEndian(point!.u, curve.length));

  test('would give the key another value than its shares', () => {
    expect(
      (fromLittleEndian(unhex(share1)) + fromLittleEndian(unhex(share2)) - fromLittleEndian(unhex(scalar))) % curve.L,
    ).toBe(0n);
    expect(u(times(scalar))).toBe(direct);
    expect(u(add(curve, times(share1), times(share2)))).toBe(threshold);
    expect(direct).not.toBe(threshold);
  });

  test.each(libraries)('is refused by the key and by each share on $name', (library) => {
    for (const part of [
      { crv, secretKey: unhex(scalar) },
      { crv: `${crv}z`, secretKey: unhex(share1) },
      { crv: `${crv}z`, secretKey: unhex(share2) },
    ] as const) {
      for (const blind of [false, true]) {
        expect(codeOf(() => library.threshold.contribute(part, unhex(peer), { blind }))).toBe(
          'not_in_prime_order_subgroup',
        );
      }
    }
  });
});

describe.each(libraries)('a split secret on $name', ({ backend }) => {
  test.each(splits)('multiplies on $crv as the whole one', ({ crv, secret, random, peer, agreement }) => {
    const group = groupOf(() => backend, crv);
    const point = splitTimes(group, unhex(secret), unhex(random), unhex(peer))!;
    expect(hex(point.slice(0, -1))).toBe(agreement);
    expect(hex(point)).toBe(hex(group.times(unhex(secret), unhex(peer))));
  });
});
