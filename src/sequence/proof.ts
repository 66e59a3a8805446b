/**
 * Proofs about Merkle sequences: that a frame is in the sequence with a certain last tree digest, and that one sequence is the other
 * grown longer. A proof is made of what stands in the frames on the way from the later frame to the earlier one; whoever checks it needs no
 * sequence. Only for the linked rule. Source: DARE sequences, linked rule of trees.
 *
 * Why it convinces: the index of a frame alone says which frames its digest takes in and in which order, so under a collision-resistant hash
 * a tree digest has one payload digest and one set of operands, each of which is again such a digest.
 */
import type { Provider } from '../backend/types.ts';
import { concat, equal, sized } from '../bytes.ts';
import { fail } from '../errors.ts';
import { treePath } from '../frame.ts';
import { options } from '../options.ts';

/** A digest of 64 octets that somebody vouches for, and the frame that it is of. */
export interface TreeHead {
  /** The last frame. */
  index: number;
  /** Its tree digest, 64 octets. */
  digest: Uint8Array;
}

/** What stands in one frame of the way. */
export interface ProofStep {
  /** 64 octets. */
  payloadDigest: Uint8Array;
  /** Tree digests that it takes in, 64 octets each, but for that of the next frame of the way. */
  operands: readonly Uint8Array[];
}

/** A proof: the frames of the way, the latest first. The earlier frame itself is the last one in a proof of inclusion, and not there in one of consistency. */
export interface SequenceProof {
  steps: readonly ProofStep[];
}

const length = 64;
const mostIndex = 2 ** 47;

/**
 * The frames on the way from one frame down to another, both included: each time the earliest of the path that is not before the target. At most
 * 2 log2(n) + 2 of them; the way that TreePositions lead, in seek.ts, is longer.
 */
export function walk(from: number, to: number): number[] {
  const visited = [from];
  for (let at = from; at > to; ) {
    at = Math.min(...treePath(at).filter((frame) => frame >= to));
    visited.push(at);
  }
  return visited;
}

/** The frames whose digests a step has to give: those of the path but the next one of the way, each once, frame 0's zeros aside. */
export function operandsOf(frame: number, next: number | undefined): number[] {
  return [...new Set(treePath(frame))].filter((operand) => operand >= 0 && operand !== next);
}

function digestOf(value: unknown, name: string): Uint8Array {
  return sized(value, name, 'bad-proof', length).slice();
}

/** @throws MeshError `bad-proof` */
function readHead(value: TreeHead, name: string): TreeHead {
  const { index, digest } = options(value);
  if (!Number.isSafeInteger(index) || (index as number) < 0 || (index as number) > mostIndex) fail('bad-proof', name);
  return { index: index as number, digest: digestOf(digest, name) };
}

function readSteps(value: SequenceProof, frames: readonly number[], last: number | undefined): ProofStep[] {
  const { steps } = options(value);
  if (!Array.isArray(steps) || steps.length !== frames.length) fail('bad-proof', 'number of steps');
  return frames.map((frame, i) => {
    const { payloadDigest, operands } = options(steps[i] as ProofStep);
    const wanted = operandsOf(frame, frames[i + 1] ?? last);
    if (!Array.isArray(operands) || operands.length !== wanted.length) fail('bad-proof', `operands of frame ${frame}`);
    return {
      payloadDigest: digestOf(payloadDigest, 'payloadDigest'),
      operands: wanted.map((_, k) => digestOf(operands[k], 'operand')),
    };
  });
}

/** The tree digest of the first frame of the way, from the last up; `known`: that of the frame behind the last step. */
function rebuilt(
  p: Provider,
  frames: readonly number[],
  steps: readonly ProofStep[],
  known?: { frame: number; digest: Uint8Array },
): Uint8Array {
  let below = known;
  for (let i = frames.length - 1; i >= 0; i--) {
    const frame = frames[i] as number;
    const { payloadDigest, operands } = steps[i] as ProofStep;
    const given = new Map(operandsOf(frame, below?.frame).map((operand, k) => [operand, operands[k] as Uint8Array]));
    let digest = payloadDigest;
    for (const operand of treePath(frame)) {
      const left = operand === below?.frame ? below.digest : (given.get(operand) ?? new Uint8Array(length));
      digest = p().sha512(concat(left, digest));
    }
    below = { frame, digest };
  }
  return below?.digest ?? fail('bad-proof');
}

/**
 * Whether a payload digest is that of a frame of the sequence with a head.
 *
 * @throws MeshError `bad-proof` for a proof, index or digest of the wrong form
 */
export function verifyInclusion(
  p: Provider,
  headGiven: TreeHead,
  frame: { index: number; payloadDigest: Uint8Array },
  proof: SequenceProof,
): boolean {
  const head = readHead(headGiven, 'head');
  const { index, payloadDigest } = options(frame);
  const wanted = readHead({ index: index as number, digest: payloadDigest as Uint8Array }, 'frame');
  if (wanted.index > head.index) fail('bad-proof', 'the frame is behind the head');
  const frames = walk(head.index, wanted.index);
  const steps = readSteps(proof, frames, undefined);
  return (
    equal(steps.at(-1)?.payloadDigest as Uint8Array, wanted.digest) && equal(rebuilt(p, frames, steps), head.digest)
  );
}

/**
 * Whether the sequence with the later head begins with all of that with the earlier one.
 *
 * @throws MeshError `bad-proof` as {@link verifyInclusion}
 */
export function verifyConsistency(p: Provider, earlier: TreeHead, later: TreeHead, proof: SequenceProof): boolean {
  const [from, to] = [readHead(earlier, 'earlier head'), readHead(later, 'later head')];
  if (from.index > to.index) fail('bad-proof', 'the earlier head is the later one');
  const frames = walk(to.index, from.index).slice(0, -1);
  const steps = readSteps(proof, frames, from.index);
  return equal(rebuilt(p, frames, steps, { frame: from.index, digest: from.digest }), to.digest);
}
