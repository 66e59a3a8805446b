/**
 * Secrets that live as long as one operation. Not for secrets that objects hold: see `settle` in bytes.ts.
 */
import { wipe } from '../bytes.ts';

/** Marks octets as secret and gives them back. */
export type Mark = (octets: Uint8Array) => Uint8Array;

/** Runs an operation and wipes what it has marked as secret, also when it throws. */
export function scoped<T>(operation: (secret: Mark) => T): T {
  const marked: Uint8Array[] = [];
  try {
    return operation((octets) => {
      marked.push(octets);
      return octets;
    });
  } finally {
    wipe(...marked);
  }
}
