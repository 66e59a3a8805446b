/**
 * Sums of keys and keys split into a sum (threshold keys, sections A1 and A2).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf } from '../support/errors.ts';
import { direct, mod, numberOf } from '../support/groups.ts';
import { fromLittleEndian, hex, pattern } from '../support/octets.ts';
import { libraries, subjects } from '../support/subjects.ts';

describe.each(subjects)('keys in parts on $crv on $name', ({ threshold, crv, model, key, octets }) => {
  const { L } = model;
  const scalar = fc.bigInt({ min: 1n, max: L - 1n });
  const lastOctet = (point: Uint8Array) => point.length - 1;
  /** -P. */
  const negative = (point: Uint8Array) => {
    const out = point.slice();
    out[lastOctet(out)]! ^= 0x80;
    return out;
  };

  test('public keys are s B', () => {
    for (const s of [1n, 2n, L - 1n, 0x1234567890abcdef1234567890abcdefn]) {
      expect(hex(threshold.publicKey(direct(model, s)))).toBe(hex(model.base(s)));
    }
  });

  test('the sum of the secrets belongs to the sum of the public keys', () => {
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 2, maxLength: 4 }), (parts) => {
        const sum = mod(
          parts.reduce((a, b) => a + b, 0n),
          L,
        );
        fc.pre(sum !== 0n);
        const secrets = parts.map((s) => direct(model, s));
        const combined = threshold.combineSecretKeys(secrets);
        expect(combined).toEqual({ crv: `${crv}z`, secretKey: octets(sum) });
        expect(hex(threshold.combinePublicKeys(crv, secrets.map(threshold.publicKey)))).toBe(hex(model.base(sum)));
      }),
      { numRuns: 3 },
    );
  });

  test('keys of the curve are expanded before they are added, and mix with scalars', () => {
    const parts = [key(1), direct(model, 5n), key(2)];
    const sum = threshold.publicKey(threshold.combineSecretKeys(parts));
    expect(hex(threshold.combinePublicKeys(crv, parts.map(threshold.publicKey)))).toBe(hex(sum));
  });

  test('A + A is the double, and a partial sum may be the identity', () => {
    const [A, B] = [model.base(77n), model.base(5n)];
    expect(hex(threshold.combinePublicKeys(crv, [A, A]))).toBe(hex(model.base(154n)));
    expect(hex(threshold.combinePublicKeys(crv, [A, negative(A), B]))).toBe(hex(B));
    expect(hex(threshold.combinePublicKeys(crv, [B, A, negative(A)]))).toBe(hex(B));
  });

  test('a result that could be changed is not the memory of an argument', () => {
    const [A, B] = [model.base(77n), model.base(5n)];
    threshold.combinePublicKeys(crv, [A, negative(A), B]).fill(0);
    expect(hex(B)).toBe(hex(model.base(5n)));
  });

  test('a sum of zero is refused (identity_result)', () => {
    expect(codeOf(() => threshold.combineSecretKeys([direct(model, 3n), direct(model, L - 3n)]))).toBe(
      'identity_result',
    );
    const A = model.base(3n);
    expect(codeOf(() => threshold.combinePublicKeys(crv, [A, negative(A)]))).toBe('identity_result');
  });

  test('whoever publishes B = X - A last makes the sum X: parts of strangers need a proof of possession', () => {
    const honest = model.base(1234567n);
    const x = 42n;
    const rogue = threshold.combinePublicKeys(crv, [model.base(x), negative(honest)]);
    expect(hex(threshold.combinePublicKeys(crv, [honest, rogue]))).toBe(hex(model.base(x)));
    // The rogue part has a secret, x - a, which its author does not know: a proof that it does would be missing.
    expect(hex(rogue)).toBe(hex(model.base(mod(x - 1234567n, L))));
  });

  test('points of small and of mixed order are refused', () => {
    const P = model.base(9n);
    expect(codeOf(() => threshold.combinePublicKeys(crv, [P, model.small]))).toBe('small_order_base');
    expect(codeOf(() => threshold.combinePublicKeys(crv, [model.add(P, model.small), P]))).toBe(
      'not_in_prime_order_subgroup',
    );
  });

  test('unsigned keys of X curves are refused as such (sign_missing), other lengths as lengths', () => {
    const P = model.base(9n);
    if (crv.startsWith('X')) {
      expect(codeOf(() => threshold.combinePublicKeys(crv, [P, P.slice(0, -1)]))).toBe('sign_missing');
    }
    for (const bad of [P.slice(0, 31), new Uint8Array(0), new Uint8Array(P.length + 1)]) {
      expect(codeOf(() => threshold.combinePublicKeys(crv, [P, bad]))).toBe('bad_public_length');
    }
  });

  test('the parts of a split key sum to it, are not zero and differ from run to run', () => {
    const whole = threshold.publicKey(key(3));
    const seen = new Set<string>();
    for (const shares of [2, 3, 7]) {
      const parts = threshold.split(key(3), { shares });
      expect(parts).toHaveLength(shares);
      expect(hex(threshold.publicKey(threshold.combineSecretKeys(parts)))).toBe(hex(whole));
      for (const part of parts) {
        expect(part.crv).toBe(`${crv}z`);
        expect(numberOf(part)).toBeGreaterThan(0n);
        expect(numberOf(part)).toBeLessThan(L);
        seen.add(hex(part.secretKey));
      }
    }
    expect(seen.size).toBe(12);
  });

  test('direct scalars are read as key shares are written: Ed curves in any length up to one zero octet more', () => {
    const one = hex(model.base(1n));
    const of = (secretKey: Uint8Array) => ({ crv: `${crv}z`, secretKey }) as const;
    const n = model.scalarLength;
    const long = Uint8Array.of(...octets(1n), 0);
    if (crv.startsWith('Ed')) {
      expect(hex(threshold.publicKey(of(Uint8Array.of(1))))).toBe(one);
      expect(hex(threshold.publicKey(of(long)))).toBe(one);
      expect(codeOf(() => threshold.publicKey(of(Uint8Array.of(...octets(1n), 1))))).toBe('scalar_out_of_range');
    } else {
      expect(codeOf(() => threshold.publicKey(of(Uint8Array.of(1))))).toBe('bad_private_length');
      expect(codeOf(() => threshold.publicKey(of(long)))).toBe('bad_private_length');
    }
    expect(codeOf(() => threshold.publicKey(of(new Uint8Array(n + 2))))).toBe('bad_private_length');
    expect(codeOf(() => threshold.publicKey(of(new Uint8Array(0))))).toBe('bad_private_length');
    expect(codeOf(() => threshold.publicKey(of(octets(0n))))).toBe('zero_scalar');
    expect(codeOf(() => threshold.publicKey(of(octets(L))))).toBe('scalar_out_of_range');
  });

  test('keys of another length are refused', () => {
    for (const length of [0, 31, 33, 55, 58]) {
      expect(codeOf(() => threshold.publicKey({ crv, secretKey: pattern(length) }))).toBe('bad_private_length');
    }
  });
});

describe.each(libraries)('arguments of keys in parts on $name', ({ threshold }) => {
  const key = { crv: 'X448', secretKey: pattern(56) } as const;
  const point = threshold.publicKey(key);

  test('the private scalar of an X25519 key is clamped once and reduced (RFC 7748 section 5)', () => {
    const secretKey = new Uint8Array(32).fill(255);
    const clamped = fromLittleEndian(secretKey) - 7n - 2n ** 255n;
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    const sum = threshold.combineSecretKeys([
      { crv: 'X25519', secretKey },
      { crv: 'X25519z', secretKey: new Uint8Array(32).fill(1, 0, 1) },
    ]);
    expect(numberOf(sum)).toBe((clamped + 1n) % L);
  });

  test('keys of two curves are not added (curve_mismatch)', () => {
    expect(codeOf(() => threshold.combineSecretKeys([key, { crv: 'Ed448', secretKey: pattern(57) }]))).toBe(
      'curve_mismatch',
    );
    expect(codeOf(() => threshold.combineSecretKeys([key, { crv: 'X25519z', secretKey: pattern(32) }]))).toBe(
      'curve_mismatch',
    );
  });

  test.each<[string, () => unknown, string]>([
    [
      'an unknown curve',
      () => threshold.publicKey({ crv: 'P-256' as never, secretKey: pattern(32) }),
      'unsupported_algorithm',
    ],
    ['the name z', () => threshold.publicKey({ crv: 'z' as never, secretKey: pattern(32) }), 'unsupported_algorithm'],
    [
      'a curve that is no text',
      () => threshold.publicKey({ crv: 448 as never, secretKey: pattern(56) }),
      'unsupported_algorithm',
    ],
    [
      'a member of Object.prototype',
      () => threshold.combinePublicKeys('toString' as never, [point, point]),
      'unsupported_algorithm',
    ],
    ['no object', () => threshold.publicKey(undefined as never), 'bad_option'],
    ['null', () => threshold.publicKey(null as never), 'bad_option'],
    ['no octets', () => threshold.publicKey({ crv: 'X448', secretKey: 'secret' as never }), 'not_bytes'],
    ['no list', () => threshold.combineSecretKeys({ length: 2 } as never), 'bad_option'],
    ['one key', () => threshold.combineSecretKeys([key]), 'insufficient_shares'],
    ['no key', () => threshold.combinePublicKeys('X448', []), 'insufficient_shares'],
    ['256 keys', () => threshold.combinePublicKeys('X448', Array(256).fill(point)), 'bad_quorum'],
    ['a hole', () => threshold.combinePublicKeys('X448', [point, undefined as never]), 'not_bytes'],
    ['one share', () => threshold.split(key, { shares: 1 }), 'bad_quorum'],
    ['256 shares', () => threshold.split(key, { shares: 256 }), 'bad_quorum'],
    ['half a share', () => threshold.split(key, { shares: 2.5 }), 'bad_quorum'],
    ['shares as text', () => threshold.split(key, { shares: '3' as never }), 'bad_quorum'],
    ['no options', () => threshold.split(key, undefined as never), 'bad_quorum'],
    ['a list as options', () => threshold.split(key, [3] as never), 'bad_option'],
  ])('%s is refused', (_what, call, code) => {
    expect(codeOf(call)).toBe(code);
  });

  test('every member is read once, and before octets are checked', () => {
    const reads: string[] = [];
    const counted = () => {
      const member = (name: string, value: unknown) => ({
        get() {
          reads.push(name);
          return value;
        },
      });
      const members = { crv: member('crv', 'X448'), secretKey: member('secretKey', pattern(56)) };
      return Object.defineProperties({}, members) as never;
    };
    threshold.combineSecretKeys([counted(), counted()]);
    expect(reads).toEqual(['crv', 'secretKey', 'crv', 'secretKey']);
  });
});
