import { expect, it, vi } from 'vitest';
import { jsProvider } from '../../src/backend/js/index.ts';
import { publicKey25519 } from '../../src/conformance/curve25519.ts';
import { groupOf } from '../../src/threshold/group.ts';

it.each(['Ed25519', 'X25519'] as const)(
  '%s: points are those of the published vectors, and the group laws hold',
  (crv) => {
    const g = groupOf(jsProvider, crv);
    const [one, two] = [g.reduce(Uint8Array.of(1)), g.reduce(Uint8Array.of(2))];
    for (let i = 1; i < 20; i++) {
      const secretKey = new Uint8Array(32).fill(13 * i);
      const s = g.fromSecretKey(secretKey, 'secretKey');
      const P = g.base(s);
      expect(P).toEqual(publicKey25519(crv, secretKey));
      expect(g.point(P, 'P')).toEqual(P);
      expect(g.times(two, P)).toEqual(g.plus(P, P));
      expect(g.base(g.add(s, two))).toEqual(g.plus(P, g.base(two)));
      expect(() => g.plus(P, g.base(g.negate(s)))).toThrow(expect.objectContaining({ code: 'identity_result' }));
      expect(g.base(g.multiply(g.invert(s), s))).toEqual(g.base(one));
    }
  },
);

it.each(['Ed448', 'X448', 'Ed25519', 'X25519'] as const)(
  '%s: a combination may have a secret multiple of the base point as one more term',
  (crv) => {
    const g = groupOf(jsProvider, crv);
    const [one, two, three] = [1, 2, 3].map((n) => g.reduce(Uint8Array.of(n))) as [Uint8Array, Uint8Array, Uint8Array];
    const P = g.base(three);
    expect(g.combination([two], [P], one)).toEqual(g.base(g.reduce(Uint8Array.of(7))));
    expect(g.combination([one], [P])).toEqual(P);
    expect(() => g.combination([one], [P], g.negate(three))).toThrow(
      expect.objectContaining({ code: 'identity_result' }),
    );
  },
);

it('a zero multiple of the base point adds nothing to points of edwards curves', () => {
  for (const crv of ['Ed448', 'Ed25519'] as const) {
    const g = groupOf(jsProvider, crv);
    const one = g.reduce(Uint8Array.of(1));
    const P = g.base(g.reduce(Uint8Array.of(3)));
    expect(g.combination([one], [P], new Uint8Array(g.scalarLength))).toEqual(P);
  }
});

it.each(['Ed448', 'X448', 'Ed25519', 'X25519'] as const)(
  '%s: multiplying a point from outside is blinded on JavaScript, also when that point is the base point',
  (crv) => {
    const g = groupOf(jsProvider, crv);
    const [one, two] = [g.reduce(Uint8Array.of(1)), g.reduce(Uint8Array.of(2))];
    for (const peer of [g.base(one), g.base(two)]) {
      const random = vi.spyOn(globalThis.crypto, 'getRandomValues');
      const product = g.times(two, peer);
      const drawn = random.mock.calls.reduce((sum, [octets]) => sum + (octets?.byteLength ?? 0), 0);
      random.mockRestore();
      expect(drawn).toBeGreaterThanOrEqual(16);
      expect(product).toEqual(g.plus(peer, peer));
    }
  },
);
