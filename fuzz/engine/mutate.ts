/**
 * Mutations: one input made from others. They know octets, numbers and words; what an input means, a target may add.
 */
import type { Random } from './random.ts';

/** Changes an input; the given octets stay as they are. */
export type Mutator = (input: Uint8Array, random: Random) => Uint8Array;

/** `input` with the octets from `at` to `until` replaced. */
export function splice(input: Uint8Array, at: number, until: number, by: Uint8Array): Uint8Array {
  const out = new Uint8Array(input.length - (until - at) + by.length);
  out.set(input.subarray(0, at));
  out.set(by, at);
  out.set(input.subarray(until), at + by.length);
  return out;
}

/** Octets at the edges of what lengths, counts and tags can be. */
const edges = [0, 1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 129, 252, 254, 255];
const wideEdges = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** Where a piece begins and ends; short ones are more likely. */
function range(length: number, random: Random): [number, number] {
  const at = random.below(length + 1);
  const most = random.below(4) === 0 ? length : 1 << random.below(7);
  return [at, Math.min(length, at + random.below(Math.min(most, length - at) + 1))];
}

function setOctet(input: Uint8Array, random: Random, change: (octet: number) => number): Uint8Array {
  if (input.length === 0) return Uint8Array.of(change(0));
  const out = input.slice();
  const at = random.below(out.length);
  out[at] = change(out[at] as number);
  return out;
}

/** A number of 2, 4 or 8 octets at the edge. */
function setNumber(input: Uint8Array, random: Random): Uint8Array {
  const size = random.pick([2, 4, 8]);
  if (input.length < size) return input;
  const at = random.below(input.length - size + 1);
  const octets = new DataView(new ArrayBuffer(8));
  octets.setBigUint64(0, BigInt(random.pick(wideEdges)) << (size === 8 ? BigInt(random.below(33)) : 0n));
  return splice(input, at, at + size, new Uint8Array(octets.buffer, 8 - size));
}

/** A run of decimal digits becomes another number. */
function setDigits(input: Uint8Array, random: Random): Uint8Array {
  const start = random.below(input.length + 1);
  const isDigit = (octet: number | undefined) => octet !== undefined && octet >= 48 && octet <= 57;
  const at = input.findIndex((octet, i) => i >= start && isDigit(octet));
  if (at < 0) return input;
  let end = at;
  while (isDigit(input[end])) end++;
  const number = random.pick(['0', '-1', '1', '255', '256', '4294967296', '9007199254740993', '1e999', '00', '1.5']);
  return splice(input, at, end, new TextEncoder().encode(number));
}

/** All mutations that need nothing but octets and words. */
export function mutators(words: readonly Uint8Array[], others: () => Uint8Array): Mutator[] {
  const insertWord: Mutator = (input, random) => {
    const at = random.below(input.length + 1);
    return splice(input, at, at, random.pick(words));
  };
  const replaceByWord: Mutator = (input, random) => {
    const [at, end] = range(input.length, random);
    return splice(input, at, end, random.pick(words));
  };
  return [
    (input, random) => setOctet(input, random, (octet) => octet ^ (1 << random.below(8))),
    (input, random) => setOctet(input, random, () => random.below(256)),
    (input, random) => setOctet(input, random, () => random.pick(edges)),
    (input, random) => setOctet(input, random, (octet) => octet + random.below(33) - 16),
    setNumber,
    setDigits,
    // Removes.
    (input, random) => {
      const [at, end] = range(input.length, random);
      return splice(input, at, end, new Uint8Array(0));
    },
    // Repeats.
    (input, random) => {
      const [at, end] = range(input.length, random);
      const times = 1 << random.below(random.below(8) === 0 ? 12 : 3);
      const piece = input.slice(at, end);
      if (piece.length * times > 1 << 16) return input;
      const all = new Uint8Array(piece.length * times);
      for (let i = 0; i < times; i++) all.set(piece, i * piece.length);
      return splice(input, end, end, all);
    },
    // Moves.
    (input, random) => {
      const [at, end] = range(input.length, random);
      const to = random.below(input.length + 1);
      return splice(input, to, to, input.slice(at, end));
    },
    // Takes a piece of another input.
    (input, random) => {
      const other = others();
      const [from, to] = range(other.length, random);
      const [at, end] = range(input.length, random);
      return splice(input, at, random.below(2) === 0 ? at : end, other.subarray(from, to));
    },
    // Ends as another input does.
    (input, random) => {
      const other = others();
      const at = random.below(input.length + 1);
      return splice(input, at, input.length, other.subarray(random.below(other.length + 1)));
    },
    ...(words.length > 0 ? [insertWord, replaceByWord] : []),
  ];
}
