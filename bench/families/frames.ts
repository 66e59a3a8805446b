/**
 * Frames of sequences: finding them, and verifying a chain. The JavaScript backend is the peer in finding; for large frames one copy of the file
 * is, and for a chain one SHA-512 of as many blocks as all its hashes have together.
 */
import type { Cast, Contender, Family, Row } from '../contender.ts';
import { octets } from '../inputs.ts';
import type { Internals } from '../internals.ts';

const none = new Uint8Array(0);
const zero = new Uint8Array(64);

/** As many frames with header, payload and trailer of so many octets. */
function file({ buildFrames }: Internals, count: number, lengths: readonly number[]): Uint8Array {
  return buildFrames(new Array(count).fill(lengths.map((length) => octets('record', length))));
}

const ours = ({ wasm, js }: Internals, call: (backend: Internals['js']) => unknown): Contender[] => [
  { name: 'wasm', call: () => call(wasm) },
  { name: 'js', call: () => call(js) },
];

/** The numbers themselves are compared in the tests. */
function scanRow(cast: Internals, id: string, title: string, frames: Uint8Array): Row {
  const call = (backend: Internals['js']) => {
    const { count, stop, rows } = backend.framesScan(frames);
    return [count, stop, rows.at(-1)];
  };
  return { id: `frames/scan/${id}`, title, contenders: ours(cast, call) };
}

function largeRow(cast: Internals): Row {
  const frames = file(cast, 1000, [200, 65536, 100]);
  const copy = new Uint8Array(frames.length);
  return {
    id: 'frames/scan/64 KiB',
    title: 'find 1,000 frames of 64 KiB',
    // Both backends hop over large frames with the same code.
    contenders: [
      { name: 'wasm', call: () => cast.wasm.framesScan(frames).count },
      { name: 'one copy', call: () => copy.set(frames) },
    ],
    random: true,
  };
}

/** Blocks of a message with its padding. */
const blocks = (length: number) => Math.ceil((length + 17) / 128);

function chainRow(cast: Internals, id: string, count: number, length: number): Row {
  const frames = file(cast, count, [80, length, 180]);
  const table = cast.js.framesScan(frames);
  const message = new Uint8Array(128 * count * (blocks(length) + blocks(128)) - 17);
  return {
    id: `frames/chain/${id}`,
    title: `payload and chain digests of ${count} frames of ${id}`,
    contenders: [
      ...ours(cast, (backend) => backend.chainDigests('linked', zero, backend.framesDigests(frames, table))),
      { name: 'one SHA-512', call: () => cast.wasm.sha512(message) },
    ],
    random: true,
  };
}

function treeRow(cast: Internals): Row {
  const digests = octets('payload digests', 64 * 1000);
  return {
    id: 'frames/tree',
    title: 'tree digests of 1,000 frames',
    contenders: ours(cast, (backend) => backend.treeDigests('linked', digests, 0, none)),
  };
}

/** The rows of frames, where there is Node. */
export async function framesFamily({ internals }: Cast): Promise<Family> {
  const cast = await internals?.();
  if (cast === undefined) return { name: 'frames', title: 'Frames of sequences', rows: [] };
  return {
    name: 'frames',
    title: 'Frames of sequences',
    rows: [
      // The smallest real file (JBCD1 of 2018), a million times; then with a header as short as they come today.
      scanRow(cast, '20 B', 'find 1,000,000 frames of 20 B', file(cast, 1_000_000, [7, 5])),
      scanRow(cast, '66 B', 'find 1,000,000 frames of 66 B', file(cast, 1_000_000, [40, 16, 0])),
      scanRow(cast, '20 B, 10,000', 'find 10,000 frames of 20 B', file(cast, 10_000, [7, 5])),
      scanRow(cast, '66 B, 10,000', 'find 10,000 frames of 66 B', file(cast, 10_000, [40, 16, 0])),
      largeRow(cast),
      chainRow(cast, '300 B', 1000, 300),
      chainRow(cast, '4 KiB', 100, 4096),
      chainRow(cast, '64 KiB', 16, 65536),
      treeRow(cast),
    ],
  };
}
