import { describe, expect, test, vi } from 'vitest';
import { builtin } from '../../src/builtin.ts';
import { withBuiltin } from './engines.ts';

/** Who answers on a platform whose `process` is `stand`. */
async function loaded(stand: unknown) {
  vi.resetModules();
  vi.stubGlobal('process', stand);
  try {
    const [{ aes }, { streamAes }] = await Promise.all([
      import('../../src/aes/index.ts'),
      import('../../src/aes/stream.ts'),
    ]);
    return { aes: aes.name, stream: streamAes().name };
  } finally {
    vi.unstubAllGlobals();
  }
}

describe('who does AES', () => {
  test('node:crypto where it is', async () => {
    expect(await loaded(process)).toEqual({ aes: 'node', stream: 'node' });
  });

  test('JavaScript and, for streams, WebCrypto where Node has no way to its modules', async () => {
    expect(await loaded(withBuiltin(undefined))).toEqual({ aes: 'noble', stream: 'web' });
    expect(await loaded(withBuiltin(() => undefined))).toEqual({ aes: 'noble', stream: 'web' });
  });

  test('no module where there is no process', () => {
    vi.stubGlobal('process', undefined);
    try {
      expect(builtin('node:crypto')).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('JavaScript where node:crypto lacks a cipher', async () => {
    const crypto = {
      createCipheriv() {
        throw new Error('unknown cipher');
      },
    };
    expect(await loaded(withBuiltin(() => crypto))).toEqual({ aes: 'noble', stream: 'web' });
  });

  test('JavaScript alone on pages without a secure context', async () => {
    vi.stubGlobal('crypto', {});
    expect(await loaded(withBuiltin(undefined))).toEqual({ aes: 'noble', stream: 'noble' });
  });
});
