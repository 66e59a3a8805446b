/**
 * DARE sequences in memory: opened, verified, read from both ends and anywhere, repaired, and appended to.
 */
import type { OpenSequenceOptions } from '../../src/sequence/index.ts';
import { verifySequence } from '../../src/sequence/report.ts';
import { js, type Library, wasm } from '../backends.ts';
import { fromHex, withChoices } from '../input.ts';
import { agree, expect, outcome, outcomeLater } from '../oracle.ts';
import type { Target } from '../target.ts';
import { inputsOf } from '../vectors.ts';

/** What a frame says, for comparisons. */
interface Shown {
  index: number;
  position: number;
  size: number;
  header: object;
  trailer: object | undefined;
}

/** Everything that only reads. */
async function reading({ dare, backend }: Library, octets: Uint8Array, options: OpenSequenceOptions) {
  const { sequence } = dare;
  const opened = await outcomeLater(() => sequence.open(sequence.bytes(octets), { ...options, writable: false }));
  const whole = outcome(() => verifySequence(backend, octets));
  if (opened.code !== undefined) return { refused: opened.code, whole };
  const { value: open } = opened;
  const all = (reverse: boolean) =>
    outcomeLater(async () => {
      const frames: Shown[] = [];
      for await (const { index, position, size, header, trailer } of open.frames({ reverse })) {
        frames.push({ index, position, size, header, trailer });
      }
      return frames;
    });
  return {
    opened: { type: open.type, length: open.length, size: open.size, torn: open.torn },
    whole,
    verified: await outcomeLater(() => open.verify()),
    partial: await outcomeLater(() => open.verify({ partial: true, erased: true, torn: true })),
    forwards: await all(false),
    backwards: await all(true),
    first: await outcomeLater(() => open.read(0)),
    middle: await outcomeLater(() => open.read(open.length >> 1)),
    last: await outcomeLater(() => open.read(open.length - 1)),
    head: await outcomeLater(() => sequence.head(open)),
    tree: await outcomeLater(() => sequence.treeHead(open)),
    proof: await outcomeLater(() => sequence.proveInclusion(open, open.length >> 1)),
  };
}

/** What repairing leaves is sound at both ends, and takes another frame, unless it says why not. */
async function repairing(
  { dare: { sequence } }: Library,
  octets: Uint8Array,
  options: OpenSequenceOptions,
): Promise<void> {
  const memory = sequence.memory(octets);
  const repaired = await outcomeLater(() => sequence.repair(memory, options));
  if (repaired.code !== undefined) return;
  expect('what is repaired begins as it did', Buffer.from(octets).subarray(0, memory.size()).equals(memory.bytes()));
  const before = memory.size();
  const again = await outcomeLater(() => sequence.open(sequence.bytes(memory.bytes()), options));
  if (again.code !== undefined) return agree('opening what was repaired', again.code, 'nothing');
  agree('what is left behind a repair', again.value.torn, undefined);
  agree('the frames of what was repaired', again.value.length, repaired.value.length);
  const appended = await outcomeLater(() => repaired.value.append(Uint8Array.of(1, 2, 3)));
  if (appended.code !== undefined) return agree('a refused append', memory.size(), before);
  const longer = await sequence.open(sequence.bytes(memory.bytes()), options);
  agree('the frame that was appended', longer.length, appended.value + 1);
  const { header } = await longer.frame(appended.value);
  expect('its header says so', header !== undefined);
}

export const sequence: Target = {
  name: 'sequence',
  about: 'DARE sequences: open, verify, read, repair, append',
  maxLength: 16384,
  words: [
    'Merkle',
    'Chain',
    'Digest',
    'List',
    'Tree',
    '"Index"',
    '"TreePosition"',
    '"ContainerType"',
    '"SequenceType"',
  ],
  seeds: (vectors) =>
    inputsOf(vectors, 'sequence-file').flatMap(({ octets }) =>
      octets === undefined ? [] : [withChoices([0], fromHex(octets))],
    ),
  async run(input) {
    const [choices = 0] = input;
    const octets = input.subarray(1);
    const options: OpenSequenceOptions = {
      indexBase: (choices & 1) !== 0 ? 0 : 1,
      ...((choices & 2) !== 0 ? { limits: { header: 400, depth: 4, payload: 100 } } : {}),
    };
    const read = await reading(wasm, octets, options);
    if (input.length % 8 === 0) agree('backends', await reading(js, octets, options), read);
    if (read.refused === undefined) {
      const { forwards, backwards, whole, verified } = read;
      if (backwards.code === undefined) {
        const frames = [...backwards.value].reverse();
        agree('frames forwards', forwards.code ?? forwards.value, frames);
      } else if (forwards.code === undefined) {
        // Only who reads backwards follows the positions in the headers.
        agree('why frames cannot be read backwards', backwards.code, 'tree-position');
      }
      if (choices === 0 && whole.code === undefined && verified.code === undefined)
        agree('the report', verified.value, whole.value);
    }
    await repairing(wasm, octets, options);
  },
};
