/**
 * No single flipped bit of the module's memory lets a wrong result out: a short form of `npm run faults`, and that the campaign finds what is not protected.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { campaign, chance } from '../faults/campaign.ts';
import { instrumented } from '../faults/instrument.ts';
import { tasks } from '../faults/tasks.ts';
import { jsBackend } from '../src/backend/js/index.ts';
import type { Abi } from '../src/backend/wasm/abi.ts';
import { backendOver } from '../src/backend/wasm/over.ts';
import { expectCode } from './support/errors.ts';
import { pattern, utf8 } from './support/octets.ts';

const wasm = readFileSync('dist/mesh.wasm');
const make = instrumented(wasm);
const module = new WebAssembly.Module(wasm as BufferSource);
const abiOf = () => new WebAssembly.Instance(module).exports as unknown as Abi;
const pristine = () => abiOf().memory.buffer;

const seed = pattern(57);
const message = utf8('a message');
const none = new Uint8Array(0);
const expected = jsBackend.ed448Sign(message, seed, none, 0);
/** The map of assembly/memory.ts. */
const [constants, combs] = [0x400, 0x20000];

describe('a flipped bit of the memory of the module', () => {
  test.each(tasks.map((task, i) => [task.name, task, i] as const))(
    'at any moment never gives a wrong result: %s',
    (_, task, i) => {
      const { injected, escaped, escapes, right, detected, refused } = campaign(make, task, 72, chance(100 + i));
      expect(escapes).toEqual([]);
      expect([injected, escaped]).toEqual([72, 0]);
      expect(right + detected + refused).toBe(72);
      expect(detected + refused).toBeGreaterThan(0);
    },
  );

  test.each(['ed448Sign', 'ed448SignKey', 'ed448PublicKey', 'x448', 'montgomeryMultiply'])(
    'would give a wrong result without the checks, so that none escaping means something: %s',
    (name) => {
      const task = tasks.find((one) => one.name === name) as (typeof tasks)[number];
      expect(campaign(make, task, 40, chance(7), undefined, () => ({ faults: () => 0 })).escaped).toBeGreaterThan(0);
    },
  );

  test('in a table is found when it is used, and is gone afterwards', () => {
    const abi = abiOf();
    const memory = new Uint8Array(abi.memory.buffer);
    const backend = backendOver(abi, pristine);
    expect(backend.ed448Sign(message, seed, none, 0)).toEqual(expected);
    const clean = memory.slice();
    // One bit of every entry of the first comb: whichever is chosen, one bit of what is read has changed.
    for (let entry = 0; entry < 32; entry++) memory[combs + 192 * entry] = (memory[combs + 192 * entry] as number) ^ 4;
    expectCode('fault_detected', () => backend.ed448Sign(message, seed, none, 0));
    expect(backend.ed448Sign(message, seed, none, 0)).toEqual(expected);
    expect(Buffer.compare(memory, clean)).toBe(0);
  });

  test('in any octet of the constants is found by the next operation, and is gone afterwards', () => {
    const abi = abiOf();
    const memory = new Uint8Array(abi.memory.buffer);
    const clean = memory.slice();
    const end = memory.subarray(0, 0x4000).findLastIndex((octet) => octet !== 0);
    expect(end).toBeGreaterThan(constants);
    const backend = backendOver(abi, pristine);
    for (let at = constants; at <= end; at++) {
      memory[at] = (memory[at] as number) ^ (1 << (at % 8));
      expectCode('fault_detected', () => backend.scalarReduce(seed));
      expect(Buffer.compare(memory.subarray(0, 0x4000), clean.subarray(0, 0x4000))).toBe(0);
    }
    expect(backend.ed448Sign(message, seed, none, 0)).toEqual(expected);
  });

  test('that makes the module trap is reported, and later operations are right', () => {
    const abi = abiOf();
    let trap = true;
    const backend = backendOver(
      {
        ...abi,
        ed448_sign_finish(out) {
          abi.ed448_sign_finish(trap ? -1 : out);
        },
      },
      pristine,
    );
    expectCode('fault_detected', () => backend.ed448Sign(message, seed, none, 0));
    const memory = new Uint8Array(abi.memory.buffer);
    expect(memory.subarray(0x4000, combs).every((octet) => octet === 0)).toBe(true);
    trap = false;
    expect(backend.ed448Sign(message, seed, none, 0)).toEqual(expected);
  });

  test('leaves nothing of a signature that is withheld', () => {
    const abi = abiOf();
    const taken: Uint8Array[] = [];
    const { set } = Uint8Array.prototype;
    const backend = backendOver({ ...abi, faults: () => 1 }, pristine);
    // What leaves the module is copied into fresh memory of its length.
    Uint8Array.prototype.set = function (...copied) {
      if (this.length === 114) taken.push(this);
      set.apply(this, copied);
    };
    try {
      expectCode('fault_detected', () => backend.ed448Sign(message, seed, none, 0));
    } finally {
      Uint8Array.prototype.set = set;
    }
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.every((octets) => octets.every((octet) => octet === 0))).toBe(true);
  });
});
