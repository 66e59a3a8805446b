/**
 * Secrets of shared keys on their way through the backend: what it gave and was given is overwritten when an operation returns or throws.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Backend } from '../../src/backend/types.ts';
import { makeRecryption } from '../../src/recryption/index.ts';
import { makeThreshold } from '../../src/threshold/index.ts';
import { backends } from '../support/backends.ts';
import { littleEndian, pattern } from '../support/octets.ts';

const typedArray: { set: Uint8Array['set'] } = Object.getPrototypeOf(Uint8Array.prototype);
const zero = (octets: Uint8Array) => octets.every((octet) => octet === 0);

describe.each(backends)('shared keys on $name', ({ backend }) => {
  /** Scalars that the backend multiplied points with. */
  let multipliers: Uint8Array[] = [];
  /** Wide random octets that it reduced, and seeds that it hashed. */
  let seeds: Uint8Array[] = [];
  let faulty = false;
  const spied =
    <A extends unknown[], R>(call: (scalar: Uint8Array, ...rest: A) => R) =>
    (scalar: Uint8Array, ...rest: A): R => {
      multipliers.push(scalar);
      if (faulty) throw new Error('fault');
      return call(scalar, ...rest);
    };
  const spy: Backend = {
    ...backend,
    edwardsMultiply: spied(backend.edwardsMultiply),
    montgomeryMultiply: spied(backend.montgomeryMultiply),
    edwardsBaseMultiply: spied(backend.edwardsBaseMultiply),
    montgomeryBaseMultiply: spied(backend.montgomeryBaseMultiply),
    scalarReduce(wide) {
      if (wide.length > 1) seeds.push(wide);
      return backend.scalarReduce(wide);
    },
    shake256(message, length) {
      const digest = backend.shake256(message, length);
      seeds.push(digest);
      return digest;
    },
  };
  const threshold = makeThreshold(() => spy);
  const recryption = makeRecryption(() => spy);
  afterEach(() => {
    multipliers = [];
    seeds = [];
    faulty = false;
  });

  const point = {
    Ed448: backend.edwardsBaseMultiply(littleEndian(9n, 56)),
    X448: backend.montgomeryBaseMultiply(littleEndian(9n, 56)),
  };

  test.each(['Ed448', 'X448'] as const)('leave no scalar and no seed behind on %s', (crv) => {
    const key = { crv, secretKey: pattern(56) };
    const share = { crv, index: 1, quorum: 2, scalar: littleEndian(5n, 56) };
    const service = recryption.service();
    service.add('a', { crv: `${crv}z`, secretKey: littleEndian(7n, 56) });
    multipliers = [];
    for (const call of [
      () => threshold.publicKey(key),
      () => threshold.share(key, { shares: 3, quorum: 2 }),
      () => threshold.contribute(key, point[crv]),
      () => threshold.contribute(key, point[crv], { blind: true }),
      () => threshold.contribute(share, point[crv], { indexes: [1, 2] }),
    ]) {
      multipliers = [];
      seeds = [];
      call();
      expect(multipliers.length).toBeGreaterThan(0);
      expect(multipliers.map(zero)).toEqual(multipliers.map(() => true));
      expect(seeds.map(zero)).toEqual(seeds.map(() => true));
      multipliers = [];
      faulty = true;
      expect(call).toThrow('fault');
      faulty = false;
      expect(multipliers.map(zero)).toEqual(multipliers.map(() => true));
    }
    multipliers = [];
    service.contribute('a', point[crv]);
    expect(multipliers.map(zero)).toEqual([true]);
  });

  test('the nonce of a proof is overwritten', () => {
    threshold.contribute({ crv: 'Ed448', secretKey: pattern(56) }, point.Ed448, { prove: true });
    // s E, s B, then r B and r E; the key of the proof is public, its scalar is not.
    expect(multipliers).toHaveLength(4);
    expect(multipliers.map(zero)).toEqual([true, true, true, true]);
  });

  test('a service overwrites what it holds when a member is removed', () => {
    const set = vi.spyOn(typedArray, 'set');
    const service = recryption.service();
    service.add('a', { crv: 'X448z', secretKey: littleEndian(7n, 56) });
    // Where secrets are moved to (bytes.ts, settle).
    const held = (set.mock.contexts as Uint8Array[]).filter(
      ({ buffer, length }) => buffer.byteLength === 128 && length < 128,
    );
    set.mockRestore();
    expect(held.map((octets) => octets[0])).toEqual([7]);
    service.contribute('a', point.X448);
    expect(held.map((octets) => octets[0])).toEqual([7]);
    service.remove('a');
    expect(held.map(zero)).toEqual([true]);
  });
});
