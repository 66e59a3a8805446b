/**
 * One verdict everywhere: every entry point that takes an Ed448 signature or public key gives the verdict of docs/ed448-policy.md, on the vectors of
 * it. The verdicts of other libraries, which the vectors carry as flags, are those of the document, and OpenSSL's those of this Node.
 */
import { execFile } from 'node:child_process';
import { createPublicKey, verify as opensslVerify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { ed448 as noble, ed448ph as noblePh } from '@noble/curves/ed448.js';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../src/conformance/files.ts';
import type { ErrorCode } from '../src/errors.ts';
import { makeFrost } from '../src/frost/index.ts';
import { makeUnsafeThresholdSignatures } from '../src/unsafe-signatures/index.ts';
import {
  B,
  decodeEdwards,
  edwardsAdd,
  edwardsMultiply,
  encodeEdwards,
  L,
  mod,
  p,
  torsion,
} from './support/curve448.ts';
import { sha512, subjects } from './support/dare.ts';
import { codeOf } from './support/errors.ts';
import { fromLittleEndian, hex, littleEndian, pattern, unhex, utf8 } from './support/octets.ts';

const octets = (value: unknown) => unhex((value as string | undefined) ?? '');

/** The vectors with a verdict; those that are refused for their length have none. */
const cases = loadVectors()
  .files.filter(({ path }) => path.startsWith('computed/ed448'))
  .flatMap(({ content }) => content.groups)
  .filter(({ kind }) => kind === 'ed448-verify')
  .flatMap(({ tests }) => tests)
  .filter(({ expected }) => expected?.['verified'] !== undefined)
  .map(({ id, flags, inputs, expected }) => ({
    id,
    flags,
    prehash: inputs?.['prehash'] === true,
    verified: expected?.['verified'] === true,
    item: {
      signature: octets(inputs?.['signature']),
      message: octets(inputs?.['message']),
      publicKey: octets(inputs?.['publicKey']),
      context: octets(inputs?.['context']),
    },
  }));
const modes = [false, true].map((prehash) => cases.filter((one) => one.prehash === prehash));

const smallOrder = torsion.map((point) => hex(encodeEdwards(point)));

/** Why an encoding is no public key, by BigInt arithmetic. */
function fault(encoding: Uint8Array): ErrorCode | undefined {
  const y = fromLittleEndian(encoding) & (2n ** 455n - 1n);
  const isNegativeZero = (y === 1n || y === p - 1n) && (encoding[56] as number) >> 7 === 1;
  if (y >= p || isNegativeZero) return 'noncanonical_encoding';
  if (decodeEdwards(encoding) === undefined) return 'not_on_curve';
  return smallOrder.includes(hex(encoding)) ? 'small_order_base' : undefined;
}

const keys = [...new Map(cases.map(({ item }) => [hex(item.publicKey), item.publicKey])).values()];

/** Verdicts by title, so that a failure names its vectors. */
const verdictsOf = (list: typeof cases, verdicts: readonly boolean[]) =>
  Object.fromEntries(list.map(({ id }, i) => [id, verdicts[i]]));
const expected = (list: typeof cases) =>
  verdictsOf(
    list,
    list.map(({ verified }) => verified),
  );

describe('the vectors', () => {
  it('cover every kind of refusal, and valid signatures', () => {
    expect(new Set(keys.map(fault))).toEqual(
      new Set([undefined, 'noncanonical_encoding', 'not_on_curve', 'small_order_base']),
    );
    expect(modes.map((list) => list.some(({ verified }) => verified))).toEqual([true, true]);
    expect(cases.length).toBeGreaterThan(250);
  });

  it('have the verdicts of @noble/curves with its strict rules', () => {
    const verdict = ({ prehash, item: { signature, message, publicKey, context } }: (typeof cases)[number]) =>
      (prehash ? noblePh : noble).verify(signature, message, publicKey, { context, zip215: false });
    expect(verdictsOf(cases, cases.map(verdict))).toEqual(expected(cases));
  });
});

describe.each(subjects)('on $name', ({ name, backend, mesh, dare }) => {
  const { ed448, ed448ph, key, overlay } = mesh;
  const schemes = [ed448, ed448ph] as const;

  it.each([0, 1] as const)('verify and prepared keys give the verdict of each vector (prehash %i)', (mode) => {
    const [scheme, list] = [schemes[mode], modes[mode]!];
    const single = list.map(({ item }) => scheme.verify(item.signature, item.message, item.publicKey, item));
    expect(verdictsOf(list, single)).toEqual(expected(list));
    const prepared = list.map(({ item }) => {
      if (fault(item.publicKey) !== undefined) return false;
      return scheme.prepare(item.publicKey).verify(item.signature, item.message, item);
    });
    expect(verdictsOf(list, prepared)).toEqual(expected(list));
  });

  it.each([0, 1] as const)('verifyBatch gives it in one list, and for each among good ones (prehash %i)', (mode) => {
    const [scheme, list] = [schemes[mode], modes[mode]!];
    expect(verdictsOf(list, scheme.verifyBatch(list.map(({ item }) => item)))).toEqual(expected(list));
    const good = list.filter(({ verified }) => verified).slice(0, 3);
    for (const { id, item, verified } of list) {
      const verdicts = scheme.verifyBatch([...good.map((one) => one.item), item]);
      expect({ id, verdicts }).toEqual({ id, verdicts: [true, true, true, verified] });
    }
    // All at once, so that no search for culprits helps.
    const valid = list.filter(({ verified }) => verified);
    expect(new Set(scheme.verifyBatch(valid.map(({ item }) => item)))).toEqual(new Set([true]));
  });

  it('prepared keys and every key format refuse what no signature verifies under, and say why', () => {
    for (const publicKey of keys) {
      const reason = fault(publicKey) ?? 'returned';
      const id = hex(publicKey);
      const x = Buffer.from(publicKey).toString('base64url');
      const spki = Uint8Array.from([...unhex('3043300506032b6571033a00'), ...publicKey]);
      const codes = [
        () => ed448.prepare(publicKey),
        () => ed448ph.prepare(publicKey),
        () => key.fromJwk({ kty: 'OKP', crv: 'Ed448', x }),
        () => key.fromSpki(spki),
        () => key.toJwk({ crv: 'Ed448', publicKey }),
        () => key.toSpki({ crv: 'Ed448', publicKey }),
      ].map(codeOf);
      expect({ id, codes }).toEqual({ id, codes: codes.map(() => reason) });
    }
  });

  it('signatures of a quorum take no such key, and none outside the prime-order subgroup', () => {
    const frost = makeFrost(() => backend);
    const unsafe = makeUnsafeThresholdSignatures(() => backend);
    const scalar = littleEndian(5n, 57);
    const noncePoints = [3n, 4n].map((r) => encodeEdwards(edwardsMultiply(r, B)));
    for (const publicKey of keys) {
      const id = hex(publicKey);
      const point = decodeEdwards(publicKey);
      const isMixed = point !== undefined && hex(encodeEdwards(edwardsMultiply(L, point))) !== smallOrder[0];
      const reason = fault(publicKey) ?? (isMixed ? 'not_in_prime_order_subgroup' : 'returned');
      const shared = { crv: 'Ed448', publicKey } as const;
      const codes = [
        () => frost.importShare({ ...shared, index: 1, quorum: 2, secret: scalar }),
        () => unsafe.share({ ...shared, scalar }),
      ].map(codeOf);
      expect({ id, codes }).toEqual({ id, codes: codes.map(() => reason) });
      if (reason === 'returned') continue;
      const combined = () =>
        unsafe.combine({ publicKey, message: utf8('x'), noncePoints, responses: [scalar, scalar] });
      expect({ id, code: codeOf(combined) }).toEqual({ id, code: reason });
    }
  });

  it('a public nonce is found in a signature only when it is valid', () => {
    for (const { id, prehash, item } of cases.filter(({ verified }) => !verified)) {
      const found = overlay.detectPublicNonce(item.signature, item.message, item.publicKey, {
        context: item.context,
        prehash,
      });
      expect({ id, found }).toEqual({ id, found: false });
    }
  });

  it('signatures of envelopes are judged by it', () => {
    const payload = utf8('payload');
    const digest = sha512(payload);
    const [a, r] = [0x1234567890abcdefn, 0xfedcba0987654321n];
    const challenge = (R: Uint8Array, A: Uint8Array) =>
      fromLittleEndian(
        mesh.shake256(Uint8Array.from([...utf8('SigEd448'), 0, 0, ...R, ...A, ...digest]), { dkLen: 114 }),
      );
    /** A signature of the digest under a key, its parts changed before the challenge is computed. */
    const forged = (given: {
      i?: number;
      j?: number;
      A?: bigint;
      R?: bigint;
      small?: boolean;
      S?: (s: bigint) => bigint;
    }) => {
      const { i = 0, j = 0, A: bitsA = 0n, R: bitsR = 0n, small = false, S = (s) => s } = given;
      const key = small ? torsion[i]! : edwardsAdd(edwardsMultiply(a, B), torsion[i]!);
      const A = littleEndian(fromLittleEndian(encodeEdwards(key)) + bitsA, 57);
      const nonce = edwardsAdd(edwardsMultiply(r, B), torsion[j]!);
      const R = littleEndian(fromLittleEndian(encodeEdwards(nonce)) + bitsR, 57);
      const s = mod(r + challenge(R, A) * (small ? 0n : a), L);
      return { publicKey: A, signature: Uint8Array.from([...R, ...littleEndian(S(s), 57)]) };
    };
    const zero = { publicKey: new Uint8Array(57), signature: new Uint8Array(114) };
    const signer = { crv: 'Ed448', secretKey: pattern(57) } as const;
    const verdicts = [
      ...[0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].map((j) => ({ ...forged({ i, j }), trusted: true }))),
      ...[0, 1, 2, 3].map((i) => ({ ...forged({ i, small: true }), trusted: false })),
      { ...zero, trusted: false },
      { ...forged({ S: (s) => s + L }), trusted: false },
      { ...forged({ S: (s) => s | (1n << 455n) }), trusted: false },
      { ...forged({ A: 1n << 448n }), trusted: false },
      { ...forged({ R: p }), trusted: false },
    ];
    for (const { publicKey, signature, trusted } of verdicts) {
      const [header, body, trailer] = JSON.parse(dare.seal(payload, { signers: [signer] }).toString());
      trailer.signatures = [{ signature: Buffer.from(signature).toString('base64url') }];
      const code = codeOf(() => dare.open([header, body, trailer], { trust: [{ crv: 'Ed448', publicKey }] }));
      expect({ key: hex(publicKey), code }).toEqual({ key: hex(publicKey), code: trusted ? 'returned' : 'signature' });
    }
  });

  it('a pool of workers gives it', async () => {
    const program = `
      import { createPool } from 'mathmesh/pool';
      const pool = createPool({ size: 1, backend: '${name}' });
      let text = '';
      for await (const piece of process.stdin) text += piece;
      const verdicts = [];
      for (const [prehash, list] of JSON.parse(text)) {
        const items = list.map((item) => Object.fromEntries(Object.entries(item).map(([k, v]) => [k, Buffer.from(v, 'hex')])));
        verdicts.push(await pool.verifyBatch(items, { prehash }));
      }
      console.log(JSON.stringify([verdicts, pool.workers]));
      await pool.close();`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 60_000 });
    const plain = modes.map((list, mode) => [
      mode === 1,
      list.map(({ item }) => Object.fromEntries(Object.entries(item).map(([k, v]) => [k, hex(v)]))),
    ]);
    run.child.stdin?.end(JSON.stringify(plain));
    const [verdicts, workers] = JSON.parse((await run).stdout);
    expect(workers).toBe(1);
    for (const [mode, list] of modes.entries()) expect(verdictsOf(list, verdicts[mode])).toEqual(expected(list));
  });
});

describe('what other libraries do', () => {
  const flagged = (flag: string) => cases.filter(({ flags }) => flags.includes(flag));

  it('stands in the document as the vectors have it', () => {
    const document = readFileSync(new URL('../docs/ed448-policy.md', import.meta.url), 'utf8');
    const rows: [string, string, (one: (typeof cases)[number]) => boolean][] = [
      ['OpenSSL', 'openssl', ({ prehash, item }) => !prehash && item.context.length === 0],
      ['nettle', 'nettle', ({ prehash, item }) => !prehash && item.context.length === 0],
      ['wolfSSL', 'wolfssl', () => true],
      ['libgcrypt', 'libgcrypt', () => true],
    ];
    expect(document).toContain(`${cases.length} signatures`);
    for (const [title, prefix, takes] of rows) {
      const [accepts, refuses, aborts] = ['accepts', 'refuses', 'aborts'].map(
        (verb) => flagged(`${prefix}-${verb}`).length,
      ) as [number, number, number];
      const put = cases.filter(takes).length;
      const agrees = put - accepts - refuses - aborts;
      const cells = [put, agrees, accepts, refuses, aborts].join(' | ');
      expect(document).toMatch(new RegExp(`\\| ${title} [^|]* \\| ${cells.replaceAll('|', '\\|')} \\|`));
    }
  });

  // Node 24 looks for small orders before it asks OpenSSL (nodejs/node 64026), and later versions of OpenSSL may mend it.
  const isMeasured =
    /^3\.(0\.|5\.[0-8]$)/.test(process.versions.openssl) && Number.parseInt(process.versions.node, 10) < 24;

  it.skipIf(!isMeasured)('is for OpenSSL what this Node does', () => {
    const prefix = unhex('3043300506032b6571033a00');
    const list = cases.filter(({ prehash, item }) => !prehash && item.context.length === 0);
    const verdict = ({ item }: (typeof cases)[number]) => {
      try {
        const key = createPublicKey({ key: Buffer.concat([prefix, item.publicKey]), format: 'der', type: 'spki' });
        return opensslVerify(null, item.message, key, item.signature);
      } catch {
        return false;
      }
    };
    const recorded = list.map(
      ({ flags, verified }) => flags.includes('openssl-accepts') || (verified && !flags.includes('openssl-refuses')),
    );
    expect(verdictsOf(list, list.map(verdict))).toEqual(verdictsOf(list, recorded));
  });
});
