/** AES where Node always has it: loading JavaScript for the case that it does not takes longer than the rest of the library. */
import type { Engine } from './engine.ts';

/** Nothing. */
export const fallbackEngine: Engine | undefined = undefined;
