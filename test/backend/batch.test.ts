import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignedItem } from '../../src/backend/types.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { pattern } from '../support/octets.ts';
import { instance } from '../support/operations.ts';
import { signatureCase } from '../support/signatures.ts';

const none = new Uint8Array(0);

/** Verification over an instance of its own that cannot verify one signature: what it says, it says of all together. */
function together() {
  const { backend } = instance({
    ed448_prepare: () => {
      throw new Error('one by one');
    },
  });
  return backend;
}

/** A signature that holds: sound points, also with a component of small order, and the right S. */
const sound = fc
  .tuple(fc.nat(23), fc.nat(23), fc.nat(300))
  .map(([a, r, length]) => ({ choices: [a, r, 0, 0], length }));

/** One with anything in it. */
const any = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(300))
  .map(([a, r, change, bit, length]) => ({ choices: [a, r, change, bit], length }));

/** What a batch is asked and has to answer. */
function batchOf(chosen: readonly { choices: number[]; length: number }[]): {
  items: SignedItem[];
  verdicts: boolean[];
} {
  const cases = chosen.map(({ choices, length }) => {
    const message = pattern(length, choices[0]);
    return { message, ...signatureCase(message, Uint8Array.from(choices)) };
  });
  return {
    items: cases.map(({ signature, message, publicKey }) => ({ signature, message, publicKey, context: none })),
    verdicts: cases.map(({ verdict }) => verdict),
  };
}

const verdictsOf = (items: readonly SignedItem[]) => wasmBackend().ed448VerifyBatch(items, 0);

test('a batch of signatures that hold is all true, components of small order included (RFC 8032 section 5.2.7)', () => {
  fc.assert(
    fc.property(fc.array(sound, { minLength: 3, maxLength: 70 }), (chosen) => {
      const { items, verdicts } = batchOf(chosen);
      expect(verdicts.includes(false)).toBe(false);
      expect(verdictsOf(items)).toEqual(verdicts);
    }),
    { numRuns: 20 },
  );
});

test('signatures that hold are verified together: none of them is looked at alone', () => {
  fc.assert(
    fc.property(fc.array(sound, { minLength: 3, maxLength: 64 }), (chosen) => {
      const { items } = batchOf(chosen);
      expect(together().ed448VerifyBatch(items, 0)).toEqual(items.map(() => true));
    }),
    { numRuns: 10 },
  );
});

test('one signature in a batch that does not hold is found, and no other', () => {
  fc.assert(
    fc.property(fc.array(sound, { minLength: 2, maxLength: 40 }), any, fc.nat(40), (others, one, at) => {
      const chosen = [...others];
      chosen.splice(at, 0, one);
      const { items, verdicts } = batchOf(chosen);
      expect(verdictsOf(items)).toEqual(verdicts);
    }),
    { numRuns: 40 },
  );
});

test('two wrong signatures whose errors cancel out do not hold together', () => {
  const message = pattern(10);
  const { signature, publicKey } = signatureCase(message, Uint8Array.of(4, 8, 0, 0));
  const moved = [1, -1].map((by) => {
    const changed = signature.slice();
    changed[57] = (changed[57] as number) + by;
    return { signature: changed, message, publicKey, context: none };
  });
  const right = { signature, message, publicKey, context: none };
  expect(verdictsOf([right, ...moved, right])).toEqual([true, false, false, true]);
});
