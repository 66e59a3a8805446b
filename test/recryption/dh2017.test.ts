/**
 * Diffie-Hellman recryption of 2017, held against node:crypto (threshold keys, section A5; RFC 3526).
 */
import { createDiffieHellmanGroup } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { dh2017 } from '../../src/recryption/dh2017.ts';
import { codeOf } from '../support/errors.ts';
import { hex, littleEndian, pattern, unhex } from '../support/octets.ts';

/** The shortest two's complement of a natural number. */
const encode = (n: bigint) => littleEndian(n, Math.floor(n.toString(2).length / 8) + 1);
const bigEndian = (octets: Uint8Array) => BigInt(`0x${hex(octets)}`);

const groups = [14, 16].map((group) => {
  const native = createDiffieHellmanGroup(`modp${group}`);
  return { group: group as 14 | 16, p: bigEndian(native.getPrime()) };
});

/** The published CreateGroupRequest: Members[0].Entries[0].RecryptionKey. */
const published = {
  secretKey: unhex(
    '841ecb51d87700ffe35952751b08241d5c12a5c058fe87a4dca8930365f042804c1e21f51208a819f78c28a9ff93ebaa02aa843ff1537b6066ca4e002f7b884938009a3e6551768ff08a625e81a3c2beeee4820950bef8e992af7fa2724d071ec7961e88dbeaed71d8e1ec476c0aaedf8e55140f32c9671c70d97009827e69b546d78063a5c6d926ad4ffb641338067d821f21ebb76d8f9373265754889095302817e98fafca1c24c17349cb9270002fbb9f6abdeef860667aa4f615736a3e4cd4c8fe8bc0d055995979043b198edb10c246039443195bd3d10c647081ddd4be304197487c4e4e310bf339f252b38333d768615f698f0e9a192d0114a0e4909500',
  ),
  publicKey: unhex(
    '98209081a9f328937e42a09599ab133fb1b1595cddda8acd5528285d302ac39eecb8c63dd3e5ece8bb4406a6e44abc235e874e705fab0f50ed7b652e479c1470754155f2f69a720524a407463f7b39481c019693a102102c1f1d9a937d68f49b8d7e1617474eae0200aa556f3b30343b7f0ae960c6a4bc55e84ab0a501e63efdc658fcfddf919c03026afcd3702a51a84082399cfa3bb6136fee0fbcb78fbe60f26978797504ea95ecfe9b89272250dee9c708dacea15b8ff71948e3c88df3f3ddaf3cbf8e877df7020d07f8777ec0f933de1d34864012f235f4f1efca607bf0c92cdc4daa8229199319685c7bac348225c93b58b582f77183eb81aea23bd40c',
  ),
};

describe.each(groups)('group $group of RFC 3526', ({ group, p }) => {
  /** 2^x modulo p, from the right. */
  const power = (x: bigint) => {
    let [result, base] = [1n, 2n];
    for (let e = x; e > 0n; e >>= 1n, base = (base * base) % p) if (e & 1n) result = (result * base) % p;
    return result;
  };
  const x = bigEndian(pattern(64, group));
  const y = bigEndian(pattern(64, group + 1));
  const E = power(y);

  test('powers of two are reduced by its prime', () => {
    const bits = BigInt(p.toString(2).length);
    expect(hex(dh2017.publicKey({ group, secretKey: encode(bits) }))).toBe(hex(encode(2n ** bits - p)));
    expect(hex(dh2017.publicKey({ group, secretKey: encode(x) }))).toBe(hex(encode(power(x))));
  });

  test('the halves of service and member multiply to the agreement of the key', () => {
    const share = bigEndian(pattern(32, 9));
    const rest = (x - share + (p - 1n)) % (p - 1n);
    const halves = [share, rest].map((part) => dh2017.contribute({ group, secretKey: encode(part) }, encode(E)));
    expect(hex(dh2017.complete(group, halves))).toBe(hex(encode(power(x * y))));
  });

  test('elements outside the subgroup and at its edges are refused', () => {
    const share = { group, secretKey: encode(x) };
    for (const [element, code] of [
      [0n, 'small_order_base'],
      [1n, 'small_order_base'],
      [p - 1n, 'small_order_base'],
      [p, 'noncanonical_encoding'],
      [p + 2n, 'noncanonical_encoding'],
      [p - 2n, 'not_in_prime_order_subgroup'],
      [p - E, 'not_in_prime_order_subgroup'],
    ] as const) {
      expect(codeOf(() => dh2017.contribute(share, encode(element)))).toBe(code);
      expect(codeOf(() => dh2017.complete(group, [encode(E), encode(element)]))).toBe(code);
    }
  });

  test('exponents from 1 to p - 2 are taken', () => {
    const code = (exponent: bigint) => codeOf(() => dh2017.publicKey({ group, secretKey: encode(exponent) }));
    expect([0n, p - 1n, p].map(code)).toEqual(Array(3).fill('scalar_out_of_range'));
    expect([1n, p - 2n].map(code)).toEqual(Array(2).fill('returned'));
  });

  test('exponents are blinded: each use draws 128 random bits or more, and the result is that of the exponent', () => {
    const random = vi.spyOn(globalThis.crypto, 'getRandomValues');
    const inverse = dh2017.publicKey({ group, secretKey: encode(p - 2n) });
    const square = dh2017.contribute({ group, secretKey: encode(2n) }, encode(E));
    const drawn = random.mock.calls.map(([octets]) => octets?.byteLength ?? 0);
    random.mockRestore();
    expect(drawn.map((octets) => octets >= 16)).toEqual([true, true]);
    expect(hex(inverse)).toBe(hex(encode((p + 1n) / 2n)));
    expect(hex(square)).toBe(hex(encode((E * E) % p)));
  });

  test('halves that cancel are refused (identity_result)', () => {
    const inverse = power((p - 1n) / 2n - y);
    expect(codeOf(() => dh2017.complete(group, [encode(E), encode(inverse)]))).toBe('identity_result');
  });

  test('numbers have one encoding: the shortest that is not negative', () => {
    const of = (secretKey: Uint8Array) => codeOf(() => dh2017.publicKey({ group, secretKey }));
    expect(of(Uint8Array.of(128))).toBe('noncanonical_encoding');
    expect(of(Uint8Array.of(127, 0))).toBe('noncanonical_encoding');
    expect(of(Uint8Array.of(128, 0))).toBe('returned');
    expect(of(new Uint8Array(0))).toBe('bad_private_length');
    expect(of(new Uint8Array(p.toString(16).length / 2 + 2))).toBe('bad_private_length');
    const peer = (octets: Uint8Array) =>
      codeOf(() => dh2017.contribute({ group, secretKey: Uint8Array.of(3) }, octets));
    expect(peer(Uint8Array.of(4, 0))).toBe('noncanonical_encoding');
    expect(peer(new Uint8Array(600))).toBe('bad_public_length');
  });
});

test('the share of November 2017 has the public key that was published with it', () => {
  const { secretKey, publicKey } = published;
  expect(secretKey.at(-1)).toBe(0);
  expect(hex(dh2017.publicKey({ group: 14, secretKey }))).toBe(hex(publicKey));
});

test('other groups and other arguments are refused', () => {
  const secretKey = Uint8Array.of(3);
  expect(codeOf(() => dh2017.publicKey({ group: 15 as never, secretKey }))).toBe('unsupported_algorithm');
  expect(codeOf(() => dh2017.complete('14' as never, [secretKey, secretKey]))).toBe('unsupported_algorithm');
  expect(codeOf(() => dh2017.complete(14, [secretKey]))).toBe('insufficient_shares');
  expect(codeOf(() => dh2017.publicKey(undefined as never))).toBe('bad_option');
  expect(codeOf(() => dh2017.publicKey({ group: 14, secretKey: 3 as never }))).toBe('not_bytes');
});
