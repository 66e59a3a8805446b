import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SequenceProof } from '../../src/sequence/index.ts';
import { operandsOf, walk } from '../../src/sequence/proof.ts';
import { payloadOf, refusal, sample, sequences, sha512, subjects, utf8 } from './support.ts';

const flip = (octets: Uint8Array, at: number): Uint8Array => octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
const digestOf = (n: number) => sha512(n === 0 ? utf8('') : payloadOf(n));

describe('the way between two frames', () => {
  test('takes O(log n) steps, and each frame is in the path of the one before (tree path of the specification)', () => {
    const path = (n: number): number[] => {
      const found: number[] = [];
      let [x, d] = [n + 1, 1];
      for (; x % 2 === 0; x /= 2, d *= 2) found.push(n - d);
      return [...found, x === 1 ? d / 2 - 1 : n - d];
    };
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.double({ min: 0, max: 1, noNaN: true }), (from, part) => {
        const to = Math.floor(from * part);
        const frames = walk(from, to);
        expect([frames[0], frames.at(-1)]).toEqual([from, to]);
        expect(frames.length).toBeLessThanOrEqual(2 * Math.log2(from + 2) + 2);
        for (const [i, frame] of frames.slice(1).entries()) expect(path(frames[i] as number)).toContain(frame);
        const digests = frames.reduce((sum, frame, i) => sum + 1 + operandsOf(frame, frames[i + 1]).length, 0);
        expect(digests).toBeLessThanOrEqual((Math.log2(from + 2) + 2) ** 2);
      }),
      { numRuns: 2000 },
    );
  });
});

describe.each(subjects)('proofs on $name', ({ sequences: own }) => {
  test('of inclusion hold for each frame under each head, and for no other frame, head, index or digest', async () => {
    const last = 20;
    const sequence = await own.open(own.bytes(await sample('Merkle', last)));
    for (let at = 0; at <= last; at++) {
      const head = await own.treeHead(sequence, at);
      for (let n = 0; n <= at; n++) {
        const proof = await own.proveInclusion(sequence, n, at);
        const frame = { index: n, payloadDigest: digestOf(n) };
        expect(own.verifyInclusion(head, frame, proof)).toBe(true);
        expect(own.verifyInclusion(head, { ...frame, payloadDigest: digestOf(n + 1) }, proof)).toBe(false);
        expect(own.verifyInclusion({ ...head, digest: flip(head.digest, n) }, frame, proof)).toBe(false);
      }
    }
  });

  test('fail for any change of any octet of a proof', async () => {
    const sequence = await own.open(own.bytes(await sample('Merkle', 13)));
    const head = await own.treeHead(sequence, 13);
    const proof = await own.proveInclusion(sequence, 4);
    const frame = { index: 4, payloadDigest: digestOf(4) };
    const changed = (step: number, change: (step: SequenceProof['steps'][number]) => object): SequenceProof => ({
      steps: proof.steps.map((each, i) => (i === step ? { ...each, ...change(each) } : each)),
    });
    proof.steps.forEach(({ operands }, i) => {
      for (const at of [0, 31, 63]) {
        const other = changed(i, ({ payloadDigest }) => ({ payloadDigest: flip(payloadDigest, at) }));
        expect(own.verifyInclusion(head, frame, other)).toBe(false);
        operands.forEach((_, k) => {
          const wrong = changed(i, (step) => ({ operands: step.operands.map((o, j) => (j === k ? flip(o, at) : o)) }));
          expect(own.verifyInclusion(head, frame, wrong)).toBe(false);
        });
      }
    });
  });

  test('of consistency hold between any two heads of one sequence, and not with another that differs before the earlier one', async () => {
    const last = 17;
    const sequence = await own.open(own.bytes(await sample('Merkle', last)));
    const other = own.memory();
    const fork = await own.create(other, { envelopeId: 'test' });
    for (let n = 1; n <= last; n++) await fork.append(n === 5 ? utf8('another') : payloadOf(n));
    const later = await own.treeHead(sequence);
    for (let n = 0; n <= last; n++) {
      const proof = await own.proveConsistency(sequence, n);
      expect(own.verifyConsistency(await own.treeHead(sequence, n), later, proof)).toBe(true);
      const forked = await own.treeHead(fork, n);
      expect(own.verifyConsistency(forked, later, proof)).toBe(n < 5);
      expect(own.verifyConsistency(await own.treeHead(sequence, n), await own.treeHead(fork), proof)).toBe(false);
      const forkProof = await own.proveConsistency(fork, n);
      expect(own.verifyConsistency(await own.treeHead(sequence, n), await own.treeHead(fork), forkProof)).toBe(n < 5);
    }
  });

  test('of the wrong form are refused: steps, operands, lengths, indexes', async () => {
    const sequence = await own.open(own.bytes(await sample('Merkle', 9)));
    const head = await own.treeHead(sequence);
    const proof = await own.proveInclusion(sequence, 4);
    const frame = { index: 4, payloadDigest: digestOf(4) };
    const [first, ...rest] = proof.steps;
    const wrong: [object, object, object][] = [
      [head, frame, { steps: rest }],
      [head, frame, { steps: [...proof.steps, first] }],
      [head, frame, { steps: [{ ...first, operands: [] }, ...rest] }],
      [head, frame, { steps: [{ ...first, payloadDigest: new Uint8Array(63) }, ...rest] }],
      [head, frame, {}],
      [{ ...head, index: -1 }, frame, proof],
      [{ ...head, index: 2 ** 60 }, frame, proof],
      [{ ...head, digest: new Uint8Array(32) }, frame, proof],
      [head, { ...frame, index: 10 }, proof],
      [head, { ...frame, index: 4.5 }, proof],
    ];
    for (const [i, [h, f, given]] of wrong.entries()) {
      const asked = async () => own.verifyInclusion(h as never, f as never, given as never);
      expect([i, await refusal(asked())]).toEqual([i, 'bad-proof']);
    }
    const asked = async () => own.verifyConsistency({ ...head, index: 10 }, head, proof);
    expect(await refusal(asked())).toBe('bad-proof');
  });

  test('are not made of sequences that have none', async () => {
    const chain = await own.open(own.bytes(await sample('Chain', 2)));
    expect(await refusal(own.proveInclusion(chain, 1))).toBe('not-linked');
    expect(await refusal(own.treeHead(chain))).toBe('not-linked');
    const merkle = await own.open(own.bytes(await sample('Merkle', 2)));
    expect(await refusal(own.proveInclusion(merkle, 3))).toBe('no-frame');
    expect(await refusal(own.proveConsistency(merkle, 2, 1))).toBe('no-frame');
  });
});

test('a payload of 128 octets that looks like a node of the tree is no way to another proof', async () => {
  const memory = sequences.memory();
  const sequence = await sequences.create(memory, { envelopeId: 'test' });
  for (let n = 1; n <= 6; n++) await sequence.append(payloadOf(n));
  const { digest } = await sequences.treeHead(sequence, 5);
  const node = Uint8Array.from([...digest, ...digestOf(6)]);
  await sequence.append(node);
  const head = await sequences.treeHead(sequence);
  const proof = await sequences.proveInclusion(sequence, 7);
  expect(sequences.verifyInclusion(head, { index: 7, payloadDigest: sha512(node) }, proof)).toBe(true);
  expect(sequences.verifyInclusion(head, { index: 7, payloadDigest: digestOf(6) }, proof)).toBe(false);
});
