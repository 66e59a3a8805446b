import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsBackend } from '../../src/backend/js/index.ts';
import type { Backend, Phflag } from '../../src/backend/types.ts';
import { MeshError } from '../../src/errors.ts';
import {
  contexts,
  edwardsEncodings,
  messages,
  montgomeryEncodings,
  primeOrderEdwards,
  scalars,
  shortMessages,
  wideScalars,
  x448Points,
  x448Secrets,
} from '../arbitraries.ts';
import { backends } from '../support/backends.ts';
import { hex } from '../support/octets.ts';

/** What a call comes to: octets, a verdict, or the code of a refusal. */
function outcome(call: () => unknown): unknown {
  try {
    const value = call();
    return value instanceof Uint8Array ? hex(value) : value;
  } catch (error) {
    if (error instanceof MeshError) return error.code;
    throw error;
  }
}

/** All backends come to the same. */
function agree(call: (backend: Backend) => unknown): void {
  const [first, ...others] = backends.map(({ backend }) => outcome(() => call(backend)));
  for (const other of others) expect(other).toEqual(first);
}

const seeds = fc.oneof(
  fc.uint8Array({ minLength: 57, maxLength: 57 }),
  fc.uint8Array({ minLength: 56, maxLength: 56 }),
);
const phflags = fc.constantFrom<Phflag>(0, 1);
const prefixes = fc.uint8Array({ minLength: 1, maxLength: 128 });

test('there are two backends to compare, and the compiled one is live', () => {
  expect(backends.map(({ name }) => name)).toEqual(['js', 'wasm']);
});

test('backends agree on hashes (FIPS 180-4, FIPS 202)', () => {
  fc.assert(
    fc.property(messages, fc.nat(600), (message, length) => {
      agree((b) => b.sha512(message));
      agree((b) => b.sha3_512(message));
      agree((b) => b.shake256(message, length));
    }),
    { numRuns: 150 },
  );
});

test('backends agree on keys and signatures (RFC 8032 section 5.2)', () => {
  fc.assert(
    fc.property(
      seeds,
      scalars,
      prefixes,
      messages,
      contexts,
      phflags,
      (seed, scalar, prefix, message, context, phflag) => {
        agree((b) => b.ed448PublicKey(seed));
        agree((b) => b.ed448Sign(message, seed, context, phflag));
        const publicKey = jsBackend.edwardsBaseMultiply(scalar);
        agree((b) => b.ed448SignKey(message, { scalar, prefix, publicKey }, context, phflag));
      },
    ),
    { numRuns: 40 },
  );
});

test('backends agree on every verdict, in single, batch and prepared form (RFC 8032 section 5.2.7)', () => {
  const tail = fc.oneof(scalars, fc.uint8Array({ minLength: 56, maxLength: 56 }));
  fc.assert(
    fc.property(
      edwardsEncodings,
      tail,
      edwardsEncodings,
      messages,
      contexts,
      phflags,
      (R, S, publicKey, message, context, phflag) => {
        const signature = Buffer.concat([R, S, Uint8Array.of(0)]);
        agree((b) => b.ed448Verify(signature, message, publicKey, context, phflag));
        agree((b) => b.ed448VerifyBatch([{ signature, message, publicKey, context }], phflag));
        agree((b) => b.ed448Prepare(publicKey).verify(signature, message, context, phflag));
      },
    ),
    { numRuns: 80 },
  );
});

test('backends agree on good signatures and on those with one bit changed (RFC 8032 section 5.2.7)', () => {
  fc.assert(
    fc.property(seeds, messages, contexts, fc.nat(114 * 8 - 1), (seed, message, context, bit) => {
      const publicKey = jsBackend.ed448PublicKey(seed);
      const good = jsBackend.ed448Sign(message, seed, context, 0);
      const changed = good.slice();
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      for (const { backend } of backends) {
        expect(backend.ed448Verify(good, message, publicKey, context, 0)).toBe(true);
        expect(backend.ed448Verify(good, message, publicKey, context, 1)).toBe(false);
        expect(backend.ed448Verify(changed, message, publicKey, context, 0)).toBe(false);
      }
    }),
    { numRuns: 25 },
  );
});

test('backends agree on X448, small-order and non-canonical u included (RFC 7748 section 5)', () => {
  fc.assert(
    fc.property(x448Secrets, x448Points, (k, u) => {
      agree((b) => b.x448(k, u));
      agree((b) => b.x448Base(k));
    }),
    { numRuns: 50 },
  );
});

test('backends agree on scalars modulo L', () => {
  fc.assert(
    fc.property(scalars, scalars, wideScalars, (x, y, wide) => {
      agree((b) => b.scalarReduce(wide));
      agree((b) => b.scalarAdd(x, y));
      agree((b) => b.scalarMul(x, y));
      agree((b) => b.scalarNegate(x));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(scalars, (x) => agree((b) => b.scalarInvert(x))),
    { numRuns: 30 },
  );
});

test('backends agree on points of edwards448 and the reason to refuse others', () => {
  fc.assert(
    fc.property(edwardsEncodings, edwardsEncodings, scalars, (P, Q, s) => {
      agree((b) => b.edwardsValidate(P));
      agree((b) => b.edwardsAdd(P, Q));
      agree((b) => b.edwardsMultiply(s, P));
      agree((b) => b.edwardsBaseMultiply(s));
    }),
    { numRuns: 80 },
  );
});

test('backends agree on points of curve448 and the reason to refuse others', () => {
  fc.assert(
    fc.property(montgomeryEncodings, montgomeryEncodings, scalars, (P, Q, s) => {
      agree((b) => b.montgomeryValidate(P));
      agree((b) => b.montgomeryAdd(P, Q));
      agree((b) => b.montgomeryMultiply(s, P));
      agree((b) => b.montgomeryBaseMultiply(s));
    }),
    { numRuns: 80 },
  );
});

test('backends agree on Base32 (RFC 4648 section 6)', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz234567-- \t\r\n') }),
    fc.string({ unit: fc.constantFrom(...'AZaz27-018=@[`{') }),
  );
  fc.assert(
    fc.property(
      shortMessages,
      fc.nat(80),
      fc.integer({ min: 1, max: 9 }),
      text,
      fc.boolean(),
      (data, characters, group, input, lenient) => {
        agree((b) => b.base32Encode(data, characters, group));
        agree((b) => b.base32Decode(input, lenient));
      },
    ),
    { numRuns: 300 },
  );
});

test('no call changes or keeps its arguments, and every result is fresh', () => {
  const [s, t] = [1, 2].map((n) => new Uint8Array(56).fill(n)) as [Uint8Array, Uint8Array];
  const [P, Q] = [primeOrderEdwards[1]!, primeOrderEdwards[2]!].map((point) => point.slice()) as [
    Uint8Array,
    Uint8Array,
  ];
  const before = [s, t, P, Q].map(hex);
  for (const { backend } of backends) {
    for (const call of [
      () => backend.scalarAdd(s, t),
      () => backend.scalarReduce(s),
      () => backend.edwardsAdd(P, Q),
      () => backend.edwardsMultiply(s, P),
      () => backend.x448(s, t),
      () => backend.ed448Sign(P, s, t, 0),
      () => backend.base32Decode('MZXW6YTB', false).octets,
    ]) {
      const first = call();
      const expected = hex(first);
      first.fill(0xaa);
      expect(hex(call())).toBe(expected);
    }
  }
  expect([s, t, P, Q].map(hex)).toEqual(before);
});
