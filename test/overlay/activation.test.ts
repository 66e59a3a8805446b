import { hkdfSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { primeOrderEdwards } from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import { codeOf } from '../support/errors.ts';
import { hex, pattern, unhex } from '../support/octets.ts';

// draft-hallambaker-mesh-schema-06, DevicePreconfiguration and ActivationDevice.
const baseSeed = 'ZAAQ-AGWA-OA2N-4YTE-LVH6-TM26-WVHO-35CJ-TOYF-NUJZ-7D4V-IGUP-SF3P-M6T3';
const activation = 'ZAAQ-G2RC-DJVV-IFII-2BJ3-XLYC-GPX6-KPI3-LGJB-JJ52-A7O6-Y5GZ-GXTC-SRQP';
const published = {
  Encrypt: {
    base: 'a52cdf1f1c5dac5e82eb1b70afb1e0c03aaee4255f361de8d8b152f6deabea81974cd309ca2ca4d27e3327f214c3d2fd9758bc1899cffc8c80',
    derived:
      'd9346431afe249d3d9c61044ec8ccf4b2f22ad36a3722d9c475edb32c6ad32e401bfcbc8fdf7ac92210ad8c16db8d2707388caefe7ef2b75',
    result:
      'b7dc5f22e41573d2db313f00d26a6c9434bc75ddc8d1375de1b8063df001c18a80216b3794581a9bcecd05c06b8a1338d966563874cba7c000',
    udf: 'MB6A-5AIN-EVO2-AXQN-NJRX-IQM3-MBEJ',
    baseUdf: 'MCZE-Z7HA-MCIL-72US-VFFL-QFIB-AE47',
  },
  Sign: {
    base: '285100ad7d1ef25d33fc7926c4e9de616933d82b27c5c8e198f479b51e4ec5d2129b6078d3be4f8ede9bbe1717c203cfe8371d6a52fe30dd00',
    derived:
      'ba264071167fbc9a7aa42bd87ced0bd93489f7c402a2e536c9f4edd7e19040f627156d6abe4dc9df265065d27c34fa44a8423a63f6afe53c',
    result:
      '3c4b4a4813b4dd89dcabbcde614106f432211a8c63417d56e5481f05b1081fe77a89b171925279583de29c27aedf4a0b2346a88fa2a4686c80',
    udf: 'MCUN-AHGM-A7JN-DFWA-BB6C-UPG4-KOTJ',
    baseUdf: 'MBNK-CFXF-S57W-GFVQ-HO5H-BBJO-T4JD',
  },
} as const;
const uses = ['Encrypt', 'Sign'] as const;

describe.each(backends)('activation on $name', ({ mesh }) => {
  const { overlay, udf } = mesh;

  test.each(uses)(
    'reproduces base key, contribution and result for %s (mesh-schema-06 sections 3 and 4)',
    (operation) => {
      const { base, derived, result, udf: fingerprint, baseUdf } = published[operation];
      const crv = operation === 'Encrypt' ? 'X448' : 'Ed448';
      const seed = overlay.deriveSeed(baseSeed, { keyType: 'Base', operation });
      expect(hex(overlay.seedKey(seed, { crv }).publicKey)).toBe(base);
      expect(hex(overlay.deriveSeed(activation, { operation }))).toBe(derived);
      expect(hex(overlay.activatePublicKey(activation, unhex(base), { operation }))).toBe(result);
      expect(hex(overlay.activatePublicKey(activation, { crv, publicKey: unhex(base) }, { operation }))).toBe(result);
      const announced = { publicKey: unhex(result), udf: fingerprint, baseUdf, generation: 'G4' } as const;
      const key = overlay.activate(activation, seed, { operation, ...announced });
      expect(key.crv).toBe(crv);
      expect(hex(key.publicKey)).toBe(result);
      const wrong = { operation, ...announced, udf: baseUdf };
      expect(codeOf(() => overlay.activate(activation, seed, wrong))).toBe('udf_mismatch');
    },
  );

  test('the label is key type, actor and operation, after the algorithm code (section 4.3)', () => {
    const ikm = udf.parse(activation).data;
    for (const keyType of ['Base', 'Activation', 'Complete'] as const) {
      for (const actor of ['Device', 'Account', 'Service', 'Host', 'Member'] as const) {
        const info = Buffer.concat([ikm.subarray(0, 2), Buffer.from(`${keyType}${actor}AdminSign`)]);
        const expected = Buffer.from(hkdfSync('sha512', ikm, new Uint8Array(0), info, 56)).toString('hex');
        expect(hex(overlay.deriveSeed(activation, { keyType, actor, operation: 'AdminSign' }))).toBe(expected);
      }
    }
  });

  test('before October 2020 the algorithm code was the salt and there was no label (section 4.3)', () => {
    const ikm = udf.parse(activation).data;
    const expected = Buffer.from(hkdfSync('sha512', ikm, ikm.subarray(0, 2), new Uint8Array(0), 56)).toString('hex');
    for (const operation of uses) {
      expect(hex(overlay.deriveSeed(activation, { operation, form: 'salt' }))).toBe(expected);
    }
    const base = pattern(56);
    const key = overlay.activate(activation, base, { operation: 'Sign', form: 'salt' });
    expect(hex(key.publicKey)).toBe(hex(overlay.composeKey(base, unhex(expected)).publicKey));
  });

  test('each use has its curve, unless another is asked for (section 4.3)', () => {
    const base = pattern(56);
    for (const [operation, crv] of [
      ['Encrypt', 'X448'],
      ['Authenticate', 'X448'],
      ['Escrow', 'X448'],
      ['AdminEncrypt', 'X448'],
      ['Sign', 'Ed448'],
      ['AdminSign', 'Ed448'],
    ] as const) {
      expect(overlay.activate(activation, base, { operation }).crv).toBe(crv);
    }
    expect(overlay.activate(activation, base, { operation: 'Encrypt', crv: 'Ed448' }).crv).toBe('Ed448');
    const ed = { crv: 'Ed448', publicKey: primeOrderEdwards[1]! } as const;
    expect(codeOf(() => overlay.activatePublicKey(activation, ed, { operation: 'Encrypt' }))).toBe('curve_mismatch');
    expect(
      codeOf(() => overlay.activate(activation, { crv: 'Ed448', secretKey: base }, { operation: 'Encrypt' })),
    ).toBe('curve_mismatch');
  });

  test('spare bits of the seed text do not matter (section 4.3)', () => {
    // Two octets fewer leave three spare bits in the last character.
    const data = udf.parse(activation).data.subarray(0, 31);
    const text = udf.format(200, data);
    const last = text.charCodeAt(text.length - 1);
    const other = text.slice(0, -1) + String.fromCharCode(last + 1);
    expect(hex(overlay.deriveSeed(other, { operation: 'Sign' }))).toBe(
      hex(overlay.deriveSeed(text, { operation: 'Sign' })),
    );
  });

  test('a Profile key is never combined (section 4.3)', () => {
    const seed = overlay.deriveSeed(baseSeed, { keyType: 'Base', operation: 'Profile' });
    expect(hex(overlay.seedKey(seed).publicKey)).toBe(
      '39d4f3359ad3d5f18da77ef40b82ee4171982483d56f66d1ad33eadbc242fd25deeb777225ade7469572af87b1175a48144d1669e3013ed000',
    );
    for (const crv of [undefined, 'Ed448'] as const) {
      const given = crv === undefined ? { operation: 'Profile' as const } : { operation: 'Profile' as const, crv };
      expect(codeOf(() => overlay.activate(activation, seed, given))).toBe('bad_option');
      expect(codeOf(() => overlay.activatePublicKey(activation, primeOrderEdwards[1]!, given))).toBe('bad_option');
    }
  });

  test('malformed arguments are refused by code', () => {
    const derive = (given: unknown, text = activation) => codeOf(() => overlay.deriveSeed(text, given as never));
    expect(derive(undefined)).toBe('bad_option');
    expect(derive({})).toBe('bad_option');
    expect(derive({ operation: 'toString' })).toBe('bad_option');
    expect(derive({ operation: 'Sign', actor: 'Nobody' })).toBe('bad_option');
    expect(derive({ operation: 'Sign', keyType: 'Other' })).toBe('bad_option');
    expect(derive({ operation: 'Sign', form: 'both' })).toBe('bad_option');
    expect(derive({ operation: 'Other', crv: 'Ed448' })).toBe('bad_option');
    expect(derive({ operation: 'Sign', crv: 'Ed25519' })).toBe('unsupported_algorithm');
    expect(derive({ operation: 'Sign' }, udf.format(104, pattern(16)))).toBe('wrong_type');
    expect(derive({ operation: 'Sign' }, udf.format(200, pattern(2)))).toBe('too_short');
    expect(derive({ operation: 'Sign' }, 'ZAAQ-G1')).toBe('bad_character');
    expect(codeOf(() => overlay.activate(activation, pattern(55), { operation: 'Sign' }))).toBe('bad_private_length');
    expect(codeOf(() => overlay.activatePublicKey(activation, pattern(55), { operation: 'Sign' }))).toBe(
      'bad_public_length',
    );
    expect(codeOf(() => overlay.activatePublicKey(activation, null as never, { operation: 'Sign' }))).toBe('not_bytes');
    expect(
      codeOf(() =>
        overlay.activatePublicKey(activation, unhex(published.Encrypt.base).subarray(0, 56), { operation: 'Encrypt' }),
      ),
    ).toBe('sign_missing');
  });
});
