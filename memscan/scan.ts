/**
 * The memory of another process of the same user on Linux, and places in it where 16 octets of a secret stand. Not which secrets.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Fewer octets in a row could stand there by chance. */
const WINDOW = 16;

/** Octets to be looked for, under a name. */
export interface Needle {
  name: string;
  octets: Uint8Array;
}

/** Beginning and end of what the process can read. */
function regions(pid: number): [from: number, to: number][] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, from, to, access, name] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (from === undefined || to === undefined || !access?.startsWith('r')) return [];
      // The kernel's own pages cannot be read.
      if (name === '[vvar]' || name === '[vsyscall]') return [];
      return [[Number.parseInt(from, 16), Number.parseInt(to, 16)] as [number, number]];
    });
}

/** Windows of all needles, found by any 8 octets of them: 16 octets at any place hold 8 that begin at a multiple of 8. */
export class Windows {
  readonly #wanted = new Map<number, { needle: number; at: number }[]>();
  readonly #filter = new Uint8Array(1 << 16);
  readonly needles: readonly Needle[];

  constructor(needles: readonly Needle[]) {
    this.needles = needles;
    needles.forEach(({ octets }, needle) => {
      const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
      for (let at = 0; at + 8 <= octets.length; at++) {
        const word = view.getUint32(at, true);
        this.#filter[word & 0xffff] = 1;
        const places = this.#wanted.get(word);
        if (places) places.push({ needle, at });
        else this.#wanted.set(word, [{ needle, at }]);
      }
    });
  }

  /** Calls `found` for each run of at least 16 octets in common; `memory` begins at a multiple of 8. */
  search(memory: Uint8Array, found: (needle: number, from: number, to: number) => void): void {
    const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length >> 2);
    for (let i = 0; i < words.length; i += 2) {
      const word = words[i] as number;
      if (this.#filter[word & 0xffff] === 0) continue;
      for (const { needle, at } of this.#wanted.get(word) ?? []) {
        const { octets } = (this.needles as Needle[])[needle] as Needle;
        let [from, to] = [4 * i, 4 * i];
        while (from > 0 && at - (4 * i - from) > 0 && memory[from - 1] === octets[at - (4 * i - from) - 1]) from--;
        while (to < memory.length && at + to - 4 * i < octets.length && memory[to] === octets[at + to - 4 * i]) to++;
        if (to - from >= WINDOW) found(needle, from, to);
      }
    }
  }
}

/** What is read at once, and how much of it again with the next: more than any needle has. */
const PIECE = 1 << 22;
const OVERLAP = 1 << 10;

/** Copies found, and octets looked at. */
export interface Scan {
  /** For each needle the number of places. */
  copies: number[];
  octets: number;
}

/** Looks through all memory of a process. @throws Error where the system does not let it */
export function scan(pid: number, needles: readonly Needle[]): Scan {
  const windows = new Windows(needles);
  const places = needles.map(() => new Set<number>());
  const memory = new Uint8Array(new ArrayBuffer(PIECE));
  const file = openSync(`/proc/${pid}/mem`, 'r');
  let octets = 0;
  try {
    for (const [from, to] of regions(pid)) {
      for (let at = from; at < to; at += PIECE - OVERLAP) {
        const wanted = Math.min(PIECE, to - at);
        let count = 0;
        try {
          count = readSync(file, memory, 0, wanted, at);
        } catch {
          break; // not mapped any more, or of a device
        }
        octets += Math.min(count, PIECE - OVERLAP);
        const read = memory.subarray(0, count & -8);
        windows.search(read, (needle, begin) => (places[needle] as Set<number>).add(at + begin));
        if (count < wanted || at + wanted === to) break;
      }
    }
  } finally {
    closeSync(file);
  }
  return { copies: places.map((set) => set.size), octets };
}
