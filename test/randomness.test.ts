/**
 * Whoever draws random octets refuses a generator that is missing, throws, is short, is constant, or gives something else than octets; at the first draw as at any later one.
 * Who that is follows from the imports of src/random.ts, so that nobody is forgotten. What counts as failed: random.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { assembleData } from '../src/assemble-data.ts';
import { assembleShared } from '../src/assemble-shared.ts';
import { MeshError } from '../src/errors.ts';
import { backends } from './support/backends.ts';
import { pattern, utf8 } from './support/octets.ts';

/** Files that need no test of their own here, and why. */
const elsewhere: Record<string, string> = {
  'backend/wasm/ed448.ts': 'verification of many, which does without: below',
  'backend/js/multiply.ts': 'test/backend/js-faults.test.ts, and below on the JavaScript backend',
  'threshold/group25519.ts': 'blinding on BigInt: as multiply.ts',
  'sequence/lock.ts': 'a token that names its owner and is no secret: its failure is that of the file',
  'cli/keynew.ts': 'a program over the library: its error is that of the library',
  'cli/locked.ts': 'as keynew.ts',
  'cli/share.ts': 'as keynew.ts',
};

const good = globalThis.crypto;
/** Generators that fail. */
const failing: Record<string, unknown> = {
  missing: undefined,
  'without getRandomValues': {},
  throwing: {
    getRandomValues() {
      throw new Error('no entropy');
    },
  },
  short: { getRandomValues: (out: Uint8Array) => out.set(pattern(out.length >> 1)) },
  constant: { getRandomValues: (out: Uint8Array) => out.fill(0x5a) },
  'giving other memory': { getRandomValues: (out: Uint8Array) => good.getRandomValues(new Uint8Array(out.length)) },
  'giving a string': { getRandomValues: () => 'random' },
};

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The code of a failure; what came out, when nothing failed. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error instanceof MeshError ? error.code : error;
  }
}

async function read(stream: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const piece of stream as unknown as AsyncIterable<Uint8Array>) length += piece.length;
  return length;
}

describe.each(backends)('random octets on $name', ({ backend, mesh }) => {
  const p = () => backend;
  const { threshold, recryption, frost, unsafeThresholdSignatures } = assembleShared(p);
  const dare = assembleData(p);
  const key = { crv: 'Ed448' as const, secretKey: pattern(57) };
  const to = { crv: 'X448' as const, publicKey: threshold.publicKey({ crv: 'X448', secretKey: pattern(56) }) };
  const composite = mesh.overlay.composeKey(pattern(56), pattern(56, 2));
  const { shares } = frost.deal('Ed448', { shares: 2, quorum: 2 });
  const scalar = new Uint8Array(57).fill(1, 0, 1);
  const publicKey = mesh.group448.baseMultiply(scalar.subarray(0, 56));
  const unsafeShare = () => unsafeThresholdSignatures.share({ crv: 'Ed448', publicKey, scalar, index: 2 });

  /** What is signed is read twice. */
  const signed = dare.seal(utf8('text'), { signers: [key] });
  const trust = [{ crv: 'Ed448' as const, publicKey: mesh.ed448.getPublicKey(key.secretKey) }];

  /** By the file that draws. */
  const draws: Record<string, readonly (() => unknown)[]> = {
    'ed448/index.ts': [() => mesh.ed448.keygen(), () => mesh.ed448ph.utils.randomSecretKey()],
    'x448.ts': [() => mesh.x448.keygen(), () => mesh.x448.utils.randomSecretKey()],
    'overlay/composite.ts': [() => composite.sign(utf8('a message'))],
    'shamir/coefficients.ts': [
      () => mesh.shamir.split(pattern(32), { shares: 5, quorum: 3 }),
      () => mesh.shamir.split(pattern(32), { shares: 5, quorum: 3, generation: 'S2' }),
    ],
    'shamir/first.ts': [() => mesh.shamir.split(pattern(16), { shares: 5, quorum: 3, generation: 'S1' })],
    'udf/value.ts': [() => mesh.udf.seed('Ed448'), () => mesh.udf.nonce(), () => mesh.udf.macKey()],
    'threshold/scalar.ts': [
      () => threshold.share(key, { shares: 3, quorum: 2 }),
      () => threshold.split(key, { shares: 2 }),
      () => threshold.contribute(key, publicKey, { blind: true }),
    ],
    'threshold/proof.ts': [() => threshold.contribute(key, publicKey, { prove: true })],
    'recryption/index.ts': [() => recryption.createGroup()],
    'recryption/dh2017.ts': [() => recryption.dh2017.publicKey({ group: 14, secretKey: pattern(64) })],
    'frost/dealer.ts': [
      () => frost.deal('Ed448', { shares: 3, quorum: 2 }),
      () => unsafeThresholdSignatures.open(unsafeShare()),
    ],
    'frost/index.ts': [() => frost.commit(shares[0] as (typeof shares)[0])],
    'dare/agreement.ts': [() => dare.seal(utf8('text'), { recipients: [to] })],
    'dare/prepare.ts': [
      () => dare.seal(utf8('text'), { recipients: [to], cipher: 'A256CBC', signers: [key] }),
      () => read(dare.sealStream(new Blob(['text']), { recipients: [to] })),
    ],
    'dare/stream/marks.ts': [
      async () => read((await dare.openStream(new Blob([signed.bytes.slice()]), { trust })).payload),
    ],
    'sequence/open.ts': [() => dare.sequence.create(dare.sequence.memory(), { type: 'Merkle' })],
  };

  test('are drawn by the files that are tested here, and by no others', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && /from '.*\/random\.ts'/.test(readFileSync(`src/${file}`, 'utf8')),
    );
    expect(files.sort()).toEqual([...Object.keys(draws), ...Object.keys(elsewhere)].sort());
  });

  test.each(Object.keys(failing))('are refused from a generator that is %s (random_failed)', async (kind) => {
    vi.stubGlobal('crypto', failing[kind]);
    for (const [file, calls] of Object.entries(draws)) {
      for (const call of calls) expect([file, await outcome(call)]).toEqual([file, 'random_failed']);
    }
  });

  test('are refused at any draw, not only at the first (random_failed)', async () => {
    for (const [file, calls] of Object.entries(draws)) {
      for (const call of calls) {
        const counting = vi.fn((out: Uint8Array<ArrayBuffer>) => good.getRandomValues(out));
        vi.stubGlobal('crypto', { subtle: good.subtle, getRandomValues: counting });
        await call();
        const count = counting.mock.calls.length;
        expect([file, count]).not.toEqual([file, 0]);
        for (let last = 1; last < count; last++) {
          let left = last;
          let failed = false;
          const getRandomValues = (out: Uint8Array<ArrayBuffer>) => {
            failed = left-- <= 0;
            return failed ? expect.fail('no entropy') : good.getRandomValues(out);
          };
          vi.stubGlobal('crypto', { subtle: good.subtle, getRandomValues });
          const result = await outcome(call);
          // Shares that do not fit are drawn again, so that another run may draw less.
          if (failed) expect([file, result]).toEqual([file, 'random_failed']);
        }
      }
    }
  });

  test('are not needed to verify many signatures: without a generator the verdicts are the same', () => {
    const items = Array.from({ length: 8 }, (_, i) => {
      const message = utf8(`message ${i}`);
      const signature = mesh.ed448.sign(message, pattern(57));
      if (i === 5) signature[3] = (signature[3] as number) ^ 1;
      return { signature, message, publicKey: mesh.ed448.getPublicKey(pattern(57)) };
    });
    for (const generator of Object.values(failing)) {
      vi.stubGlobal('crypto', generator);
      expect(mesh.ed448.verifyBatch(items)).toEqual(items.map((_, i) => i !== 5));
    }
  });
});
