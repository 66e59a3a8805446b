/**
 * Proofs made from an open Merkle sequence. How they are checked: proof.ts.
 */
import { fail } from '../errors.ts';
import { operandsOf, type ProofStep, type SequenceProof, type TreeHead, walk } from './proof.ts';
import type { Sequence } from './sequence.ts';

/** The stored digests of a frame. @throws MeshError `not-linked` */
async function storedOf(sequence: Sequence, n: number) {
  const { payload, tree } = (await sequence.find(n)).place;
  return payload === undefined || tree === undefined ? fail('not-linked', `frame ${n}`) : { payload, tree };
}

/** The steps for frames of a way; `last` is the frame behind it, whose digest is known to whoever checks. */
async function stepsOf(sequence: Sequence, frames: readonly number[], last?: number): Promise<ProofStep[]> {
  const steps: ProofStep[] = [];
  for (const [i, frame] of frames.entries()) {
    const operands: Uint8Array[] = [];
    for (const operand of operandsOf(frame, frames[i + 1] ?? last)) {
      operands.push((await storedOf(sequence, operand)).tree.slice());
    }
    steps.push({ payloadDigest: (await storedOf(sequence, frame)).payload.slice(), operands });
  }
  return steps;
}

function requireMerkle({ type }: Sequence): void {
  if (type !== 'Merkle') fail('not-linked', type);
}

/** The head at a frame. @throws MeshError `not-linked`, `no-frame` */
export async function treeHead(sequence: Sequence, index: number): Promise<TreeHead> {
  requireMerkle(sequence);
  return { index, digest: (await storedOf(sequence, index)).tree.slice() };
}

/** That a frame is in the sequence whose last frame is `at`. */
export async function proveInclusion(sequence: Sequence, index: number, at: number): Promise<SequenceProof> {
  requireMerkle(sequence);
  if (index > at) fail('no-frame', `${index} is behind ${at}`);
  return { steps: await stepsOf(sequence, walk(at, index)) };
}

/** That the sequence whose last frame is `to` begins with the one whose last frame is `from`. */
export async function proveConsistency(sequence: Sequence, from: number, to: number): Promise<SequenceProof> {
  requireMerkle(sequence);
  if (from > to) fail('no-frame', `${from} is behind ${to}`);
  return { steps: await stepsOf(sequence, walk(to, from).slice(0, -1), from) };
}
