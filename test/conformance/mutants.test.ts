import { ed448, ed448ph } from '@noble/curves/ed448.js';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/conformance/files.ts';
import type { Implementation } from '../../src/conformance/implementation.ts';
import { fromMesh } from '../../src/conformance/mesh.ts';
import type { Suite } from '../../src/conformance/vectors.ts';
import { judge } from '../../src/conformance/verdict.ts';
import { backends } from '../support/backends.ts';

const { mesh, backend } = backends.find(({ name }) => name === 'wasm')!;
const good = fromMesh(mesh, backend) as Required<Implementation>;
const files = loadVectors().files.filter(({ path }) => path.startsWith('computed/'));

/** The computed vectors of a suite that an implementation fails. */
function failed(suite: Suite, implementation: Implementation): string[] {
  const groups = files.filter(({ content }) => content.suite === suite).flatMap(({ content }) => content.groups);
  return groups.flatMap(({ kind, tests }) =>
    tests.filter((test) => judge(implementation, kind, test).status === 'failed').map(({ id }) => id),
  );
}

const L = ed448.Point.Fn.ORDER;
const integer = (octets: Uint8Array) => octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
const octets = (value: bigint, length: number) =>
  Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
/** What an implementation that forgets the range check computes with. */
const reduced = (scalar: Uint8Array) => (scalar.length === 56 ? octets(integer(scalar) % L, 56) : scalar);
const reducedS = (signature: Uint8Array) =>
  signature.length === 114
    ? Uint8Array.of(...signature.subarray(0, 57), ...octets(integer(signature.subarray(57)) % L, 57))
    : signature;
const cut = (context: Uint8Array, most = 255) => context.subarray(0, most);
const symbols = (text: string) => text.toUpperCase().replace(/[- ]/g, '');

/** Shares up to the quorum that the first one names. */
const quorumOf = (shares: readonly string[]) => {
  const { data } = good.udfParse(shares[0] ?? 'SAIA-A');
  return shares.slice(0, (data[0] as number) >> 4);
};

/** A single short frame with the right length behind it, whatever was there. */
const mirrored = (frame: Uint8Array) => {
  const [tag, length = 0] = frame;
  return tag === 0xf4 && frame.length === length + 4 ? Uint8Array.of(...frame.subarray(0, -2), length, tag) : frame;
};

/** One fault each, by what it forgets. */
const mutants: readonly [suite: Suite, fault: string, change: Partial<Implementation>][] = [
  ['ed448', 'ed448Sign: long context', { ed448Sign: (m, sk, c) => good.ed448Sign(m, sk, cut(c)) }],
  ['ed448', 'ed448Verify: long context', { ed448Verify: (s, m, pk, c) => good.ed448Verify(s, m, pk, cut(c)) }],
  ['ed448', 'ed448phSign: long context', { ed448phSign: (m, sk, c) => good.ed448phSign(m, sk, cut(c)) }],
  ['ed448', 'ed448phVerify: long context', { ed448phVerify: (s, m, pk, c) => good.ed448phVerify(s, m, pk, cut(c)) }],
  [
    'ed448',
    'Ed448ph: context of 32 octets',
    {
      ed448phSign: (m, sk, c) => good.ed448phSign(m, sk, c.length > 255 ? c : cut(c, 32)),
      ed448phVerify: (s, m, pk, c) => good.ed448phVerify(s, m, pk, c.length > 255 ? c : cut(c, 32)),
    },
  ],
  ['ed448', 'ed448Sign: secret of any length', { ed448Sign: (m, sk, c) => good.ed448Sign(m, sk.slice(0, 57), c) }],
  [
    'ed448',
    'ed448phSign: secret of any length',
    { ed448phSign: (m, sk, c) => good.ed448phSign(m, sk.slice(0, 57), c) },
  ],
  ['ed448', 'ed448Verify: S >= L', { ed448Verify: (s, m, pk, c) => good.ed448Verify(reducedS(s), m, pk, c) }],
  ['ed448', 'ed448phVerify: S >= L', { ed448phVerify: (s, m, pk, c) => good.ed448phVerify(reducedS(s), m, pk, c) }],
  [
    'ed448',
    'ed448phVerify: small order and non-canonical encodings',
    {
      ed448phVerify: (s, m, pk, context) =>
        good.ed448phVerify(s, m, pk, context) || ed448ph.verify(s, m, pk, { context, zip215: true }),
    },
  ],
  ['ed448', 'ed448phVerify: no prehash', { ed448phVerify: good.ed448Verify }],
  ['group448', 'scalarAdd: unreduced', { scalarAdd: (a, b) => good.scalarAdd(a, reduced(b)) }],
  ['group448', 'scalarMultiply: first unreduced', { scalarMultiply: (a, b) => good.scalarMultiply(reduced(a), b) }],
  ['group448', 'scalarMultiply: second unreduced', { scalarMultiply: (a, b) => good.scalarMultiply(a, reduced(b)) }],
  ['group448', 'scalarInvert: unreduced', { scalarInvert: (a) => good.scalarInvert(reduced(a)) }],
  ['group448', 'scalarFromWide: over 114 octets', { scalarFromWide: (w) => octets(integer(w) % L, 56) }],
  ['group448', 'baseMultiply: unreduced', { baseMultiply: (s) => good.baseMultiply(reduced(s)) }],
  ['group448', 'pointMultiply: unreduced', { pointMultiply: (s, p) => good.pointMultiply(reduced(s), p) }],
  [
    'group448',
    'pointMultiply: no zero',
    {
      pointMultiply(s, p) {
        if (s.length === 56 && s.every((octet) => octet === 0)) throw new Error('zero');
        return good.pointMultiply(s, p);
      },
    },
  ],
  [
    'group448',
    'pointAdd: off the curve',
    {
      pointAdd(p, q) {
        try {
          return good.pointAdd(p, q);
        } catch (error) {
          if ((error as { code: string }).code === 'not_on_curve') return p;
          throw error;
        }
      },
    },
  ],
  ['udf', 'udfParse: capitals beyond ASCII', { udfParse: (text) => good.udfParse(text.toUpperCase()) }],
  ['udf', 'udfParse: small letters beyond ASCII', { udfParse: (text) => good.udfParse(text.toLowerCase()) }],
  ['udf', 'udfParse: compatibility forms', { udfParse: (text) => good.udfParse(text.normalize('NFKC')) }],
  ['udf', 'udfParse: all white space', { udfParse: (text) => good.udfParse(text.replace(/\s/g, '')) }],
  ['udf', 'udfMatches: never', { udfMatches: (a, b) => good.udfMatches(a, b) && false }],
  ['udf', 'udfMatches: always', { udfMatches: (a, b) => good.udfMatches(a, b) || true }],
  ['udf', 'udfMatches: equal only', { udfMatches: (a, b) => good.udfMatches(a, b) && symbols(a) === symbols(b) }],
  [
    'udf',
    'udfMatches: any precision',
    {
      udfMatches(a, b) {
        const [x, y] = [symbols(a), symbols(b)];
        return good.udfMatches(a, b) || x.startsWith(y) || y.startsWith(x);
      },
    },
  ],
  [
    'udf',
    'udfSin: labels of any length',
    {
      udfSin: (text, domain) => {
        const label = `mm--${text.toLowerCase()}`;
        return label.length > 63
          ? { label, prefixForm: `${label}.${domain}`, suffixForm: `${domain}.${label}` }
          : good.udfSin(text, domain);
      },
    },
  ],
  [
    'udf',
    'udfSin: any precision',
    {
      udfSin(text, domain) {
        const label = `mm--${text.toLowerCase()}`;
        return symbols(text).length < 20 && domain !== undefined
          ? { label, prefixForm: `${label}.${domain}`, suffixForm: `${domain}.${label}` }
          : good.udfSin(text, domain);
      },
    },
  ],
  [
    'threshold',
    'sharedContribution: the sign of v is lost',
    {
      sharedContribution(crv, secret, peer) {
        const point = good.sharedContribution(crv, secret, peer);
        return crv.startsWith('X') ? Uint8Array.of(...point.slice(0, -1), 0) : point;
      },
    },
  ],
  [
    'threshold',
    'sharedContribution: a peer of mixed order',
    {
      sharedContribution(crv, secret, peer) {
        try {
          return good.sharedContribution(crv, secret, peer);
        } catch {
          return peer;
        }
      },
    },
  ],
  [
    'threshold',
    'sharedContribution: a share is pruned',
    {
      sharedContribution: (crv, secret, peer) => good.sharedContribution(crv.replace('z', '') as 'X448', secret, peer),
    },
  ],
  [
    'threshold',
    'sharedCoefficient: of the other share',
    {
      sharedCoefficient: (crv, index, indexes) =>
        good.sharedCoefficient(crv, indexes.find((x) => x !== index)!, indexes),
    },
  ],
  [
    'threshold',
    'sharedQuorumContribution: without its weight',
    { sharedQuorumContribution: (crv, { scalar }, _indexes, peer) => good.sharedContribution(`${crv}z`, scalar, peer) },
  ],
  [
    'threshold',
    'sharedCompletion: with the sign of v',
    { sharedCompletion: (crv, contributions) => good.sharedPublicSum(crv, contributions) },
  ],
  [
    'threshold',
    'sharedPublicSum: P - P',
    {
      sharedPublicSum(crv, points) {
        try {
          return good.sharedPublicSum(crv, points);
        } catch {
          return new Uint8Array(points[0]!.length);
        }
      },
    },
  ],
  [
    'shamir',
    'shamirCombine: shares beyond the quorum are not looked at',
    {
      shamirCombine: (shares, generation) =>
        generation === 'S1' ? good.shamirCombine(shares, generation) : good.shamirCombine(quorumOf(shares), generation),
    },
  ],
  [
    'shamir',
    'shamirCombine: spare bits and characters',
    {
      shamirCombine(shares, generation) {
        if (generation === 'S1') return good.shamirCombine(shares, generation);
        const again = shares.map((share) => {
          const { type, data } = good.udfParse(share);
          return good.udfFormat(type, data);
        });
        return good.shamirCombine(again, generation);
      },
    },
  ],
  [
    'shamir',
    'shamirCombine: copies count',
    {
      shamirCombine(shares, generation) {
        const known = [...new Set(shares)];
        return known.length < shares.length && generation === 'S3'
          ? new Uint8Array(16)
          : good.shamirCombine(shares, generation);
      },
    },
  ],
  [
    'shamir',
    'shamirSplit: words of 32 bits at all times',
    {
      shamirSplit: (secret, shares, quorum, generation, coefficients) =>
        good.shamirSplit(secret, shares, quorum, generation === 'S3' ? 'S2' : generation, coefficients),
    },
  ],
  [
    'frames',
    'frames: the length behind is not compared',
    {
      frames: (octets) => good.frames(mirrored(octets)),
      framesBackward: (octets) => good.framesBackward(mirrored(octets)),
    },
  ],
  [
    'frames',
    'framesBuild: lengths of 8 bits',
    { framesBuild: (records) => good.framesBuild(records.map((r) => r.subarray(0, 255))) },
  ],
  ['jsonb', 'jsonbDecode: always lenient', { jsonbDecode: (d, o) => good.jsonbDecode(d, { ...o, lenient: true }) }],
  ['jsonb', 'jsonbDecode: all levels', { jsonbDecode: (d, { level: _, ...o }) => good.jsonbDecode(d, o) }],
  [
    'jsonb',
    'jsonbDecode: integers through binary64',
    {
      jsonbDecode: (d, o) =>
        good.jsonbDecode(d, o).replace(/\{"int":"(-?\d+)"\}/g, (_, digits) => `{"int":"${BigInt(Number(digits))}"}`),
    },
  ],
  [
    'jsonb',
    'jsonbDecode: replaces what is not UTF-8',
    {
      jsonbDecode(d, o) {
        try {
          return good.jsonbDecode(d, o);
        } catch (error) {
          if ((error as { code: string }).code === 'utf8') return '["\ufffd"]';
          throw error;
        }
      },
    },
  ],
  [
    'jsonb',
    'jsonbEncode: lengths of 16 bits',
    {
      jsonbEncode: (value, level) =>
        new Uint8Array(
          Buffer.from(Buffer.from(good.jsonbEncode(value, level)).toString('hex').replace(/^80/, '8100'), 'hex'),
        ),
    },
  ],
  [
    'jsonb',
    'jsonbSession: every document by itself',
    {
      jsonbSession: (documents, known) => {
        const runs = documents.map((document) => good.jsonbSession([document], known));
        return { values: runs.flatMap(({ values }) => values), codes: Math.max(...runs.map(({ codes }) => codes)) };
      },
    },
  ],
  ['udf', 'udfUri: ports', { udfUri: (uri) => good.udfUri(uri.replace(/:[0-9]+\//, '/')) }],
];

describe('the vectors', () => {
  it.each(['ed448', 'group448', 'threshold', 'udf', 'shamir', 'jsonb', 'frames'] as const)(
    'find no fault with the suite %s of this package',
    (suite) => {
      expect(failed(suite, good)).toEqual([]);
    },
  );

  it.each(mutants)('of %s find an implementation with one fault: %s', (suite, _fault, change) => {
    expect(failed(suite, { ...good, ...change })).not.toEqual([]);
    // Nor does it help to leave out the codes: the refusals themselves count.
    expect(failed(suite, { ...good, ...change, errorCodes: false })).not.toEqual([]);
  });
});
