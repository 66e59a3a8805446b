/**
 * Random sources that call the library back in the middle of an operation: what is used once is used once, and what has been destroyed gives nothing more.
 * On `js`, which draws while it multiplies, and where nonces are hedged on both backends.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { assembleShared } from '../src/assemble-shared.ts';
import { MeshError } from '../src/errors.ts';
import { backends } from './support/backends.ts';
import { pattern, utf8 } from './support/octets.ts';

const good = globalThis.crypto;
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Runs `operation` with a source that calls back at the draw with this number; what came out, and whether it was called. */
function interrupted(operation: () => unknown, draw: number, call: () => void): { called: boolean; result: unknown } {
  let drawn = 0;
  let called = false;
  const getRandomValues = (out: Uint8Array<ArrayBuffer>) => {
    if (drawn++ === draw) {
      called = true;
      call();
    }
    return good.getRandomValues(out);
  };
  vi.stubGlobal('crypto', { subtle: good.subtle, getRandomValues });
  try {
    const result = operation();
    return { called, result };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { called, result: error.code };
  } finally {
    vi.unstubAllGlobals();
  }
}

describe.each(backends)('a random source that calls back on $name', ({ backend, mesh }) => {
  const message = utf8('first');
  const { frost } = assembleShared(() => backend);

  test.each(['Ed448', 'Ed25519'] as const)('gets no second answer from the nonces of a round: %s', (crv) => {
    for (let draw = 0, more = true; more; draw++) {
      const { shares } = frost.deal(crv, { shares: 2, quorum: 2 });
      const rounds = shares.map((share) => frost.commit(share));
      const commitments = rounds.map((round) => round.commitment);
      let inner: unknown;
      const outcome = interrupted(
        () => rounds[0]?.sign(message, commitments),
        draw,
        () => {
          inner = rounds[0]?.sign(utf8('second'), commitments);
        },
      );
      more = outcome.called;
      if (more) expect([inner !== undefined, outcome.result]).toEqual([true, 'nonce_used']);
    }
  });

  test('gets no answer from a share or a round that it has destroyed', () => {
    for (const destroyed of ['share', 'round'] as const) {
      for (let draw = 0, more = true; more; draw++) {
        const { shares } = frost.deal('Ed448', { shares: 2, quorum: 2 });
        const rounds = shares.map((share) => frost.commit(share));
        const commitments = rounds.map((round) => round.commitment);
        const outcome = interrupted(
          () => rounds[0]?.sign(message, commitments),
          draw,
          () => (destroyed === 'share' ? shares : rounds)[0]?.destroy(),
        );
        more = outcome.called;
        if (more) expect([destroyed, outcome.result]).toEqual([destroyed, 'destroyed']);
      }
    }
  });

  test('gets no hedged signature of a combined key that it has destroyed', () => {
    const key = mesh.overlay.composeKey(pattern(56, 1), pattern(56, 2));
    const outcome = interrupted(
      () => key.sign(message),
      0,
      () => key.destroy(),
    );
    expect(outcome).toEqual({ called: true, result: 'destroyed' });
  });

  test('gets the signature of the whole key, never the bare nonce, from a key that it destroys while it signs', () => {
    for (const make of [
      () => mesh.ed448.prepareSigner(pattern(57)),
      () => mesh.overlay.seedKey(pattern(57), { crv: 'Ed448' }),
    ]) {
      const expected = make().sign(message);
      for (let draw = 0, more = true; more; draw++) {
        const key = make();
        const outcome = interrupted(
          () => key.sign(message),
          draw,
          () => key.destroy(),
        );
        more = outcome.called;
        expect(outcome.result).toEqual(expected);
      }
    }
  });
});
