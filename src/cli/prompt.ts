/**
 * Questions to a person whose answers do not show: what is typed is a secret, and a screen is no place for it.
 * The terminal is silent from the first question to the last, so that what is pasted between them does not show either.
 */
import { toAscii } from '../ascii.ts';
import { wipe } from '../bytes.ts';
import { explained, type Person } from './terminal.ts';

/** The person pressed Ctrl-C: exit status 130, as of a program that the signal ended. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A terminal that asks. */
export interface Prompt {
  /**
   * The answer, without spaces around it; empty lines are no answer. `undefined` when the person ends the input (Ctrl-D).
   *
   * @throws Interrupted on Ctrl-C
   */
  ask(question: string): Promise<string | undefined>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Keys by the octet that a terminal in raw mode sends. */
const key = { interrupt: 3, end: 4, back: 8, lineFeed: 10, enter: 13, clear: 21, escape: 27, erase: 127 } as const;

/** Longest answer. What is beyond it is lost, so that the answer is refused as too long or malformed and never taken for a shorter one. */
const mostOctets = 16_384;

/** How far into the sequence of a special key (arrow, mark around pasted text) the input is: none of it is part of an answer. */
type Sequence = 'none' | 'begun' | 'open';

function nextIn(sequence: Sequence, octet: number): Sequence {
  if (sequence === 'begun') return octet === 0x5b || octet === 0x4f ? 'open' : 'none';
  return octet >= 0x40 && octet <= 0x7e ? 'none' : 'open';
}

/** Silences the terminal and asks on its error stream. */
export function openPrompt({ input, complain }: Person): Prompt {
  const chunks = input[Symbol.asyncIterator]();
  const line = new Uint8Array(mostOctets);
  let length = 0;
  let chunk = new Uint8Array(0);
  let at = 0;
  let sequence: Sequence = 'none';
  input.setRawMode?.(true);

  /** A character outside ASCII stays one, for whoever reads the answer to refuse. */
  function take(): string {
    const typed = line.subarray(0, length);
    const answer = typed.some((octet) => octet > 0x7f) ? '\u{fffd}' : toAscii(typed).trim();
    wipe(typed);
    length = 0;
    return answer;
  }

  function edit(octet: number): void {
    if (octet === key.back || octet === key.erase) length = Math.max(0, length - 1);
    else if (octet === key.clear) length = 0;
    else if (octet >= 0x20 && length < mostOctets) line[length++] = octet;
  }

  /** Handles one octet; gives whether it ends the question. */
  function press(octet: number): boolean {
    if (octet === key.interrupt) throw new Interrupted();
    // A control character is no part of a sequence: an unfinished one must not swallow Enter.
    if (sequence !== 'none' && octet >= 0x20) {
      sequence = nextIn(sequence, octet);
      return false;
    }
    sequence = 'none';
    if (octet === key.escape) sequence = 'begun';
    else if (octet === key.enter || octet === key.lineFeed) return length > 0;
    else if (octet === key.end) return length === 0;
    else edit(octet);
    return false;
  }

  return {
    async ask(question) {
      complain(question);
      try {
        for (;;) {
          while (at < chunk.length) {
            const octet = chunk[at] as number;
            chunk[at++] = 0;
            if (!press(octet)) continue;
            const answer = take();
            if (octet === key.end) return undefined;
            if (answer !== '') return answer;
          }
          const { value, done } = await chunks.next();
          if (done === true) return undefined;
          chunk = value as Uint8Array<ArrayBuffer>;
          at = 0;
        }
      } finally {
        complain('\n');
      }
    },
    close() {
      wipe(line, chunk);
      input.setRawMode?.(false);
      void chunks.return?.();
    },
  };
}

/**
 * Asks until there is an answer that `read` takes; what it refuses is said at once. `undefined` at the end of the input.
 *
 * @param read - throws a MeshError for what is no answer
 */
export async function askUntil<T>(
  prompt: Prompt,
  terminal: Pick<Person, 'complain'>,
  question: string,
  read: (answer: string) => T,
): Promise<T | undefined> {
  for (;;) {
    const answer = await prompt.ask(question);
    if (answer === undefined) return undefined;
    try {
      return read(answer);
    } catch (error) {
      if (!explained(error, terminal)) throw error;
    }
  }
}
