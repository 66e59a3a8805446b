import { afterEach, describe, expect, test, vi } from 'vitest';
import { drawCoefficients, roomToDraw } from '../../src/shamir/coefficients.ts';
import { fieldOf } from '../../src/shamir/prime.ts';
import { codeOf } from '../support/errors.ts';
import { hex, pattern } from '../support/octets.ts';
import { primeOf, subjects, toInteger, toOctets, valueAt } from './model.ts';

afterEach(() => vi.restoreAllMocks());

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** The generator of the platform, replaced for one test. */
function generator(fill: (octets: Uint8Array) => void): void {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    fill(array as unknown as Uint8Array);
    return array;
  });
}

/** Coefficients for secrets of n octets, `size` octets in all. */
function draw(size: number, n: number): Uint8Array {
  const room = new Uint8Array(roomToDraw(size));
  drawCoefficients(room, size, fieldOf(n));
  return room.subarray(0, size);
}

/** The value of a share of one octet. */
const shareValue = (shamir: (typeof subjects)[number]['shamir'], text: string) =>
  // A share alone, read as one of a quorum of one, is its value: the nibble of the quorum is in the third and fourth character.
  shamir.combine([asSingle(text)])[0] as number;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A share with a quorum of one in its header. */
function asSingle(text: string): string {
  const bits = [...text.replaceAll('-', '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const changed = `${bits.slice(0, 8)}0001${bits.slice(12)}`;
  return (changed.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
}

describe('coefficients', () => {
  test('of a secret of one octet are uniform over all 257 values, zero and 256 included (chi-square, 10^5 draws)', () => {
    const counts = new Array<number>(257).fill(0);
    for (let i = 0; i < 100; i++) {
      const drawn = draw(2 * 1000, 1);
      for (let at = 0; at < drawn.length; at += 2) {
        const value = toInteger(drawn.subarray(at, at + 2));
        counts[Number(value)] = (counts[Number(value)] ?? 0) + 1;
      }
    }
    expect(counts).toHaveLength(257);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    // 256 degrees of freedom: mean 256, standard deviation 22.6; beyond 400 by chance once in 10^8 runs.
    expect(chiSquare(counts)).toBeLessThan(400);
    expect(chiSquare(counts)).toBeGreaterThan(140);
  });

  test('of longer secrets are uniform in their first and last octets, and below the prime', () => {
    for (const n of [2, 3, 16, 32]) {
      const [width, p] = [n + 1, primeOf(n)];
      const [high, low] = [new Array<number>(256).fill(0), new Array<number>(256).fill(0)];
      for (let i = 0; i < 40; i++) {
        const drawn = draw(100 * width, n);
        for (let at = 0; at < drawn.length; at += width) {
          const number = drawn.subarray(at, at + width);
          if (toInteger(number) >= p) throw new Error(`not below the prime: ${hex(number)}`);
          high[number[1] as number] = (high[number[1] as number] as number) + 1;
          low[number[n] as number] = (low[number[n] as number] as number) + 1;
        }
      }
      for (const counts of [high, low]) expect(chiSquare(counts)).toBeLessThan(400);
    }
  });

  test('are taken from the candidates below the prime in their order, at each side of the prime', () => {
    // No more octets, or the numbers would have sixteen zeros in a row, and the generator would be found to be broken.
    for (const n of [1, 2, 3, 6, 15]) {
      const p = primeOf(n);
      const top = 1n << BigInt(8 * n + 1);
      const candidates = [
        p,
        p - 1n,
        p + 1n,
        top - 1n,
        1n << BigInt(4 * n),
        1n << BigInt(8 * n),
        (1n << BigInt(8 * n)) - 1n,
        p + 255n,
      ];
      const stream = candidates.filter((value) => value < top).flatMap((value) => [...toOctets(value, n + 1)]);
      // All bits above the one that counts are set in every second candidate: they are not looked at.
      for (let at = 0; at < stream.length; at += 2 * (n + 1)) stream[at] = (stream[at] as number) | 0xfe;
      let position = 0;
      generator((octets) => octets.set(Array.from(octets, () => stream[position++ % stream.length] as number)));
      const drawn = draw(3 * (n + 1), n);
      const wanted = candidates.filter((value) => value < p).slice(0, 3);
      expect(hex(drawn)).toBe(wanted.map((value) => hex(toOctets(value, n + 1))).join(''));
      vi.restoreAllMocks();
    }
  });
});

describe.each(subjects)('a secret of one octet on $name', ({ shamir }) => {
  /** The values of all shares by the definition, or none when one of them does not fit. */
  function fitting(secret: number, coefficients: readonly number[], shares: number): number[] | undefined {
    const terms = [secret, ...coefficients].map(BigInt);
    const values = Array.from({ length: shares }, (_, i) => Number(valueAt(terms, i + 1, 257n)));
    return values.includes(256) ? undefined : values;
  }

  test('is equally likely to be anything, given one share of two: every value of it has one line through every secret', () => {
    // For a number x the map from slopes to values is one to one, whatever the secret: by the definition, over all 256 x 257 lines.
    for (const x of [1, 2, 15]) {
      for (let secret = 0; secret < 256; secret++) {
        const values = new Set(Array.from({ length: 257 }, (_, a) => valueAt([BigInt(secret), BigInt(a)], x, 257n)));
        expect(values.size).toBe(257);
      }
    }
    // And the library gives these lines, or refuses those whose shares do not fit.
    for (let secret = 0; secret < 256; secret += 5) {
      for (let a = 0; a < 257; a++) {
        const wanted = fitting(secret, [a], 2);
        let shares: string[] | undefined;
        const code = codeOf(() => {
          const options = { shares: 2, quorum: 2 };
          shares = shamir.testing.splitWithCoefficients(Uint8Array.of(secret), options, [BigInt(a)]);
        });
        expect(code).toBe(wanted === undefined ? 'share_overflow' : 'returned');
        if (shares && a % 16 === 0) expect(shares.map((share) => shareValue(shamir, share))).toEqual(wanted);
      }
    }
  });

  test('is equally likely to be anything, given two shares of three', () => {
    // Two values and a secret are three points: one parabola for each, and each is drawn with the same probability.
    const seen = new Map<string, Set<number>>();
    for (const secret of [0, 1, 77, 255]) {
      for (let a = 0; a < 257; a++) {
        for (let b = 0; b < 257; b++) {
          const key = `${(secret + a + b) % 257},${(secret + 3 * a + 9 * b) % 257}`;
          const secrets = seen.get(key) ?? new Set();
          seen.set(key, secrets.add(secret));
        }
      }
    }
    expect(seen.size).toBe(257 * 257);
    for (const secrets of seen.values()) expect(secrets.size).toBe(4);
  });

  test('has shares with a frequency that follows from the definition (chi-square over 20,000 sharings)', () => {
    const secret = 200;
    const possible = Array.from({ length: 257 }, (_, a) => fitting(secret, [a], 2)).filter((v) => v !== undefined);
    const counts = new Map(possible.map(([first]) => [first as number, 0]));
    for (let i = 0; i < 20_000; i++) {
      const [first = ''] = shamir.split(Uint8Array.of(secret), { shares: 2, quorum: 2 });
      const value = shareValue(shamir, first);
      counts.set(value, (counts.get(value) as number) + 1);
    }
    expect(counts.size).toBe(possible.length);
    expect(chiSquare([...counts.values()])).toBeLessThan(400);
  });

  test('is shared again with other coefficients when a share does not fit, so that every sharing can be recovered', () => {
    for (let i = 0; i < 2000; i++) {
      const shares = shamir.split(Uint8Array.of(i), { shares: 15, quorum: 2 });
      expect(shares.every((share) => share.length === 6)).toBe(true);
      expect(shamir.combine(shares)[0]).toBe(i & 255);
    }
  });
});

describe.each(subjects)('two sharings on $name', ({ shamir }) => {
  test('of one secret have nothing in common', () => {
    const secret = pattern(32);
    const [one, other] = [0, 1].map(() => shamir.split(secret, { shares: 15, quorum: 3 })) as [string[], string[]];
    expect(new Set([...one, ...other]).size).toBe(30);
  });

  test('are not made when the generator is missing, throws, or repeats itself (random_failed)', () => {
    const refused = (fill: (octets: Uint8Array) => void, generation: 'S1' | 'S3' = 'S3') => {
      generator(fill);
      const code = codeOf(() => shamir.split(pattern(16), { shares: 3, quorum: 2, generation }));
      vi.restoreAllMocks();
      return code;
    };
    const broken = () => {
      throw new Error('no entropy');
    };
    expect(refused(broken)).toBe('random_failed');
    expect(refused(broken, 'S1')).toBe('random_failed');
    expect(refused(() => undefined)).toBe('random_failed');
    expect(refused(() => undefined, 'S1')).toBe('random_failed');
    expect(refused((octets) => octets.fill(0xa5))).toBe('random_failed');
    // The memory is taken away, with the secret in it.
    const taken = (octets: Uint8Array) => structuredClone(octets, { transfer: [octets.buffer as ArrayBuffer] });
    expect(refused(taken)).toBe('random_failed');
    // Half of it is filled.
    expect(refused((octets) => octets.set(pattern(octets.length / 2)))).toBe('random_failed');
    vi.stubGlobal('crypto', undefined);
    expect(codeOf(() => shamir.split(pattern(16), { shares: 3, quorum: 2 }))).toBe('random_failed');
    vi.unstubAllGlobals();
  });

  test('are not tried for ever when the generator only gives numbers that do not fit (random_failed)', () => {
    // Numbers of two octets, all above the prime.
    generator((octets) => octets.set(Array.from(octets, (_, i) => (i % 2 ? 2 + (i % 250) : 1))));
    expect(codeOf(() => shamir.split(Uint8Array.of(7), { shares: 2, quorum: 2 }))).toBe('random_failed');
    vi.restoreAllMocks();
    // The slope 1 takes 255 to 256 every time.
    generator((octets) => octets.set(Array.from(octets, (_, i) => (i < 2 ? i : i % 251))));
    expect(codeOf(() => shamir.split(Uint8Array.of(255), { shares: 2, quorum: 2 }))).toBe('random_failed');
  });

  test('need no generator when the quorum is one: every share is the secret', () => {
    generator(() => {
      throw new Error('asked');
    });
    const shares = shamir.split(Uint8Array.of(255, 255), { shares: 15, quorum: 1 });
    for (const share of shares) expect(hex(shamir.combine([share]))).toBe('ffff');
  });
});
