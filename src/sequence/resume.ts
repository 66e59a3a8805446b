/**
 * What a writer needs to know of a sequence that it did not write itself. Nothing is added to digests that are not linked: the sequence would be
 * of no class, and look safer than it is.
 */
import type { Provider } from '../backend/types.ts';
import { concat, equal } from '../bytes.ts';
import { fail } from '../errors.ts';
import { treeFrontier } from '../frame.ts';
import type { Window } from './locate.ts';
import type { SequenceType } from './members.ts';
import { type Found, type SeekMap, seek } from './seek.ts';
import { atStart, type WriterState } from './writer.ts';

function isLinked(found: Uint8Array | undefined, computed: Uint8Array): boolean {
  return found !== undefined && equal(found, computed);
}

/** The last chain digest. */
async function chainState(p: Provider, map: SeekMap, window: Window, last: Found): Promise<Uint8Array> {
  const { chain, payload } = last.place;
  const before = last.n === 0 ? atStart.chain : (await seek(map, window, last.n, last.n - 1)).place.chain;
  if (before === undefined || payload === undefined) fail('not-linked');
  if (!isLinked(chain, p().chainDigests('linked', before, payload))) fail('not-linked');
  return chain as Uint8Array;
}

async function treeState(p: Provider, type: SequenceType, map: SeekMap, window: Window, last: Found) {
  const known = new Map<number, { digest: Uint8Array; start: number }>();
  const add = ({ n, frame, place }: Found) => {
    if (type === 'Merkle' && place.tree === undefined) fail('not-linked');
    known.set(n, { digest: place.tree ?? atStart.chain, start: frame.start });
  };
  const before = treeFrontier(last.n);
  for (const n of before) add(await seek(map, window, last.n, n));
  add(last);
  if (type === 'Merkle') {
    const { payload, tree } = last.place;
    const operands = concat(...before.map((n) => known.get(n)?.digest as Uint8Array));
    if (payload === undefined) fail('not-linked');
    if (!isLinked(tree, p().treeDigests('linked', payload, last.n, operands))) fail('not-linked');
  }
  return new Map(treeFrontier(last.n + 1).map((n) => [n, known.get(n) as { digest: Uint8Array; start: number }]));
}

/**
 * The state behind the last frame.
 *
 * @throws MeshError `not-linked` when the last digests are not made by the linked rule, or frames do not say their index; those of {@link seek}
 */
export async function resume(
  p: Provider,
  type: SequenceType,
  map: SeekMap,
  window: Window,
  last: Found,
): Promise<WriterState> {
  if (map.indexBase !== 1 || last.place.index === undefined) fail('not-linked', 'frames without their index');
  return {
    count: last.n + 1,
    size: last.frame.end,
    chain: type === 'Chain' ? await chainState(p, map, window, last) : atStart.chain,
    tree: type === 'Tree' || type === 'Merkle' ? await treeState(p, type, map, window, last) : new Map(),
  };
}
