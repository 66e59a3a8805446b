import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, expectCode } from '../support/errors.ts';
import { hex, pattern } from '../support/octets.ts';
import { choices, primeOf, shareText, subjects, toInteger, toOctets, valueAt } from './model.ts';

/** A secret with the parameters of its sharing. */
const sharing = fc
  .record({
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    shares: fc.integer({ min: 1, max: 15 }),
    quorum: fc.integer({ min: 1, max: 15 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .filter(({ shares, quorum }) => quorum <= shares);

/** Members in an order that a stream decides. */
function shuffled<T>(members: readonly T[], order: Stream): T[] {
  const rest = [...members];
  return members.map(() => rest.splice((order.next().value as number) % rest.length, 1)[0] as T);
}
type Stream = Iterator<number>;

describe.each(subjects)('sharing on $name', ({ shamir }) => {
  test('gives the shares of the definition (draft-hallambaker-mesh-udf section 4.5)', () => {
    fc.assert(
      fc.property(sharing, fc.infiniteStream(fc.bigInt({ min: 0n, max: 2n ** 520n })), (given, stream) => {
        const { secret, shares, quorum } = given;
        const p = primeOf(secret.length);
        const coefficients = Array.from({ length: quorum - 1 }, () => (stream.next().value as bigint) % p);
        const values = Array.from({ length: shares }, (_, i) =>
          valueAt([toInteger(secret), ...coefficients], i + 1, p),
        );
        const split = () => shamir.testing.splitWithCoefficients(secret, { shares, quorum }, coefficients);
        if (values.some((value) => value >> BigInt(8 * secret.length) > 0n)) return expectCode('share_overflow', split);
        expect(split()).toEqual(values.map((y, i) => shareText(quorum, i + 1, toOctets(y, secret.length))));
      }),
      { numRuns: 100 },
    );
  });

  test('gives the secret back from any quorum in any order, from more, and from all', () => {
    fc.assert(
      fc.property(sharing, ({ secret, shares, quorum, order }) => {
        const texts = shamir.split(secret, { shares, quorum });
        expect(new Set(texts).size).toBe(shares);
        const chosen = shuffled(texts, order);
        for (let count = quorum; count <= shares; count++) {
          expect(hex(shamir.combine(chosen.slice(0, count)))).toBe(hex(secret));
        }
        if (quorum > 1) expectCode('insufficient_shares', () => shamir.combine(chosen.slice(0, quorum - 1)));
      }),
      { numRuns: 60 },
    );
  });

  test('gives the secret back from every quorum there is, 3 of 5', () => {
    const secret = pattern(35);
    const texts = shamir.split(secret, { shares: 5, quorum: 3 });
    const quorums = choices(texts, 3);
    expect(quorums).toHaveLength(10);
    for (const quorum of quorums) expect(hex(shamir.combine(quorum))).toBe(hex(secret));
  });

  test('finds every change of one character in any share, when there is one share more than the quorum', () => {
    const texts = shamir.split(pattern(16), { shares: 3, quorum: 2 });
    const codes = new Set<string>();
    texts.forEach((text, i) => {
      for (let at = 0; at < text.length; at++) {
        if (text[at] === '-') continue;
        const other = text[at] === 'B' ? 'C' : 'B';
        const changed = [...texts.slice(0, i), text.slice(0, at) + other + text.slice(at + 1), ...texts.slice(i + 1)];
        const code = codeOf(() => shamir.combine(changed));
        expect(code).not.toBe('returned');
        codes.add(code);
      }
    });
    expect([...codes].sort()).toContain('inconsistent_shares');
  });

  test('cannot find a change with exactly the quorum: the secret is another one', () => {
    const secret = pattern(16);
    const [one = '', two = ''] = shamir.split(secret, { shares: 2, quorum: 2 });
    const changed = two.slice(0, 10) + (two[10] === 'B' ? 'C' : 'B') + two.slice(11);
    let found = secret;
    const code = codeOf(() => {
      found = shamir.combine([one, changed]);
    });
    expect(['returned', 'inconsistent_shares']).toContain(code);
    if (code === 'returned') expect(hex(found)).not.toBe(hex(secret));
  });

  test('pads to whole words by the rules of 2019, and the zeros are there when it is recovered', () => {
    for (let n = 1; n <= 64; n++) {
      const secret = pattern(n, n);
      const texts = shamir.split(secret, { shares: 3, quorum: 2, generation: 'S2' });
      const whole = 4 * Math.ceil(n / 4);
      expect(hex(shamir.combine(texts.slice(1)))).toBe('00'.repeat(whole - n) + hex(secret));
      const coefficient = [5n];
      const [old, new_] = (['S2', 'S3'] as const).map((generation) =>
        shamir.testing.splitWithCoefficients(secret, { shares: 2, quorum: 2, generation }, coefficient),
      );
      expect(JSON.stringify(old) === JSON.stringify(new_)).toBe(n % 4 === 0);
    }
  });

  test('gives the secret back by the rules of 2015 to 2018, polynomials and exclusive or', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.integer({ min: 2, max: 15 }),
        fc.integer({ min: 2, max: 15 }),
        fc.infiniteStream(fc.nat()),
        (secret, a, b, order) => {
          const [quorum, shares] = [Math.min(a, b), Math.max(a, b)];
          const texts = shamir.split(secret, { shares, quorum, generation: 'S1' });
          const some = shuffled(texts, order).slice(0, quorum);
          expect(hex(shamir.combine(some, { generation: 'S1' }))).toBe(hex(secret));
          expect(hex(shamir.combine(texts, { generation: 'S1' }))).toBe(hex(secret));
          expect(texts.every((text) => /^[A-Z2-7]{5}(-[A-Z2-7]{1,5})+$/.test(text))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('reads a share in any case and with any separators, as it is copied from paper', () => {
    const secret = pattern(35);
    const texts = shamir.split(secret, { shares: 3, quorum: 2 }).slice(0, 2);
    for (const variant of [
      (text: string) => text.toLowerCase(),
      (text: string) => text.replaceAll('-', ''),
      (text: string) => text.replaceAll('-', ' - '),
      (text: string) => ` ${text.slice(0, 40)}\r\n\t${text.slice(40)}\n`,
    ]) {
      expect(hex(shamir.combine(texts.map(variant)))).toBe(hex(secret));
    }
  });

  test('keeps no argument and changes none', () => {
    const secret = pattern(32);
    const texts = Object.freeze(shamir.split(secret, Object.freeze({ shares: 3, quorum: 2 })));
    expect(hex(secret)).toBe(hex(pattern(32)));
    const one = shamir.combine(texts);
    one.fill(0);
    expect(hex(shamir.combine(texts))).toBe(hex(secret));
  });
});

test('shares of one backend are recovered by the other', () => {
  const [one, other] = subjects as [(typeof subjects)[0], (typeof subjects)[0]];
  for (let n = 1; n <= 64; n++) {
    const secret = pattern(n, n);
    const texts = one.shamir.split(secret, { shares: 4, quorum: 3 });
    expect(hex(other.shamir.combine(texts))).toBe(hex(secret));
    expect(hex(one.shamir.combine(other.shamir.split(secret, { shares: 4, quorum: 3 })))).toBe(hex(secret));
  }
});
