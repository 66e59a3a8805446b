/** What the cases have in common: the public API over the backend that is examined, the same over JavaScript, and inputs. */
import { assemble, type Mesh } from '../../src/assemble.ts';
import { assembleShared, type SharedKeys } from '../../src/assemble-shared.ts';
import { jsProvider } from '../../src/backend/js/index.ts';
import type { Backend } from '../../src/backend/types.ts';

/** What is examined, and what it is compared with. */
export interface Setting {
  readonly backend: Backend;
  readonly mesh: Mesh;
  readonly shared: SharedKeys;
  readonly jsBackend: Backend;
  readonly js: Mesh;
}

/** What to run, by the names that reports have. */
export type Cases = Readonly<Record<string, () => void>>;

/** Everything over one backend. */
export function settingOver(backend: Backend): Setting {
  return {
    backend,
    mesh: assemble(() => backend),
    shared: assembleShared(() => backend),
    jsBackend: jsProvider(),
    js: assemble(jsProvider),
  };
}

/** `length` octets, others for each number. */
export function octets(number: number, length: number): Uint8Array {
  let state = Math.imul(number + 1, 0x9e3779b1);
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

/** A case that was refused early, or computed something else, must not pass for a clean one. */
export function same(what: string, found: unknown, expected: unknown): void {
  if (String(found) !== String(expected)) throw new Error(`${what} is not what is expected`);
}

export const text: Uint8Array = octets(1, 100);
export const context: Uint8Array = octets(2, 20);
/** Secret keys in the lengths of RFC 8032, and of the Mesh and RFC 7748. */
export const seed: Uint8Array = octets(3, 57);
export const shortSeed: Uint8Array = octets(4, 56);
