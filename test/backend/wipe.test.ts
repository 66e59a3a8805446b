import { describe, expect, test } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { mixedOrderEdwards } from '../arbitraries.ts';
import { pattern } from '../support/octets.ts';
import {
  attempt,
  instance,
  io,
  message,
  none,
  nothing,
  one,
  operations,
  other,
  scratch,
  signed,
  tables,
} from '../support/operations.ts';

describe('the memory of the module', () => {
  test('has the regions that the map names', () => {
    const { abi, left } = instance();
    expect([scratch, abi.io_pointer(), abi.io_pointer() + abi.io_length()]).toEqual([0x4000, io, tables]);
    expect(left()).toEqual(nothing);
  });

  test.each(Object.keys(operations))('holds nothing of an operation in scratch and I/O page after it: %s', (name) => {
    const { backend, left } = instance();
    attempt(() => operations[name]?.(backend, one));
    expect(left()).toEqual(nothing);
    // Again, now that tables are there and the page has been used up to another height.
    backend.sha512(none);
    attempt(() => operations[name]?.(backend, other));
    expect(left()).toEqual(nothing);
  });

  test('holds the same tables whatever the secrets were', () => {
    const [first, second] = [one, other].map((secrets) => {
      const { backend, memory } = instance();
      for (const operation of Object.values(operations)) attempt(() => operation(backend, secrets));
      return memory.subarray(tables);
    }) as [Uint8Array, Uint8Array];
    expect(Buffer.compare(first, second)).toBe(0);
    expect(first.some((octet) => octet !== 0)).toBe(true);
  });

  test.each([
    ...['ed448PublicKey', 'ed448Sign', 'ed448SignKey', 'x448', 'x448Base', 'scalarMul', 'scalarInvert'],
    ...['sha512', 'shake256', 'sha3_512', 'frames, small ones', 'chainDigests', 'treeDigests'],
    ...['edwardsMultiply', 'edwardsMultiply, refused', 'edwardsBaseMultiply', 'edwardsCombination'],
    ...['montgomeryMultiply', 'montgomeryMultiply, refused', 'montgomeryBaseMultiply'],
    ...['shamirEvaluate', 'shamirInterpolate', 'shamirInterpolate, refused'],
  ])('holds something in scratch before that is cleared, so that its being empty means something: %s', (name) => {
    let most = -1;
    const look = (clear: (used: number) => void) => (used: number) => {
      most = Math.max(most, subject.left().scratch);
      clear(used);
    };
    const subject: ReturnType<typeof instance> = instance({
      wipe: look((used) => subject.abi.wipe(used)),
      wipe_hash: look((used) => subject.abi.wipe_hash(used)),
    });
    attempt(() => operations[name]?.(subject.backend, one));
    expect(most).not.toBe(-1);
  });

  test('is in use during an operation, the I/O page up to its end for a long message', () => {
    let used = -1;
    const { abi, memory, backend } = instance({
      wipe_hash(length) {
        used = memory.subarray(io, tables).findLastIndex((octet: number) => octet !== 0);
        abi.wipe_hash(length);
      },
    });
    backend.sha512(message);
    expect(used).toBeGreaterThan(tables - io - 300);
  });

  test('is cleared also when the module itself fails in the middle of an operation', () => {
    const fault = () => {
      throw new Error('fault');
    };
    for (const [replaced, name] of [
      [{ ed448_sign_finish: fault }, 'ed448Sign'],
      [{ ed448_sign_commit: fault }, 'ed448SignKey'],
      [{ x448: fault }, 'x448'],
      [{ scalar_invert: fault }, 'scalarInvert'],
      [{ edwards_multiply: fault }, 'edwardsMultiply'],
      [{ combination_finish: fault }, 'edwardsCombination'],
      [{ base32_read: fault }, 'base32Decode'],
      [{ base32_pack: fault }, 'base32Decode'],
      [{ sha512_digest: fault }, 'sha512'],
      [{ sha512_hash: fault }, 'sha512'],
      [{ frames_scan: fault }, 'frames, small ones'],
      [{ frames_digests: fault }, 'frames, small ones'],
      [{ chain_digests: fault }, 'chainDigests'],
      [{ tree_digests: fault }, 'treeDigests'],
      [{ keccak_hash: fault }, 'sha3_512'],
      [{ keccak_squeeze: fault }, 'shake256'],
    ] as const) {
      const { backend, left } = instance(replaced);
      expect(() => operations[name]?.(backend, one)).toThrow('fault');
      expect(left()).toEqual(nothing);
    }
  });

  test('holds nothing after whole tasks of the library', () => {
    const { backend, left } = instance();
    const mesh = assemble(() => backend);
    const { secret } = one;
    for (const task of [
      () => mesh.ed448ph.sign(message, pattern(57)),
      () => mesh.ed448.prepareSigner(pattern(57)).sign(message),
      () => mesh.overlay.composeKey(secret, pattern(56, 2)).sign(message),
      () => mesh.overlay.composeKey(secret, pattern(56, 2), { crv: 'X448' }).agree(signed),
      () => mesh.overlay.composeKey(secret, pattern(56, 2)).agree(mixedOrderEdwards[0] as Uint8Array),
      () => mesh.x448.getSharedSecret(secret, new Uint8Array(56)),
      () => mesh.hkdfSha512(secret, undefined, none, 200),
      () => mesh.udf.seed('X448'),
      () => mesh.sha512.create().update(secret).clone().digest(),
    ]) {
      attempt(task);
      expect(left()).toEqual(nothing);
    }
  });

  test('holds nothing of arguments that claim another length than they have', () => {
    const { backend, left } = instance();
    for (const claimed of [5, 70_000]) {
      const lying = (length: number) => Object.defineProperty(pattern(length), 'length', { value: claimed });
      for (const length of [50, 5000, 70_001]) {
        attempt(() => backend.sha512(lying(length)));
        attempt(() => backend.shake256(lying(length), 64));
        attempt(() => backend.hmacSha512(one.secret, lying(length)));
        expect(left()).toEqual(nothing);
      }
    }
    expect(backend.sha512(message)).toEqual(instance().backend.sha512(message));
  });
});
