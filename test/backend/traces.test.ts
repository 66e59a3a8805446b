/**
 * No trace of a secret in the linear memory of the module: whatever the contract has, whether it gives a result, refuses, or is stopped in the middle. That scratch and
 * I/O page are cleared at all is tested in wipe.test.ts; here all of the memory is searched for the secrets and what follows from them.
 */
import { readFileSync } from 'node:fs';
import { shake256 } from '@noble/hashes/sha3.js';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chance } from '../../faults/campaign.ts';
import { instrumented } from '../../faults/instrument.ts';
import { assemble } from '../../src/assemble.ts';
import { assembleShared } from '../../src/assemble-shared.ts';
import type { Backend } from '../../src/backend/types.ts';
import { backendOver } from '../../src/backend/wasm/over.ts';
import { L } from '../assembly/internals.ts';
import { fromLittleEndian, littleEndian, pattern, utf8 } from '../support/octets.ts';
import { attempt, instance, nothing, one, operations, type Secrets } from '../support/operations.ts';

/** Operations whose arguments and results are all public. */
const publicOnly = ['ed448Verify', 'ed448VerifyBatch', 'ed448Prepare', 'edwardsValidate', 'montgomeryValidate'];

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A number as a field element has it: limbs of 28 bits in 32, the two halves interleaved (assembly/fp448.ts). */
function limbs(octets: Uint8Array): Uint8Array {
  const value = fromLittleEndian(octets);
  const words = Array.from({ length: 16 }, (_, i) => {
    const k = (i >> 1) + 8 * (i & 1);
    return littleEndian((value >> BigInt(28 * k)) & 0xfffffffn, 4);
  });
  return Uint8Array.from(words.flatMap((word) => [...word]));
}

/** All that follows from secrets on the way to a signature or an agreement (RFC 8032 section 5.2.5 and 5.2.6), by other code. */
function derived({ secret, scalar, prefix }: Secrets): Uint8Array[] {
  const digest = shake256(secret, { dkLen: 114 });
  const nonces = [
    [digest.subarray(57), utf8('context'), 0],
    [prefix, new Uint8Array(0), 0],
  ] as const;
  const wides = nonces.map(([start, context, flag]) =>
    shake256(Uint8Array.from([...utf8('SigEd448'), flag, context.length, ...context, ...start, ...pattern(200_000)]), {
      dkLen: 114,
    }),
  );
  const pruned = [secret, digest].map((octets) => {
    const out = octets.slice(0, 56);
    out[0] = (out[0] as number) & 0xfc;
    out[55] = (out[55] as number) | 0x80;
    return out;
  });
  const reduced = [...pruned, ...wides].map((octets) => littleEndian(fromLittleEndian(octets) % L, 56));
  const whole = [secret, scalar, prefix, digest, ...wides, ...pruned, ...reduced];
  // Secret sharing reverses octets; keys of HMAC are padded.
  const padded = [0x36, 0x5c].map((pad) => secret.map((octet) => octet ^ pad));
  return [...whole, ...whole.map((octets) => octets.slice().reverse()), ...whole.map(limbs), ...padded];
}

const windows = new Set<string>();
/** Which three octets a window begins with. */
const beginnings = new Uint8Array(1 << 24);
const beginning = (octets: Uint8Array, at: number) =>
  (octets[at] as number) | ((octets[at + 1] as number) << 8) | ((octets[at + 2] as number) << 16);
for (const octets of derived(one)) {
  for (let at = 0; at + 8 <= octets.length; at++) {
    const window = octets.subarray(at, at + 8);
    // Zeros and small numbers are everywhere.
    if (new Set(window).size < 5) continue;
    windows.add(window.join());
    beginnings[beginning(window, 0)] = 1;
  }
}

/** The first place where 8 octets of a secret, or of what follows from it, stand; or -1. */
function search(memory: Uint8Array): number {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length >> 2);
  for (let i = 0; i < words.length; i++) {
    // Windows that begin in the first of two words of zeros have no five values.
    if (words[i] === 0 && words[i + 1] === 0) continue;
    for (let at = 4 * i; at < 4 * i + 4; at++) {
      if (beginnings[beginning(memory, at)] === 1 && windows.has(memory.subarray(at, at + 8).join())) return at;
    }
  }
  return -1;
}

const names = Object.keys(operations);
const make = instrumented(readFileSync('dist/mesh.wasm'));

describe('all of the memory of the module', () => {
  test('is looked at after every operation of the contract that has anything to do with secrets', () => {
    const { backend } = instance();
    const called = new Set<string>();
    const spied = new Proxy(backend, {
      get(target, name: keyof Backend & string) {
        called.add(name);
        return target[name];
      },
    });
    for (const operation of Object.values(operations)) attempt(() => operation(spied, one));
    const contract = Object.keys(backend).filter((name) => name !== 'name');
    expect([...called, ...publicOnly].sort()).toEqual(contract.sort());
  });

  test.each(names)('has no trace of secrets after %s', (name) => {
    const { backend, memory, left } = instance();
    attempt(() => operations[name]?.(backend, one));
    expect(search(memory)).toBe(-1);
    expect(left()).toEqual(nothing);
  });

  test.each(names)('has no trace of secrets when the module is stopped at any moment of %s', (name) => {
    const random = chance(names.indexOf(name) + 1);
    const { abi, memory, arm, passed } = make();
    const constants = memory.slice(0, 0x4000);
    // What clears is the only thing that has to come to its end.
    let clearing = false;
    const whole = (clear: (used: number) => void) => (used: number) => {
      clearing = true;
      clear(used);
      clearing = false;
    };
    const backend = backendOver(
      { ...abi, wipe: whole((used) => abi.wipe(used)), wipe_hash: whole((used) => abi.wipe_hash(used)) },
      () => abi.memory.buffer,
    );
    arm(0x7fffffff, () => undefined);
    attempt(() => operations[name]?.(backend, one));
    const moments = passed();
    for (let i = 0; i < 3; i++) {
      let stopped = false;
      arm(1 + random(moments), () => {
        if (clearing) return;
        stopped = true;
        throw new Error('stopped');
      });
      try {
        operations[name]?.(backend, one);
      } catch (error) {
        if (stopped) expect(error).toHaveProperty('message', 'stopped');
      }
      expect(search(memory)).toBe(-1);
      expect(memory.subarray(0x4000, 0x20000).findIndex((octet) => octet !== 0)).toBe(-1);
      expect(Buffer.compare(memory.subarray(0, 0x4000), constants)).toBe(0);
    }
  });

  test.each([
    'ed448Sign',
    'ed448SignKey',
    'x448',
    'scalarMul',
    'edwardsMultiply',
    'montgomeryMultiply',
    'base32Encode',
  ])('is searched so that traces would be found: %s', (name) => {
    let found = -1;
    const look = (clear: (used: number) => void) => (used: number) => {
      found = Math.max(found, search(subject.memory));
      clear(used);
    };
    const subject: ReturnType<typeof instance> = instance({
      wipe: look((used) => subject.abi.wipe(used)),
      wipe_hash: look((used) => subject.abi.wipe_hash(used)),
    });
    attempt(() => operations[name]?.(subject.backend, one));
    expect(found).not.toBe(-1);
  });

  test.each([
    ['throws', () => expect.fail('no randomness')],
    ['is short', (out: Uint8Array) => out.set(pattern(out.length >> 1))],
    ['is constant', (out: Uint8Array) => out.fill(7)],
  ])('has no trace of secrets when the random source %s', (_, fill) => {
    vi.stubGlobal('crypto', { getRandomValues: fill });
    const { backend, memory, left } = instance();
    const mesh = assemble(() => backend);
    const shared = assembleShared(() => backend);
    const { secret } = one;
    for (const task of [
      () => mesh.overlay.composeKey(secret, pattern(56, 2)).sign(utf8('a message')),
      () => mesh.shamir.split(secret, { shares: 5, quorum: 3 }),
      () => shared.threshold.share({ crv: 'X448', secretKey: secret }, { shares: 3, quorum: 2 }),
      () => shared.frost.deal('Ed448', { shares: 3, quorum: 2, secretKey: pattern(57) }),
    ]) {
      expect(task).toThrow(expect.objectContaining({ code: 'random_failed' }));
      expect(search(memory)).toBe(-1);
      expect(left()).toEqual(nothing);
    }
  });
});
