/**
 * The frames that come next: their headers, digests in the linked rule, TreePositions and octets. Plans an append and changes nothing until it is
 * told that the octets are on the medium. Not the storage.
 */
import type { Provider } from '../backend/types.ts';
import { concat, empty, join } from '../bytes.ts';
import { writeObject } from '../dare/json.ts';
import type { SealedParts } from '../dare/parts.ts';
import { buildFrames, treeFrontier, treePrevious } from '../frame.ts';
import type { SequenceType } from './members.ts';

/** What the next frames need to know of those before. */
export interface WriterState {
  /** Number of frames. */
  count: number;
  /** Octets. */
  size: number;
  /** The last chain digest, zeros before the first. */
  chain: Uint8Array;
  /** Tree digest and offset of the frames in the frontier of the next one. */
  tree: ReadonlyMap<number, { digest: Uint8Array; start: number }>;
}

/** One frame to be: gives its envelope once its members of the sequence are known. */
export type Draft = (sequenceInfo: object) => SealedParts;

/** An append that has been planned. */
export interface Plan {
  octets: Uint8Array;
  starts: number[];
  next: WriterState;
}

/** Nothing yet. */
export const atStart: WriterState = { count: 0, size: 0, chain: new Uint8Array(64), tree: new Map() };

const hasTree = (type: SequenceType): boolean => type === 'Tree' || type === 'Merkle';

/** The digests of the next frame, and the state behind it but for the size. */
function advance(p: Provider, type: SequenceType, state: WriterState, payloadDigest: Uint8Array) {
  const { count, size } = state;
  const chain = type === 'Chain' ? p().chainDigests('linked', state.chain, payloadDigest) : state.chain;
  if (!hasTree(type)) return { chain, digest: empty, tree: state.tree };
  const before = treeFrontier(count).map((n) => state.tree.get(n)?.digest ?? empty);
  const digest = type === 'Merkle' ? p().treeDigests('linked', payloadDigest, count, concat(...before)) : empty;
  const tree = new Map([[count, { digest, start: size }]]);
  for (const n of treeFrontier(count + 1))
    if (n < count) tree.set(n, state.tree.get(n) as { digest: Uint8Array; start: number });
  return { chain, digest, tree };
}

/** Plans to append frames. `atomic`: several of them name the first and the last, so that a part of them is never taken for all. */
export function plan(
  p: Provider,
  type: SequenceType,
  from: WriterState,
  drafts: readonly Draft[],
  atomic = true,
): Plan {
  const pieces: Uint8Array[] = [];
  const starts: number[] = [];
  let state = from;
  const batch = atomic && drafts.length > 1 ? { Batch: [from.count, from.count + drafts.length - 1] } : {};
  for (const draft of drafts) {
    const { count, size } = state;
    const first = count === 0 ? { DataEncoding: 'JSON', ContainerType: type } : {};
    const position = hasTree(type) && count > 0 ? { TreePosition: state.tree.get(treePrevious(count))?.start } : {};
    const { header, payload, trailer, payloadDigest } = draft({ ...first, Index: count, ...position, ...batch });
    const { chain, digest, tree } = advance(p, type, state, payloadDigest);
    const all = {
      ...trailer,
      ...(type === 'Chain' ? { ChainDigest: chain } : {}),
      ...(type === 'Merkle' ? { TreeDigest: digest } : {}),
    };
    const isEmpty = Object.keys(all).length === 0;
    // The first frame has three records always, as in files since December 2020.
    const records = isEmpty ? (count === 0 ? [empty] : []) : [writeObject(all)];
    const octets = buildFrames([[header, payload, ...records]]);
    pieces.push(octets);
    starts.push(size);
    state = { count: count + 1, size: size + octets.length, chain, tree };
  }
  return { octets: pieces.length === 1 ? (pieces[0] as Uint8Array) : join(pieces), starts, next: state };
}
