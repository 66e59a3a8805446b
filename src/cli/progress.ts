/**
 * How far a long work is: a line on the error stream of a terminal, after a second. Short work shows nothing, and neither does what nobody watches.
 */
import type { Terminal } from './terminal.ts';

/** Milliseconds before the first line, and between two. */
const [patience, pause] = [1000, 100];

/** Characters of the bar, and of the longest name: with the time that is left they fit 80. */
const [barLength, nameLength] = [20, 24];

/** Work under way. */
export interface Progress {
  /** So many octets more are done. */
  add(octets: number): void;
  /** Clears the line. */
  end(): void;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A number of octets with three digits at least, such as `1.50 MiB`. */
export function readable(octets: number): string {
  let unit = 0;
  let value = octets;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(value < 1000 ? 3 : 6)} ${units[unit]}`;
}

/** A number of seconds as `1:05`. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Begins to show work.
 *
 * @param total - octets in all, if that is known: then there is a bar and the time that is left
 * @param now - milliseconds of a clock that never goes back
 */
export function startProgress(
  terminal: Pick<Terminal, 'progress'>,
  label: string,
  total?: number,
  now: () => number = () => performance.now(),
): Progress {
  const start = now();
  const name = label.length > nameLength ? `...${label.slice(3 - nameLength)}` : label;
  let shownAt = start + patience - pause;
  let shown = false;
  let done = 0;

  function line(elapsed: number): string {
    const rate = (done / elapsed) * 1000;
    const speed = `${readable(Math.round(rate))}/s`;
    if (total === undefined || total < done) return `${name}  ${readable(done)}  ${speed}`;
    const share = done / total;
    const bar = '='.repeat(Math.floor(share * barLength)).padEnd(barLength, ' ');
    const left = clock(Math.ceil((total - done) / rate));
    return `${name} [${bar}] ${Math.floor(share * 100)} %  ${left} left  ${readable(done)} of ${readable(total)}  ${speed}`;
  }

  return {
    add(octets) {
      done += octets;
      const time = now();
      if (time - shownAt < pause) return;
      shownAt = time;
      shown = true;
      terminal.progress(line(time - start));
    },
    end() {
      if (shown) terminal.progress('');
      shown = false;
    },
  };
}

/** Work that is not shown. */
export const unseen: Progress = { add() {}, end() {} };

/** The same work, counted. */
export function counting({ add, end }: Progress): Progress & { readonly octets: number } {
  let octets = 0;
  return {
    add(count) {
      octets += count;
      add(count);
    },
    end,
    get octets() {
      return octets;
    },
  };
}
