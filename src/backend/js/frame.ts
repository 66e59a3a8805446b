/**
 * Frames of sequences: reading them, and the digests of many of them.
 */
import { sha512 } from '@noble/hashes/sha2.js';
import { FRAME_NUMBERS, type FrameTable, rowPayload, treeFrontier, treePath } from '../../frame.ts';
import { scanHere } from '../rows.ts';
import type { ChainRule, TreeRule } from '../types.ts';

const DIGEST_LENGTH = 64;

function framesDigests(octets: Uint8Array, { count, rows }: FrameTable): Uint8Array {
  const out = new Uint8Array(DIGEST_LENGTH * count);
  for (let i = 0; i < count; i++) {
    const { start, end } = rowPayload(rows, FRAME_NUMBERS * i);
    out.set(sha512(octets.subarray(start, end)), DIGEST_LENGTH * i);
  }
  return out;
}

/** SHA-512 of two digests, one behind the other. */
function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha512.create().update(left).update(right).digest();
}

/** The digest with a number among packed ones. */
function digestAt(digests: Uint8Array, index: number): Uint8Array {
  return digests.subarray(DIGEST_LENGTH * index, DIGEST_LENGTH * (index + 1));
}

function chainDigests(rule: ChainRule, left: Uint8Array, payloadDigests: Uint8Array): Uint8Array {
  const out = new Uint8Array(payloadDigests.length);
  for (let i = 0, operand = left; DIGEST_LENGTH * i < out.length; i++) {
    const digest = digestAt(payloadDigests, i);
    const chained = join(operand, digest);
    out.set(chained, DIGEST_LENGTH * i);
    if (rule === 'linked') operand = chained;
    if (rule === 'pair') operand = digest;
  }
  return out;
}

function treeDigests(rule: TreeRule, payloadDigests: Uint8Array, first: number, frontier: Uint8Array): Uint8Array {
  const out = new Uint8Array(payloadDigests.length);
  const zero = new Uint8Array(DIGEST_LENGTH);
  const before = new Map(treeFrontier(first).map((frame, i) => [frame, digestAt(frontier, i)]));
  const operand = (frame: number) =>
    frame < 0 || rule !== 'linked'
      ? zero
      : frame < first
        ? (before.get(frame) as Uint8Array)
        : digestAt(out, frame - first);
  for (let i = 0; DIGEST_LENGTH * i < out.length; i++) {
    const path = treePath(rule === 'null+1' ? first + i + 1 : first + i);
    const digest = path.reduce((digest, frame) => join(operand(frame), digest), digestAt(payloadDigests, i));
    out.set(digest, DIGEST_LENGTH * i);
  }
  return out;
}

export const framing = { framesScan: scanHere, framesDigests, chainDigests, treeDigests };
